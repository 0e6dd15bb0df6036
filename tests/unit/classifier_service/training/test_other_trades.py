"""The messages of other trades are many, even, in every language, and none of those that anything is measured on."""

import csv
from collections import Counter
from pathlib import Path

from benchmarks.foreign_tickets import foreign_tickets
from classifier_service.training.other_trades import other_trades
from standalone.bookshop.labelled_texts import written_texts

ROOT = Path(__file__).parents[4]
LISTS = ROOT / "tests" / "integration" / "classifier_service"
FILE = ROOT / "classifier_service" / "training" / "other_trades.csv"


def test_the_trades_are_many_none_stands_for_all_and_every_language_is_there() -> None:
    """One trade, or one language, would stand for all that is not the desk's."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    trades = Counter(row["trade"] for row in rows)
    assert len(trades) >= 40
    assert max(trades.values()) < len(rows) / 15
    assert {row["language"] for row in rows} == {"en", "tn", "mixed"}
    assert other_trades().trades == tuple(row["trade"] for row in rows)


def test_each_text_is_there_once_and_is_none_of_the_bookshops() -> None:
    """The same text cannot be of the bookshop and of another trade."""
    others = other_trades().texts
    told = {_words(text) for text in others}
    assert len(told) == len(others)
    assert all(others)
    assert not told & {_words(text) for text in written_texts().texts}


def test_no_text_is_one_that_is_measured_on() -> None:
    """What was learnt says nothing about how well texts of other desks are told."""
    tickets = [each.ticket for each in foreign_tickets()]
    asked = {_words(part) for ticket in tickets for part in (ticket.subject, ticket.content, ticket.text)}
    for path in LISTS.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            asked |= {_words(row["text"]) for row in csv.DictReader(file) if row.get("text")}
    assert asked
    # The number alone: the texts of the lists are not for those who write texts to learn from.
    assert sum(_words(text) in asked for text in other_trades().texts) == 0


def test_trades_can_be_left_out() -> None:
    """To measure how well texts of a trade are told that nobody has learnt from."""
    others = other_trades()
    left = others.without("travel", "hotels")
    assert set(others.trades) - set(left.trades) == {"travel", "hotels"}
    assert len(left.texts) == len(left.trades) < len(others.texts)


def _words(text: str) -> str:
    return " ".join(text.casefold().split())
