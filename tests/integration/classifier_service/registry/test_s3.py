"""The registry on a real S3 server: the same answers as in a directory."""

import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import fsspec
import pytest

from classifier_service.errors import ArtefactRefusedError, RegistryError, UnknownVersionError
from classifier_service.registry.registry import Pointers, Registry
from classifier_service.registry.signing import SigningKey
from classifier_service.rules.defaults import default_rules
from tests.factories.models import make_bundle, make_card

KEY = SigningKey(b"k" * 32)
VERSION = make_card().version


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Address of an S3 server in a process of its own."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"{address}/moto-api/", timeout=5).close()  # noqa: S310 - our own server
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        yield address
        process.terminate()


@pytest.fixture
def url(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address of an empty registry in a bucket of its own."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tester")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    bucket = f"desk-{time.monotonic_ns()}"
    fsspec.filesystem("s3", skip_instance_cache=True).mkdir(bucket)
    return f"s3://{bucket}/classifier"


def test_models_and_rules_come_back_as_they_were(url: str) -> None:
    """Published through one client, read through another."""
    writer, reader = Registry.open(url, KEY), Registry.open(url, KEY)
    assert reader.pointers() == Pointers(None, None)
    assert reader.model_versions() == ()
    writer.promote(writer.publish_model(make_bundle(), make_card()))
    rules = writer.publish_rules(default_rules())
    assert reader.pointers() == Pointers(VERSION, rules)
    assert reader.model_versions() == (VERSION,)
    assert reader.load_model(VERSION) == (make_bundle(), make_card())
    assert reader.load_rules() == default_rules()


def test_promotion_and_rollback_are_seen_by_others(url: str) -> None:
    """A reader that has already looked sees what is promoted later: nothing is remembered."""
    writer, reader = Registry.open(url, KEY), Registry.open(url, KEY)
    for version in ("a", "b"):
        writer.promote(writer.publish_model(make_bundle(), make_card(version)))
        assert reader.champion() == version
    assert reader.rollback() == "a"
    assert writer.champion() == "a"


def test_an_altered_object_is_refused(url: str) -> None:
    """Somebody who can write to the bucket cannot have a model of theirs opened."""
    registry = Registry.open(url, KEY)
    registry.publish_model(make_bundle(), make_card())
    store = fsspec.filesystem("s3", skip_instance_cache=True)
    path = f"{url.removeprefix('s3://')}/models/{VERSION}/model.joblib"
    content = bytearray(store.cat_file(path))
    content[100] ^= 1
    store.pipe_file(path, bytes(content))
    with pytest.raises(ArtefactRefusedError, match="altered"):
        registry.load_model(VERSION)
    store.pipe_file(path, bytes(content[:-1]))
    with pytest.raises(ArtefactRefusedError, match="cut short"):
        registry.load_model(VERSION)
    with pytest.raises(UnknownVersionError):
        registry.load_model("none")


def test_publishers_at_the_same_time_lose_nothing(url: str) -> None:
    """Four publish and promote at once: all are there, and rolling back walks through all of them."""
    registries = [Registry.open(url, KEY) for _ in range(4)]

    def publish(registry: Registry, version: str) -> None:
        registry.promote(registry.publish_model(make_bundle(), make_card(version)))

    threads = [
        threading.Thread(target=publish, args=(registry, f"model-{number}"))
        for number, registry in enumerate(registries)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    registry = Registry.open(url, KEY)
    served = [registry.champion(), *(registry.rollback() for _ in range(3))]
    assert sorted(str(version) for version in served) == [f"model-{number}" for number in range(4)]


def test_a_bucket_that_is_not_there_is_one_clear_error(url: str) -> None:
    """Neither a stack of the client's own errors nor the address with what may stand in it."""
    with pytest.raises(RegistryError, match="reached"):
        Registry.open(f"{url.replace('desk-', 'none-')}", KEY).publish_model(make_bundle(), make_card())


def test_a_server_that_is_down_is_one_clear_error(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a replica sees while the store restarts; it keeps serving and asks again."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(RegistryError, match="reached"):
        Registry.open(url, KEY).pointers()
