"""What changed is ranked, adds up, and calls nothing a change that may be chance."""

import pytest

from portal.topics.volume.cards import changes_block
from portal.topics.volume.change_bars import change_bars
from portal.topics.volume.conclusion import changes
from portal.topics.volume.dataset import Changes, PartChange
from tests.unit.portal.topics.test_cards import WHY, hrefs, words


def make_changes(*parts: tuple[str, int, int, bool], is_clear: bool = True) -> Changes:
    """Return changes by category."""
    made = tuple(
        PartChange(label, now, before, f"/tickets?category={label}", told) for label, now, before, told in parts
    )
    return Changes(
        "category", made, sum(p.now for p in made), sum(p.before for p in made), is_clear=is_clear, without_today=False
    )


RETURNS = ("Returns", 254, 124, True)
ORDERS = ("Book order", 300, 260, False)
ACCOUNTS = ("Account issue", 50, 58, False)


def said(dataset: Changes) -> str:
    """Return the sentence."""
    return changes(dataset)


def test_parts_that_changed_by_more_than_chance_are_named() -> None:
    assert (
        said(make_changes(RETURNS, ORDERS, ACCOUNTS)) == "162 more tickets than before. More than chance: Returns +130."
    )


@pytest.mark.parametrize(
    ("parts", "is_clear", "sentence"),
    [
        (
            (ORDERS,),
            False,
            "40 more tickets than before, which may be chance; no category",
        ),
        ((ACCOUNTS,), True, "8 fewer tickets than before; no category changed by more than chance."),
        (
            (("a", 2, 1, False),),
            False,
            "1 more ticket than before, which may be chance",
        ),
        ((("a", 9, 5, True), ("b", 5, 9, True)), False, "As many tickets as before. More than chance: a +4, b −4."),
        (tuple((name, 90, 50, True) for name in "abcde"), True, "a +40, b +40, c +40 and 2 more."),
    ],
)
def test_chance_is_called_chance(parts: tuple[tuple[str, int, int, bool], ...], is_clear: bool, sentence: str) -> None:
    assert sentence in said(make_changes(*parts, is_clear=is_clear))


def test_bars_lead_to_their_tickets_and_say_what_may_be_chance() -> None:
    """Those who see no colour are told, too."""
    drawn = change_bars(make_changes(RETURNS, ORDERS, ACCOUNTS))
    assert hrefs(drawn) == [
        "/tickets?category=Returns",
        "/tickets?category=Book order",
        "/tickets?category=Account issue",
    ]
    assert words(drawn).count("may be chance") == 2
    assert "+130" in words(drawn)
    assert "−8" in words(drawn)


def test_without_a_comparison_the_card_says_so() -> None:
    assert "recorded" in words(changes_block(None, WHY)) or "no tickets" in words(changes_block(None, WHY)).lower()
