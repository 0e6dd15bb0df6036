"""Words agree with the number before them."""

import pytest

from etl.importing.counted import Counted


@pytest.mark.parametrize(("count", "said"), [(0, "0 rows wait"), (1, "1 row waits"), (1_200, "1,200 rows wait")])
def test_words_agree_with_the_number(count: int, said: str) -> None:
    """One takes the singular, none and many take the plural."""
    assert f"{Counted(count):,} {Counted(count):row waits/rows wait}" == said
