"""Every metric the product shows, defined once.

A metric is named by its slug. It is computed from additive *measures* (whole numbers summed over the rollups) or
from a duration histogram; `warehouse.rollups` says how each measure is counted. The definition is the sentence a
reader sees next to the number.
"""

from analytics.errors import SupportAnalyticsError, nearest
from analytics.metrics.contacts import CONTACTS
from analytics.metrics.model import Anchor, Better, Clock, Kind, Metric, Need
from analytics.metrics.reopenings import REOPENINGS
from analytics.metrics.satisfaction import SATISFACTION
from analytics.metrics.sla import SLA
from analytics.metrics.times import TIMES
from analytics.metrics.volume import VOLUME

__all__ = ["METRICS", "Anchor", "Better", "Clock", "Kind", "Metric", "Need", "UnknownMetricError", "metric_by_slug"]

METRICS: dict[str, Metric] = {
    metric.slug: metric for metric in (*VOLUME, *TIMES, *REOPENINGS, *SLA, *SATISFACTION, *CONTACTS)
}


class UnknownMetricError(SupportAnalyticsError, LookupError):
    """Raised when a slug names no metric."""

    def __init__(self, slug: str) -> None:
        """Name the unknown slug and list the known ones."""
        super().__init__(f"There is no metric {slug!r}.{nearest(slug, METRICS)}", f"Known: {', '.join(METRICS)}.")


def metric_by_slug(slug: str) -> Metric:
    """Return the metric with a slug.

    Raises:
        UnknownMetricError: If no metric has the slug.
    """
    try:
        return METRICS[slug]
    except KeyError:
        raise UnknownMetricError(slug) from None
