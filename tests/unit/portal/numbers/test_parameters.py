"""What is read of an address after its "?"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.numbers.parameters import LONGEST, parameter_pairs, parameters


@pytest.mark.parametrize("search", ["", "?", "??", "nothing", "?name=", "?&&;"])
def test_an_address_without_values_has_no_parameters(search: str) -> None:
    """A name alone asks for nothing."""
    assert parameters(search) == {}


def test_parameters_keep_their_order_and_the_last_of_a_name_counts() -> None:
    """With or without the question mark, and decoded."""
    assert parameter_pairs("?b=1&a=two+words&b=%C3%A9") == [("b", "1"), ("a", "two words"), ("b", "é")]
    assert parameters("b=1&a=2&b=3") == {"b": "3", "a": "2"}


def test_the_end_of_an_endless_address_is_not_read() -> None:
    """Whatever somebody sends, reading it takes no longer than this."""
    assert parameters(f"?a={'x' * LONGEST}&b=1") == {"a": "x" * (LONGEST - 2)}


@given(st.text())
def test_no_address_is_an_error(search: str) -> None:
    """Bytes that are no text become question marks."""
    assert all(value for _, value in parameter_pairs(search))
