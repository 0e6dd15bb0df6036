"""The cards about leaving."""

from collections.abc import Mapping

from analytics import pages
from portal.numbers import phrasing
from portal.numbers.called import Call, called, called_mark
from portal.numbers.reason_words import REASONS
from portal.topics.churn import conclusion as says
from portal.topics.churn.dataset import Churn, LeavingRatio, ModelTest, RiskyCustomer
from portal.topics.churn.sentences import SENTENCES
from portal.widgets.chart_card import block_body, empty_body
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.export_links import export_bar, export_links
from portal.widgets.interval_rows import IntervalRow, interval_table
from portal.widgets.markup import Element, element

_NOT_YET = ("This has not been worked out yet.", "Run the job score_churn; it also runs every night.")
_IN_VIEW = 12
_TENTHS = "Dot: share that left; line: from what was said to what came."
_NOBODY_LEFT = (
    "Too few customers are recorded to have left.",
    SENTENCES["leaving_dates"],
)


def pain_points_block(dataset: Churn | None) -> list[Element]:
    """Return what customers who left had lived through."""
    if dataset is None:
        return empty_body(*_NOT_YET)
    if not dataset.pain_points:
        return empty_body(*_NOBODY_LEFT)
    rows = [_ratio_row(each) for each in dataset.pain_points]
    table = interval_table(("Within 180 days after", "Times", "More left"), rows, 1.0)
    note = (
        "How many times as many leave in the 180 days after it, among customers of the same type who"
        " wrote as often and had the same other experiences. More"
        f" left: departures above what would be usual. {phrasing.plural(dataset.left, 'departure')} of"
        f" {phrasing.plural(dataset.customers, 'customer')}. Grey: may be chance. These overlap, and"
        f" none is proven a cause."
    )
    links = export_bar(*export_links("pain points", f"{pages.CHURN}/export/pain-points"))
    content = element("Div", [table, links])
    return block_body(says.pain_points(dataset), content, note, _ratio_twin("Pain points", dataset.pain_points))


def hazards_block(dataset: Churn | None) -> list[Element]:
    """Return the three experiences, each with the others held equal."""
    if dataset is None:
        return empty_body(*_NOT_YET)
    if not dataset.hazards:
        return empty_body(*_NOBODY_LEFT)
    rows = [_ratio_row(each) for each in dataset.hazards]
    table = interval_table(("Within 180 days after", "Times", "Likely range"), rows, 1.0)
    note = (
        "How many times as often customers leave, with all other experiences, the customer's type and the"
        " number of tickets held"
        f" equal. {phrasing.plural(dataset.left, 'departure')}."
    )
    return block_body(says.hazards(dataset), table, note, _ratio_twin("Leaving after", dataset.hazards))


def _ratio_row(found: LeavingRatio) -> IntervalRow:
    high = found.high if found.high is not None else max(found.ratio * 3, 10.0)
    shown = says.excess(found.excess) if found.excess is not None else says.interval(found)
    aside = "tickets of this category" if found.kind == "category" else ""
    numbers = (says.ratio(found.ratio), shown)
    return IntervalRow(found.label, aside, found.ratio, found.low, high, numbers, found.is_supported, found.href)


def _ratio_twin(caption: str, found: tuple[LeavingRatio, ...]) -> Element:
    heads = ("Within 180 days after", "Times as often", "Likely range", "Departures", "Told")
    rows = [
        TwinRow(
            (
                each.label,
                says.ratio(each.ratio),
                says.interval(each),
                phrasing.count(each.departures),
                "yes" if each.is_supported else "may be chance",
            ),
            each.href,
        )
        for each in found
    ]
    return data_twin(caption, heads, rows)


