"""What the Agents page says and draws agrees with its verdicts."""

import json
import math
from dataclasses import replace
from datetime import date

import pytest

from analytics.metrics import METRICS
from portal.plots.theme import LIGHT
from portal.topics.agents.cards import agent_block
from portal.topics.agents.conclusion import agents
from portal.topics.agents.dataset import AgentFigures, AgentRow
from portal.topics.agents.figure import funnel

_DAYS = (date(2025, 3, 1), date(2026, 2, 28))


def _row(name: str, ratio: float = 1.0, width: float = 0.1, n: int = 2000, *, differs: bool = False) -> AgentRow:
    """Return an agent whose interval reaches so far to either side on the log scale."""
    low, high = ratio * math.exp(-width), ratio * math.exp(width)
    return AgentRow(name, n, 120.0 * ratio, 120.0, ratio, low, high, ratio, is_judged=True, differs=differs, href="/")


def _figures(*rows: AgentRow, slug: str = "resolution_time") -> AgentFigures:
    return AgentFigures(METRICS[slug], rows, *_DAYS, "", 9000, 0.1, 1.0)


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("resolution_time", "1 of 3 agents is as expected; 1 clearly quicker and 1 clearly slower than that."),
        ("mean_rating", "1 of 3 agents is as expected; 1 clearly rated lower and 1 clearly rated higher than that."),
        ("reopen_rate", "1 of 3 agents is as expected; 1 clearly reopened less and 1 clearly reopened more than that."),
    ],
)
def test_above_and_below_are_said_in_the_words_of_what_is_compared(slug: str, words: str) -> None:
    """A manager need not know whether above is good."""
    rows = (_row("A", 0.8, differs=True), _row("B"), _row("C", 1.3, differs=True))
    assert agents(_figures(*rows, slug=slug)) == words


def test_too_few_says_the_rule_of_what_is_compared() -> None:
    """An agent with 900 tickets may have too few reopened ones: the rule says of what there are too few."""
    rows = (_row("A"), replace(_row("B"), is_judged=False))
    said = agents(_figures(*rows, slug="reopen_rate"))
    assert said == "Fewer than two agents can be judged: each needs 30 tickets, of which 5 are expected to be reopened."
    assert "one needs 30 tickets, of which 5" in json.dumps(agent_block(_figures(*rows, slug="reopen_rate")))
    assert "needs" not in json.dumps(agent_block(_figures(_row("A"), _row("B"))))


def test_an_agent_whose_interval_holds_the_expected_stands_within_the_lines() -> None:
    """What is to be expected is not known exactly either; the lines of chance allow for it as the intervals do."""
    rows = (_row("A", 1.08), _row("B"), _row("C", 0.99))
    limits = funnel(_figures(*rows), LIGHT)["data"][:4]
    at_the_end = sorted(trace["y"][-1] for trace in limits)
    # The agent's own 2,000 tickets alone would leave 4 %.
    assert at_the_end[2] > 1.08


def test_the_dashed_lines_are_in_view_where_everybody_is_alike() -> None:
    """The note speaks of them, however close to the expected all agents are."""
    layout = funnel(_figures(_row("A", n=90, width=0.4), _row("B", n=100, width=0.4)), LIGHT)["layout"]
    assert layout["yaxis"]["range"][1] * math.log(10) > 0.4
