"""PostgreSQL packs, adds and compacts histograms exactly as Python reads them."""

from itertools import starmap

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.packed_histograms import LAST_DAY, counts_of, pack
from tests.conftest import examples
from tests.integration.conftest import Database

ENTRIES = st.lists(st.tuples(st.integers(0, LAST_DAY), st.integers(-70_000, 70_000)), max_size=12)
_PROPERTY = settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])


def _filled(packed: bytes) -> dict[int, int]:
    counts = counts_of(packed)
    return {int(bucket): int(counts[bucket]) for bucket in np.flatnonzero(counts)}


def _value(database: Database, expression: str, **values: object) -> bytes:
    with database.engine.connect() as connection:
        return bytes(connection.execute(sa.text(f"select {expression}"), values).scalar_one())


@_PROPERTY
@given(bucket=st.integers(0, LAST_DAY), count=st.integers(-70_000, 70_000).filter(bool))
def test_an_entry_made_in_sql_is_the_one_made_in_python(database: Database, bucket: int, count: int) -> None:
    """However many there are, both make histograms that hold the same."""
    made = _value(database, "marts.histogram_entry(:bucket, :n)", bucket=bucket, n=count)
    assert _filled(made) == _filled(pack(bucket, count)) == {bucket: count}


@_PROPERTY
@given(entries=ENTRIES)
def test_compacting_keeps_every_bucket_and_names_each_once(database: Database, entries: list[tuple[int, int]]) -> None:
    """A compacted histogram holds the same, in order, and compacting it again changes nothing."""
    packed = b"".join(starmap(pack, entries))
    compact = _value(database, "marts.compact_histogram(:packed)", packed=packed)
    assert _filled(compact) == _filled(packed)
    assert _value(database, "marts.compact_histogram(:packed)", packed=compact) == compact
    assert compact == b"".join(starmap(pack, sorted(_filled(packed).items())))


@pytest.mark.parametrize("additions", [3, 400])
def test_a_histogram_that_is_added_to_again_and_again_stays_short(database: Database, additions: int) -> None:
    """Entries that cancel out are dropped before they outgrow what is left."""
    packed = pack(5, 1)
    for _ in range(additions):
        packed = _value(database, "marts.added_histograms(:one, :other, 1)", one=packed, other=pack(9, 1) + pack(9, -1))
    assert _filled(packed) == {5: 1}
    assert len(packed) <= 8 + 256
