"""What may be said of a part against the rest."""

from hypothesis import given
from hypothesis import strategies as st

from analytics.standing import Standing, standings

SIZES = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=8)


def test_a_part_far_from_the_others_is_told_and_a_small_one_is_not() -> None:
    """Large differences among many are clear; four ratings say nothing, whatever they are."""
    assert standings([90, 60, 3], [100, 100, 4]) == (Standing.ABOVE, Standing.BELOW, Standing.TOO_FEW)


def test_parts_that_are_alike_cannot_be_told_apart() -> None:
    """Equal shares are never called better or worse."""
    assert set(standings([60, 61, 59], [100, 100, 100])) == {Standing.ALIKE}


def test_a_part_that_is_all_there_is_has_nothing_to_stand_against() -> None:
    """One part alone cannot be compared."""
    assert standings([60], [100]) == (Standing.TOO_FEW,)


@given(SIZES)
def test_above_means_a_higher_share_than_the_others(pairs: list[tuple[int, int]]) -> None:
    """Whatever the numbers, the word agrees with the shares themselves."""
    counts, sizes = [good for good, _ in pairs], [good + bad for good, bad in pairs]
    for place, said in enumerate(standings(counts, sizes)):
        if said in {Standing.ABOVE, Standing.BELOW}:
            others = (sum(counts) - counts[place]) / (sum(sizes) - sizes[place])
            assert (counts[place] / sizes[place] > others) is (said is Standing.ABOVE)
