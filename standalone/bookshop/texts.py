"""What customers write: messages put together from phrases, in English, Setswana and both."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import starmap
from pathlib import Path
from typing import Any, Final

import numpy as np

from standalone.bookshop.arrivals import Codes
from standalone.bookshop.chance import draw_flags
from standalone.bookshop.names import DEVICES, FIRST_NAMES, GRADES, PLACES, SURNAMES, TITLES
from standalone.bookshop.requests import Requests
from standalone.bookshop.vocabulary import CATEGORIES, LANGUAGES, MOODS, URGENCIES

_MIXED: Final = LANGUAGES.index("mixed")
_VAGUE: Final = len(CATEGORIES)
_SPAM: Final = len(CATEGORIES) + 1
_PARTS: Final = ("subjects", "leads", "details", "asks")
_DETAIL_SHARE: Final = 0.7
_ASK_SHARE: Final = 0.75
_GREETING_SHARE: Final = 0.8
_SIGN_OFF_SHARE: Final = 0.75
_DAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_AROUND: Final = 14


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language, as ``%``-templates.

    Attributes:
        topics: Phrases by category code, then vague and spam; then by part: subjects, leads, details, asks.
        urgency: Phrases by urgency code.
        moods: Phrases by mood code.
        greetings: Greetings, with the line break that follows.
        sign_offs: Sign-offs, with the line breaks around them.
    """

    topics: tuple[tuple[tuple[str, ...], ...], ...]
    urgency: tuple[tuple[str, ...], ...]
    moods: tuple[tuple[str, ...], ...]
    greetings: tuple[str, ...]
    sign_offs: tuple[str, ...]


@cache
def read_phrases(language: str) -> Phrases:
    """Return the phrases of a language, "en" or "tn"."""
    table = _table(language)
    return Phrases(
        topics=tuple(
            tuple(_templates(table[topic][part], "", " " if part in {"details", "asks"} else "") for part in _PARTS)
            for topic in (*CATEGORIES, "vague", "spam")
        ),
        urgency=tuple(_templates(table["urgency"][name], "", " ") for name in URGENCIES),
        moods=tuple(_templates(table["moods"][name], "", " ") for name in MOODS),
        greetings=_templates(table["greetings"], "\n\n", ""),
        sign_offs=tuple(f"\n\n{phrase}\n%(name)s" for phrase in _templates(table["sign_offs"], "", "")),
    )


@cache
def read_notes() -> dict[str, tuple[str, ...]]:
    """Return the notes for interactions, by kind."""
    return {kind: tuple(notes) for kind, notes in _table("en")["notes"].items()}


def _table(language: str) -> dict[str, Any]:
    path = Path(__file__).with_name(f"phrases_{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _templates(phrases: Sequence[str], after: str, before: str) -> tuple[str, ...]:
    """Turn braces into ``%``-slots, with text before and after; an empty phrase stays empty."""
    return tuple(
        f"{before}{phrase.replace('%', '%%').replace('{', '%(').replace('}', ')s')}{after}" if phrase else ""
        for phrase in phrases
    )


def write_texts(
    rng: np.random.Generator, requests: Requests, writers: Sequence[str], vague_share: float, day: date
) -> tuple[list[str], list[str]]:
    """Return subject and content of each request, signed by its writer; dates in the texts are close to `day`."""
    topics = np.where(draw_flags(rng, vague_share, requests.count), _VAGUE, requests.text_category)
    topics = np.where(requests.is_spam, _SPAM, topics)
    picks = rng.random((requests.count, len(_PARTS) + 4)).tolist()
    codes = zip(topics.tolist(), requests.urgency.tolist(), requests.mood.tolist(), strict=True)
    languages = _part_languages(rng, np.where(requests.is_spam, 0, requests.language))
    templates = starmap(_compose, zip(languages, codes, picks, strict=True))
    subjects, contents = [], []
    for (subject, content), slots in zip(templates, _slots(rng, writers, day), strict=True):
        subjects.append(subject % slots)
        contents.append(content % slots)
    return subjects, contents


def _part_languages(rng: np.random.Generator, language: Codes) -> list[tuple[Phrases, Phrases, Phrases]]:
    """Return the phrases for the beginning, the middle and the end of each message."""
    both = (read_phrases("en"), read_phrases("tn"))
    mixtures = (
        *((both[0],) * 3, (both[1],) * 3),
        *(
            (both[first], both[second], both[third])
            for first, second, third in ((1, 0, 1), (0, 1, 0), (1, 1, 0), (0, 0, 1))
        ),
    )
    chosen = np.where(language == _MIXED, rng.integers(_MIXED, len(mixtures), language.size), language)
    return [mixtures[place] for place in chosen.tolist()]


def _compose(
    languages: tuple[Phrases, Phrases, Phrases], codes: tuple[int, int, int], picks: list[float]
) -> tuple[str, str]:
    """Return the templates of a subject and a content."""
    opening, matter, close = languages
    topic, urgency, mood = codes
    subjects, leads, details, asks = matter.topics[topic]
    pick_subject, pick_lead, pick_detail, pick_ask, pick_mood, pick_urgency, pick_greeting, pick_sign_off = picks
    content = "".join(
        (
            _some(opening.greetings, pick_greeting, _GREETING_SHARE),
            leads[int(pick_lead * len(leads))],
            _some(details, pick_detail, _DETAIL_SHARE),
            _some(close.moods[mood], pick_mood, 1.0),
            _some(asks, pick_ask, _ASK_SHARE),
            _some(close.urgency[urgency], pick_urgency, 1.0),
            _some(close.sign_offs, pick_sign_off, _SIGN_OFF_SHARE),
        )
    )
    return subjects[int(pick_subject * len(subjects))], content


def _some(phrases: tuple[str, ...], pick: float, share: float) -> str:
    """Return one of the phrases in a share of the cases, otherwise ""."""
    return phrases[int(pick / share * len(phrases))] if pick < share else ""


def _slots(rng: np.random.Generator, writers: Sequence[str], day: date) -> Iterator[dict[str, object]]:
    """Yield the values that fill the slots of each message."""
    days, count = _day_names(day), len(writers)
    names = [f"{first} {last}" for first in FIRST_NAMES for last in SURNAMES]
    sizes = (len(TITLES), len(PLACES), len(days), len(GRADES), len(DEVICES), len(DEVICES), len(names))
    picks = [rng.integers(0, size, count).tolist() for size in sizes]
    orders = rng.integers(100_000, 999_999, count).tolist()
    books = rng.integers(10_000_000, 99_999_999, count).tolist()
    copies = rng.integers(2, 60, count).tolist()
    amounts = rng.integers(60, 2400, count).tolist()
    for title, place, when, grade, device, other, author, writer, order, book, copy, amount in zip(
        *picks, writers, orders, books, copies, amounts, strict=True
    ):
        yield {
            "title": TITLES[title],
            "place": PLACES[place],
            "day": days[when],
            "grade": GRADES[grade],
            "device": DEVICES[device],
            "device2": DEVICES[other],
            "name": writer,
            "author": names[author],
            "order": f"BK-{order}",
            "isbn": f"978-0-{book}",
            "copies": copy,
            "amount": amount,
        }


def _day_names(day: date) -> tuple[str, ...]:
    """Return the names of the days around a day."""
    around = [day + timedelta(days=ahead) for ahead in range(-_DAYS_AROUND, _DAYS_AROUND + 1)]
    return (*(f"{each.day} {each:%B}" for each in around), *(_DAY_NAMES[each.weekday()] for each in around[:7]))
