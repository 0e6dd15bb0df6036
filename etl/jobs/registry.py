"""Every job there is."""

from typing import Final

from etl.jobs import (
    analyse_drivers,
    backup_database,
    check_data_quality,
    classify_tickets,
    compare_agents,
    find_anomalies,
    forecast_demand,
    learn_categories,
    measure_drift,
    plan_staffing,
    prune_history,
    publish_rules,
    rebuild_marts,
    reforecast_today,
    refresh_marts,
    retrain_classifier,
    score_churn,
    write_insights,
)
from etl.running.job import Job

# In the order of a first run: what a manager looks at first comes first. Insights come after the jobs they read from.
_MODULES: Final = (
    refresh_marts,
    rebuild_marts,
    publish_rules,
    learn_categories,
    classify_tickets,
    forecast_demand,
    reforecast_today,
    plan_staffing,
    compare_agents,
    find_anomalies,
    analyse_drivers,
    score_churn,
    write_insights,
    check_data_quality,
    prune_history,
    measure_drift,
    backup_database,
    retrain_classifier,
)

JOBS: Final[dict[str, Job]] = {module.JOB.name: module.JOB for module in _MODULES}
