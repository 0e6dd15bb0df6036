"""The cards of the Data health page."""

from typing import Any, Final
from zoneinfo import ZoneInfo

from analytics import pages
from analytics.instants import instant_text
from portal.numbers import phrasing
from portal.topics.data_health import conclusion, forms
from portal.topics.data_health.dataset import Background, ImportRow, JobRow, Quarantine, RuleRow, WorkRow
from portal.widgets.markup import Element, element

_MOST_EXAMPLES: Final = 200


def table(heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Element:
    """Return a table that slides on a phone."""
    head = element("Thead", element("Tr", [element("Th", words, scope="col") for words in heads]))
    body = element(
        "Tbody",
        [
            element("Tr", [element("Th", [first], scope="row"), *(element("Td", [cell]) for cell in rest)])
            for first, *rest in rows
        ],
    )
    return element("Div", [element("Table", [head, body], className="share-table")], className="table-scroller")


def point(sentence: str) -> Element:
    """Return a card's point."""
    return element("P", sentence, className="conclusion")


def work_list(found: Background, reader: str, token: str, zone: str) -> list[Element]:
    """Return the queued works, with how far each is."""
    lines = []
    if waits := conclusion.waits(found):
        how: list[Element | str] = (
            [" Start it with: ", element("Code", conclusion.START)] if not found.is_jobs_there else []
        )
        lines.append(element("P", [waits, *how], className="notice", role="status"))
    if not found.works:
        return [*lines, element("P", "Nothing has been queued this week.", className="empty")]
    return [*lines, element("Ul", [_work(each, reader, token, zone) for each in found.works], className="work-list")]


def _work(work: WorkRow, reader: str, token: str, zone: str) -> Element:
    who = "you" if work.asked_by == reader else work.asked_by
    asked = f"{who}, {instant_text(work.asked_at, ZoneInfo(zone))}"
    parts: list[Element] = [
        element("Strong", conclusion.title(work)),
        element("Span", conclusion.happened(work), className="work-told"),
        element("Small", asked),
    ]
    if work.state == "running" and work.total:
        share = 100 * min(1.0, work.done / work.total)
        parts.insert(1, element("Div", element("Span", "", style={"width": f"{share:.0f}%"}), className="work-bar"))
    if work.is_open and not work.is_stopping:
        parts.append(
            forms.small_form(forms.CANCEL, token, "Cancel", f"Cancel: {conclusion.title(work)}", work=str(work.id))
        )
    if work.file_bytes is not None:
        parts.append(element("A", "↓ Download", href=f"{forms.FILES}/{work.id}", className="plain-button", download=""))
    if work.kind in {"look_at_file", "import_file"} and work.asked_by == reader:
        parts.append(element("A", "Show", href=f"{pages.DATA_HEALTH}?import={work.id}"))
    return element("Li", parts, className=f"is-{work.state}")


def export_forms(token: str, search: str) -> Element:
    """Return the buttons that export tickets in the background."""
    words = "The tickets you listed" if search else "All tickets"
    buttons = [
        forms.small_form(forms.EXPORT, token, f"Export as {kind.upper()}", search=search, kind=kind)
        for kind in ("csv", "xlsx")
    ]
    return element("Div", [element("Span", f"{words}:"), *buttons], className="work-exports")


def import_card(work: WorkRow | None, token: str) -> list[Element]:
    """Return where a file is chosen, or what was found in the one that was."""
    if work is None:
        return [forms.upload_form(token)]
    again = element("P", [element("A", "Choose another file", href=pages.DATA_HEALTH)])
    head = element("H3", conclusion.title(work))
    if work.kind == "look_at_file" and work.state == "done":
        if "questions" in work.result:
            asked = point("Only you can say this. The import does not guess it.")
            return [head, asked, forms.questions_form(work, token), again]
        lines = [head, point(conclusion.would_do(work.result)), *_findings(work)]
        return [*lines, forms.small_form(forms.IMPORT, token, "Import it", work=str(work.id)), again]
    lines = [head, element("P", conclusion.happened(work), className="conclusion", role="status")]
    if work.kind == "import_file" and work.state == "done":
        number = str(work.result.get("import_id", ""))
        undo = [element("A", "Take it back …", href=f"{pages.DATA_HEALTH}?undo={number}")] if number else []
        return [*lines, *_findings(work), *undo, again]
    return [*lines, *([] if work.is_open else [again])]


def _findings(work: WorkRow) -> list[Element]:
    """Return what was found in a file: its columns, words, notices, and what was left out."""
    answer = work.answer
    lines = [element("P", answer["layout"], className="note")]
    reasons = answer["reasons"]
    if reasons:
        first = ", ".join(map(str, answer["lines"]))
        told = phrasing.listed(
            tuple(f"{phrasing.count(count)} × {phrasing.prettified(code)}" for code, count in reasons.items())
        )
        lines.append(element("P", f"Left out in quarantine: {told}. First lines: {first}."))
    lines += [element("P", line) for line in [*answer["notices"], *answer["words"]]]
    rows: list[tuple[Any, ...]] = [
        (each["column"], each["use"], each["examples"][:_MOST_EXAMPLES]) for each in answer["columns"]
    ]
    return [*lines, *([table(("Column of the file", "Used as", "Examples"), rows)] if rows else [])]


def imports_table(rows: tuple[ImportRow, ...], zone: str) -> list[Element]:
    """Return the imports, each with the way to take it back."""
    if not rows:
        return [element("P", "Nothing has been imported yet.", className="empty")]
    body = [
        (
            f"{row.id}: {row.file_name}" if row.file_name else str(row.id),
            instant_text(row.started_at, ZoneInfo(zone)),
            row.source if row.kind == "tickets" else f"{row.source} ({row.kind})",
            *(_known(each) for each in (row.rows, row.new, row.changed, row.waiting)),
            _undo(row, zone),
        )
        for row in rows
    ]
    return [table(("Import", "When", "Source", "Rows", "New", "Changed", "Left out", ""), body)]


def _undo(row: ImportRow, zone: str) -> Element | str:
    if row.undone_at is not None:
        return f"taken back {instant_text(row.undone_at, ZoneInfo(zone))}"
    if not row.keeps_replaced:
        return "cannot be taken back"
    return element("A", "Take back …", href=f"{pages.DATA_HEALTH}?undo={row.id}")


def _known(count: int | None) -> str:
    return "not known" if count is None else phrasing.count(count)


def quarantine_table(found: Quarantine) -> list[Element]:
    """Return the rows that wait, with what stood there."""
    lines = [point(conclusion.quarantine(found))]
    if not found.rows:
        return lines
    rows: list[tuple[Any, ...]] = [
        (
            f"{row.file_name}, line {phrasing.count(row.line)}",
            "; ".join(
                f"{phrasing.prettified(code)}{f' in {column}' if column else ''}" for code, column in row.reasons
            ),
            " | ".join(row.values.values()),
        )
        for row in found.rows
    ]
    lines.append(table(("Row", "What is wrong", "What stood there"), rows))
    if found.pages > 1:
        links: list[Element | str] = [f"Page {found.page} of {phrasing.count(found.pages)}. "]
        for words, page in (("Newer", found.page - 1), ("Older", found.page + 1)):
            if 1 <= page <= found.pages:
                links += [element("A", words, href=f"{pages.DATA_HEALTH}?rows={page}"), " "]
        lines.append(element("P", links))
    return lines


def jobs_table(rows: tuple[JobRow, ...], zone: str) -> list[Element]:
    """Return the latest run of each job."""
    lines = [point(conclusion.jobs(rows))]
    if not rows:
        return lines
    body: list[tuple[Any, ...]] = [
        (
            row.job,
            row.outcome + (f" ({row.error})" if row.error else ""),
            instant_text(row.started_at, ZoneInfo(zone)),
            "running" if row.seconds is None else f"{row.seconds:.1f} s",
            _known(row.rows),
            phrasing.count(row.failures),
            "never" if row.succeeded_at is None else instant_text(row.succeeded_at, ZoneInfo(zone)),
        )
        for row in rows
    ]
    heads = ("Job", "Latest run", "Began", "Took", "Rows", "Failed in 7 days", "Last went well")
    return [*lines, table(heads, body)]


def rules_table(rows: tuple[RuleRow, ...], zone: str) -> list[Element]:
    """Return the rules of the data, and the tickets that break them."""
    lines = [point(conclusion.rules(rows))]
    if not rows:
        return lines
    body: list[tuple[Any, ...]] = [
        (
            phrasing.prettified(row.rule),
            phrasing.count(row.failing),
            element(
                "Span",
                [
                    element("Span", [element("A", str(each), href=f"{pages.TICKETS}/{each}"), " "])
                    for each in row.tickets[:3]
                ],
            ),
            instant_text(row.checked_at, ZoneInfo(zone)),
        )
        for row in rows
    ]
    return [*lines, table(("Rule", "Broken by", "Such as", "Looked at"), body)]
