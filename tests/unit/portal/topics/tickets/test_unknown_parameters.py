"""What an address asks for and nobody knows."""

import pytest

from portal.numbers.parameters import LONGEST
from portal.topics.tickets.unknown_parameters import NoSuchMetricError, refuse_unknown_metric, unknown_parameters

OWN = {"Product Line": "custom.product_line", "product_line": "custom.product_line"}


@pytest.mark.parametrize(
    ("search", "sentence"),
    [
        ("?Kanal=email", "There is no parameter “Kanal”."),
        (
            "?product_line=Router",
            "There is no parameter “product_line”. The desk's own dimension is “custom.product_line”.",
        ),
        (
            "?Product+Line=Router",
            "There is no parameter “Product Line”. The desk's own dimension is “custom.product_line”.",
        ),
        (
            "?channel=email&channel=chat",
            "The parameter “channel” is there twice. Write its values once, with commas between them.",
        ),
        (f"?q={'x' * LONGEST}", "The address is too long: no more than 8,000 characters are read."),
    ],
)
def test_what_would_be_left_out_is_said(search: str, sentence: str) -> None:
    assert unknown_parameters(search, OWN) == (sentence,)


@pytest.mark.parametrize(
    "search",
    [
        "",
        "?period=all&compare=none&channel=email,~&custom.product_line=Router&metric=csat&part=numerator&hour=9",
        "?from=2026-01-01&to=2026-02-01&q=a&sort=priority&after=x&before=y&text=all&precision=date",
        "?utm_source=mail&utm_source=again&gclid=1&fbclid=2&channel=email",
    ],
)
def test_what_lists_know_and_what_others_append_is_not_worth_a_word(search: str) -> None:
    assert unknown_parameters(search, OWN) == ()


def test_a_metric_that_does_not_exist_has_no_tickets() -> None:
    refuse_unknown_metric("?metric=csat")
    refuse_unknown_metric("")
    with pytest.raises(NoSuchMetricError, match="There is no metric “nonsense”"):
        refuse_unknown_metric("?metric=nonsense")
