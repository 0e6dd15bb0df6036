"""Sentences made from parts read like sentences, whatever the parts."""

import ast
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from dash import html

import portal
from analytics.insights.finding import Missing
from analytics.metrics import METRICS, Kind
from analytics.notices import Notice
from analytics.vocabulary import DIMENSIONS
from portal.frame.filter_bar import FilterChoices, filter_bar, unknown_value_notices
from portal.frame.link_notice import link_notice
from portal.frame.page import Page
from portal.numbers.filters import Days, Period, from_search
from portal.topics.churn import conclusion as churn_says
from portal.topics.churn.sentences import SENTENCES as CHURN
from portal.topics.drivers import conclusion as drivers_say
from portal.topics.drivers.sentences import SENTENCES as DRIVERS
from portal.topics.insights import conclusion as insights_say
from portal.topics.insights.dataset import GapRow
from portal.topics.insights.sentences import MISSING
from portal.topics.tickets.address import TicketList
from portal.topics.tickets.conclusion import listed_sentence, measured_sentence
from portal.topics.tickets.dataset import ListedTickets
from portal.widgets.definition import definition
from tests.factories.grammar import mistakes
from tests.factories.why_nothing import make_why

DAYS: Final = Days(date(2024, 1, 1), date(2026, 3, 1))
TODAY: Final = date(2026, 3, 1)
ALL: Final = (*DIMENSIONS, "custom.delivery_region", "custom.uk_office", "custom.item")
CHOICES: Final = FilterChoices(
    DAYS, {name: {f"v{place}": f"Value {place}" for place in range(20)} | {None: "Not set"} for name in ALL}, TODAY
)
PAGE: Final = Page(
    "volume", "/volume", "Volume", ("period", "compare", *DIMENSIONS), html.Div, lambda _app, _services: None
)
_PARTS: Final = ("all", "numerator", "excluded", "merged", "unknown", "overdue", "due_soon", "old", "60..120")
_SAYS: Final = ("title", "placeholder", "aria-label", "content", "children")


def said(node: object) -> Iterator[str]:
    """Yield all that a tree says: its texts, labels and hints."""
    if hasattr(node, "to_plotly_json"):
        node = node.to_plotly_json()
    if isinstance(node, str):
        yield node
    elif isinstance(node, list | tuple):
        for each in node:
            yield from said(each)
    elif isinstance(node, dict) and "props" in node:
        for name in _SAYS:
            yield from said(node["props"].get(name))


def faults(sentences: Iterator[str]) -> list[str]:
    """Return the mistakes in some sentences."""
    return [mistake for sentence in sentences for mistake in mistakes(sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Find a agent",
        "Counts what is happened in the period.",
        "an ticket",
        "1 tickets came in.",
        "the the day",
        "Two  spaces",
        "An end . .",
        "an user",
        "a SLA target",
        "All {count} of them",
    ],
)
def test_each_mistake_is_seen(sentence: str) -> None:
    """The test of the tests."""
    assert mistakes(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "1 ticket",
        "21 tickets",
        "1.1 tickets an hour",
        "an SLA target",
        "a user",
        "a one-off",
        "1 to 7 Nov",
        "n 1,231",
    ],
)
def test_nothing_right_is_a_mistake(sentence: str) -> None:
    """Nor is what looks like one."""
    assert mistakes(sentence) == []


def test_the_i_of_every_metric_reads_well() -> None:
    """Its definition, what it counts, and its label."""
    assert faults(itertools.chain.from_iterable(said(definition(metric)) for metric in METRICS.values())) == []


def test_every_list_of_tickets_reads_well() -> None:
    """All metrics, all their parts, none, one and many tickets, measured once and often."""
    filters = replace(from_search("?period=last_30_days", DAYS)[0], period=Period.CUSTOM)
    found = []
    for metric, part, total in itertools.product(METRICS, _PARTS, (0, 1, 2_000)):
        if ".." in part and METRICS[metric].kind is not Kind.DURATION:
            continue
        listed = TicketList(filters, metric, part)
        for measured in (None, 1, total + 3):
            head = ListedTickets(total, measured, METRICS[metric].unit, ())
            found += [listed_sentence(listed, head), measured_sentence(listed, head)]
    assert faults(iter(found)) == []


