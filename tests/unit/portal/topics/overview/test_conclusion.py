"""What the Overview's charts say."""

from dataclasses import replace

import pytest

from portal.topics.overview.conclusion import opened_and_solved
from tests.factories.overview import make_opened_and_solved

FLOW = make_opened_and_solved(30)
LAST = round(FLOW.backlog.points[-1].reading.value or 0)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (LAST - 9, f"open tickets went up from {LAST - 9} to {LAST}"),
        (LAST + 9, f"open tickets went down from {LAST + 9} to {LAST}"),
        (LAST, f"{LAST} open, as at the start"),
    ],
)
def test_open_tickets_are_compared_with_those_before_the_period(before: int, words: str) -> None:
    """As many as the card's change says: what was open when the period began, not after its first day."""
    assert words in opened_and_solved(replace(FLOW, open_before=before))
