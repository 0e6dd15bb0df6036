"""What people read is in their words: terms of statistics stand behind the `i` alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import portal

_TERMS: Final = (
    "geometric mean", "harmonic mean", "best guess", "area under the curve", r"ranks?", r"odds(?! days?\b)(?!-)",
    "log loss", r"p.values?", "confidence intervals?", "intervals?", "quantiles?", "percentiles?",
    "standard deviations?", "standard errors?", "variances?", "hazards?", "logits?", "likelihood", "chi.square",
    "null hypothesis", "statistically significant", "Pearson", "Spearman", "Mann", "Poisson", "Kaplan",
)  # fmt: skip
_FOUND: Final = re.compile(rf"\b(?:{'|'.join(_TERMS)})\b", re.IGNORECASE)
_TOPICS: Final = Path(portal.__file__).parent
_NAMES: Final = re.compile(r"[a-z0-9_./:<>{}#-]*")
"""Slugs, ids, classes and addresses, which nobody reads."""
_UNREAD: Final = frozenset({"className", "id", "role"})
_READ: Final = sorted(
    path
    for room in ("topics", "widgets", "frame", "numbers", "files")
    for path in (_TOPICS / room).rglob("*.py")
    if path.name not in {"query.py", "definition.py"} and not path.name.endswith("_query.py")
)


def _sentences(tree: ast.AST) -> Iterator[str]:
    """Yield every text of a module that people may read: no documentation, and nothing that stands behind an `i`."""
    behind = _behind_the_i(tree)
    documented = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    behind += [each.value for each in ast.walk(tree) if isinstance(each, ast.keyword) and each.arg in _UNREAD]
    hidden = documented | {id(each) for given in behind for each in ast.walk(given)}
    for node in ast.walk(tree):
        if id(node) in hidden or not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if not _NAMES.fullmatch(node.value):
            yield node.value


def _behind_the_i(tree: ast.AST) -> list[ast.expr]:
    """Return what is given to `explanation`, by itself or by its name."""
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "explanation"
    ]
    given = [each for call in calls for each in call.args]
    names = {each.id for each in given if isinstance(each, ast.Name)}
    set_to = [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    texts = [node.value for node in set_to if {each.id for each in node.targets if isinstance(each, ast.Name)} & names]
    return [*given, *texts]


@pytest.mark.parametrize("path", _READ, ids=lambda path: str(path.relative_to(_TOPICS)))
def test_no_term_of_statistics_stands_outside_of_a_definition(path: Path) -> None:
    """On a page, in a table, in a hint, or as the heading of an export."""
    told = [text for text in _sentences(ast.parse(path.read_text(encoding="utf-8"))) if _FOUND.search(text)]
    assert told == []


def test_terms_are_found_and_what_stands_behind_the_i_is_not() -> None:
    """The search sees a heading and a sentence that is put together, and leaves documentation and definitions alone."""
    module = ast.parse(
        '"""Odds of a module."""\n_WHY = ("The best guess.",)\nHEAD = "Log loss"\n'
        'def show(n: int) -> str:\n    """Return ranks."""\n    return f"By rank, {n}"\n'
        'shown = explanation("What it means", "Odds", _WHY)\n'
    )
    assert [text for text in _sentences(module) if _FOUND.search(text)] == ["Log loss", "By rank, "]
