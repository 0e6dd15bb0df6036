"""Who gets in: TLS, mutual TLS, tokens; and what is logged and counted of them."""

import logging
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import grpc
import pytest
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

from analytics.errors import SettingsError
from classifier_service.classification import Ticket
from classifier_service.client import ClassifierClient, ClientTls
from classifier_service.errors import ServiceAccessError, ServiceUnavailableError
from classifier_service.serving.callers import new_token, token_line
from protos.gen.classifier.v1 import classifier_service_pb2 as pb
from tests.fakes.classifier import FakeSource
from tests.integration.classifier_service.serving.certificates import Authority, CertificateFiles
from tests.integration.classifier_service.serving.raw_calls import raw_call, raw_stream
from tests.integration.classifier_service.serving.refusals import refused
from tests.integration.classifier_service.serving.serving_server import (
    SERVICE,
    Served,
    make_settings,
    serving,
    wait_until,
)

TICKET = Ticket("", "book_order please")


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """Signs for service and callers."""
    return Authority(tmp_path)


@pytest.fixture
def service(authority: Authority) -> CertificateFiles:
    """The service's certificate."""
    return authority.sign("service")


def tls_settings(service: CertificateFiles) -> dict[str, object]:
    """Return what sets up TLS."""
    return {"TLS_CERTIFICATE": service.certificate, "TLS_KEY": service.key}


def credentials(authority: Authority, own: CertificateFiles | None = None) -> grpc.ChannelCredentials:
    """Return a channel's credentials."""
    key, certificate = (own.key.read_bytes(), own.certificate.read_bytes()) if own else (None, None)
    return grpc.ssl_channel_credentials(authority.certificate.read_bytes(), key, certificate)


def test_over_tls_the_service_is_known_by_its_certificate(
    tmp_path: Path, authority: Authority, service: CertificateFiles, source: FakeSource
) -> None:
    """A client that trusts the authority gets its answer; in the clear, or trusting another, it gets none."""
    stranger = Authority(tmp_path, "stranger")
    settings = make_settings(tmp_path, **tls_settings(service))
    with serving(settings, source, credentials=credentials(authority)) as served:
        with ClassifierClient([served.address], tls=ClientTls(ca=authority.certificate)) as client:
            assert client.classify(TICKET).category.category == "book_order"
        with (
            ClassifierClient([served.address], tls=ClientTls(ca=stranger.certificate)) as client,
            pytest.raises(ServiceUnavailableError),
        ):
            client.classify(TICKET)
        with ClassifierClient([served.address]) as client, pytest.raises(ServiceUnavailableError):
            client.classify(TICKET)


def test_with_mutual_tls_a_caller_needs_a_certificate(
    tmp_path: Path, authority: Authority, service: CertificateFiles, source: FakeSource
) -> None:
    """The authority of callers decides, and the log has the name in the certificate."""
    own = authority.sign("billing")
    foreign = Authority(tmp_path, "stranger").sign("intruder")
    settings = make_settings(tmp_path, **tls_settings(service), TLS_CLIENT_CA=authority.certificate)
    with serving(settings, source, credentials=credentials(authority, own)) as served:
        tls = ClientTls(ca=authority.certificate, certificate=own.certificate, key=own.key)
        with ClassifierClient([served.address], tls=tls) as client:
            assert client.classify(TICKET).category.category == "book_order"
        for pair in (None, foreign):
            tls = ClientTls(ca=authority.certificate)
            if pair:
                tls = replace(tls, certificate=pair.certificate, key=pair.key)
            with (
                ClassifierClient([served.address], tls=tls) as client,
                pytest.raises(ServiceUnavailableError),
            ):
                client.classify(TICKET)


def test_the_name_in_a_certificate_is_counted(
    tmp_path: Path, authority: Authority, service: CertificateFiles, source: FakeSource
) -> None:
    """Metrics say who calls how often."""
    own = authority.sign("billing")
    overrides = tls_settings(service) | {"TLS_CLIENT_CA": authority.certificate, "METRICS_PORT": free_port()}
    with serving(make_settings(tmp_path, **overrides), source, credentials=credentials(authority, own)) as served:
        served.stub.GetModel(pb.GetModelRequest())
        wait_until(lambda: 'caller="billing",code="OK",method="GetModel"} 1.0' in metrics_of(served), "not counted")


def free_port() -> int:
    """Return a port that nobody listens on."""
    import socket  # noqa: PLC0415 - here only

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def metrics_of(served: Served) -> str:
    """Read `/metrics`."""
    with urlopen(f"http://127.0.0.1:{served.running.metrics_port}/metrics", timeout=5) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("missing", ["certificate", "key", "client_ca"])
