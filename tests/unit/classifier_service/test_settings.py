"""The service's settings come from the environment, checked."""

from pathlib import Path

import pytest

from analytics.errors import SettingsError
from classifier_service.settings import RegistrySettings, ServiceSettings, TlsFiles

LEAST = {"CLASSIFIER_REGISTRY_URL": "models", "CLASSIFIER_SIGNING_KEY": "k" * 32}


def test_all_but_the_registry_has_a_default() -> None:
    """A service on one machine needs nothing else."""
    settings = ServiceSettings.from_environment(LEAST)
    assert (settings.host, settings.port, settings.tls, settings.tokens_file) == ("127.0.0.1", 50051, None, None)
    assert (settings.processes, settings.metrics_port, settings.poll_seconds) == (1, None, 3)
    assert settings.registry == RegistrySettings("models", "k" * 32, None)


def test_what_is_set_is_read() -> None:
    """Every variable."""
    settings = ServiceSettings.from_environment(
        {
            "CLASSIFIER_REGISTRY_URL": "s3://bucket/models",
            "CLASSIFIER_SIGNING_KEY_FILE": "/run/secrets/key",
            "CLASSIFIER_ADDRESS": "[::]:6000",
            "CLASSIFIER_TLS_CERTIFICATE": "/tls/crt",
            "CLASSIFIER_TLS_KEY": "/tls/key",
            "CLASSIFIER_TLS_CLIENT_CA": "/tls/ca",
            "CLASSIFIER_TOKENS_FILE": "/tokens",
            "CLASSIFIER_MAX_REQUEST_BYTES": "2048",
            "CLASSIFIER_MAX_CONTENT_CHARACTERS": "10",
            "CLASSIFIER_WORKER_THREADS": "4",
            "CLASSIFIER_PROCESSES": "2",
            "CLASSIFIER_METRICS_PORT": "9090",
            "CLASSIFIER_POLL_SECONDS": "5",
            "CLASSIFIER_DRAIN_SECONDS": "0",
            "CLASSIFIER_GRACE_SECONDS": "30",
            "CLASSIFIER_LOG_LEVEL": "DEBUG",
        }
    )
    assert settings == ServiceSettings(
        "[::]:6000",
        RegistrySettings("s3://bucket/models", None, Path("/run/secrets/key")),
        TlsFiles(Path("/tls/crt"), Path("/tls/key"), Path("/tls/ca")),
        Path("/tokens"),
        max_request_bytes=2048,
        max_content_characters=10,
        worker_threads=4,
        processes=2,
        metrics_port=9090,
        poll_seconds=5,
        drain_seconds=0,
        grace_seconds=30,
        log_level="debug",
    )
    assert (settings.host, settings.port) == ("[::]", 6000)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CLASSIFIER_ADDRESS", "localhost"),
        ("CLASSIFIER_ADDRESS", ":50051"),
        ("CLASSIFIER_ADDRESS", "localhost:70000"),
        ("CLASSIFIER_ADDRESS", "localhost:٥"),
        ("CLASSIFIER_REGISTRY_URL", ""),
        ("CLASSIFIER_SIGNING_KEY", ""),
        ("CLASSIFIER_TLS_CERTIFICATE", "/crt"),
        ("CLASSIFIER_TLS_KEY", "/key"),
        ("CLASSIFIER_TLS_CLIENT_CA", "/ca"),
        ("CLASSIFIER_MAX_REQUEST_BYTES", "many"),
        ("CLASSIFIER_MAX_CONTENT_CHARACTERS", "0"),
        ("CLASSIFIER_WORKER_THREADS", "-1"),
        ("CLASSIFIER_PROCESSES", "1.5"),
        ("CLASSIFIER_METRICS_PORT", "65536"),
        ("CLASSIFIER_POLL_SECONDS", "0"),
        ("CLASSIFIER_DRAIN_SECONDS", "²"),
        ("CLASSIFIER_GRACE_SECONDS", "301"),
        ("CLASSIFIER_LOG_LEVEL", "loud"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_variable(name: str, value: str) -> None:
    """With what to write instead."""
    with pytest.raises(SettingsError, match=name) as caught:
        ServiceSettings.from_environment(LEAST | {name: value})
    assert caught.value.hint


def test_the_key_is_never_shown() -> None:
    """Settings may end up in a log."""
    assert "kkkk" not in repr(ServiceSettings.from_environment(LEAST))
