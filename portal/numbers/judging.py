"""Judges changes that are shown together: which are more than chance, and what the mix of tickets did to them."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from analytics.metrics import METRICS, Kind
from portal.numbers.comparing import clear, counter_chances, duration_chances, level_chance
from portal.numbers.filters import TicketFilters
from portal.numbers.mixing import duration_mixes, share_mixes
from portal.numbers.reading import NOT_JUDGED, Judged, Mix, Reading
from warehouse.metric_query import Key


def judged_changes(
    connection: sa.Connection, filters: TicketFilters, now: Mapping[str, Reading], before: Mapping[str, Reading]
) -> dict[str, Judged]:
    """Return what is known of the change of each metric that has a number in both periods.

    Args:
        connection: In a role that may read the marts.
        filters: Of the period.
        now: Metric -> its number.
        before: Metric -> its number in the comparison; {} when there is none.
    """
    compared = filters.compared()
    slugs = [slug for slug in before if before[slug].value is not None and slug in now and now[slug].value is not None]
    if compared is None or not slugs:
        return {}
    by_kind = {kind: tuple(slug for slug in slugs if METRICS[slug].kind is kind) for kind in Kind}
    counted = (*by_kind[Kind.COUNT], *by_kind[Kind.SHARE], *by_kind[Kind.MEAN])
    chances = dict(counter_chances(connection, filters, compared, counted)) if counted else {}
    mixes: dict[str, Mix | None] = dict(share_mixes(connection, filters, compared, counted)) if counted else {}
    for slug in by_kind[Kind.LEVEL]:
        chances[slug] = level_chance(connection, filters, compared, slug)
    for slug in by_kind[Kind.DURATION]:
        found = duration_chances(connection, filters, compared, slug).get(())
        chances[slug] = 1.0 if found is None else found.median
        mixes[slug], _ = duration_mixes(connection, filters, compared, slug, (now[slug], before[slug]))
    told = clear([chances[slug] for slug in chances])
    return {slug: Judged(is_clear, mixes.get(slug)) for slug, is_clear in zip(chances, told, strict=True)}


def judged_duration(
    connection: sa.Connection, filters: TicketFilters, slug: str, now: Reading, before: Reading | None
) -> tuple[Judged, Judged]:
    """Return what is known of the change of a median, and of what nine in ten stay under."""
    compared = filters.compared()
    if compared is None or before is None or now.value is None or before.value is None:
        return NOT_JUDGED, NOT_JUDGED
    found = duration_chances(connection, filters, compared, slug).get(())
    half, most = clear([None, None] if found is None else [found.median, found.p90])
    mix, mix_of_most = duration_mixes(connection, filters, compared, slug, (now, before))
    return Judged(half, mix), Judged(most, mix_of_most)


def judged_parts(
    connection: sa.Connection, filters: TicketFilters, slug: str, dimension: str, shown: Iterable[Key]
) -> dict[Key, Judged]:
    """Return what is known of the change of a duration's median, for each value of a dimension.

    Args:
        connection: In a role that may read the marts.
        filters: Of the period.
        slug: The duration.
        dimension: What it is split by.
        shown: The values that are shown together.
    """
    compared = filters.compared()
    if compared is None:
        return {}
    found = duration_chances(connection, filters, compared, slug, (dimension,))
    kept = [key for key in shown if (key,) in found]
    return dict(zip(kept, map(Judged, clear([found[(key,)].median for key in kept])), strict=True))
