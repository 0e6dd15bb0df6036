"""Text as PostgreSQL's COPY reads it, and cells in a form that it can store."""

from collections.abc import Sequence

from etl.importing.transforms.cell_rules import NULL


def escaped(text: str) -> str:
    """Return a text as COPY wants it."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def escaped_fields(fields: Sequence[str]) -> str:
    """Return the escaped fields of a ticket, also where data holds the character that null is made of."""
    return "\t".join([each if each is NULL else escaped(each).replace("\x02", "\\x02") for each in fields])


def is_text(cell: str) -> bool:
    """Say whether a cell holds no bytes of another encoding."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True


def visible(cell: str) -> str:
    """Return a cell in a form that PostgreSQL can store: NUL as a symbol, invalid bytes as their number."""
    return cell.replace("\0", "␀").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
