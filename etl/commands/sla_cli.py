"""`support-analytics sla`: what the desk promises to answer and to solve, and in which time."""

import getpass
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import orjson
import sqlalchemy as sa
import typer

from analytics.terminal_text import printable
from analytics.vocabulary import CHANNELS, PRIORITIES, STATUSES
from etl.commands.hours_cli import NEXT, JsonOption
from etl.commands.sla_listing import policy_as_json, policy_listing
from etl.commands.sla_words import ANY, NONE, minutes_of, name_of, word_of, words_of
from etl.marts.calendars import calendar_named
from etl.marts.sla_changes import PolicyChange, remove_policy, set_policy
from etl.marts.sla_policies import policies
from warehouse.audit_log import record
from warehouse.desk_zone import zone_of_desk
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings
from warehouse.tables.desk import customers
from warehouse.tables.tickets import support_tickets

CLOCK: Final = "Targets count the open hours of the policy's calendar, and every hour without one."
_LONGEST_TYPE: Final = 50

app = typer.Typer(help=f"What the desk promises. {CLOCK}", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name of the policy.")]
Target = Annotated[str | None, typer.Option(metavar="TIME", help="Such as 30m, 1h 30m or 2d (48 hours), or none.")]
Pauses = Annotated[str | None, typer.Option(metavar="STATUSES", help="In which its clock stands still, or none.")]
AllTimeOption = Annotated[
    bool | None,
    typer.Option(
        "--all-time/--from-now",
        help="From when it holds. All time takes the place of its former ones. Without either: only an example as "
        "shipped changes for all time.",
    ),
]


@app.command("list", epilog="Example: support-analytics sla list")
def list_policies(*, as_json: JsonOption = False) -> None:
    """List the SLA policies in the order in which they are tried; the first that fits a ticket applies."""
    settings = Settings.from_environment()
    with open_engine(settings, DatabaseRole.ETL_WRITER) as engine, engine.connect() as connection:
        found, zone = policies(connection), ZoneInfo(zone_of_desk(engine, settings.time_zone))
    if as_json:
        typer.echo(orjson.dumps([policy_as_json(row) for row in found], option=orjson.OPT_INDENT_2))
        return
    policy_listing(found, zone).show()
    typer.echo(CLOCK)


@app.command(
    "set", epilog="Example: support-analytics sla set Schools --customer-type school --resolution 2d --position 1"
)
def change(
    name: NameArgument,
    *,
    priority: Annotated[str | None, typer.Option(help=f"{', '.join(PRIORITIES)}, or {ANY}.")] = None,
    customer_type: Annotated[str | None, typer.Option(help=f"Type of the customer, or {ANY}.")] = None,
    channel: Annotated[str | None, typer.Option(help=f"{', '.join(CHANNELS)}, or {ANY}.")] = None,
    first_reply: Target = None,
    next_reply: Target = None,
    resolution: Target = None,
    first_reply_pauses: Pauses = None,
    next_reply_pauses: Pauses = None,
    resolution_pauses: Pauses = None,
    calendar: Annotated[str | None, typer.Option(help="Whose open hours count, or none for every hour.")] = None,
    position: Annotated[int | None, typer.Option(min=1, max=1_000_000, help="Its place; 1 is tried first.")] = None,
    all_time: AllTimeOption = None,
) -> None:
    """Make a policy, or change what is given of one; its targets count the open hours of its calendar, if it has one.

    A change of the desk's own policy holds from now on: the former one stays for what was decided under it.
    """
    targets = {"first_reply": first_reply, "next_reply": next_reply, "resolution": resolution}
    pauses = {"first_reply": first_reply_pauses, "next_reply": next_reply_pauses, "resolution": resolution_pauses}
    given = {
        **{f"{each}_minutes": minutes_of(text) for each, text in targets.items() if text is not None},
        **{f"{each}_pauses": words_of(text, "status", STATUSES) for each, text in pauses.items() if text is not None},
        **_criteria(priority, customer_type, channel),
        **({} if position is None else {"position": position}),
    }
    _set(name_of(name), given, calendar, all_time=all_time)


@app.command("remove", epilog="Example: support-analytics sla remove Schools")
def remove(name: NameArgument, *, all_time: AllTimeOption = None) -> None:
    """Take a policy away; the desk's own stays for what was decided under it, unless it goes for all time."""
    settings = Settings.from_environment()
    with open_engine(settings, DatabaseRole.ETL_WRITER) as engine, engine.begin() as connection:
        today = datetime.now(ZoneInfo(zone_of_desk(engine, settings.time_zone))).date()
        done = remove_policy(connection, name, today, all_time=all_time)
        record(connection, getpass.getuser(), "remove_sla_policy", name, {"kept_as": done.kept_as})
    typer.echo(printable(f"{name} is removed{_reach(done)}. {NEXT}"))


def _criteria(priority: str | None, customer_type: str | None, channel: str | None) -> dict[str, object]:
    """Return which tickets the policy is for, by the names of columns; only what is given."""
    found: dict[str, object] = {}
    if priority is not None:
        found["priority"] = word_of(priority, "priority", PRIORITIES)
    if channel is not None:
        found["channel"] = word_of(channel, "channel", CHANNELS)
    if customer_type is not None:
        is_any = customer_type.strip().lower() == ANY
        found["customer_type"] = None if is_any else name_of(customer_type, "customer type", _LONGEST_TYPE)
    return found


def _set(name: str, given: Mapping[str, object], calendar: str | None, *, all_time: bool | None) -> None:
    """Save what was typed, and say what became of it."""
    settings = Settings.from_environment()
    with open_engine(settings, DatabaseRole.ETL_WRITER) as engine, engine.begin() as connection:
        today = datetime.now(ZoneInfo(zone_of_desk(engine, settings.time_zone))).date()
        done = set_policy(connection, name, {**given, **_clock(connection, calendar)}, today, all_time=all_time)
        saved = next(row for row in policies(connection) if row.name == name)
        if done.is_changed:
            details = {
                **given,
                "calendar": saved.calendar,
                "all_time": done.holds_for_all_time,
                "kept_as": done.kept_as,
            }
            record(connection, getpass.getuser(), "set_sla_policy", name, details)
        is_known = saved.customer_type is None or _has_customers(connection, saved.customer_type)
    _tell(saved, done)
    if not is_known:
        typer.echo(printable(f"Note: no ticket or customer has the type {saved.customer_type!r} yet."))


def _clock(connection: sa.Connection, calendar: str | None) -> dict[str, int | None]:
    """Return whose open hours count, by the name of the column; nothing if nothing was typed."""
    if calendar is None:
        return {}
    return {"calendar_id": None if calendar.lower() == NONE else calendar_named(connection, calendar).id}


def _tell(saved: sa.Row[Any], done: PolicyChange) -> None:
    if not done.is_changed:
        typer.echo(printable(f"{saved.name} is like that already."))
        return
    deed = "new" if done.is_new else "changed"
    clock = "every hour" if saved.calendar is None else f"the open hours of {saved.calendar}"
    lines = (
        f"{saved.name} is {deed}{_reach(done)}. {NEXT}",
        f"Its place is {saved.position}: the first policy that fits a ticket applies. Its targets count {clock}.",
    )
    typer.echo(printable(lines[0]))
    typer.echo(printable(lines[1]))


def _reach(done: PolicyChange) -> str:
    """Return from when a change holds, as the rest of a sentence."""
    if done.holds_for_all_time:
        return " for all time"
    kept = "" if done.kept_as is None else f", as {done.kept_as!r}"
    return f" from now on; what was decided before stays{kept} (--all-time decides it anew)"


def _has_customers(connection: sa.Connection, customer_type: str) -> bool:
    seen = (sa.exists().where(table.c.customer_type == customer_type) for table in (customers, support_tickets))
    return bool(connection.scalar(sa.select(sa.or_(*seen))))
