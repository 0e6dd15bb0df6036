"""Every SQL text of the product: its .sql files, and the strings of its Python files."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
PACKAGES = ("analytics", "etl", "portal", "standalone", "warehouse")
FILLED_IN = "‹›"
"""Stands in a text for what a Python string fills in when it runs."""


@dataclass(frozen=True, slots=True)
class SqlText:
    """One text.

    Attributes:
        path: File, from the checkout.
        line: Its first line there.
        text: The text; of a Python string with the filled-in parts as `FILLED_IN`.
    """

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        """Return where it stands."""
        return f"{self.path}:{self.line}"


@cache
def sql_files() -> tuple[SqlText, ...]:
    """Return the .sql files. Migrations are left out: they are history, and history had other tables."""
    found = (path for package in PACKAGES for path in sorted((CHECKOUT / package).rglob("*.sql")))
    return tuple(
        SqlText(str(path.relative_to(CHECKOUT)), 1, path.read_text(encoding="utf-8"))
        for path in found
        if "migrations" not in path.parts
    )


@cache
def python_strings() -> tuple[SqlText, ...]:
    """Return every string of the Python files but docstrings; what is put together with + is one string."""
    return tuple(
        text
        for package in PACKAGES
        for path in sorted((CHECKOUT / package).rglob("*.py"))
        if "migrations" not in path.parts
        for text in _strings_of(path)
    )


def _strings_of(path: Path) -> Iterator[SqlText]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        text = _text_of(node)
        if text is None:
            waiting += [child for child in ast.iter_child_nodes(node) if not _is_docstring(child)]
        elif isinstance(node, ast.expr):
            yield SqlText(str(path.relative_to(CHECKOUT)), node.lineno, text)
            # What an f-string fills in may hold strings of its own.
            waiting += [part.value for part in ast.walk(node) if isinstance(part, ast.FormattedValue)]


def _text_of(node: ast.AST) -> str | None:
    """Return the text of a string expression; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            FILLED_IN if isinstance(part, ast.FormattedValue) else str(_text_of(part)) for part in node.values
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = (_text_of(node.left), _text_of(node.right))
        if any(side is not None for side in sides):
            return "".join(FILLED_IN if side is None else side for side in sides)
    return None


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
