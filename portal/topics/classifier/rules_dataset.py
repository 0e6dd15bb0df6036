"""What the Classifier page shows of keywords and priority rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from classifier_service.rules.entries import Keyword


@dataclass(frozen=True, slots=True)
class Keywords:
    """Categories and keywords of a desk.

    Attributes:
        names: Names of the categories by slug, in their order.
        words: The keywords, by language and in the order of the alphabet.
    """

    names: Mapping[str, str]
    words: tuple[Keyword, ...]


@dataclass(frozen=True, slots=True)
class KeywordEffect:
    """In which tickets a keyword stands.

    Attributes:
        looked_at: How many tickets that people or an import filed were looked at, the newest.
        found: In how many of them it stands, by category, the most first.
        waiting: How many tickets that wait for a person were looked at.
        waiting_found: In how many of them it stands.
    """

    looked_at: int
    found: tuple[tuple[str, int], ...]
    waiting: int
    waiting_found: int


@dataclass(frozen=True, slots=True)
class PriorityEffect:
    """How many tickets get another priority.

    Attributes:
        tickets: How many tickets the rules decide on.
        moved: Priority before and after, and how many tickets; None where no rule matches.
    """

    tickets: int
    moved: tuple[tuple[str | None, str | None, int], ...]
