"""The cards about ratings."""

from analytics import pages
from portal.numbers import phrasing
from portal.topics.drivers import conclusion as says
from portal.topics.drivers.dataset import CorrelationCell, DriverEffect, Drivers, ResponseRate
from portal.topics.drivers.sentences import BETTER, GOOD
from portal.widgets.chart_card import block_body, empty_body
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.export_links import export_bar, export_links
from portal.widgets.interval_rows import IntervalRow, interval_table
from portal.widgets.markup import Element, aria, element

_NOT_YET = ("This has not been worked out yet.", "Run the job analyse_drivers; it also runs every night.")
_FEW_RATINGS = "More ratings are needed: offer the survey on more tickets."
_ACTIONS = {
    "no_times": "Import when tickets were first answered, or their messages, as --kind interactions.",
    "days_only": "Import times of day with the dates.",
}


def effects_block(dataset: Drivers | None) -> list[Element]:
    """Return what goes with ratings, everything else recorded being equal."""
    if dataset is None:
        return empty_body(*_NOT_YET)
    if not dataset.effects:
        actions = [_ACTIONS[each.slug] for each in dataset.notices if each.slug in _ACTIONS]
        return empty_body(" ".join(says.notice(each) for each in dataset.notices), (actions or [_FEW_RATINGS])[0])
    besides = says.besides(dataset)
    sentences = element("Ul", [element("Li", says.effect(each)) for each in besides], className="sentence-list")
    points = [each for each in dataset.effects if each.unit == "points"]
    table = interval_table(("What", "Points", "Likely range"), [_effect_row(each) for each in points], 0.0)
    heads = ("What", "Effect", "Likely range", GOOD, BETTER, "n", "Told")
    twin = data_twin("What goes with ratings", heads, [_effect_twin(each) for each in dataset.effects])
    held = f" Held equal: {phrasing.listed(dataset.controls)}." if dataset.controls else ""
    note = (
        f"{phrasing.plural(dataset.rated_count, 'rating')} from 1 to 5, {_span(dataset)}. Times by the calendar clock."
        f"{held} Grey: may be chance. These things go together; that one causes the other is not proven."
    )
    links = export_bar(*export_links("effects", f"{pages.DRIVERS}/export/effects"))
    content = element("Div", [*([sentences] if besides else []), table, *_notices(dataset), links])
    return block_body(says.effects(dataset), content, note, twin)


def _effect_row(effect: DriverEffect) -> IntervalRow:
    numbers = (_points(effect.estimate), f"{_points(effect.low)} to {_points(effect.high)}")
    return IntervalRow(
        effect.label, effect.change, effect.estimate, effect.low, effect.high, numbers, effect.is_supported
    )


def _effect_twin(effect: DriverEffect) -> TwinRow:
    show = _points if effect.unit == "points" else _ratio_change
    unit = " points" if effect.unit == "points" else ""
    return TwinRow(
        (
            f"{effect.label}, {effect.change}",
            f"{show(effect.estimate)}{unit}",
            f"{show(effect.low)} to {show(effect.high)}",
            _odds(effect.good_odds),
            _odds(effect.better_odds),
            phrasing.count(effect.n),
            "yes" if effect.is_supported else "may be chance",
        )
    )


def _points(value: float) -> str:
    return f"{value:+.2f}".replace("-", phrasing.MINUS) if round(value, 2) else "0.00"


def _ratio_change(value: float) -> str:
    return f"{100 * (value - 1):+.0f}{phrasing.THIN}%".replace("-", phrasing.MINUS)


def _odds(odds: tuple[float, float, float] | None) -> str:
    return phrasing.NOTHING if odds is None else f"× {odds[0]:.2f} ({odds[1]:.2f} to {odds[2]:.2f})"


def _notices(dataset: Drivers) -> list[Element]:
    if not dataset.notices:
        return []
    return [element("Ul", [element("Li", says.notice(each)) for each in dataset.notices], className="notice-list")]


def _span(dataset: Drivers) -> str:
    if dataset.first_date is None or dataset.last_date is None:
        return "no tickets"
    return f"tickets of {phrasing.days_between(dataset.first_date, dataset.last_date)}"


def shares_block(dataset: Drivers | None) -> list[Element]:
    """Return how much of the differences between ratings goes with what."""
    if dataset is None:
        return empty_body(*_NOT_YET)
    if not dataset.shares:
        if dataset.r_squared is not None:
            return empty_body(
                "Nothing that is recorded goes with ratings by more than chance, so nothing is shared out."
            )
        if any(each.slug in _ACTIONS for each in dataset.notices):
            return empty_body("Nothing can be told of what goes with ratings, so nothing can be shared out.")
        return empty_body("There are too few ratings, or they are all the same, so nothing can be shared out.")
    rows = [
        IntervalRow(
            each.label,
            "",
            each.share,
            each.low,
            each.high,
            (phrasing.percent(each.share, 1000), f"{100 * each.low:.1f} to {100 * each.high:.1f}"),
            is_supported=True,
        )
        for each in dataset.shares
    ]
    table = interval_table(("Goes with", "Share", "Likely range"), rows, 0.0)
    twin = data_twin("Shares", ("Goes with", "Share", "Likely range"), [TwinRow((r.label, *r.numbers)) for r in rows])
    ratings = phrasing.plural(dataset.rated_count, "rating")
    note = f"Shares of the differences between {ratings}; only what can be told from chance."
    links = export_bar(*export_links("shares", f"{pages.DRIVERS}/export/shares"))
    return block_body(says.shares(dataset), element("Div", [table, links]), note, twin)


