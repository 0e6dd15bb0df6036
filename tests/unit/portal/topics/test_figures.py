"""Figures are plain dictionaries that start at nought, are named at their ends, and can be followed."""

import json
from typing import Any

import pytest

from portal.plots.theme import DARK, LIGHT, Theme
from portal.topics.overview import figure as overview
from portal.topics.resolution import figure as resolution
from portal.topics.volume import figure as volume
from tests.factories.overview import make_flow, make_series, make_tickets_over_time
from tests.factories.resolution import make_cohorts, make_day_distribution, make_distribution, make_duration_trend
from tests.factories.volume import make_months_of_years

both = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def figures(theme: Theme) -> dict[str, dict[str, Any]]:
    """Return one of each figure."""
    return {
        "tickets": volume.tickets_over_time(make_tickets_over_time(), theme),
        "alone": volume.tickets_over_time(make_tickets_over_time(compared=False), theme),
        "single day": volume.tickets_over_time(make_tickets_over_time(days=1), theme),
        "months": volume.months_of_years(make_months_of_years({2025: (9,) * 12, 2026: (8, 3)}), theme),
        "flow": overview.flow(make_flow(), theme),
        "open": overview.open_tickets(make_flow(), theme),
        "distribution": resolution.distribution(make_distribution(), theme),
        "days": resolution.distribution(make_day_distribution(), theme),
        "percentiles": resolution.percentiles(make_duration_trend(), theme),
        "cohorts": resolution.cohorts(make_cohorts(), theme),
    }


@both
def test_figures_are_plain_values(theme: Theme) -> None:
    """They go to the browser as they are."""
    assert json.loads(json.dumps(figures(theme))) == figures(theme)


@both
def test_every_scale_starts_at_nought_and_holds_every_value(theme: Theme) -> None:
    """Nothing looks larger than it is, and nothing is cut off."""
    for name, figure in figures(theme).items():
        low, high = figure["layout"]["yaxis"]["range"]
        values = [value for trace in figure["data"] for value in trace["y"] if value is not None]
        assert low == 0, name
        assert max(values) <= high + 1e-9, name


@both
def test_every_point_that_speaks_can_be_followed(theme: Theme) -> None:
    """What tells its number leads to its tickets, place by place."""
    for name, figure in figures(theme).items():
        speaking = [trace for trace in figure["data"] if trace.get("hoverinfo") != "skip"]
        assert speaking, name
        for trace in speaking:
            assert len(trace["customdata"]) == len(trace["text"]) == len(trace["x"]), name
            assert all(href.startswith("/tickets") for href in trace["customdata"]), name


@both
def test_only_colours_of_the_theme_are_used(theme: Theme) -> None:
    """No default blue on grey."""
    known = {
        getattr(theme, name) for name in ("accent", "comparison", "good", "muted", "ink", "card", "line", "accent_text")
    } | set(theme.categories)
    for name, figure in figures(theme).items():
        for trace in figure["data"]:
            assert trace.get("line", trace["marker"]).get("color", theme.accent) in known, name
        assert figure["layout"]["font"]["color"] == theme.muted
        assert figure["layout"]["paper_bgcolor"] == "rgba(0,0,0,0)"


def test_two_lines_are_named_at_their_ends_and_one_is_not() -> None:
    """Direct labels instead of a legend; a single line is named by its card."""
    texts = [label["text"] for label in figures(LIGHT)["tickets"]["layout"]["annotations"]]
    assert texts == ["<b>Last year</b>", "<b>This period</b>"]
    assert figures(LIGHT)["open"]["layout"]["annotations"] == []


def test_a_single_day_is_a_dot() -> None:
    """A line needs two places."""
    assert figures(LIGHT)["single day"]["data"][-1]["mode"] == "markers"


def test_hovering_reads_one_line_of_words() -> None:
    """The day, its tickets, and those it is compared with."""
    first = figures(LIGHT)["tickets"]["data"][-1]["text"][0].replace("\u00a0", " ")
    assert first.startswith("Mon 5 Jan: ")
    assert first.endswith("on Mon 6 Jan 2025")


def test_axis_of_a_distribution_reads_plain_durations() -> None:
    """Minutes, hours and days, and room between them."""
    axis = figures(LIGHT)["distribution"]["layout"]["xaxis"]
    words = [text.replace("\u00a0", " ") for text in axis["ticktext"]]
    assert words == ["5 min", "1 h", "4 h", "24 h", "7 days"]
    assert axis["tickvals"] == sorted(axis["tickvals"])


def test_whole_days_are_never_drawn_as_hours() -> None:
    """A desk that knows dates only reads days."""
    texts = [*figures(LIGHT)["days"]["layout"]["xaxis"]["ticktext"], *figures(LIGHT)["days"]["data"][0]["text"]]
    assert all("day" in text for text in texts)


def test_a_cohort_not_half_solved_leaves_a_gap() -> None:
    """No median is made up for it."""
    assert figures(LIGHT)["cohorts"]["data"][-1]["y"][-1] is None


def test_words_cannot_carry_markup() -> None:
    """A name with a tag in it is shown as written."""
    from portal.plots.series import series_line  # noqa: PLC0415 - only this test looks below the topics

    assert series_line(make_series(), "#000000", words=("<b>x</b>",)).words == ("&lt;b&gt;x&lt;/b&gt;",)
