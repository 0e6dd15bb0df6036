"""Parts of pages say what they show, lead to it, and say plainly when there is nothing."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from portal.numbers.filters import Period, TicketFilters
from portal.numbers.reading import Reading
from portal.topics.overview.attention_list import attention_list
from portal.topics.overview.kpi_card import kpi_card
from portal.topics.resolution.address import MEASURES
from portal.topics.resolution.cards import category_times_block, matrix_block, most_measured
from portal.topics.resolution.charts import cohorts_content, distribution_content, trend_content
from portal.topics.resolution.dataset import Matrix
from portal.topics.resolution.matrix import duration_matrix
from portal.topics.resolution.ranked_bars import ranked_bars
from portal.topics.volume.cards import arrivals_block, split_block
from portal.topics.volume.charts import tickets_content
from portal.topics.volume.column_multiples import column_multiples
from portal.topics.volume.dataset import Split
from portal.topics.volume.heat_map import heat_map
from portal.topics.volume.share_table import share_table
from portal.widgets.chart_card import ChartContent, chart_outputs, nothing
from portal.widgets.sparkline import sparkline
from portal.widgets.views import chosen, links
from tests.factories.overview import (
    FIRST_DAY,
    make_arrivals,
    make_attention_items,
    make_category_times,
    make_kpi,
    make_tickets_over_time,
)
from tests.factories.resolution import METRIC, make_cohorts, make_distribution, make_duration_trend, make_matrix
from tests.factories.volume import make_split
from tests.factories.why_nothing import make_why

WHY = make_why(TicketFilters(FIRST_DAY, FIRST_DAY.replace(month=4), Period.CUSTOM))


def walk(part: Any) -> Iterator[dict[str, Any]]:
    """Yield every element of a tree."""
    if hasattr(part, "to_plotly_json"):
        part = part.to_plotly_json()
    if isinstance(part, list | tuple):
        for each in part:
            yield from walk(each)
    elif isinstance(part, dict) and "props" in part:
        yield part
        yield from walk(part["props"].get("content", part["props"].get("children")))


def words(part: Any) -> str:
    """Return the text of a tree."""
    if hasattr(part, "to_plotly_json"):
        part = part.to_plotly_json()
    if isinstance(part, list | tuple):
        return " ".join(filter(None, (words(each) for each in part)))
    if isinstance(part, dict) and "props" in part:
        return words(part["props"].get("content", part["props"].get("children")))
    return str(part).replace("\u00a0", " ").replace("\u202f", " ") if isinstance(part, str) else ""


def hrefs(part: Any) -> list[str]:
    """Return the links of a tree."""
    return [each["props"]["href"] for each in walk(part) if each["props"].get("href")]


def test_a_card_says_number_change_and_n_and_leads_to_its_tickets() -> None:
    """The whole answer is on its face."""
    card = kpi_card(make_kpi("first_reply_time", 41, 50, title="Median first reply", aside="n 2,760"))
    assert words(card).count("41 min") == 1
    assert "−9 min" in words(card)
    assert "better vs last year" in words(card)
    assert "n 2,760" in words(card)
    assert hrefs(card) == ["/tickets?metric=first_reply_time"]


@pytest.mark.parametrize(
    ("slug", "value", "before", "tone"),
    [("created", 20, 10, "neutral"), ("sla_attainment", 0.9, 0.8, "good"), ("backlog", 20, 10, "bad")],
)
def test_the_colour_of_a_change_is_the_metrics_own(slug: str, value: float, before: float, tone: str) -> None:
    """More tickets is neither good nor bad; a higher share of targets met is good; more open tickets is bad."""
    card = kpi_card(make_kpi(slug, value, before))
    assert [each for each in walk(card) if each["props"].get("className") == f"change {tone}"]


def test_an_empty_card_says_why_and_what_to_do() -> None:
    """A dash alone explains nothing."""
    card = kpi_card(make_kpi("csat", None, None, empty="No ratings given. Import ratings to see them."))
    assert "No ratings given. Import ratings" in words(card)
    assert hrefs(card) == []


def test_a_definition_opens_without_a_mouse() -> None:
    """It is a disclosure with a name."""
    summary = next(each for each in walk(kpi_card(make_kpi())) if each["type"] == "Summary")
    assert summary["props"]["aria-label"] == "What Tickets created means"


def test_a_sparkline_needs_two_values_and_bridges_no_gap() -> None:
    """One value is no run; a week without a number breaks the line."""
    assert "style" not in sparkline([3.0])["props"]
    image = sparkline([1.0, None, 2.0, 3.0])["props"]["style"]["maskImage"]
    assert image.split("d='")[1].split("'")[0].count("M") == 2


def test_every_busy_hour_leads_to_its_tickets() -> None:
    """Each cell is a link with its number in words."""
    arrivals = make_arrivals()
    cells = [each for each in walk(heat_map(arrivals.hours)) if each["type"] == "A"]
    assert cells
    assert all("ticket" in each["props"]["aria-label"] for each in cells)


def test_a_heat_map_cuts_only_quiet_hours() -> None:
    """What is cut holds at most one ticket in fifty."""
    arrivals = make_arrivals()
    shown = {each["props"]["href"] for each in walk(heat_map(arrivals.hours)) if each["type"] == "A"}
    kept = sum(cell.tickets for cell in arrivals.hours if cell.href in shown)
    assert kept >= 0.98 * sum(cell.tickets for cell in arrivals.hours)


def test_dates_without_a_time_show_weekdays_instead_of_hours() -> None:
    """And say so."""
    block = arrivals_block(make_arrivals(has_hours=False), WHY)
    assert "no time of day" in words(block)
    assert "Wednesday" in words(block)


def test_bars_share_one_scale_and_start_at_nought() -> None:
    """The longest line fills its cell; every bar is its share of it."""
    rows = make_category_times()
    bars = [
        each["props"]["style"]
        for each in walk(ranked_bars(rows, "vs last year"))
        if each["props"].get("className") == "bar"
    ]
    assert bars[0] == {"--bar": f"{100 * 282 / 708:.1f}%", "--tail": "100.0%"}


def test_categories_with_too_few_tickets_are_not_called_quicker() -> None:
    """They are left out, however long they take; the note says how many have enough, and calls none the slowest."""
    rows = make_category_times()
    few = replace(rows[0], now=replace(rows[0].now, n=18))
    said = words(category_times_block((few, *rows[1:]), WHY))
    assert "Only those with 20 tickets or more, 4 of 5." in said
    assert "slowest of" not in said
    assert "Only those" not in words(category_times_block(rows, WHY))


def test_without_a_comparison_there_is_no_column_for_it() -> None:
    """An empty column would ask what is missing."""
    rows = tuple(type(row)(row.label, row.position, row.now, None, row.href) for row in make_category_times())
    assert "Change" not in words(ranked_bars(rows, ""))


def test_small_charts_share_one_scale() -> None:
    """The tallest column of all fills its chart, so that charts can be compared."""
    heights = [
        float(each["props"]["style"]["--height"].rstrip("%"))
        for each in walk(column_multiples(make_split()))
        if each["props"].get("className") == "column"
    ]
    assert max(heights) == 100
    assert sum(height == 100 for height in heights) < len(heights) / 3


def test_shares_are_of_all_tickets() -> None:
    """They add up to the whole."""
    split = make_split()
    assert sum(part.tickets for part in split.parts) == split.tickets
    assert words(share_table(split, "vs last year")).count("%") >= 2 * len(split.parts)


def test_a_matrix_says_where_there_is_nothing_and_links_the_rest() -> None:
    """An empty combination is no nought."""
    matrix = duration_matrix(make_matrix())
    assert "none" in words(matrix)
    assert len(hrefs(matrix)) == 7


def test_a_matrix_of_many_keeps_those_most_was_measured_of() -> None:
    """And in their own order."""
    row = make_matrix().rows[0]
    cells = [type(row.cells[0])(Reading(1.0, n, "minutes"), "/tickets") for n in (5, 50, 500)]
    many = Matrix(("High",), tuple(type(row)(f"n {cell.reading.n}", (cell,)) for cell in cells if cell.reading))
    assert [kept.label for kept in most_measured(many, 2).rows] == ["n 50", "n 500"]


def test_what_was_not_looked_at_is_not_said_to_be_well() -> None:
    """Without a period before no category can be slower; with filters nothing is said of other tickets."""
    whole = replace(WHY, filters=replace(WHY.filters, period=Period.ALL))
    some = replace(WHY, filters=WHY.filters.with_values("channel", ("chat",)))
    assert "slower" in words(attention_list((), WHY))
    assert "slower" not in words(attention_list((), whole))
    assert "that match these filters" in words(attention_list((), some))
    assert "recorded yet" in words(attention_list((), make_why(WHY.filters, "created")))


def test_nothing_needing_attention_is_said_plainly() -> None:
    """An empty list could be an error."""
    assert "Nothing needs attention" in words(attention_list((), WHY))
    assert len(hrefs(attention_list(make_attention_items(), WHY))) == 3


@pytest.mark.parametrize(
    "content",
    [
        tickets_content(make_tickets_over_time(), WHY, {"data": []}),
        distribution_content(make_distribution(), WHY, {"data": []}),
        trend_content(make_duration_trend(), WHY, {"data": []}),
        cohorts_content(make_cohorts(), WHY, {"data": []}),
    ],
    ids=["tickets", "distribution", "trend", "cohorts"],
)
def test_each_chart_says_its_point_what_it_counts_and_its_numbers(content: ChartContent) -> None:
    """One sentence, the note, and a table whose rows lead to their tickets."""
    assert content.conclusion.endswith(".")
    assert content.note.endswith(".")
    assert hrefs(content.twin)
    assert len(content.outputs()) == len(chart_outputs("x"))


def test_an_empty_chart_says_why_and_what_to_do() -> None:
    """And shows no axes."""
    figure, said, *_ = nothing("No tickets came in.", "Choose a longer period.").outputs()
    assert words(said).split() == ["No", "tickets", "came", "in.", "Choose", "a", "longer", "period."]
    assert figure["layout"]["xaxis"]["visible"] is False  # type: ignore[index]


@pytest.mark.parametrize(
    "block",
    [
        category_times_block((), WHY),
        split_block(Split("category", "week", (), 0), WHY),
        matrix_block(Matrix((), ()), METRIC, WHY),
        arrivals_block(type(make_arrivals())((), (), 0, 0), WHY),
    ],
    ids=["categories", "split", "matrix", "arrivals"],
)
def test_a_block_without_numbers_says_why(block: list[dict[str, Any]]) -> None:
    """Never an empty box."""
    assert words(block).startswith("No ")
    assert "." in words(block)


def test_a_choice_changes_only_itself_in_the_address() -> None:
    """Filters stay; the default is not written; what is unknown is the default."""
    options = links(MEASURES, "/resolution", "?channel=email&measure=next_reply")
    assert [(each.href, each.is_chosen) for each in options] == [
        ("/resolution?channel=email", False),
        ("/resolution?channel=email&measure=first_reply", False),
        ("/resolution?channel=email&measure=next_reply", True),
    ]
    assert chosen(MEASURES, "?measure=nonsense") == "resolution"
