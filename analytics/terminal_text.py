"""Makes text from a file safe to print: it can neither move the cursor nor be read as markup."""

from rich.text import Text


def printable(text: str) -> str:
    """Return a text in which each unprintable character is replaced by a dot."""
    return "".join(letter if letter.isprintable() else "·" for letter in text)


def cell(text: str) -> Text:
    """Return a text for a table cell; brackets in the text are not taken for markup."""
    return Text(printable(text))
