"""Addresses of replicas, and the names that gRPC gives them."""

from pathlib import Path

import pytest

from analytics.errors import SettingsError
from classifier_service.classification import Ticket
from classifier_service.client import ClassifierClient
from classifier_service.client.connection import ClientTls, metadata_of, open_channel, target_of
from classifier_service.errors import ServiceFailedError


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
    for path in (tmp_path / "nowhere.pem", str(tmp_path / "nowhere.pem")):
        with pytest.raises(SettingsError, match=r"nowhere\.pem"):
            open_channel(["localhost:1"], ClientTls(ca=path))


def test_a_file_that_is_no_certificate_is_told_at_once(tmp_path: Path) -> None:
    """And not as a service that never answers; a path may be text."""
    (tmp_path / "key.pem").write_text("a secret", "ascii")
    with pytest.raises(SettingsError, match="is no PEM file"):
        open_channel(["localhost:1"], ClientTls(ca=str(tmp_path / "key.pem")))


def test_a_token_is_sent_as_it_was_made() -> None:
    """Read from a file it ends with a line end; what no token has is refused."""
    assert metadata_of("abc\n") == (("authorization", "Bearer abc"),)
    assert metadata_of(None) == metadata_of(" ") == ()
    for token in ("a\nb", "caf\u00e9"):
        with pytest.raises(SettingsError, match="token"):
            metadata_of(token)


def test_a_closed_client_says_so() -> None:
    """By an error that its documentation names."""
    client = ClassifierClient("127.0.0.1:1")
    client.close()
    with pytest.raises(ServiceFailedError, match="closed"):
        client.classify(Ticket("Where is it?", ""))
    with pytest.raises(ServiceFailedError, match="closed"):
        next(client.stream([("1", Ticket("Where is it?", ""))]))