def test_a_certificate_that_is_not_there_is_a_sentence(
    tmp_path: Path, service: CertificateFiles, source: FakeSource, missing: str
) -> None:
    """The service does not start in the clear instead."""
    overrides = tls_settings(service) | {f"TLS_{missing.upper()}": tmp_path / "nowhere.pem"}
    with (
        pytest.raises(SettingsError, match="cannot be read: no such file"),
        serving(make_settings(tmp_path, **overrides), source),
    ):
        pass


@pytest.fixture
def token() -> str:
    """The token of the caller named desk."""
    return new_token()


@pytest.fixture
def tokens_file(tmp_path: Path, token: str) -> Path:
    """Lets two callers in."""
    path = tmp_path / "tokens"
    path.write_text(f"# callers\n{token_line('other', new_token())}\n\n{token_line('desk', token)}\n")
    return path


def test_a_token_lets_its_caller_in(
    tmp_path: Path, tokens_file: Path, token: str, source: FakeSource, caplog: pytest.LogCaptureFixture
) -> None:
    """Without one, or with another, nothing is answered but health; the caller's name is in log and metrics."""
    caplog.set_level(logging.DEBUG, "classifier_service")
    settings = make_settings(tmp_path, TOKENS_FILE=tokens_file, METRICS_PORT=free_port())
    with serving(settings, source) as served:
        with ClassifierClient([served.address], token=token) as client:
            assert client.classify(TICKET).category.category == "book_order"
        for wrong in (None, "", new_token(), token[:-1], f"{token}x"):
            with ClassifierClient([served.address], token=wrong) as client, pytest.raises(ServiceAccessError):
                client.classify(TICKET)
        assert served.status() == 1
        counted = metrics_of(served)
    assert 'classifier_calls_total{caller="desk",code="OK",method="ClassifyTicket"} 1.0' in counted
    assert 'classifier_calls_total{caller="unknown",code="UNAUTHENTICATED",method="ClassifyTicket"} 5.0' in counted
    logged = "".join(str(record.__dict__) for record in caplog.records)
    assert "'desk'" in logged
    assert token not in logged
    assert "please" not in logged


def test_a_token_is_needed_for_every_method_and_for_reflection(
    tmp_path: Path, tokens_file: Path, source: FakeSource
) -> None:
    """Also for bytes that are no message: nothing is said about them to a stranger."""
    with serving(make_settings(tmp_path, TOKENS_FILE=tokens_file), source) as served:
        for method in ("ClassifyTicket", "BatchClassifyTickets", "ExplainTicket", "ListCategories", "GetModel"):
            with refused(grpc.StatusCode.UNAUTHENTICATED):
                raw_call(served.channel, f"/{SERVICE}/{method}", b"\x0a\xff")
        for path in (
            f"/{SERVICE}/StreamClassifyTickets",
            "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        ):
            with refused(grpc.StatusCode.UNAUTHENTICATED):
                raw_stream(served.channel, path, [b"\x0a\xff"])


def test_a_changed_tokens_file_is_taken_up(tmp_path: Path, tokens_file: Path, token: str, source: FakeSource) -> None:
    """A caller can be let in or turned away without a restart; a broken file changes nothing."""
    with serving(make_settings(tmp_path, TOKENS_FILE=tokens_file), source) as served:
        newcomer = new_token()
        tokens_file.write_text(token_line("newcomer", newcomer))
        with ClassifierClient([served.address], token=newcomer) as client:
            wait_until(lambda: is_let_in(client), "the newcomer was never let in")
            tokens_file.write_text("not a line of the right form")
            with ClassifierClient([served.address], token=token) as former:
                assert not is_let_in(former)
            assert is_let_in(client)


def is_let_in(client: ClassifierClient) -> bool:
    """Say whether a client gets an answer."""
    try:
        client.model()
    except ServiceAccessError:
        return False
    return True


def test_reflection_shows_the_contract(served: Served) -> None:
    """A shell can call the service without having the contract's file."""
    database = ProtoReflectionDescriptorDatabase(served.channel)
    assert SERVICE in database.get_services()
    file = database.FindFileContainingSymbol(SERVICE)
    assert {method.name for method in file.service[0].method} == {
        "ClassifyTicket",
        "BatchClassifyTickets",
        "StreamClassifyTickets",
        "ExplainTicket",
        "ListCategories",
        "GetModel",
    }
