"""Schema `marts`: results of the analyses of ratings and of churn. Each run of a job replaces all its rows.

There is no personal data here. A customer is a hash of the address, as in `fct_tickets`, with the number of one of the
customer's tickets.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.tables.metadata import INSTANT, MARTS, METADATA, required


def _interval() -> tuple[sa.Column[Any], ...]:
    return required("estimate", sa.Float), required("low", sa.Float), sa.Column("high", sa.Float)


driver_reports = sa.Table(
    "driver_reports",
    METADATA,
    sa.Column("made_at", INSTANT, nullable=False),
    sa.Column("first_date", sa.Date, comment="Of the tickets looked at; null without any."),
    sa.Column("last_date", sa.Date),
    required("ticket_count", sa.Integer),
    required("rated_count", sa.Integer),
    sa.Column("r_squared", sa.Float, comment="Share of the variance of ratings that goes with the drivers."),
    sa.Column("controls", JSONB, nullable=False, comment="What was held equal."),
    sa.Column("notices", JSONB, nullable=False, comment="What is missing: {notice: slug} with its numbers, each."),
    sa.PrimaryKeyConstraint("made_at"),
    schema=MARTS,
    comment="The latest analysis of satisfaction: one row.",
)

driver_effects = sa.Table(
    "driver_effects",
    METADATA,
    required("slug", sa.String(40)),
    required("position", sa.SmallInteger),
    sa.Column("unit", sa.String(10), nullable=False, comment="points: 0 is no effect; ratio: 1 is."),
    *_interval(),
    required("p_value", sa.Float),
    sa.Column("top_box_odds_ratio", sa.Float, comment="Of a rating of 4 or 5."),
    sa.Column("top_box_low", sa.Float),
    sa.Column("top_box_high", sa.Float),
    sa.Column("ordinal_odds_ratio", sa.Float, comment="Of any better rating."),
    sa.Column("ordinal_low", sa.Float),
    sa.Column("ordinal_high", sa.Float),
    required("n", sa.Integer),
    sa.Column("is_supported", sa.Boolean, nullable=False, comment="Whether more is told than that it may be chance."),
    sa.Column("same_agent_mean", sa.Float, comment="Mean rating where one agent wrote every reply; null elsewhere."),
    sa.Column("several_agents_mean", sa.Float, comment="Mean rating where several agents did; null elsewhere."),
    sa.PrimaryKeyConstraint("slug"),
    schema=MARTS,
    comment="What goes with ratings, everything else recorded being equal.",
)

driver_correlations = sa.Table(
    "driver_correlations",
    METADATA,
    required("method", sa.String(10)),
    required("variable", sa.String(40)),
    required("other", sa.String(40)),
    sa.Column("coefficient", sa.Float, comment="-1 to 1; null where it cannot be computed."),
    sa.Column("n", sa.Integer, nullable=False, comment="Rated tickets for which both are known."),
    sa.PrimaryKeyConstraint("method", "variable", "other"),
    schema=MARTS,
)

driver_shares = sa.Table(
    "driver_shares",
    METADATA,
    required("slug", sa.String(40)),
    required("position", sa.SmallInteger),
    *_interval(),
    sa.PrimaryKeyConstraint("slug"),
    schema=MARTS,
    comment="Shares of the variance of ratings, 0 to 1; together they are r_squared.",
)

driver_response_rates = sa.Table(
    "driver_response_rates",
    METADATA,
    sa.Column("dimension", sa.String(20), nullable=False, comment="Empty: all tickets."),
    sa.Column("value", sa.String(255), nullable=False, comment="~ is not set."),
    required("offered_count", sa.Integer),
    required("answered_count", sa.Integer),
    sa.Column("low", sa.Float, nullable=False, comment="95 % interval of answered ÷ offered."),
    required("high", sa.Float),
    sa.PrimaryKeyConstraint("dimension", "value"),
    schema=MARTS,
)

churn_reports = sa.Table(
    "churn_reports",
    METADATA,
    sa.Column("made_at", INSTANT, nullable=False),
    sa.Column("kind", sa.String(10), nullable=False, comment="model: chances; indicator: points; or nothing."),
    sa.Column("chosen_model", sa.String(40), comment="One of churn_evaluations; null without a model."),
    required("customer_count", sa.Integer),
    sa.Column("churn_count", sa.Integer, nullable=False, comment="Customers recorded to have left."),
    sa.Column("expected_count", sa.Float, comment="Of today's customers, how many may leave within the horizon."),
    sa.Column("horizon_days", sa.Integer, nullable=False, comment="What a chance is about."),
    sa.Column("notices", JSONB, nullable=False, comment="What is missing: {notice: slug} with its numbers, each."),
    sa.PrimaryKeyConstraint("made_at"),
    schema=MARTS,
    comment="The latest analysis of leaving: one row.",
)

churn_scores = sa.Table(
    "churn_scores",
    METADATA,
    sa.Column("customer_hash", sa.BigInteger, nullable=False, comment="As in fct_tickets."),
    sa.Column("position", sa.Integer, nullable=False, comment="1 is the highest."),
    sa.Column("score", sa.Float, nullable=False, comment="A chance 0 to 1, or points 0 to 100, by the report's kind."),
    sa.Column("reasons", JSONB, nullable=False, comment="Slugs of analytics.churn.features, the strongest first."),
    required("customer_type", sa.String(50)),
    sa.Column("ticket_count", sa.Integer, nullable=False, comment="In the last 365 days."),
    sa.Column("latest_ticket_id", sa.BigInteger, nullable=False, comment="Leads to who it is."),
    sa.PrimaryKeyConstraint("customer_hash"),
    sa.Index("ix_churn_scores_position", "position"),
    schema=MARTS,
    comment="Today's customers who have written.",
)

churn_evaluations = sa.Table(
    "churn_evaluations",
    METADATA,
    required("model", sa.String(40)),
    sa.Column("auc", sa.Float, nullable=False, comment="Area under the curve on later months: 0.5 is a coin."),
    required("auc_low", sa.Float),
    required("auc_high", sa.Float),
    sa.Column("lift", sa.Float, nullable=False, comment="Share that left in the top tenth ÷ among all."),
    required("lift_low", sa.Float),
    required("lift_high", sa.Float),
    required("log_loss", sa.Float),
    sa.Column("baseline_log_loss", sa.Float, nullable=False, comment="Of one chance for everybody."),
    sa.Column("reliability", JSONB, nullable=False, comment="[predicted, observed, n] of each tenth."),
    required("n", sa.Integer),
    sa.Column("left_count", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("model"),
    schema=MARTS,
    comment="How each model did on months it had not seen.",
)

churn_hazards = sa.Table(
    "churn_hazards",
    METADATA,
    required("slug", sa.String(40)),
    sa.Column("estimate", sa.Float, nullable=False, comment="Hazard ratio: 1 is no difference."),
    required("low", sa.Float),
    sa.Column("high", sa.Float, comment="Null: no upper end."),
    required("p_value", sa.Float),
    required("departure_count", sa.Integer),
    required("customer_years", sa.Float),
    required("is_supported", sa.Boolean),
    sa.PrimaryKeyConstraint("slug"),
    schema=MARTS,
    comment="How many times as often customers leave in the 180 days after it.",
)

churn_pain_points = sa.Table(
    "churn_pain_points",
    METADATA,
    sa.Column("kind", sa.String(10), nullable=False, comment="experience or category."),
    required("slug", sa.String(100)),
    required("position", sa.SmallInteger),
    sa.Column("estimate", sa.Float, nullable=False, comment="Ratio of rates, adjusted for customer type and activity."),
    required("low", sa.Float),
    sa.Column("high", sa.Float),
    required("p_value", sa.Float),
    required("departure_count", sa.Integer),
    sa.Column("excess_count", sa.Float, nullable=False, comment="Departures more than would have been anyway."),
    required("customer_years", sa.Float),
    required("is_supported", sa.Boolean),
    sa.PrimaryKeyConstraint("kind", "slug"),
    schema=MARTS,
)
