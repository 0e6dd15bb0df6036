"""Every role can do its work and nothing else."""

import pytest
import sqlalchemy as sa

from etl.marts.rebuild import rebuild_marts
from tests.factories.desk import add_ticket, instant
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole
from warehouse.tables.raw import imports, records

READER, EDITOR, WRITER = DatabaseRole.PORTAL_READER, DatabaseRole.PORTAL_EDITOR, DatabaseRole.ETL_WRITER

ALLOWED = (
    (READER, "select * from marts.fct_tickets"),
    (READER, "select * from marts.agg_counts_total_day"),
    (READER, "select subject from marts.ticket_texts"),
    (READER, "select * from marts.ticket_timeline"),
    (READER, "select * from marts.ticket_numbers"),
    (READER, "select comment from marts.rating_comments"),
    (READER, "select * from marts.ticket_sources"),
    (READER, "select * from marts.ticket_labels"),
    (READER, "select * from ops.data_version"),
    (READER, "select * from ops.job_runs"),
    (READER, "select * from marts.classification_reviews"),
    (READER, "select terms from marts.ticket_explanations"),
    (READER, "select * from ops.classifier_weeks"),
    (EDITOR, "update support.support_tickets set priority = 'low', priority_source = 'person'"),
    (EDITOR, "update support.category_keywords set weight = 2"),
    (WRITER, "delete from support.classification_tasks"),
    (EDITOR, "select password_hash from support.users"),
    (EDITOR, "update support.support_tickets set category = 'book_order', category_source = 'person'"),
    (EDITOR, "update support.sla_policies set first_reply_minutes = 5"),
    (EDITOR, "insert into support.audit_log (actor, action, target) values ('a', 'b', 'c')"),
    (WRITER, "delete from support.support_tickets"),
    (WRITER, "insert into raw.imports (source, file_name, profile) values ('a', 'b', '{}')"),
)
REFUSED = (
    (READER, "select * from support.users"),
    (READER, "select * from support.support_tickets"),
    (READER, "select * from support.customer_interactions"),
    (READER, "select * from raw.records"),
    (READER, "select * from raw.imports"),
    (READER, "select * from support.ticket_predictions"),
    (READER, "select * from support.classification_tasks"),
    (READER, "update marts.fct_tickets set rating = 5"),
    (READER, "delete from marts.agg_counts_total_day"),
    (READER, "update marts.ticket_texts set subject = ''"),
    (READER, "insert into ops.job_runs (job) values ('x')"),
    (READER, "create table marts.mine (id int)"),
    (EDITOR, "update support.support_tickets set subject = ''"),
    (EDITOR, "update support.support_tickets set created_at = now()"),
    (EDITOR, "delete from support.support_tickets"),
    (EDITOR, "delete from support.audit_log"),
    (EDITOR, "update support.audit_log set actor = ''"),
    (EDITOR, "select * from raw.records"),
    (EDITOR, "insert into marts.dimension_values values ('team', 9, 'x')"),
    (WRITER, "select * from support.users"),
    (WRITER, "delete from support.audit_log"),
    (WRITER, "create table support.mine (id int)"),
)


def _try(database: Database, role: DatabaseRole, statement: str) -> None:
    engine = database.engine_as(role)
    with engine.connect() as connection:
        connection.execute(sa.text(statement))


@pytest.mark.parametrize(("role", "statement"), ALLOWED)
def test_a_role_may_do_its_work(database: Database, role: DatabaseRole, statement: str) -> None:
    with database.engine.begin() as connection:
        add_ticket(connection, instant("2026-03-02 08:00"))
    _try(database, role, statement)


@pytest.mark.parametrize(("role", "statement"), REFUSED)
def test_a_role_may_do_nothing_else(database: Database, role: DatabaseRole, statement: str) -> None:
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        _try(database, role, statement)


def test_numbers_of_tickets_show_no_key_of_people(database: Database) -> None:
    """Keys of customers are their addresses; not even a condition that tells what it is asked about sees them."""
    with database.engine.begin() as connection:
        connection.execute(imports.insert().values(source="s", file_name="f", profile={"external_id": ["id"]}))
        for kind, key in (("tickets", "17"), ("customers", "thabo@example.org"), ("agents", "Lerato")):
            record = {"source": "s", "external_id": key, "kind": kind, "ticket_id": 1, "import_id": 1}
            connection.execute(records.insert().values(line_number=2, payload={}, payload_hash=b"", **record))
    engine = database.engine_as(READER)
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "create function pg_temp.tells(seen text) returns boolean language plpgsql cost 0.0001 as"
            " $$ begin if seen <> '17' then raise using message = seen; end if; return true; end $$"
        )
        connection.exec_driver_sql("set local enable_indexscan = off; set local enable_bitmapscan = off")
        seen = connection.execute(sa.text("select number from marts.ticket_numbers where pg_temp.tells(number)"))
        assert seen.scalars().all() == ["17"]
    engine.dispose()


@pytest.mark.parametrize("rebuilder", [WRITER, None])
def test_tables_of_a_rebuild_are_readable_and_can_be_rebuilt_by_the_jobs(
    database: Database, rebuilder: DatabaseRole | None
) -> None:
    """Whoever rebuilds, the reader reads the new tables and the jobs' role can replace them."""
    first = database.engine_as(rebuilder) if rebuilder else database.engine
    for engine in (first, database.engine_as(WRITER)):
        with engine.begin() as connection:
            rebuild_marts(connection, "Africa/Johannesburg")
    _try(database, READER, "select * from marts.fct_ticket_events")
    _try(database, READER, "select * from marts.agg_durations_total_day")