def customers_block(dataset: Churn | None, calls: Mapping[int, Call]) -> list[Element]:
    """Return the customers with the highest scores.

    Args:
        dataset: The latest analysis; None before the first.
        calls: Customer -> the latest call that was marked.
    """
    if dataset is None:
        return empty_body(*_NOT_YET)
    if not dataset.top:
        return empty_body(
            " ".join(says.notice(each) for each in dataset.notices) or "There are no customers with tickets yet."
        )
    is_chance = dataset.kind == "model"
    heads = ("Customer", "Chance" if is_chance else "Points", "Why", "Type", "Tickets in a year", "Called")
    classes = ("", "number", "", "is-wide", "number is-wide", "")
    head = [element("Th", name, scope="col", className=kind) for name, kind in zip(heads, classes, strict=True)]
    body = [_customer_row(each, calls.get(each.customer), is_chance=is_chance) for each in dataset.top[:_IN_VIEW]]
    table = element(
        "Table", [element("Thead", element("Tr", head)), element("Tbody", body)], className="ranked-bars risk-table"
    )
    what = (
        f"Chance to leave within {dataset.horizon_days} days, from support history alone."
        if is_chance
        else "0 to 100 points: unresolved tickets, low ratings, late answers, silence and the like, with set weights."
    )
    note = (
        f"{what} The highest of {phrasing.count(dataset.scored)}. Each name leads to the customer, each reason to the"
        " ticket that shows it."
    )
    listed = element("Ul", [element("Li", says.notice(each)) for each in dataset.notices], className="notice-list")
    links = export_bar(*export_links("these customers", f"{pages.CHURN}/export/customers"))
    content = element("Div", [*([listed] if dataset.notices else []), table, links])
    twin_heads = ("Customer", heads[1], "Why", "Type", "Tickets in a year")
    twin = data_twin(
        "Whom to call first", twin_heads, [_customer_twin(each, is_chance=is_chance) for each in dataset.top]
    )
    return block_body(says.customers(dataset), content, note, twin)


def _score_and_reasons(customer: RiskyCustomer, *, is_chance: bool) -> tuple[str, str]:
    score = phrasing.percent(customer.score) if is_chance else phrasing.count(customer.score)
    return score, says.reasons(customer)


def _customer_twin(customer: RiskyCustomer, *, is_chance: bool) -> TwinRow:
    score, why = _score_and_reasons(customer, is_chance=is_chance)
    cells = (customer.label, score, why, customer.customer_type, phrasing.count(customer.tickets))
    return TwinRow(cells, customer.href)


def _customer_row(customer: RiskyCustomer, call: Call | None, *, is_chance: bool) -> Element:
    score, _ = _score_and_reasons(customer, is_chance=is_chance)
    return element(
        "Tr",
        [
            element("Th", element("A", customer.label, href=customer.href), scope="row"),
            element("Td", score, className="number strong"),
            element("Td", _why(customer), className="reasons"),
            element("Td", customer.customer_type, className="muted is-wide"),
            element("Td", phrasing.count(customer.tickets), className="number muted is-wide"),
            element("Td", called_mark(call), className="muted called-cell", title=called(call)),
        ],
    )


def _why(customer: RiskyCustomer) -> list[Element | str]:
    """Return the reasons, each a link to the very ticket that shows it."""
    words: list[Element | str] = []
    for slug in customer.reasons:
        href = customer.behind.get(slug, "")
        words += [", "] if words else []
        words.append(element("A", REASONS[slug], href=href) if href else REASONS[slug])
    return words or [says.reasons(customer)]


def trust_block(dataset: Churn | None) -> list[Element]:
    """Return how far the chances can be trusted."""
    if dataset is None:
        return empty_body(*_NOT_YET)
    chosen = next((test for test in dataset.tests if test.is_chosen), None)
    if chosen is None:
        return empty_body(
            "There are no chances to test.", "Points are not tested: they only put customers in an order."
        )
    rows = [
        IntervalRow(
            f"Tenth {place}",
            "",
            tenth.observed,
            min(tenth.predicted, tenth.observed),
            max(tenth.predicted, tenth.observed),
            (phrasing.percent(tenth.predicted, tenth.n * 10), phrasing.percent(tenth.observed, tenth.n * 10)),
            is_supported=True,
        )
        for place, tenth in enumerate(chosen.tenths, 1)
    ]
    table = interval_table(("Customers, lowest chance first", "Said", "Left"), rows, 0.0)
    heads = (
        "Model",
        "Leavers told from stayers",
        "Left in the top tenth, times the average",
        "How far off",
        "How far off with one chance for all",
        "n",
        "Left",
    )
    twin = data_twin("Both models", heads, [_test_twin(test) for test in dataset.tests])
    note = (
        "Learnt from earlier months and tested on the last three it could be tested on, in which customers were looked"
        f" at {phrasing.plural(chosen.n, 'time')}: {phrasing.count(chosen.left)} times they left within"
        f" {dataset.horizon_days} days."
    )
    return block_body(says.model_test(chosen), table, note, twin, marks=_TENTHS)


def _test_twin(test: ModelTest) -> TwinRow:
    name = f"{test.name} (in use)" if test.is_chosen else test.name
    return TwinRow(
        (
            name,
            f"{test.auc:.3f} ({test.auc_interval[0]:.3f} to {test.auc_interval[1]:.3f})",
            f"{test.lift:.1f} ({test.lift_interval[0]:.1f} to {test.lift_interval[1]:.1f})",
            f"{test.log_loss:.4f}",
            f"{test.baseline_log_loss:.4f}",
            phrasing.count(test.n),
            phrasing.count(test.left),
        )
    )
