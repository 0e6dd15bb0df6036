"""Messages to the desks of many trades: what a desk's own texts are told from."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from classifier_service.words import clean_text

_FILE: Final = Path(__file__).with_suffix(".csv")


@dataclass(frozen=True, slots=True)
class OtherTrades:
    """Messages, and the trade of each, in the order of the file."""

    texts: tuple[str, ...]
    trades: tuple[str, ...]

    def without(self, *trades: str) -> "OtherTrades":
        """Return the messages of all trades but some."""
        kept = [place for place, trade in enumerate(self.trades) if trade not in trades]
        return OtherTrades(tuple(self.texts[place] for place in kept), tuple(self.trades[place] for place in kept))


@cache
def other_trades() -> OtherTrades:
    """Return the messages of the file, cleaned as the service cleans tickets.

    Many use words of a bookshop's messages, such as order, return or password, in another trade's sense. They were made
    up one by one, in English, Setswana and both. The Setswana was not reviewed by a speaker.
    """
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return OtherTrades(tuple(clean_text(row["text"]) for row in rows), tuple(row["trade"] for row in rows))
