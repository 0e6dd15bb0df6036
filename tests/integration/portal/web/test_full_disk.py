"""A full disk is called one on a page and by /readyz, and reading goes on."""

import sqlalchemy as sa

from portal.web.errors import DISK_FULL
from tests.integration.conftest import Database
from tests.integration.portal.conftest import Browser, PortalFactory

FULL = {"status": "not ready", "reason": "disk_full", "message": DISK_FULL}


def refuse_writes(database: Database) -> None:
    """Let the database answer every write as it does when its disk is full."""
    with database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "create function refuse() returns trigger language plpgsql as"
                " $$ begin raise exception 'no room' using errcode = 'disk_full'; end $$;"
                " do $$ declare each record; begin"
                " for each in select oid::regclass as name from pg_class where relkind = 'r'"
                " and relnamespace = 'support'::regnamespace loop"
                " execute format('create trigger refuse before insert or update on %s execute function refuse()',"
                " each.name); end loop; end $$"
            )
        )


def test_a_form_that_cannot_be_kept_says_why_and_the_portal_is_not_ready(
    manager: Browser, portal_at: PortalFactory, database: Database
) -> None:
    """The portal that met it says so from then on, without writing anything to find out."""
    refuse_writes(database)
    other = portal_at(database.url)
    assert other.get("/readyz").json() == {"status": "ready"}
    refused = other.log_in()
    assert refused.status_code == 503
    assert DISK_FULL in refused.text
    for _ in range(2):
        not_ready = other.get("/readyz")
        assert (not_ready.status_code, not_ready.json()) == (503, FULL)
    assert manager.get("/").status_code == 200
