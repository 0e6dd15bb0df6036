"""A desk's own dimensions are asked for, filtered by and listed like any other."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from etl.marts.rebuild import rebuild_marts
from etl.marts.refresh import refresh_marts
from tests.factories.desk import add_random_desk, add_ticket, instant
from tests.integration.conftest import Database, DeskTemplates
from tests.integration.etl.marts.test_refresh_equals_rebuild import contents
from warehouse import metric_query
from warehouse.custom_dimensions import DimensionError, declare, remove
from warehouse.metric_query import MetricQuery, UnanswerableQueryError, UnknownNameError, UnknownValueError, sources
from warehouse.rollups.custom import FieldKind
from warehouse.tables.tickets import support_tickets

ZONE = "Europe/Dublin"
FIRST, END = date(2026, 1, 1), date(2026, 4, 1)


def _fill(engine: sa.Engine) -> None:
    """Random tickets with a region, a number of copies, a flag, tags and an organisation."""
    with engine.begin() as connection:
        add_random_desk(connection, Random(5), 120, instant("2026-01-05 00:00"), 60)
        for ticket_id in connection.execute(sa.select(support_tickets.c.id)).scalars().all():
            random = Random(ticket_id)
            metadata = {
                "Region": random.choice(("North", " South ", "", None)),
                "Copies": random.choice(("1", "2.50", "many")),
                "Gift": random.choice(("Yes", "0", "perhaps")),
                "Shelves": random.choice((["a", "b"], "b; c", None)),
            }
            columns = {
                "metadata": {name: value for name, value in metadata.items() if value is not None},
                "tags": random.choice(([], ["late"], ["late", "vip"])),
                "organisation": random.choice((None, "Library", "School")),
            }
            connection.execute(support_tickets.update().where(support_tickets.c.id == ticket_id).values(columns))
        for field, kind in (
            ("Region", FieldKind.TEXT),
            ("Copies", FieldKind.NUMBER),
            ("Gift", FieldKind.FLAG),
            ("Shelves", FieldKind.LIST),
            ("tags", FieldKind.LIST),
            ("organisation", FieldKind.TEXT),
        ):
            declare(connection, field, kind)
    with engine.begin() as connection:
        refresh_marts(connection, ZONE)


@pytest.fixture(scope="module")
def desk(desk_templates: DeskTemplates) -> Iterator[Database]:
    """A desk with six dimensions of its own, refreshed."""
    with desk_templates.clone(_fill) as database:
        yield database


@pytest.fixture
def connection(desk: Database) -> Iterator[sa.Connection]:
    """Gives back what a test changes."""
    with desk.engine.connect() as connection:
        yield connection
        connection.rollback()


def counts(connection: sa.Connection, *by: str, **where: str | None) -> dict[object, float | None]:
    """Return the tickets created by value."""
    query = MetricQuery("created", FIRST, END, by, tuple((name, (value,)) for name, value in where.items()))
    rows = metric_query.run(connection, query).rows
    return {row.keys[0] if len(by) == 1 else row.keys: row.value for row in rows}


def expected(connection: sa.Connection, sql: str) -> dict[object, int]:
    """Return the same from the tickets themselves."""
    statement = f"select {sql} as value, count(*) as n from support.support_tickets where exclusion is null group by 1"
    return {row.value: row.n for row in connection.execute(sa.text(statement))}


def test_each_kind_of_field_is_read_as_it_is(connection: sa.Connection) -> None:
    """What cannot be read as its kind is not set."""
    assert counts(connection, "region") == expected(connection, "nullif(btrim(metadata ->> 'Region'), '')")
    assert set(counts(connection, "copies")) == {"1", "2.5", None}
    assert set(counts(connection, "gift")) == {"true", "false", None}
    assert counts(connection, "organisation") == expected(connection, "organisation")
    total = counts(connection)[()]
    for name in ("region", "copies", "gift", "organisation"):
        assert sum(value or 0 for value in counts(connection, name).values()) == total, name
    tags = counts(connection, "tags")
    tagged = "select count(*) from support.support_tickets where exclusion is null and 'late' = any(tags)"
    assert tags["late"] == connection.execute(sa.text(tagged)).scalar_one()
    assert tags[None] == expected(connection, "tags = '{}'")[True]
    assert set(counts(connection, "shelves")) == {"a", "b", "c", None}


@pytest.mark.parametrize("by", [("region",), ("tags",), ("region", "month"), ("tags", "category"), ("gift", "region")])
@pytest.mark.parametrize("metric", ["created", "resolution_time", "backlog", "reopen_rate", "csat"])
def test_rollups_facts_and_lists_agree(connection: sa.Connection, metric: str, by: tuple[str, ...]) -> None:
    query = MetricQuery(metric, FIRST, END, by)
    answer = metric_query.run(connection, query)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "_rollups", lambda *_args, **_options: {})
        assert metric_query.run(connection, query) == answer
    if metric == "created":
        for row in answer.rows:
            names = [(name, (str(key) if key is not None else None,)) for name, key in zip(by, row.keys, strict=True)]
            chosen = tuple(pair for pair in names if pair[0] != "month")
            if len(chosen) == len(by):
                listed = MetricQuery(metric, FIRST, END, (), chosen)
                assert len(metric_query.ticket_ids(connection, listed).ticket_ids) == row.n
                assert metric_query.run(connection, listed).rows[0].n == row.n


def test_a_ticket_with_two_of_the_values_counts_once(connection: sa.Connection) -> None:
    either = MetricQuery("created", FIRST, END, (), (("tags", ("late", "vip")),))
    late = MetricQuery("created", FIRST, END, (), (("custom.tags", ("late",)),))
    assert metric_query.run(connection, either).rows == metric_query.run(connection, late).rows


def test_refreshes_equal_rebuilds_and_a_removed_dimension_is_gone_at_once(desk_templates: DeskTemplates) -> None:
    changed = support_tickets.update().where(support_tickets.c.id <= 20)
    with desk_templates.clone(_fill) as desk:
        with desk.engine.begin() as connection:
            connection.execute(changed.values(metadata={"Region": "East", "Shelves": ["d"]}, tags=["vip", "new"]))
            add_ticket(connection, instant("2026-02-02 09:00"), metadata={"Region": "West"}, organisation="Library")
        with desk.engine.begin() as connection:
            assert not refresh_marts(connection, ZONE).is_rebuild
        with desk.engine.begin() as connection:
            refreshed = contents(connection)
            rebuild_marts(connection, ZONE)
            assert refreshed == contents(connection)
        with desk.engine.begin() as connection:
            assert counts(connection, "region")["West"] == 1
            remove(connection, "region")
            with pytest.raises(UnknownNameError):
                counts(connection, "region")
        with desk.engine.begin() as connection:
            assert refresh_marts(connection, ZONE).is_rebuild
            assert counts(connection, "organisation")
            declare(connection, "Region", FieldKind.TEXT)
        with desk.engine.begin() as connection:
            refresh_marts(connection, ZONE)
            assert counts(connection, "region")["North"]


def test_what_cannot_be_declared_is_said(connection: sa.Connection) -> None:
    with pytest.raises(DimensionError, match="No ticket has a field 'Colour'"):
        declare(connection, "Colour", FieldKind.TEXT)
    with pytest.raises(DimensionError, match="Region is a dimension already"):
        declare(connection, "Region", FieldKind.TEXT)
    with pytest.raises(DimensionError, match="name is taken"):
        declare(connection, "Priority", FieldKind.TEXT)
    for number in range(1_001):
        add_ticket(connection, instant("2026-02-02 09:00"), metadata={"Serial": number})
    with pytest.raises(DimensionError, match="1,001 different values"):
        declare(connection, "Serial", FieldKind.NUMBER)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("region", "There are: North, South; ~ is not set."),
        ("tags", "There are: late, vip; ~ is not set."),
        ("channel", "There are: chat, email, form; ~ is not set."),
        ("hour", "There are: 0, 1, 10, 11"),
    ],
)
def test_an_unknown_value_is_told_with_the_values_that_tickets_have(
    connection: sa.Connection, name: str, hint: str
) -> None:
    with pytest.raises(UnknownValueError, match=re.escape(f"No ticket has the {name} 'Mars'. {hint}")):
        counts(connection, **{name: "Mars"})


def test_not_set_is_told_only_where_a_ticket_is_so(connection: sa.Connection) -> None:
    connection.execute(support_tickets.update().where(support_tickets.c.channel.is_(None)).values(channel="email"))
    refresh_marts(connection, ZONE)
    with pytest.raises(UnknownValueError, match=r"There are: chat, email, form\.$"):
        counts(connection, channel="Mars")


def test_further_values_are_told_where_a_ticket_has_one(
    connection: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.marts.custom_dimensions.MOST_VALUES", 2)
    add_ticket(connection, instant("2026-02-02 09:00"), metadata={"Region": "Third"})
    refresh_marts(connection, ZONE)
    with pytest.raises(UnknownValueError, match=re.escape("There are: *, North, South; ~ is not set.")):
        counts(connection, region="Mars")


def test_further_values_count_together(connection: sa.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values beyond the most are not lost: they are one value together."""
    monkeypatch.setattr("etl.marts.custom_dimensions.MOST_VALUES", 4)
    for number in range(6):
        add_ticket(connection, instant("2026-02-02 09:00"), metadata={"Region": f"R{number}"})
    refresh_marts(connection, ZONE)
    regions = counts(connection, "region")
    assert regions["*"] == 4
    assert sum(value or 0 for value in regions.values()) == counts(connection)[()]


def test_the_largest_customers_are_named(connection: sa.Connection) -> None:
    """A person who wrote often is one customer."""
    count = "select count(distinct customer_email) from support.support_tickets where exclusion is null"
    customers = metric_query.run(connection, MetricQuery("customers", FIRST, END)).rows[0]
    assert customers.value == connection.execute(sa.text(count)).scalar_one()
    top = metric_query.run(connection, MetricQuery("created", FIRST, END, ("customer",), (), 2))
    by_email = expected(connection, "customer_email")
    largest = sorted(by_email.values(), reverse=True)
    assert [row.value for row in top.rows] == largest[:2]
    assert all(by_email[row.keys[0]] == row.value for row in top.rows)
    assert top.left_out[-1].count == sum(largest[2:])
    one = (("customer", (str(top.rows[0].keys[0]),)),)
    assert metric_query.run(connection, MetricQuery("created", FIRST, END, (), one)).rows[0].value == largest[0]
    with pytest.raises(UnanswerableQueryError, match="any number"):
        metric_query.run(connection, MetricQuery("created", FIRST, END, ("customer",)))
    places = metric_query.run(connection, MetricQuery("resolved", FIRST, END + timedelta(60), ("organisation",), (), 1))
    assert len(places.rows) == 1
