"""Numbers read as a support manager would say them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.metrics import Better
from portal.numbers import phrasing
from portal.numbers.phrasing import MINUS, SPACE, THIN, Tone

finite = st.integers(0, 10**10).map(lambda thousandths: thousandths / 1000)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 min"),
        (0.2, "under 1 min"),
        (41.2, "41 min"),
        (59.4, "59 min"),
        (59.7, "1.0 h"),
        (126, "2.1 h"),
        (708, "11.8 h"),
        (2877, "2 days"),
        (4896, "3.4 days"),
        (14400, "10 days"),
        (1440 * 1234, "1,234 days"),
    ],
)
def test_duration_is_told_in_the_unit_a_person_would_choose(minutes: float, words: str) -> None:
    """Minutes, hours and days take over from one another without a gap."""
    assert phrasing.duration(minutes) == words.replace(" min", f"{SPACE}min").replace(" h", f"{SPACE}h").replace(
        " days", f"{SPACE}days"
    )


@pytest.mark.parametrize(("days", "words"), [(0, "0 days"), (1, "1 day"), (2.5, "2.5 days"), (11.6, "12 days")])
def test_whole_days_are_never_told_as_hours(days: float, words: str) -> None:
    """A desk that knows dates only reads days, and one day is singular."""
    assert phrasing.duration(days, "days") == words.replace(" ", SPACE)


@given(finite, finite)
def test_longer_durations_never_read_shorter(one: float, other: float) -> None:
    """Told durations keep the order of the durations themselves."""
    short, long = sorted((one, other))
    assert _minutes(phrasing.duration(short)) <= _minutes(phrasing.duration(long)) + 1e-9


@given(finite)
def test_a_told_duration_is_near_the_true_one(minutes: float) -> None:
    """Rounding moves a duration by half a minute, or by one part in twenty of an hour, or of a day."""
    told = _minutes(phrasing.duration(minutes))
    assert abs(told - minutes) <= max(
        0.51,
        0.05 * 60 + 0.01 if minutes >= 59 else 0.51,
        0.5 * 1440 if minutes > 14000 else 0,
        73 if minutes > 2800 else 0,
    )


@given(st.floats(min_value=0, max_value=1, allow_nan=False), st.integers(0, 10_000))
def test_per_cent_has_a_thin_space_and_one_decimal_at_most(share: float, n: int) -> None:
    """A share shows a decimal only over a thousand cases or more."""
    number, _, unit = phrasing.percent(share, n).partition(THIN)
    assert unit == "%"
    assert abs(float(number) - 100 * share) <= (0.051 if n >= 1000 else 0.51)
    assert n >= 1000 or "." not in number


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 tickets"), (1, "1 ticket"), (2, "2 tickets"), (2891, "2,891 tickets")]
)
def test_only_one_is_singular(number: int, words: str) -> None:
    """Nought and many take the plural."""
    assert phrasing.plural(number, "ticket") == words


def test_irregular_plurals_are_right() -> None:
    """Nouns that do not just take an s."""
    assert (phrasing.plural(2, "reply"), phrasing.plural(3, "category")) == ("2 replies", "3 categories")


@pytest.mark.parametrize(
    ("value", "before", "unit", "better", "text", "tone"),
    [
        (2891, 2450, "tickets", Better.NEITHER, f"+18{THIN}%", Tone.NEUTRAL),
        (41, 50, "minutes", Better.LOWER, f"{MINUS}9{SPACE}min", Tone.GOOD),
        (54, 61, "minutes", Better.LOWER, f"{MINUS}7{SPACE}min", Tone.GOOD),
        (54, 300, "minutes", Better.LOWER, f"{MINUS}4.1{SPACE}h", Tone.GOOD),
        (126, 144, "minutes", Better.LOWER, f"{MINUS}0.3{SPACE}h", Tone.GOOD),
        (282, 246, "minutes", Better.LOWER, f"+0.6{SPACE}h", Tone.BAD),
        (0.934, 0.946, "share", Better.HIGHER, f"{MINUS}1.2{SPACE}pt", Tone.BAD),
        (3, 2, "days", Better.LOWER, f"+1{SPACE}day", Tone.BAD),
        (126, 126.4, "minutes", Better.LOWER, "no change", Tone.NEUTRAL),
        (5, 0, "tickets", Better.NEITHER, "+5", Tone.NEUTRAL),
        (None, 3, "tickets", Better.NEITHER, "nothing to compare", Tone.NEUTRAL),
    ],
)
def test_change_is_signed_with_its_unit(
    value: float | None, before: float, unit: str, better: Better, text: str, tone: Tone
) -> None:
    """A change carries its sign and unit, and is good or bad only as the metric says."""
    change = phrasing.change(value, before, unit, better, 5000)
    assert (change.text, change.tone) == (text, tone)


@given(finite, finite, st.sampled_from(["tickets", "minutes", "days", "share", "rating"]))
def test_change_never_contradicts_its_sign(value: float, before: float, unit: str) -> None:
    """Less never reads as more, whatever the rounding."""
    text = phrasing.change(value, before, unit, Better.LOWER).text
    assert not text.startswith("+") or value > before
    assert not text.startswith(MINUS) or value < before


def test_a_level_changes_by_a_count() -> None:
    """How many are open is told as so many more, not as a percentage."""
    assert phrasing.change(287, 246, "tickets", Better.LOWER, is_level=True).text == "+41"


def test_spans_of_days_repeat_no_month_or_year_in_vain() -> None:
    """Within a month the month is said once; across years both years are said."""
    spans = [
        phrasing.days_between(date(2026, 2, 3), date(2026, 2, 3)),
        phrasing.days_between(date(2026, 2, 3), date(2026, 2, 9)),
        phrasing.days_between(date(2026, 1, 27), date(2026, 2, 2)),
        phrasing.days_between(date(2025, 12, 29), date(2026, 1, 4)),
    ]
    assert [span.replace(SPACE, " ") for span in spans] == [
        "3 Feb",
        "3 to 9 Feb",
        "27 Jan to 2 Feb",
        "29 Dec 2025 to 4 Jan 2026",
    ]


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("book_order", "Book order"),
        ("Noise - Residential", "Noise - Residential"),
        ("email", "Email"),
        (None, "Not set"),
        ("", "Not set"),
    ],
)
def test_slugs_without_a_name_read_as_words(slug: str | None, words: str) -> None:
    """Underscores go, and what a source wrote with care stays."""
    assert phrasing.prettified(slug) == words


def _minutes(words: str) -> float:
    number, _, unit = words.removeprefix("under ").partition(SPACE)
    value = float(number.replace(",", "")) * {"min": 1, "h": 60, "day": 1440, "days": 1440}[unit]
    return 0.5 if words.startswith("under") else value
