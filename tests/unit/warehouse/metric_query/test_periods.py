"""A period is cut into whole cells without gap or overlap, coarsest first."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from warehouse.metric_query.periods import Stretch, cover
from warehouse.rollups.declaration import Grain

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(start=DAYS, end=DAYS, grains=st.frozensets(st.sampled_from(Grain)))
def test_the_stretches_are_exactly_the_period(start: date, end: date, grains: frozenset[Grain]) -> None:
    stretches = sorted(cover(start, end, grains), key=lambda each: each.start)
    days = [each.start + timedelta(days=number) for each in stretches for number in range((each.end - each.start).days)]
    assert days == [start + timedelta(days=number) for number in range((end - start).days)]


@given(start=DAYS, end=DAYS, grains=st.frozensets(st.sampled_from(Grain)))
def test_every_stretch_is_made_of_whole_cells_of_its_grain(start: date, end: date, grains: frozenset[Grain]) -> None:
    for each in cover(start, end, grains):
        assert each.grain is None or each.grain in grains
        if each.grain is Grain.MONTH:
            assert each.start.day == each.end.day == 1


def test_two_years_are_read_as_months_and_the_rest_as_days() -> None:
    grains = frozenset({Grain.MONTH, Grain.DAY})
    assert set(cover(date(2024, 1, 30), date(2026, 2, 3), grains)) == {
        Stretch(date(2024, 1, 30), date(2024, 2, 1), Grain.DAY),
        Stretch(date(2024, 2, 1), date(2026, 2, 1), Grain.MONTH),
        Stretch(date(2026, 2, 1), date(2026, 2, 3), Grain.DAY),
    }


def test_what_no_grain_fits_is_read_from_facts() -> None:
    period = (date(2026, 1, 2), date(2026, 1, 5))
    assert list(cover(*period, frozenset({Grain.MONTH}))) == [Stretch(*period, None)]
