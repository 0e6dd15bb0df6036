"""What `analytics.vocabulary` and `analytics.pages` declare is declared nowhere else."""

import ast
import re
from collections.abc import Iterator
from types import ModuleType

from analytics import pages, vocabulary
from portal.topics.registry import PAGES
from tests.reference.sql_texts import CHECKOUT, PACKAGES, python_strings

DECLARING = (pages, vocabulary)
PATH = re.compile(rf"/(?:{'|'.join(path[1:] for path in vars(pages).values() if isinstance(path, str) and path[1:])})")


def declared(module: ModuleType) -> dict[str, object]:
    """Return the constants of a module."""
    return {name: value for name, value in vars(module).items() if name.isupper()}


def constants_of(source: str) -> Iterator[tuple[str, object]]:
    """Yield (name, value) of the constants that a module writes out."""
    for node in ast.parse(source).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and value is not None:
            try:
                yield target.id, ast.literal_eval(value)
            except ValueError:
                continue


def test_words_are_declared_once() -> None:
    """A list of words or a word of several letters stands for one thing; the same number may mean many."""
    words = {
        repr(value) for module in DECLARING for value in declared(module).values() if isinstance(value, str | tuple)
    }
    found = [
        (str(path.relative_to(CHECKOUT)), name)
        for package in PACKAGES
        for path in sorted((CHECKOUT / package).rglob("*.py"))
        if path.stem not in {module.__name__.rpartition(".")[2] for module in DECLARING}
        for name, value in constants_of(path.read_text(encoding="utf-8"))
        if repr(value) in words - {repr(pages.OVERVIEW)}
    ]
    assert found == []


def test_a_page_s_path_is_written_once() -> None:
    """Every other place takes it from `analytics.pages`."""
    found = {text.path for text in python_strings() if re.fullmatch(rf"{PATH.pattern}(?:[/?].*)?", text.text)}
    assert found == {"analytics/pages.py"}


def test_every_page_of_the_portal_has_its_path_here() -> None:
    """And no path is of a page that is not there."""
    assert sorted(page.path for page in PAGES) == sorted(str(path) for path in declared(pages).values())
