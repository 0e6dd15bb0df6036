"""The metric page of the documentation, written from the metrics themselves.

Example:
    `python -m analytics.metrics_page > docs/metrics.md`
"""

import sys
from collections.abc import Iterable

from analytics.metrics import METRICS, Anchor, Better, Clock, Kind, Metric

_INTRODUCTION = """\
# Metrics

Made from `analytics/metrics/` by `make docs`; do not edit.

```
./run query resolution_time --by month --by category
./run query sla_attainment --by priority --from 2026-01-01 --to 2026-04-01 --format json
```

- Every number comes with **n**, what it is computed over, and says what was left out (spam, merged, test tickets).
- Times are shown as the median; the 90th percentile and the mean stand beside it. Percentiles interpolate between the
  two nearest tickets, as a spreadsheet does. Of fewer than 200 tickets they are exact; of more they are read from
  merged histograms, and each is within 2 % of the exact value. Sums and counts are always exact.
- **Not known is not zero.** Where a source does not give what a metric needs, its tickets are left out and counted
  beside the answer; where no source does, the answer is "not known from this source", with n 0.
- A day runs from midnight to the next midnight in the reporting time zone.
- A ticket whose source knows dates only has times in whole days, shown in days and never mixed with hours.
"""

_KINDS = {
    Kind.COUNT: "`{numerator}`",
    Kind.SHARE: "`{numerator}` ÷ `{denominator}`",
    Kind.MEAN: "`{numerator}` ÷ `{denominator}`",
    Kind.DURATION: "median of `{numerator}`",
    Kind.LEVEL: "running sum of `{numerator}` − `{denominator}`",
    Kind.DISTINCT: "different customers among `{numerator}`",
}

_DIRECTIONS = {Better.LOWER: "lower", Better.HIGHER: "higher", Better.NEITHER: "neither"}


def formula(metric: Metric) -> str:
    """Return how the metric is computed from its measures, for example `sla_met` ÷ `sla_completed`."""
    return _KINDS[metric.kind].format(numerator=metric.numerator, denominator=metric.denominator)


def _section(metric: Metric) -> Iterable[str]:
    clock = f" ({metric.clock} clock)" if metric.clock is not Clock.NONE else ""
    period = "Counted at the end of the period" if metric.anchor is Anchor.MOMENT else f"Counts what {_verb(metric)}"
    yield f"## {metric.label} (`{metric.slug}`)"
    yield metric.definition
    direction = _DIRECTIONS[metric.better]
    yield f"- Unit: {metric.unit}{clock}. Better: {direction}.\n- {period}.\n- From: {formula(metric)}."
    if metric.need:
        yield f"Not known of tickets whose source gives {metric.need.lacking}."
    if metric.pitfall:
        yield f"Take care: {metric.pitfall}"


def _verb(metric: Metric) -> str:
    return "was created in the period" if metric.anchor is Anchor.CREATED else "happened in the period"


def metrics_page() -> str:
    """Return the whole page as Markdown."""
    sections = [block for metric in METRICS.values() for block in _section(metric)]
    return "\n\n".join([_INTRODUCTION.rstrip(), *sections]) + "\n"


if __name__ == "__main__":
    sys.stdout.write(metrics_page())
