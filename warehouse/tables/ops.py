"""Schema `ops`: the runs of jobs, and the version of the data in the marts."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from warehouse.tables.metadata import EMPTY_OBJECT, INSTANT, METADATA, NOW, OPS, identity

job_runs = sa.Table(
    "job_runs",
    METADATA,
    identity(),
    sa.Column("job", sa.String(100), nullable=False),
    sa.Column("started_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column("finished_at", INSTANT),
    sa.Column("outcome", sa.String(20), nullable=False, server_default="running"),
    sa.Column("row_count", sa.BigInteger),
    sa.Column("details", JSONB, nullable=False, server_default=EMPTY_OBJECT),
    sa.Column("error", sa.String(100), comment="Slug of what went wrong; the sentence is in the log."),
    sa.PrimaryKeyConstraint("id"),
    sa.CheckConstraint("outcome in ('running', 'succeeded', 'failed', 'abandoned')", name="outcome"),
    sa.Index("ix_job_runs_job_started_at", "job", "started_at"),
    schema=OPS,
)

data_version = sa.Table(
    "data_version",
    METADATA,
    sa.Column("is_only_row", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("version", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("refreshed_at", INSTANT, comment="Commit time of the refresh that made this version."),
    sa.Column("time_zone", sa.String(64), nullable=False, comment="The zone whose days the marts hold."),
    sa.Column(
        "fingerprint",
        sa.String(64),
        comment="Declaration the rollups were made by; see warehouse.rollups.",
    ),
    sa.PrimaryKeyConstraint("is_only_row"),
    sa.CheckConstraint("is_only_row", name="is_only_row"),
    schema=OPS,
)

rebuild_requests = sa.Table(
    "rebuild_requests",
    METADATA,
    identity(),
    sa.Column("reason", sa.String(100), nullable=False),
    sa.Column("requested_at", INSTANT, nullable=False, server_default=NOW),
    sa.PrimaryKeyConstraint("id"),
    schema=OPS,
    comment="Queue of changes that touch every ticket (SLA policies, calendars); the next refresh rebuilds the marts.",
)

data_quality_results = sa.Table(
    "data_quality_results",
    METADATA,
    identity(),
    sa.Column("check_name", sa.String(100), nullable=False),
    sa.Column("checked_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column("failing_count", sa.BigInteger, nullable=False),
    sa.Column("sample_ticket_ids", JSONB, nullable=False),
    sa.PrimaryKeyConstraint("id"),
    sa.Index("ix_data_quality_results_check_name_checked_at", "check_name", "checked_at"),
    schema=OPS,
)

classifier_weeks = sa.Table(
    "classifier_weeks",
    METADATA,
    sa.Column("week_start_date", sa.Date, nullable=False, comment="Monday, in the reporting zone."),
    sa.Column("ticket_count", sa.Integer, nullable=False),
    sa.Column("abstention_count", sa.Integer, nullable=False),
    sa.Column("mean_confidence", sa.Float),
    sa.Column("category_counts", JSONB, nullable=False),
    sa.Column(
        "stability_index",
        sa.Float,
        comment="Population stability index of predicted categories against the weeks before; null without any.",
    ),
    sa.Column("corrected_count", sa.Integer, nullable=False, comment="Tickets whose category a person set that week."),
    sa.Column(
        "correct_count", sa.Integer, nullable=False, comment="Of these, those that the classifier had said the same of."
    ),
    sa.Column("measured_at", INSTANT, nullable=False, server_default=NOW),
    sa.PrimaryKeyConstraint("week_start_date"),
    schema=OPS,
    comment="How the classifier's answers shift, by the week of the tickets' creation.",
)

classifier_models = sa.Table(
    "classifier_models",
    METADATA,
    sa.Column("version", sa.String(100), nullable=False),
    sa.Column("trained_at", INSTANT, nullable=False),
    sa.Column("training_count", sa.Integer, nullable=False),
    sa.Column("held_out_count", sa.Integer, nullable=False),
    sa.Column("abstention_threshold", sa.Float, nullable=False),
    sa.Column(
        "labelled_categories",
        ARRAY(sa.Text),
        nullable=False,
        comment="The categories that had enough labelled tickets to be learnt when it was trained.",
    ),
    sa.Column(
        "thresholds",
        JSONB,
        nullable=False,
        comment="What each abstention threshold would do with the held-out tickets, as in the model card.",
    ),
    sa.Column("is_promoted", sa.Boolean, nullable=False),
    sa.PrimaryKeyConstraint("version"),
    schema=OPS,
    comment="The models that were trained on the desk's own tickets.",
)

work = sa.Table(
    "work",
    METADATA,
    identity(),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column(
        "parameters",
        JSONB,
        nullable=False,
        server_default=EMPTY_OBJECT,
        comment="What to do, as its kind checks it. Emptied with its files after a week.",
    ),
    sa.Column("asked_by", sa.String(150), nullable=False),
    sa.Column("asked_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column(
        "state",
        sa.String(20),
        nullable=False,
        server_default="waiting",
        comment="filling: its file is still arriving. forgotten: what it made has been deleted.",
    ),
    sa.Column("step", sa.String(40), nullable=False, server_default="", comment="Slug of what it does at the moment."),
    sa.Column("done_count", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("total_count", sa.BigInteger),
    sa.Column("is_cancel_wanted", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column(
        "attempts",
        sa.Integer,
        nullable=False,
        server_default="0",
        comment="How often it was taken up; the number tells an old worker from a new one.",
    ),
    sa.Column("leased_until_at", INSTANT, comment="Until then its worker has it; a dead worker does not renew it."),
    sa.Column("started_at", INSTANT),
    sa.Column("finished_at", INSTANT),
    sa.Column("error", sa.String(100), comment="Slug of what went wrong."),
    sa.Column("result", JSONB, nullable=False, server_default=EMPTY_OBJECT, comment="Numbers of what it did."),
    sa.Column("file_name", sa.String(255), comment="Name of the file that it made, for its owner."),
    sa.Column("file_bytes", sa.BigInteger),
    sa.PrimaryKeyConstraint("id"),
    sa.CheckConstraint(
        "state in ('filling', 'waiting', 'running', 'done', 'failed', 'cancelled', 'forgotten')", name="state"
    ),
    sa.Index("ix_work_open", "id", postgresql_where=sa.text("state in ('filling', 'waiting', 'running')")),
    schema=OPS,
    comment="Work that people have queued. Workers take it up with SKIP LOCKED and hold it by a lease.",
)

workers = sa.Table(
    "workers",
    METADATA,
    sa.Column("name", sa.String(20), nullable=False),
    sa.Column("seen_at", INSTANT, nullable=False),
    sa.PrimaryKeyConstraint("name"),
    schema=OPS,
    comment="When each part of the product that does queued work was last there to do it.",
)
