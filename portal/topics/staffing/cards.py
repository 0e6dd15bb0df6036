"""The numbers and tables of the Staffing page."""

from analytics import pages
from portal.numbers import phrasing
from portal.plots.axes import Figure
from portal.topics.staffing import conclusion as says
from portal.topics.staffing.dataset import ChannelWeek, Gap, PlanShift, RestOfToday, StaffingWeek, gaps
from portal.widgets.chart_card import ChartContent, block_body, empty_body, nothing
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.definition import explanation
from portal.widgets.export_links import export_bar, export_link, export_links
from portal.widgets.markup import Children, Element, element

_DAY_END = "24:00"


def today_card(rest: RestOfToday | None) -> Element:
    """Return what is still to come today, and what has come."""
    text = phrasing.NOTHING if rest is None else phrasing.count(rest.left)
    foot = says.NO_TODAY if rest is None else says.today(rest)
    how = [] if rest is None else [says.today_made(rest)]
    return _card(
        "More tickets expected today", text, foot, explanation("What is expected today", "Today", (*how, says.TODAY))
    )


def summary_cards(week: StaffingWeek) -> list[Element]:
    """Return the three numbers of a week: hours to fill, what one person more costs, and what is missing."""
    if not week.hours:
        return []
    summary = week.summary
    missing = gaps(week.hours)
    short = sum(round((gap.end - gap.start).total_seconds() / 3600) * gap.short for gap in missing)
    gap_text = phrasing.count(short) if week.has_roster else phrasing.NOTHING
    gap_foot = (
        ("working hours that nobody fills" if short else "every hour is covered")
        if week.has_roster
        else ("nobody is rostered yet")
    )
    return [
        _card(
            "Working hours to roster",
            phrasing.count(week.person_hours),
            f"costs {says.money(week.cost, summary.currency)} this week",
            _hours_explained(week),
        ),
        _card(
            "One person more, all week",
            f"+{says.money(week.cost_of_one, summary.currency)}",
            "one fewer saves as much; what it does stands below",
            explanation(
                "What one person more costs",
                "One person more",
                (
                    f"One person more at work in each of the {phrasing.count(week.open_hours)} open hours of the week.",
                    f"Each hour at work is paid {1 / (1 - summary.shrinkage):.2f} times: breaks and leave too.",
                ),
            ),
        ),
        _card(
            "Missing from the roster",
            gap_text,
            gap_foot,
            explanation(
                "What is missing",
                "Missing from the roster",
                ("For each hour: people needed on the roster less people rostered, if there are fewer; summed up.",),
            ),
        ),
    ]


def _hours_explained(week: StaffingWeek) -> object:
    summary = week.summary
    return explanation(
        "What working hours to roster are",
        "Working hours to roster",
        (
            "People needed on the roster in each open hour, summed over the week.",
            f"Enough on {phrasing.percent(summary.quantile)} of days, as the forecast has them.",
            f"{phrasing.percent(summary.shrinkage)} of paid time goes to breaks, training, leave and illness.",
            f"Handle times are from {phrasing.plural(summary.handled_count, 'resolved ticket')} of the last year.",
        ),
    )


def _card(title: str, text: str, foot: str, explained: object) -> Element:
    head: list[object] = [element("H2", title, className="kpi-title"), explained]
    return element(
        "Div",
        [
            element("Div", head, className="kpi-head"),  # type: ignore[arg-type]  # a disclosure stands among elements
            element("Div", element("Span", text, className="kpi-value"), className="kpi-body"),
            element("Div", element("Span", foot, className="kpi-why"), className="kpi-foot"),
        ],
        className="kpi-card surface",
    )


def people_content(week: StaffingWeek, figure: Figure) -> ChartContent:
    """Return the card of people by hour."""
    if not week.hours:
        return nothing(*says.MISSING[week.summary.outcome])
    rows = [
        TwinRow(
            (
                f"{phrasing.weekday_day(hour.start.date())}, {phrasing.hour(hour.start.hour)}",
                str(hour.people),
                str(hour.roster_people),
                f"{hour.low} to {hour.high}",
                f"{hour.rostered:.0f}" if week.has_roster else phrasing.NOTHING,
                f"{hour.backlog:.0f}",
                phrasing.duration(60 * hour.oldest_age_hours),
            )
        )
        for hour in week.hours
    ]
    heads = ("Hour", "At work", "On the roster", "Range", "Rostered", "Unanswered", "Oldest")
    summary = week.summary
    cutoff = (
        "" if summary.cutoff_date is None else f" Forecast from what was known on {phrasing.day(summary.cutoff_date)}."
    )
    marks = " Dash: rostered; red-brown: somebody is missing." if week.has_roster else ""
    note = (
        f"People on the roster, breaks and leave included. Bar: enough on {phrasing.percent(summary.quantile)} of "
        f"days; thin line: from a quiet day (1 in 10) to a busy one (9 in 10).{marks}{cutoff}"
    )
    return ChartContent(figure, says.people_by_hour(week), note, data_twin("People by hour", heads, rows))


