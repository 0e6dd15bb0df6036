"""Slugs and numbers where sentences stood. What is stored is carried over; what cannot be is made again by its job."""

from contextlib import closing
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.migrations import SQL_DIRECTORY
from warehouse.migrations.insights_of_0007 import Desk, told_insight, told_means
from warehouse.migrations.notices_of_0007 import (
    REASONS,
    churn_notices,
    driver_notices,
    import_notices,
    told_error,
    told_gap,
)

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_REASONS = (
    "update marts.churn_scores set reasons = coalesce((select jsonb_agg(:slugs ->> word order by place)"
    " from jsonb_array_elements_text(reasons) with ordinality as told (word, place) where :slugs ? word), '[]')"
)

_NO_RULE = (
    "update support.ticket_predictions set reasons = jsonb_set(reasons, '{priority}', '\"\"')"
    " where reasons ->> 'priority' = :sentence"
)
_NO_RULE_SENTENCE = "No priority rule matches."


def upgrade() -> None:
    """Add the columns, fill them from the sentences, and drop the sentences."""
    connection = op.get_bind()
    _run(connection, "0008_slugs_and_numbers.sql")
    _carry_insights(connection)
    _carry_gaps(connection)
    _carry_means(connection)
    _carry_notices(connection)
    _carry_reports_of_imports(connection)
    _carry_errors(connection)
    connection.execute(sa.text(_REASONS).bindparams(sa.bindparam("slugs", REASONS, JSONB)))
    connection.execute(sa.text(_NO_RULE), {"sentence": _NO_RULE_SENTENCE})
    _run(connection, "0008_without_sentences.sql")


def _run(connection: sa.Connection, name: str) -> None:
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / name).read_text(encoding="utf-8"))


def _rows(connection: sa.Connection, query: str) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(sa.text(query)).mappings()]


def _carry_insights(connection: sa.Connection) -> None:
    odd = _rows(connection, "select category, start_date, changes from marts.volume_anomalies")
    desk = Desk(
        {row["name"]: row["slug"] for row in _rows(connection, "select slug, name from support.categories")},
        {(row["category"], row["start_date"]): row["changes"] for row in odd},
    )
    update = sa.text(
        "update marts.insights set claim = :claim, subject = :subject, facts = :facts where place = :place"
    ).bindparams(sa.bindparam("facts", type_=JSONB))
    for row in _rows(connection, "select * from marts.insights"):
        told = told_insight(row, desk)
        if told is not None:
            values = {"claim": told.claim, "subject": told.subject, "facts": told.facts}
            connection.execute(update, values | {"place": row["place"]})
    connection.execute(sa.text("delete from marts.insights where claim is null"))


def _carry_gaps(connection: sa.Connection) -> None:
    update = sa.text(
        "update marts.insight_gaps set missing = :missing, facts = :facts where topic = :topic"
    ).bindparams(sa.bindparam("facts", type_=JSONB))
    for row in _rows(connection, "select topic, why from marts.insight_gaps"):
        missing, facts = told_gap(row["why"])
        if missing:
            connection.execute(update, {"missing": missing, "facts": facts, "topic": row["topic"]})
    connection.execute(sa.text("delete from marts.insight_gaps where missing is null"))


def _carry_means(connection: sa.Connection) -> None:
    update = sa.text(
        "update marts.driver_effects set same_agent_mean = :same, several_agents_mean = :several where slug = :slug"
    )
    for row in _rows(connection, "select slug, sentence from marts.driver_effects"):
        means = told_means(row["sentence"])
        if means is not None:
            connection.execute(update, {"same": means[0], "several": means[1], "slug": row["slug"]})


def _carry_notices(connection: sa.Connection) -> None:
    for table, read in (("driver_reports", driver_notices), ("churn_reports", churn_notices)):
        update = sa.text(f"update marts.{table} set notices = :notices where made_at = :made_at").bindparams(
            sa.bindparam("notices", type_=JSONB)
        )
        for row in _rows(connection, f"select made_at, notices from marts.{table}"):
            connection.execute(update, {"notices": read(row["notices"]), "made_at": row["made_at"]})


def _carry_reports_of_imports(connection: sa.Connection) -> None:
    update = sa.text(
        "update raw.imports set report = jsonb_set(report, '{notices}', :notices) where id = :id"
    ).bindparams(sa.bindparam("notices", type_=JSONB))
    query = "select id, report -> 'notices' as notices from raw.imports where report -> 'notices' <> '[]'"
    for row in _rows(connection, query):
        connection.execute(update, {"notices": import_notices(row["notices"]), "id": row["id"]})


def _carry_errors(connection: sa.Connection) -> None:
    update = sa.text("update ops.job_runs set error = :slug where error = :sentence")
    for row in _rows(connection, "select distinct error from ops.job_runs where error is not null"):
        connection.execute(update, {"slug": told_error(row["error"]), "sentence": row["error"]})