def correlations_block(dataset: Drivers | None, variables: tuple[str, ...]) -> list[Element]:
    """Return the correlation matrix.

    Args:
        dataset: The analysis.
        variables: In the order of rows and columns.
    """
    if dataset is None:
        return empty_body(*_NOT_YET)
    if not any(cell.n for cell in dataset.correlations):
        return empty_body("No ticket has a rating yet.", _FEW_RATINGS)
    cells = {frozenset((cell.variable, cell.other)): cell for cell in dataset.correlations}
    head = element("Tr", [element("Th", name, scope="col") for name in ("", *variables[:-1])])
    body = [
        element(
            "Tr",
            [
                element("Th", row, scope="row"),
                *(element("Td", _cell(cells.get(frozenset((row, column))))) for column in variables[:place]),
                *(element("Td", "") for _ in variables[place:-1]),
            ],
        )
        for place, row in enumerate(variables)
        if place
    ]
    table = element("Table", [element("Thead", head), element("Tbody", body)], className="matrix")
    scroller = element(
        "Div", table, className="matrix-scroller", tabIndex=0, role="region", **aria(label="Correlation matrix")
    )
    twin = data_twin(
        "Correlations",
        ("Pair", "Straight line", "In order", "n"),
        [
            TwinRow(
                (
                    f"{cell.variable} and {cell.other.lower()}",
                    says.coefficient(cell.pearson),
                    says.coefficient(cell.spearman),
                    phrasing.count(cell.n),
                )
            )
            for cell in dataset.correlations
        ],
    )
    note = (
        "−1 to +1: +1 rise together, 0 nothing, −1 one falls as the other rises. Over the rated"
        " tickets for which both are"
        " known (n). Nothing is held equal here: see the effects above for that."
    )
    links = export_bar(*export_links("correlations", f"{pages.DRIVERS}/export/correlations"))
    return block_body(says.correlations(dataset), element("Div", [scroller, links]), note, twin)


def _cell(cell: CorrelationCell | None) -> Element:
    if cell is None or cell.pearson is None:
        return element("Span", [element("Span", "none")], className="matrix-cell is-empty")
    lines = [
        element("B", says.coefficient(cell.pearson)),
        element("Span", f"in order {says.coefficient(cell.spearman)}"),
        element("Span", f"n {phrasing.count(cell.n)}"),
    ]
    return element("Span", lines, className="matrix-cell", style={"--heat": f"{100 * abs(cell.pearson):.0f}%"})


def response_block(dataset: Drivers | None) -> list[Element]:
    """Return who answers surveys."""
    if dataset is None:
        return empty_body(*_NOT_YET)
    whole = next((rate for rate in dataset.rates if not rate.dimension), None)
    if whole is None or not whole.offered:
        return empty_body("No ticket has been solved yet, so nobody could be asked.")
    types = [rate for rate in dataset.rates if rate.dimension == "customer_type"]
    heads = ("Customer type", "Answered", "of")
    # One type alone would say the same again.
    shown = (whole, *types) if len(types) > 1 else (whole,)
    table = interval_table(heads, [_rate_row(rate) for rate in shown], whole.rate)
    twin_heads = ("Kind", "Answered", "Likely range", "Ratings", "Asked")
    twin = data_twin("Who answers", twin_heads, [_rate_twin(rate) for rate in dataset.rates])
    note = "Ratings given ÷ surveys offered. Kinds with fewer than 30 surveys are left out."
    return block_body(says.response(dataset), table, note, twin, marks="Upright line: all.")


def _rate_row(rate: ResponseRate) -> IntervalRow:
    numbers = (phrasing.percent(rate.rate), phrasing.count(rate.offered))
    return IntervalRow(rate.label, "", rate.rate, rate.low, rate.high, numbers, is_supported=True)


def _rate_twin(rate: ResponseRate) -> TwinRow:
    interval = f"{phrasing.percent(rate.low)} to {phrasing.percent(rate.high)}"
    kind = f"{phrasing.prettified(rate.dimension)}: {rate.label}" if rate.dimension else rate.label
    return TwinRow(
        (kind, phrasing.percent(rate.rate), interval, phrasing.count(rate.answered), phrasing.count(rate.offered))
    )
