"""How customers are named in addresses."""

from hypothesis import given
from hypothesis import strategies as st

from analytics.customer_ids import customer_hash, customer_id, customer_path


@given(st.integers(-(2**63), 2**63 - 1))
def test_every_number_is_read_back(number: int) -> None:
    """Negative ones too; a name has sixteen characters that need no escaping."""
    name = customer_id(number)
    assert customer_hash(name) == number
    assert len(name) == 16
    assert customer_path(name) == f"/customers/{name}"


@given(st.text(max_size=20))
def test_anything_else_is_nobody(text: str) -> None:
    """Or it is exactly what names somebody."""
    found = customer_hash(text)
    assert found is None or customer_id(found) == text
