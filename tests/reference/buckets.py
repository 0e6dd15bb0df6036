"""The bucket of a duration, by itself; the product asks PostgreSQL for it with `analytics.histograms.bucket_sql`."""

from bisect import bisect_right

from analytics.histograms import THRESHOLDS


def bucket_of(seconds: int) -> int:
    """Return the bucket of a duration in whole seconds; clocks that disagree (below zero) count as 0."""
    return bisect_right(THRESHOLDS, seconds)
