"""What figures share: axes, lines, series and the theme's colours."""
