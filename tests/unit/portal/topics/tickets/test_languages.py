"""Readers see languages by name."""

import pytest

from portal.topics.tickets.languages import language_name


@pytest.mark.parametrize(("code", "name"), [("tn", "Setswana"), ("EN", "English"), ("nso", "Sepedi"), ("xx", "xx")])
def test_a_code_is_read_as_a_name(code: str, name: str) -> None:
    """What has no name here is shown as it came."""
    assert language_name(code) == name
