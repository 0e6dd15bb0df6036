"""Schema `support`, the system of record: tickets, messages, and the history of changes."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from analytics.vocabulary import CHANNELS, PRIORITIES, STATUSES
from warehouse.tables.metadata import EMPTY_OBJECT, INSTANT, METADATA, NOW, SUPPORT, identity, one_of

support_tickets = sa.Table(
    "support_tickets",
    METADATA,
    identity(),
    sa.Column("customer_email", sa.String(255), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("category", sa.String(100), comment="Category slug; null is 'not categorised'."),
    sa.Column("priority", sa.String(20), comment="Null is not known."),
    sa.Column("status", sa.String(50), nullable=False, server_default="open"),
    sa.Column("created_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column("resolved_at", INSTANT, comment="Latest solved instant; null while open."),
    sa.Column("assigned_agent", sa.String(100)),
    sa.Column("customer_satisfaction_score", sa.Integer),
    sa.Column("metadata", JSONB, nullable=False, server_default=EMPTY_OBJECT),
    sa.Column("channel", sa.String(20), comment="Null is not known."),
    sa.Column("customer_type", sa.String(50), comment="The customer's type when the ticket was created."),
    sa.Column("team", sa.String(100)),
    sa.Column("language", sa.String(8)),
    sa.Column("category_source", sa.String(20), nullable=False, server_default="imported"),
    sa.Column(
        "priority_source",
        sa.String(20),
        nullable=False,
        server_default="imported",
        comment="Who set the priority; default: nobody did, so that the priority rules may.",
    ),
    sa.Column("is_date_only", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("is_outbound", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("exclusion", sa.String(20), comment="Why the ticket is left out of metrics: spam, merged or test."),
    sa.Column("survey_offered_at", INSTANT),
    sa.Column("rated_at", INSTANT),
    sa.Column("closed_at", INSTANT, comment="When the ticket was closed for good, as its source says."),
    sa.Column("source_changed_at", INSTANT, comment="When the ticket last changed, as its source says."),
    sa.Column(
        "first_replied_at",
        INSTANT,
        comment="First public reply by a person, as its source says; counts where there are no messages.",
    ),
    sa.Column(
        "reopen_count",
        sa.Integer,
        comment="As its source says; null is not known. Counts where there is no status history.",
    ),
    sa.Column("reassignment_count", sa.Integer, comment="As its source says; null is not known."),
    sa.Column(
        "handle_seconds",
        sa.Integer,
        comment="Minutes of work as its source says, in seconds; counts where no interaction has any.",
    ),
    sa.Column(
        "source_sla_met", sa.Boolean, comment="Its source's own verdict; kept beside ours, never counted as ours."
    ),
    sa.Column("organisation", sa.String(200)),
    sa.Column("brand", sa.String(100)),
    sa.Column("tags", ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")),
    sa.Column(
        "needs_no_answer",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="A person, a rule or an import said that nobody waits for an answer: reply targets are left out.",
    ),
    sa.Column("merged_into_id", sa.BigInteger, comment="The ticket that this one was merged into."),
    sa.PrimaryKeyConstraint("id"),
    one_of("priority", PRIORITIES),
    one_of("status", STATUSES),
    one_of("channel", CHANNELS),
    one_of("exclusion", ("spam", "merged", "test")),
    one_of("category_source", ("imported", "person", "rules", "model")),
    one_of("priority_source", ("default", "imported", "person", "rules", "model")),
    sa.CheckConstraint("customer_satisfaction_score between 1 and 5", name="customer_satisfaction_score"),
    sa.CheckConstraint("resolved_at >= created_at", name="resolved_after_created"),
    sa.CheckConstraint("reopen_count >= 0", name="reopen_count"),
    sa.CheckConstraint("reassignment_count >= 0", name="reassignment_count"),
    sa.CheckConstraint("handle_seconds >= 0", name="handle_seconds"),
    sa.CheckConstraint("merged_into_id <> id", name="merged_into_another"),
    schema=SUPPORT,
    comment="One row per ticket. Dates without a time carry is_date_only and midnight of the desk's zone.",
)
sa.Index("ix_support_tickets_created_at", support_tickets.c.created_at, support_tickets.c.id)
sa.Index("ix_support_tickets_customer_email", support_tickets.c.customer_email, support_tickets.c.created_at)
sa.Index(
    "ix_support_tickets_words",
    sa.text("to_tsvector('simple', subject || ' ' || left(content, 4000))"),
    postgresql_using="gin",
    _table=support_tickets,
)

sa.Index(
    "ix_support_tickets_merged_into_id",
    support_tickets.c.merged_into_id,
    postgresql_where=sa.text("merged_into_id is not null"),
)

customer_interactions = sa.Table(
    "customer_interactions",
    METADATA,
    identity(),
    sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey(support_tickets.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("interaction_type", sa.String(50), nullable=False),
    sa.Column("agent_name", sa.String(100), comment="Null when the customer or a machine spoke."),
    sa.Column("duration_minutes", sa.Double),
    sa.Column("notes", sa.Text),
    sa.Column("timestamp", INSTANT, nullable=False, server_default=NOW),
    sa.Column("direction", sa.String(10), nullable=False, comment="inbound: by the customer; outbound: by the desk."),
    sa.Column("is_public", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("is_automatic", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.PrimaryKeyConstraint("id", "ticket_id"),
    one_of("direction", ("inbound", "outbound")),
    sa.CheckConstraint("duration_minutes >= 0", name="duration_minutes"),
    sa.Index("ix_customer_interactions_ticket_id_timestamp", "ticket_id", "timestamp"),
    schema=SUPPORT,
)

ticket_ratings = sa.Table(
    "ticket_ratings",
    METADATA,
    identity(),
    sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey(support_tickets.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("prompt", sa.String(200), comment="Which survey was answered, as its source names it."),
    sa.Column("offered_at", INSTANT),
    sa.Column("rated_at", INSTANT),
    sa.Column("score", sa.SmallInteger, comment="1 to 5; null while the survey is not answered."),
    sa.Column("source_score", sa.Text, comment="As its source gives it."),
    sa.Column("scale", sa.String(50), comment="The scale of source_score, such as 0..10 or good/bad."),
    sa.Column("comment", sa.Text),
    sa.Column(
        "is_from_ticket",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="Kept from the columns of the ticket.",
    ),
    sa.PrimaryKeyConstraint("id", "ticket_id"),
    sa.CheckConstraint("score between 1 and 5", name="score"),
    sa.CheckConstraint("offered_at is not null or score is not null", name="says_something"),
    sa.Index("ix_ticket_ratings_ticket_id", "ticket_id"),
    schema=SUPPORT,
    comment="Every survey and answer. A ticket without rows has its columns as the only rating.",
)

ticket_status_history = sa.Table(
    "ticket_status_history",
    METADATA,
    identity(),
    sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey(support_tickets.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("status", sa.String(50), nullable=False, comment="The status from changed_at on."),
    sa.Column("changed_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column("changed_by", sa.String(100)),
    sa.Column("is_automatic", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.PrimaryKeyConstraint("id", "ticket_id"),
    one_of("status", STATUSES),
    sa.Index("ix_ticket_status_history_ticket_id_changed_at", "ticket_id", "changed_at"),
    schema=SUPPORT,
    comment="Empty for a ticket whose source keeps no history: then created_at and resolved_at speak.",
)

ticket_field_history = sa.Table(
    "ticket_field_history",
    METADATA,
    identity(),
    sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey(support_tickets.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("field", sa.String(30), nullable=False, comment="priority, team, assigned_agent or category."),
    sa.Column("old_value", sa.String(100)),
    sa.Column("new_value", sa.String(100)),
    sa.Column("changed_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column("changed_by", sa.String(100)),
    sa.Column("is_automatic", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.PrimaryKeyConstraint("id", "ticket_id"),
    one_of("field", ("priority", "team", "assigned_agent", "category")),
    sa.Index("ix_ticket_field_history_ticket_id_changed_at", "ticket_id", "changed_at"),
    schema=SUPPORT,
)

ticket_changes = sa.Table(
    "ticket_changes",
    METADATA,
    sa.Column("ticket_id", sa.BigInteger, nullable=False),
    sa.Column("changed_at", INSTANT, nullable=False, server_default=NOW),
    schema=SUPPORT,
    comment="Queue of tickets to derive again, written by statement triggers, consumed with DELETE ... RETURNING.",
)

ticket_predictions = sa.Table(
    "ticket_predictions",
    METADATA,
    identity(),
    sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey(support_tickets.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("model_version", sa.String(100), nullable=False),
    sa.Column("category", sa.String(100)),
    sa.Column("confidence", sa.Float),
    sa.Column("priority", sa.String(20)),
    sa.Column("urgency", sa.String(20)),
    sa.Column("sentiment", sa.String(20)),
    sa.Column("language", sa.String(8)),
    sa.Column("reasons", JSONB, nullable=False, server_default=EMPTY_OBJECT),
    sa.Column("predicted_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column("rules_version", sa.String(100)),
    sa.Column("decider", sa.String(20)),
    sa.Column("is_abstention", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("sentiment_score", sa.Float),
    sa.Column("content_hash", sa.Uuid, comment="Of subject, content and customer type, as they were read."),
    sa.Column(
        "second_language",
        sa.String(8),
        comment="The other language of a text that mixes two; null: there is none, or it was not kept yet.",
    ),
    sa.PrimaryKeyConstraint("id", "ticket_id"),
    sa.Index("ix_ticket_predictions_ticket_id_predicted_at", "ticket_id", "predicted_at"),
    sa.Index("ix_ticket_predictions_abstentions", "ticket_id", postgresql_where=sa.text("is_abstention")),
    sa.Index("ix_ticket_predictions_predicted_at", "predicted_at"),
    sa.Index("uq_ticket_predictions_said", "ticket_id", "model_version", "rules_version", "content_hash", unique=True),
    schema=SUPPORT,
    comment="A row for each ticket, text and version; only predicted_at changes, when the same is said again.",
)

ticket_explanations = sa.Table(
    "ticket_explanations",
    METADATA,
    sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey(support_tickets.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("model_version", sa.String(100), nullable=False),
    sa.Column("rules_version", sa.String(100), nullable=False),
    sa.Column("terms", JSONB, nullable=False),
    sa.Column("explained_at", INSTANT, nullable=False, server_default=NOW),
    sa.PrimaryKeyConstraint("ticket_id"),
    schema=SUPPORT,
    comment="The words and rules behind the latest prediction, the strongest first.",
)

classification_tasks = sa.Table(
    "classification_tasks",
    METADATA,
    sa.Column("task", sa.String(10), nullable=False),
    sa.Column("ticket_id", sa.BigInteger, nullable=False),
    sa.Column("queued_at", INSTANT, nullable=False, server_default=NOW),
    one_of("task", ("classify", "explain")),
    sa.Index("ix_classification_tasks_task_ticket_id", "task", "ticket_id"),
    schema=SUPPORT,
    comment="Queue of tickets to classify, then to explain; consumed in the transaction that writes the answer.",
)

ticket_corrections = sa.Table(
    "ticket_corrections",
    METADATA,
    identity(),
    sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey(support_tickets.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("field", sa.String(30), nullable=False),
    sa.Column("old_value", sa.String(100)),
    sa.Column("new_value", sa.String(100)),
    sa.Column("corrected_by", sa.String(100), nullable=False),
    sa.Column("corrected_at", INSTANT, nullable=False, server_default=NOW),
    sa.PrimaryKeyConstraint("id", "ticket_id"),
    one_of("field", ("category", "priority")),
    sa.Index("ix_ticket_corrections_ticket_id", "ticket_id"),
    schema=SUPPORT,
)

ticket_translations = sa.Table(
    "ticket_translations",
    METADATA,
    identity(),
    sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey(support_tickets.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("source_language", sa.String(8), nullable=False),
    sa.Column("target_language", sa.String(8), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("translated_by", sa.String(100), nullable=False),
    sa.Column("translated_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column("reviewed_by", sa.String(100)),
    sa.Column("reviewed_at", INSTANT),
    sa.PrimaryKeyConstraint("id", "ticket_id"),
    sa.Index("ix_ticket_translations_ticket_id", "ticket_id"),
    schema=SUPPORT,
)
