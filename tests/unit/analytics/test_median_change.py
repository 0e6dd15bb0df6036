"""When a longer median is worth a look: by its size and by its n."""

import pytest

from analytics.median_change import is_worth_a_look


@pytest.mark.parametrize(
    ("now", "before", "n", "expected"), [(11.0, 10.0, 30, True), (10.9, 10.0, 30, False), (20.0, 10.0, 29, False)]
)
def test_a_tenth_longer_over_thirty_is_worth_a_look(now: float, before: float, n: int, *, expected: bool) -> None:
    """A change of less, or over fewer, is not."""
    assert is_worth_a_look(now, before, n) is expected