def test_the_filter_bar_reads_well_for_every_dimension() -> None:
    """Chips, hints, labels and notices, with a desk's own dimensions too."""
    for search in ("", "?period=all", "?from=2024-01-01&to=2024-01-01", *(f"?{name}=v1,gone" for name in ALL)):
        filters = from_search(search, DAYS)[0]
        bar = filter_bar(PAGE, lambda new: new.to_search(), filters, CHOICES)
        assert faults(said(bar)) == []
        assert faults(iter(unknown_value_notices(filters, CHOICES))) == []


@pytest.mark.parametrize("own", ["", "period=all", "to=2024-01-01", "compare=last_year", "compare=none"])
@pytest.mark.parametrize("name", ALL)
def test_what_a_link_set_is_said_in_a_sentence(name: str, own: str) -> None:
    """For each dimension, period and comparison, set by a link or left out by it."""
    mine = from_search(own, DAYS)[0]
    theirs = from_search(f"?from=2026-02-02&to=2026-02-08&{name}=v1", DAYS)[0]
    for shown, his in ((theirs, mine), (mine, theirs)):
        words = "".join(said(link_notice(PAGE, shown, his, CHOICES, "/volume")))
        assert words.startswith("A link set this page to ")
        assert mistakes(words) == []


def test_every_reason_for_an_empty_card_reads_well() -> None:
    """Whatever the metric, whether it was never recorded or left out."""
    slugs = ("created", "resolution_time", "first_reply_time", "sla_tickets_met", "csat")
    for search, metric in itertools.product(("", "?period=all&channel=v1", "?channel=v1"), slugs):
        filters = from_search(search, DAYS)[0]
        for why in (make_why(filters), make_why(filters, metric)):
            assert mistakes(why.of(metric).said) == []


def _named(sentence: str) -> list[str]:
    return re.findall(r"\{(\w+)", sentence)


@pytest.mark.parametrize("number", [0, 1, 2, 1_000])
def test_what_is_missing_is_said_of_one_as_of_many(number: int) -> None:
    """Every sentence of the lists of notices, with each number."""
    words = [
        insights_say.gap(GapRow("ratings", Missing(slug), dict.fromkeys(_named(why + to_do), number)))
        for slug, (why, to_do) in MISSING.items()
    ]
    for says, sentences in ((churn_says, CHURN), (drivers_say, DRIVERS)):
        for slug, sentence in sentences.items():
            facts = dict.fromkeys(_named(sentence), number)
            if set(facts) <= {"departure_count", "rating_count", "rated_count", "customer_count"}:
                words.append(says.notice(Notice(slug, facts)))
    assert faults(iter(words)) == []


def _written() -> Iterator[tuple[str, str]]:
    """Yield every text of the portal's source with its place; a part to be filled in is a □."""
    for path in sorted(Path(portal.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text())
        parts = {id(each) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for each in node.values}
        docs = {id(each) for node in ast.walk(tree) for each in _docstring(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                words = "".join(str(each.value) if isinstance(each, ast.Constant) else "□" for each in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts | docs:
                words = re.sub(r"\{\w*(?::\w+)?\}", "□", node.value)
            else:
                continue
            yield f"{path.name}:{node.lineno}", words


def _docstring(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield from (each.value for each in node.body[:1] if isinstance(each, ast.Expr))


_FIXED: Final = frozenset(
    {
        # Parts that are known to begin with a consonant: a role, and a rating from 1 to 5.
        "□ may log in as a □.",
        # What looks like a mistake and is none.
        "Use letters, digits and . _ @ + - and begin with a letter or digit.",
        "None is likely",
        "btn btn-primary",
        "Every rating is a □, so nothing can go with better or worse ones.",
    }
)


def test_no_text_of_the_portal_is_wrong_as_it_is_written() -> None:
    """Nor does any put an article before a part that may begin with any letter."""
    texts = ((place, words) for place, words in _written() if "select" not in words and words not in _FIXED)
    prose = [(place, words) for place, words in texts if re.search(r"[a-z]{2,} [a-z]", words)]
    wrong = [f"{place}: {each}" for place, words in prose for each in mistakes(words)]
    wrong += [f"{place}: {words}" for place, words in prose if re.search(r"\b[Aa]n? □", words)]
    assert "\n".join(wrong) == ""
