"""Addresses of replicas, and the names that gRPC gives them."""

from pathlib import Path

import pytest

from analytics.errors import SettingsError
from classifier_service.client.connection import ClientTls, open_channel, target_of


@pytest.mark.parametrize(
    ("addresses", "target"),
    [
        (["classifier:50051"], "dns:///classifier:50051"),
        (["127.0.0.1:50051"], "dns:///127.0.0.1:50051"),
        (["10.0.0.1:1", "10.0.0.2:2"], "ipv4:10.0.0.1:1,10.0.0.2:2"),
        (["[::1]:1", "[::2]:2"], "ipv6:[::1]:1,[::2]:2"),
    ],
)
def test_addresses_become_one_target(addresses: list[str], target: str) -> None:
    """One name stands for all it resolves to; IP addresses are taken as they are."""
    assert target_of(addresses) == target


@pytest.mark.parametrize("addresses", [[], ["one:1", "two:2"], ["10.0.0.1:1", "[::1]:2"], ["host"], ["host:x"], [":1"]])
def test_addresses_that_cannot_be_used_are_refused(addresses: list[str]) -> None:
    """With a way out."""
    with pytest.raises(SettingsError) as caught:
        target_of(addresses)
    assert caught.value.hint


def test_a_certificate_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    """And not a connection in the clear."""
    with pytest.raises(SettingsError, match=r"nowhere\.pem"):
        open_channel(["localhost:1"], ClientTls(ca=tmp_path / "nowhere.pem"))
