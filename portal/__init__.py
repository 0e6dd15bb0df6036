"""The portal: a Dash application over the marts."""
