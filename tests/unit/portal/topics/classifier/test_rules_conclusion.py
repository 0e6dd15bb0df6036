"""What a change of a keyword or a priority rule would do is said in true sentences, whatever the counts."""

import pytest

from classifier_service.rules.entries import Keyword
from portal.topics.classifier import rules_conclusion as conclusion
from portal.topics.classifier.edits import KeywordEdit
from portal.topics.classifier.rules_dataset import KeywordEffect, PriorityEffect

NAMES = {"leaks": "Leaks"}
EDIT = KeywordEdit(Keyword("leaks", "geyser"), is_gone=False)


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (KeywordEffect(0, (), 0, 0), ["no ticket has been filed by people or an import yet"]),
        (KeywordEffect(9, (), 0, 0), ["it stands in none of your 9 filed tickets"]),
        (
            KeywordEffect(1_200, (("leaks", 30), ("other", 2)), 1, 1),
            ["it stands in 32 of your 1,200 filed tickets, and 30 of those are Leaks", "Of 1 ticket that waits"],
        ),
        (KeywordEffect(9, (("other", 2),), 3, 2), ["in 2 of your 9 filed tickets, and 0 of those are Leaks", "2 have"]),
    ],
)
def test_a_keyword_is_counted(effect: KeywordEffect, said: list[str]) -> None:
    """In filed tickets, and in those that wait."""
    lines = conclusion.keyword(EDIT, effect, NAMES)
    assert len(lines) == len(said)
    for line, part in zip(lines, said, strict=True):
        assert part in line


def test_taking_away_is_said_so() -> None:
    """And a category without a name is called by its slug."""
    (line,) = conclusion.keyword(EDIT.to(None), KeywordEffect(5, (), 0, 0), {})
    assert line.startswith("Take “geyser” from Leaks:")


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (PriorityEffect(0, ()), "No ticket gets its priority from these rules yet."),
        (PriorityEffect(8, ()), "None of 8 tickets"),
        (PriorityEffect(8, (("low", "high", 2), (None, "high", 1))), "3 of 8 tickets"),
    ],
)
def test_moved_priorities_are_counted(effect: PriorityEffect, said: str) -> None:
    """All of them together."""
    assert conclusion.priority(effect).startswith(said)
