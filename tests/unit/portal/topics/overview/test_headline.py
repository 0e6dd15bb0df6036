"""The first line says what is happening and what falls due, and never that nothing is where something is."""

from datetime import UTC, datetime

import pytest

from portal.numbers.phrasing import Tone
from portal.topics.overview.dataset import Attention, AttentionItem
from portal.topics.overview.headline import headline
from tests.factories.overview import make_attention_items
from tests.factories.why_nothing import make_why
from tests.unit.portal.topics.test_cards import WHY, hrefs, words

OVERDUE, SLOWER, OLD = make_attention_items()
FACTS = {"tickets": 20, "at": datetime(2026, 11, 27, 10, tzinfo=UTC), "parts": {"resolution": 20}}
DUE = AttentionItem(Attention.DUE_TOMORROW, Tone.NEUTRAL, "/tickets?part=due_tomorrow", FACTS)
NO_CHANGE = "No change stands out"


def said(*items: AttentionItem) -> str:
    """Return the line in words."""
    return " ".join(words(headline(items, WHY)).split())


def test_a_change_and_what_falls_due_each_lead_to_their_tickets() -> None:
    line = headline((OVERDUE, DUE, SLOWER), WHY)
    assert said(OVERDUE, DUE, SLOWER) == (
        "Technical support takes longer than before ; 20 tickets fall due before Fri 27 Nov 10:00 ."
    )
    assert hrefs(line) == ["/tickets", "/tickets?part=due_tomorrow"]


@pytest.mark.parametrize("item", [DUE, OVERDUE], ids=["due", "overdue"])
def test_without_a_change_it_says_so_and_what_is_due(item: AttentionItem) -> None:
    """What is past its time is due as well."""
    assert said(item).startswith(NO_CHANGE)
    assert "nothing falls due" not in said(item)
    assert len(hrefs(headline((item,), WHY))) == 1


def test_with_a_change_alone_it_says_that_nothing_falls_due() -> None:
    assert said(SLOWER, OLD).endswith("nothing falls due before 10:00 of the next day .")


def test_where_nothing_stands_out_it_is_said_in_one_sentence() -> None:
    assert said(OLD) == f"{NO_CHANGE}, and nothing falls due before 10:00 of the next day."
    assert said() == said(OLD)


def test_a_desk_without_tickets_has_no_line() -> None:
    """Nothing is known of it yet."""
    assert headline((), make_why(WHY.filters, "created")) == []
