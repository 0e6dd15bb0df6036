"""What stands beside the share of tickets that met their SLA leads to its tickets, and says whose targets they are."""

from dataclasses import replace

import pytest

from portal.numbers.reading import Reading
from portal.topics.resolution.dataset import Examples, SlaMet
from portal.topics.resolution.sla_notes import missed_link, targets_note
from tests.unit.portal.topics.test_cards import hrefs, words

KEPT = SlaMet(
    tickets=Reading(0.797, 8_120, "share"),
    tickets_href="/tickets?metric=sla_tickets_met",
    missed=1_649,
    missed_href="/tickets?metric=sla_tickets_missed",
    target="all",
    targets=Reading(0.916, 20_410, "share"),
    targets_href="/tickets?metric=sla_attainment",
    examples=Examples.ALL,
)


def test_tickets_missed_lead_to_exactly_those() -> None:
    link = missed_link(KEPT)
    assert words(link) == "1,649 missed"
    assert hrefs(link) == [KEPT.missed_href]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("all", "of all targets"),
        ("first_reply", "of first replies in time"),
        ("next_reply", "of next replies in time"),
        ("resolution", "of resolutions in time"),
    ],
)
def test_the_share_of_targets_stands_beside_it_and_names_examples(target: str, said: str) -> None:
    note = targets_note(replace(KEPT, target=target))
    assert said in words(note)
    assert words(note).endswith("measured against example targets")
    assert hrefs(note) == [KEPT.targets_href]
    assert "example" not in words(targets_note(replace(KEPT, examples=Examples.NONE)))


def test_targets_of_which_some_are_examples_say_so() -> None:
    note = targets_note(replace(KEPT, examples=Examples.SOME))
    assert words(note).endswith("some of the targets are still examples")


def test_without_targets_only_the_examples_are_named() -> None:
    assert words(targets_note(replace(KEPT, targets=Reading(None, 0, "share")))) == "measured against example targets"
