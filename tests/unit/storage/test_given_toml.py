"""TOML that nobody means is refused at once, with the reason."""

import pytest

from storage.given_toml import toml_table


def test_a_table_is_read() -> None:
    text = 'zones = { "Africa/Gaborone" = 2 }\n[a.b."c.d"]\nhost = "a.b.c"\n'
    assert toml_table(text) == {"zones": {"Africa/Gaborone": 2}, "a": {"b": {"c.d": {"host": "a.b.c"}}}}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a = \n", "line 1"),
        ("a = " + "[" * 200_000, "nested too deeply"),
        ("a = " + "9" * 5_000, "thousands of digits"),
        ("a." * 50_000 + "a = 1", "more than 64 parts"),
        ("[" + '"a" . ' * 50_000 + "a]", "more than 64 parts"),
        ("x = { " + "'a'." * 50_000 + "a = 1 }", "more than 64 parts"),
        ("a" * 1_000_000, "Expected"),
    ],
)
def test_what_is_no_table_is_said(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        toml_table(text)