def shifts_block(week: StaffingWeek) -> list[Element]:
    """Return the shifts of a week, with the files."""
    if not week.shifts:
        return empty_body(says.NO_PLAN)
    rows = [
        element(
            "Tr",
            [
                element("Th", phrasing.weekday_day(shift.start.date()), scope="row"),
                element("Td", _times(shift)),
                element("Td", phrasing.count(shift.people), className="number strong"),
            ],
        )
        for shift in week.shifts
    ]
    table = _table(("Day", "From and until", "People"), rows)
    calendar = export_link("↓ Calendar", "Export shifts for a calendar", f"{pages.STAFFING}/export.ics")
    links = export_bar(*export_links("hours", f"{pages.STAFFING}/export"), calendar)
    note = (
        "The fewest shifts that cover every hour. The files hold every week of the plan: CSV and Excel its hours,"
        " the calendar its shifts."
    )
    return block_body(says.shifts(week), element("Div", [table, links]), note)


def _times(shift: PlanShift) -> str:
    end = f"{shift.end:%H:%M}"
    is_midnight = end == "00:00"
    return f"{shift.start:%H:%M} to {_DAY_END if is_midnight else end}"


def levels_block(week: StaffingWeek) -> list[Element]:
    """Return what share is answered in time as planned, and with one person fewer or more."""
    if not week.hours:
        return empty_body(says.NO_PLAN)
    rows = [_channel_row(channel) for channel in week.channels]
    summary = week.summary
    due = f"{summary.written_due_minutes / 60:.3g}{phrasing.SPACE}h"
    rows.append(_level_row("Written, all weeks", f"within {due} of opening hours", "all", summary.written_levels))
    table = _table(("Contacts", "In time is", "Target", "One fewer", "Planned", "One more"), rows)
    return block_body(says.levels(week), element("Div", table, className="table-scroller"), _levels_note(week))


def _levels_note(week: StaffingWeek) -> str:
    summary = week.summary
    opening = f" {phrasing.plural(summary.opening_count, 'unanswered ticket')} at the start are planned for."
    forgotten = (
        f" {phrasing.plural(summary.forgotten_count, 'ticket')} unanswered for more than 28 days "
        f"{'is' if summary.forgotten_count == 1 else 'are'} not."
        if summary.forgotten_count
        else ""
    )
    contacts = sum(channel.contacts for channel in week.channels)
    live = f"Share answered in time of what is expected; {phrasing.count(contacts)} live contacts this week. "
    return f"{live}Live: one person on that channel; written: one person in every open hour.{opening}{forgotten}"


def _channel_row(channel: ChannelWeek) -> Element:
    target = channel.target
    within = phrasing.NOTHING if target is None else f"within {target.within_seconds}{phrasing.SPACE}s"
    wanted = phrasing.NOTHING if target is None else phrasing.percent(target.service_level)
    least, most = channel.people
    people = says.people_count(most) if least == most else f"{least} to {says.people_count(most)}"
    name = f"{says.channel_name(channel).capitalize()}, {people}"
    return _level_row(name, within, wanted, channel.levels)


def _level_row(name: str, within: str, target: str, levels: tuple[float, float, float]) -> Element:
    fewer, planned, more = (phrasing.percent(level) for level in levels)
    return element(
        "Tr",
        [
            element("Th", name, scope="row"),
            element("Td", within),
            element("Td", target, className="number"),
            element("Td", fewer, className="number"),
            element("Td", planned, className="number strong"),
            element("Td", more, className="number"),
        ],
    )


def gaps_block(week: StaffingWeek) -> list[Element]:
    """Return the stretches in which the roster is short."""
    if not week.hours:
        return empty_body(says.NO_PLAN)
    if not week.has_roster:
        return empty_body("Nobody is rostered this week.", "Import a roster below, and what is missing stands here.")
    found = gaps(week.hours)
    rows = [_gap_row(gap) for gap in found]
    content = _table(("Day", "From and until", "Missing"), rows) if rows else element("Div", [])
    return block_body(says.missing_people(found), content, "People needed on the roster, less people rostered.")


def _gap_row(gap: Gap) -> Element:
    return element(
        "Tr",
        [
            element("Th", phrasing.weekday_day(gap.start.date()), scope="row"),
            element("Td", f"{gap.start:%H:%M} to {gap.end:%H:%M}"),
            element("Td", says.people_count(gap.short), className="number strong"),
        ],
    )


def _table(heads: tuple[str, ...], rows: list[Element]) -> Element:
    numbers = {"People", "Missing", "Target", "One fewer", "Planned", "One more"}
    head: Children = [element("Th", name, scope="col", className="number" if name in numbers else "") for name in heads]
    return element("Table", [element("Thead", element("Tr", head)), element("Tbody", rows)], className="share-table")
