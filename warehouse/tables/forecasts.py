"""Demand forecasts, their accuracy and holidays, in schema `marts`; and `support.desk_events`.

`series_key` is `total` or `dimension=value`, such as `category=book_order`; `channel=~` is 'not set'. Days and hours
are in the reporting time zone. `q025` to `q975` are quantiles of the tickets: `q10` to `q90` is the 80 % interval.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from analytics.forecast_quantiles import COLUMNS
from analytics.vocabulary import LARGEST_EVENT_CHANGE, LONGEST_EVENT_DAYS
from warehouse.tables.metadata import INSTANT, MARTS, METADATA, NOW, SUPPORT, identity


def _key() -> sa.Column[str]:
    return sa.Column("series_key", sa.String(300), nullable=False)


def _day(name: str = "ds") -> sa.Column[object]:
    return sa.Column(name, sa.Date, nullable=False)


def _model() -> sa.Column[str]:
    return sa.Column("model_name", sa.String(40), nullable=False)


def _figures() -> tuple[sa.Column[float], ...]:
    return tuple(sa.Column(name, sa.Float, nullable=False) for name in ("expected", *COLUMNS))


demand_series = sa.Table(
    "demand_series",
    METADATA,
    _key(),
    sa.Column("dimension", sa.String(20), nullable=False, comment="Empty for the total."),
    sa.Column("value", sa.String(255), comment="Null: not set, or the total."),
    _day("first_date"),
    sa.Column("cutoff_date", sa.Date, nullable=False, comment="The last day that was known."),
    sa.Column("day_count", sa.Integer, nullable=False),
    sa.Column("ticket_count", sa.BigInteger, nullable=False),
    sa.Column("outcome", sa.String(20), nullable=False, comment="What could be done; analytics.forecasting.forecast."),
    sa.Column("model_name", sa.String(40), nullable=False, comment="Whose forecast is shown; empty: none is."),
    sa.Column("weights", JSONB, nullable=False, comment="Share of each member in the combination."),
    sa.Column("gap_days", sa.Integer, nullable=False, comment="Days without a known count."),
    sa.Column("giant_days", sa.Integer, nullable=False, comment="Days left out as too large to be believed."),
    sa.Column("country", sa.String(100), comment="Whose holidays are used."),
    sa.Column("data_hash", sa.String(64), nullable=False, comment="Of all that the forecast is made from."),
    sa.Column("updated_at", INSTANT, nullable=False, server_default=NOW),
    sa.PrimaryKeyConstraint("series_key"),
    schema=MARTS,
    comment="Series that were looked at, and what could be done with each.",
)

demand_forecasts = sa.Table(
    "demand_forecasts",
    METADATA,
    _key(),
    sa.Column("cutoff_date", sa.Date, nullable=False, comment="The last day that was known."),
    _model(),
    _day(),
    *_figures(),
    sa.PrimaryKeyConstraint("series_key", "cutoff_date", "model_name", "ds"),
    schema=MARTS,
    comment="Every daily forecast that was made, kept so that it can be held against what came.",
)

demand_backtests = sa.Table(
    "demand_backtests",
    METADATA,
    _key(),
    sa.Column("cutoff_date", sa.Date, nullable=False),
    _model(),
    sa.Column("history_hash", sa.String(64), nullable=False, comment="Of the days and names until the cutoff."),
    sa.Column("expected", ARRAY(sa.Float), nullable=False, comment="One for each day ahead."),
    sa.Column("quantiles", ARRAY(sa.Float), comment="Seven for each day ahead; null for what is only a member."),
    sa.PrimaryKeyConstraint("series_key", "cutoff_date", "model_name"),
    schema=MARTS,
    comment="What each member would have said at days of the past, so that tomorrow's backtest makes only what is new.",
)

demand_accuracy = sa.Table(
    "demand_accuracy",
    METADATA,
    _key(),
    sa.Column("source", sa.String(10), nullable=False, comment="backtest, or kept: forecasts as they were made."),
    _model(),
    sa.Column("mase", sa.Float),
    sa.Column("wape", sa.Float),
    sa.Column("coverage_50", sa.Float),
    sa.Column("coverage_80", sa.Float),
    sa.Column("coverage_95", sa.Float),
    sa.Column("pinball", sa.Float),
    sa.Column("cutoff_count", sa.Integer, nullable=False),
    sa.Column("day_count", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("series_key", "source", "model_name"),
    sa.CheckConstraint("source in ('backtest', 'kept')", name="source"),
    schema=MARTS,
    comment="How far each model was off, and how often its intervals held, over up to 28 days ahead.",
)

demand_components = sa.Table(
    "demand_components",
    METADATA,
    _key(),
    _day(),
    sa.Column("trend", sa.Float, nullable=False, comment="Tickets on a day like the average one."),
    sa.Column("week", sa.Float, nullable=False, comment="Factor; so the two below."),
    sa.Column("year", sa.Float, nullable=False),
    sa.Column("events", sa.Float, nullable=False),
    sa.PrimaryKeyConstraint("series_key", "ds"),
    schema=MARTS,
    comment="What expected tickets consist of, by the calendar regression: the product of the four.",
)

demand_forecast_hours = sa.Table(
    "demand_forecast_hours",
    METADATA,
    _key(),
    _day(),
    sa.Column("hour", sa.SmallInteger, nullable=False),
    *_figures(),
    sa.PrimaryKeyConstraint("series_key", "ds", "hour"),
    sa.CheckConstraint("hour between 0 and 23", name="hour"),
    schema=MARTS,
    comment="The newest forecast shared out over hours.",
)

demand_today = sa.Table(
    "demand_today",
    METADATA,
    _key(),
    _day(),
    sa.Column("made_at", INSTANT, nullable=False),
    sa.Column(
        "passed_hours", sa.SmallInteger, nullable=False, comment="Hours since midnight that are over and counted."
    ),
    sa.Column("so_far", sa.Integer, nullable=False, comment="Tickets that came in them."),
    sa.Column(
        "expected_so_far",
        sa.Float,
        nullable=False,
        comment="Tickets that the forecast before the day had for them.",
    ),
    sa.Column(
        "expected_left",
        sa.Float,
        nullable=False,
        comment="Tickets that the forecast before the day had for the rest.",
    ),
    *_figures(),
    sa.PrimaryKeyConstraint("series_key"),
    sa.CheckConstraint("passed_hours between 1 and 23", name="passed_hours"),
    schema=MARTS,
    comment="The hours left of today in sum, from what has come so far; no row where today is not counted by the hour.",
)

demand_today_hours = sa.Table(
    "demand_today_hours",
    METADATA,
    _key(),
    sa.Column("hour", sa.SmallInteger, nullable=False),
    *_figures(),
    sa.PrimaryKeyConstraint("series_key", "hour"),
    sa.CheckConstraint("hour between 0 and 23", name="hour"),
    schema=MARTS,
    comment="Each hour left of today, forecast from what has come so far.",
)

demand_holidays = sa.Table(
    "demand_holidays",
    METADATA,
    _day("on_date"),
    sa.Column("name", sa.String(200), nullable=False),
    sa.PrimaryKeyConstraint("on_date", "name"),
    schema=MARTS,
    comment="Public holidays of the desk's country, over the history and the days ahead.",
)

desk_events = sa.Table(
    "desk_events",
    METADATA,
    identity(),
    sa.Column("name", sa.String(100), nullable=False, comment="What recurs has the same name every time."),
    _day("first_date"),
    _day("last_date"),
    sa.Column("expected_change", sa.Float, comment="Share that it is expected to add, until it can be learnt."),
    sa.Column("created_by", sa.String(100), nullable=False),
    sa.Column("created_at", INSTANT, nullable=False, server_default=NOW),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("name", "first_date"),
    sa.CheckConstraint(f"last_date >= first_date and last_date < first_date + {LONGEST_EVENT_DAYS}", name="length"),
    sa.CheckConstraint(f"expected_change > -1 and expected_change <= {LARGEST_EVENT_CHANGE}", name="expected_change"),
    sa.CheckConstraint("name = btrim(name) and name <> ''", name="name"),
    schema=SUPPORT,
    comment="School terms, campaigns and whatever else makes days unlike others.",
)
