"""Schema `marts`: results of the jobs, which are comparisons of agents, odd days, seasons, and insights."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.tables.metadata import INSTANT, MARTS, METADATA


def _number(name: str, comment: str = "") -> sa.Column[float]:
    return sa.Column(name, sa.Float, nullable=False, comment=comment or None)


agent_metrics = sa.Table(
    "agent_metrics",
    METADATA,
    sa.Column("metric", sa.String(40), nullable=False),
    sa.Column("start_date", sa.Date, nullable=False),
    sa.Column("end_date", sa.Date, nullable=False, comment="First day after the period."),
    sa.Column("clock", sa.String(20), nullable=False, comment="calendar or business; empty for shares."),
    sa.Column("ticket_count", sa.Integer, nullable=False),
    _number("agent_spread", "Standard deviation between agents beyond chance, on the log scale."),
    _number("dispersion", "Winsorised mean of squared z-scores: 1 is chance alone."),
    _number("ticket_log_deviation", "Of one ticket; the limits of the funnel follow from it."),
    sa.PrimaryKeyConstraint("metric"),
    schema=MARTS,
    comment="What agents were compared on, and how much they differ.",
)

agent_figures = sa.Table(
    "agent_figures",
    METADATA,
    sa.Column("metric", sa.String(40), nullable=False),
    sa.Column("agent", sa.String(255), nullable=False),
    sa.Column("ticket_count", sa.Integer, nullable=False),
    _number("observed", "Minutes (geometric mean), or a share."),
    _number("expected", "What the kind of these tickets would have brought."),
    _number("ratio", "Observed over expected."),
    _number("ratio_low"),
    _number("ratio_high"),
    _number("pooled_ratio", "Drawn towards 1 as far as so few tickets demand."),
    _number("pooled_low"),
    _number("pooled_high"),
    sa.Column("q_value", sa.Float, comment="Of no difference, all agents looked at; null with too few tickets."),
    sa.Column("is_judged", sa.Boolean, nullable=False),
    sa.PrimaryKeyConstraint("metric", "agent"),
    schema=MARTS,
    comment="The figure of an agent for a metric, over what the kind of their tickets would have brought.",
)

volume_anomalies = sa.Table(
    "volume_anomalies",
    METADATA,
    sa.Column("category", sa.String(100), nullable=False, comment="Empty: all tickets."),
    sa.Column("start_date", sa.Date, nullable=False),
    sa.Column("last_date", sa.Date, nullable=False),
    sa.Column("ticket_count", sa.Integer, nullable=False),
    _number("expected"),
    _number("low", "Fewest that would not have been called odd."),
    _number("high", "Most that would not have been called odd."),
    _number("p_value"),
    _number("q_value", "Adjusted for all days and categories looked at."),
    sa.Column("changes", JSONB, nullable=False, comment="What was different: words, channels, customer types."),
    sa.Column(
        "is_bulk",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="Far more tickets on one day than any model of days explains; seasons and expectations leave it out.",
    ),
    sa.Column(
        "same_minute_count",
        sa.Integer,
        comment="Of a bulk day: most tickets made in one minute; null: the times of day are not known.",
    ),
    sa.PrimaryKeyConstraint("category", "start_date"),
    schema=MARTS,
    comment="Days that brought clearly more or fewer tickets than expected.",
)

volume_surges = sa.Table(
    "volume_surges",
    METADATA,
    sa.Column("dimension", sa.String(20), nullable=False, comment="Empty: all tickets."),
    sa.Column("value", sa.String(255), nullable=False),
    sa.Column("start_date", sa.Date, nullable=False),
    sa.Column("last_date", sa.Date, nullable=False),
    sa.Column("ticket_count", sa.Integer, nullable=False),
    _number("expected"),
    _number("low", "Lower end of the 95 % range of what was to be expected."),
    _number("high", "Its upper end."),
    _number("usual", "Tickets expected without the time of the year."),
    sa.Column("is_seasonal", sa.Boolean, nullable=False, comment="Whether the time of the year explains it."),
    _number("p_value"),
    _number("q_value", "Adjusted for all that was looked at."),
    sa.PrimaryKeyConstraint("dimension", "value"),
    schema=MARTS,
    comment="More tickets than were to be expected, from some day of the last four weeks until the last complete day.",
)

seasonal_lifts = sa.Table(
    "seasonal_lifts",
    METADATA,
    sa.Column("category", sa.String(100), nullable=False, comment="Empty: all tickets."),
    _number("ratio", "Tickets over tickets at the same weekday and trend outside."),
    _number("ratio_low"),
    _number("ratio_high"),
    _number("p_value", "Of no lift, every window looked at."),
    sa.Column("ticket_count", sa.Integer, nullable=False),
    sa.Column("year_count", sa.SmallInteger, nullable=False),
    sa.Column(
        "period",
        sa.String(320),
        nullable=False,
        comment="Its first and last month and day, as 01-16..02-15, or the slug of a time that moves through the year.",
    ),
    sa.Column(
        "spans",
        JSONB,
        nullable=False,
        comment="First and last day of each time it comes, in the data and in the years after.",
    ),
    sa.PrimaryKeyConstraint("category", "period"),
    schema=MARTS,
    comment="Times of the year that bring more or fewer tickets.",
)

insights = sa.Table(
    "insights",
    METADATA,
    sa.Column("place", sa.Integer, nullable=False, comment="1 is what matters most."),
    sa.Column("topic", sa.String(40), nullable=False),
    sa.Column("claim", sa.String(40), nullable=False, comment="What is said, as a slug; the portal makes sentences."),
    sa.Column("subject", sa.String(255), nullable=False, comment="The same from day to day."),
    sa.Column(
        "facts", JSONB, nullable=False, comment="Numbers and slugs that the sentences need besides these columns."
    ),
    sa.Column("tone", sa.String(10), nullable=False),
    _number("effect"),
    _number("effect_low"),
    _number("effect_high"),
    sa.Column("effect_unit", sa.String(20), nullable=False),
    sa.Column("ticket_count", sa.Integer, nullable=False),
    _number("q_value"),
    sa.Column("start_date", sa.Date, nullable=False),
    sa.Column("end_date", sa.Date, nullable=False, comment="First day after."),
    sa.Column("path", sa.String(50), nullable=False),
    sa.Column("filters", JSONB, nullable=False, comment="Dimension to values."),
    sa.Column("parameters", JSONB, nullable=False, comment="Further parameters of the address."),
    sa.Column("first_said_date", sa.Date, nullable=False),
    sa.PrimaryKeyConstraint("place"),
    schema=MARTS,
    comment="What the data says, ranked, each claim held by its interval.",
)

insight_gaps = sa.Table(
    "insight_gaps",
    METADATA,
    sa.Column("topic", sa.String(40), nullable=False),
    sa.Column("missing", sa.String(40), nullable=False, comment="What is missing, as a slug."),
    sa.Column("facts", JSONB, nullable=False, comment="The numbers of it."),
    sa.PrimaryKeyConstraint("topic"),
    schema=MARTS,
    comment="What could not be said, and what is missing for it.",
)

insight_runs = sa.Table(
    "insight_runs",
    METADATA,
    sa.Column("job", sa.String(100), nullable=False),
    sa.Column("made_at", INSTANT, nullable=False),
    sa.Column("start_date", sa.Date, nullable=False),
    sa.Column("end_date", sa.Date, nullable=False),
    sa.Column("looked_at_count", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("job"),
    schema=MARTS,
    comment="When each job last looked, at which days, and at how many things.",
)
