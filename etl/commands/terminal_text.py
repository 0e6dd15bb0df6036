"""Text of a file shown on a terminal, where it may neither move the cursor nor pass for markup."""

from rich.text import Text


def printable(text: str) -> str:
    """Return a text with everything that is not printed replaced by a dot."""
    return "".join(letter if letter.isprintable() else "·" for letter in text)


def cell(text: str) -> Text:
    """Return a text for a table, as it is: brackets in it are no markup."""
    return Text(printable(text))
