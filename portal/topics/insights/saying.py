"""The parts of sentences that several insights share."""

from dataclasses import dataclass

from portal.topics.insights.dataset import InsightRow
from portal.topics.insights.sentences import SENTENCES


@dataclass(frozen=True, slots=True)
class Said:
    """An insight in words.

    Attributes:
        title: One sentence, without its full stop.
        detail: The numbers behind it, with interval and n.
        action: What to do about it; "" when that is not for the numbers to say.
    """

    title: str
    detail: str
    action: str = ""


def say(sentence: str, **parts: str) -> str:
    """Return a sentence by its name, with its parts in their places."""
    return SENTENCES[sentence].format(**parts)


def name_of(row: InsightRow, fact: str) -> str:
    """Return what a manager calls the category that a fact names."""
    slug = str(row.facts[fact])
    return row.names.get(slug, slug)


def number_of(row: InsightRow, fact: str) -> float:
    """Return a number by its name."""
    return float(row.facts[fact])
