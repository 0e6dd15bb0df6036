"""The registry gives back exactly what was published, and refuses everything else before opening it."""

import io
import pickle
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import joblib
import orjson
import pytest
import sklearn

from classifier_service.errors import ArtefactRefusedError, NothingPublishedError, RegistryError, UnknownVersionError
from classifier_service.registry import manifest
from classifier_service.registry.manifest import Manifest
from classifier_service.registry.registry import Pointers, Registry
from classifier_service.registry.signing import SigningKey
from classifier_service.rules.defaults import default_rules
from classifier_service.rules.document import RulesDocument
from tests.factories.models import make_bundle, make_card

KEY = SigningKey(b"k" * 32)
VERSION = make_card().version


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A directory whose name has a space in it."""
    return tmp_path / "my models"


@pytest.fixture
def registry(root: Path) -> Registry:
    """An empty registry."""
    return Registry.open(str(root), KEY)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What joblib was asked to open."""
    asked: list[object] = []
    load = joblib.load

    def watched(file: object) -> object:
        asked.append(file)
        return load(file)

    monkeypatch.setattr(joblib, "load", watched)
    return asked


def rules(reason: str) -> RulesDocument:
    """Return the default rules with another description of the first category."""
    fields = orjson.loads(default_rules().to_json())
    fields["categories"][0]["description"] = reason
    return RulesDocument.from_json(orjson.dumps(fields))


def test_an_empty_registry_says_so(registry: Registry) -> None:
    """Nothing serves, nothing is listed, nothing can be rolled back to."""
    assert registry.pointers() == Pointers(None, None)
    assert registry.model_versions() == ()
    with pytest.raises(NothingPublishedError):
        registry.load_rules()
    with pytest.raises(NothingPublishedError):
        registry.rollback()
    with pytest.raises(UnknownVersionError):
        registry.promote(VERSION)


def test_a_model_comes_back_as_it_was(registry: Registry) -> None:
    """Bundle and card are those that were published; publishing alone lets nothing serve."""
    assert registry.publish_model(make_bundle(), make_card()) == VERSION
    assert registry.load_model(VERSION) == (make_bundle(), make_card())
    assert registry.model_card(VERSION) == make_card()
    assert registry.model_versions() == (VERSION,)
    assert registry.champion() is None


def test_a_version_never_changes(registry: Registry) -> None:
    """A second model of the same name is refused, and the first one stays."""
    registry.publish_model(make_bundle(), make_card())
    with pytest.raises(RegistryError, match="already"):
        registry.publish_model(make_bundle(abstention_threshold=0.9), make_card())
    assert registry.load_model(VERSION)[0].abstention_threshold == 0.5


def test_an_unfinished_upload_is_no_model(registry: Registry, root: Path) -> None:
    """A publisher that was killed before the manifest leaves nothing that could be loaded or is listed."""
    registry.publish_model(make_bundle(), make_card())
    (root / "models" / VERSION / "manifest.json").unlink()
    assert registry.model_versions() == ()
    with pytest.raises(UnknownVersionError):
        registry.load_model(VERSION)


def test_promotion_and_rollback(registry: Registry) -> None:
    """A rollback goes back step by step, to what served before, and stops at the first."""
    for version in "abc":
        registry.publish_model(make_bundle(), make_card(version))
        registry.promote(version)
        registry.promote(version)
        assert registry.champion() == version
    assert [registry.rollback(), registry.rollback()] == ["b", "a"]
    with pytest.raises(NothingPublishedError):
        registry.rollback()
    assert registry.pointers().champion == "a"


def flip(path: Path) -> None:
    """Change one bit in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    """Lose the second half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def pad(path: Path) -> None:
    """Add something."""
    path.write_bytes(path.read_bytes() + b" ")


def empty(path: Path) -> None:
    """Lose everything."""
    path.write_bytes(b"")


@pytest.mark.parametrize("name", ["model.joblib", "model_card.json", "manifest.json"])
@pytest.mark.parametrize("harm", [flip, cut, pad, empty])
def test_a_harmed_model_is_not_opened(
    registry: Registry, root: Path, opened: list[object], name: str, harm: Callable[[Path], None]
) -> None:
    """Whichever file was harmed and however, joblib is never asked, and the champion stays."""
    for version in (VERSION, "good"):
        registry.publish_model(make_bundle(), make_card(version))
    registry.promote("good")
    harmed = root / "models" / VERSION / name
    harm(harmed)
    if name == "manifest.json" and harm is pad:
        # White space after a JSON document is no part of what it says.
        assert registry.load_model(VERSION)[1] == make_card()
        return
    with pytest.raises(ArtefactRefusedError):
        registry.promote(VERSION)
    if name != "model_card.json":
        with pytest.raises(ArtefactRefusedError):
            registry.load_model(VERSION)
        assert opened == []
    with pytest.raises(ArtefactRefusedError):
        registry.load_model(VERSION)
    assert registry.champion() == "good"


class Planted:
    """A pickle that runs something when it is opened."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Say what to run."""
        return Path.touch, (Path("planted"),)


def test_a_planted_pickle_never_runs(
    registry: Registry, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who can write to the store, but has no key, gets nothing run."""
    monkeypatch.chdir(tmp_path)
    registry.publish_model(make_bundle(), make_card())
    stream = io.BytesIO()
    joblib.dump(Planted(), stream)
    directory = root / "models" / VERSION
    (directory / "model.joblib").write_bytes(stream.getvalue())
    files = {name: (directory / name).read_bytes() for name in ("model.joblib", "model_card.json")}
    forged = SigningKey(b"x" * 32).seal(f"manifest of model {VERSION}", Manifest.of(VERSION, files).to_json())
    (directory / "manifest.json").write_bytes(forged)
    with pytest.raises(ArtefactRefusedError, match="signature"):
        registry.load_model(VERSION)
    assert not (tmp_path / "planted").exists()
    pickle.loads(pickle.dumps(Planted()))  # noqa: S301 - shows that it would have run
    assert (tmp_path / "planted").exists()


def test_a_model_cannot_take_the_place_of_another(registry: Registry, root: Path, opened: list[object]) -> None:
    """A signed model copied under another's name is refused: its signature names its version."""
    registry.publish_model(make_bundle(), make_card("old"))
    registry.publish_model(make_bundle(), make_card("new"))
    for path in (root / "models" / "old").iterdir():
        (root / "models" / "new" / path.name).write_bytes(path.read_bytes())
    with pytest.raises(ArtefactRefusedError, match="signature"):
        registry.load_model("new")
    assert opened == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("ARTEFACT_FORMAT", 99, "version of the product"), ("python_version", "2.7", "Python 2.7")],
)
def test_a_model_of_other_versions_is_not_opened(
    registry: Registry, opened: list[object], monkeypatch: pytest.MonkeyPatch, name: str, value: object, words: str
) -> None:
    """A pickle of another product version or Python would open to something else than was trained."""
    with monkeypatch.context() as patch:
        patch.setattr(manifest, name, value if name == "ARTEFACT_FORMAT" else lambda: value)
        registry.publish_model(make_bundle(), make_card())
    with pytest.raises(ArtefactRefusedError, match=words):
        registry.load_model(VERSION)
    with pytest.raises(ArtefactRefusedError, match=words):
        registry.promote(VERSION)
    assert opened == []


def test_a_model_of_another_scikit_learn_is_not_opened(
    registry: Registry, opened: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """scikit-learn promises nothing across its own versions; the message names both."""
    with monkeypatch.context() as patch:
        patch.setattr(manifest, "installed_version", lambda _name: "0.18")
        registry.publish_model(make_bundle(), make_card())
    with pytest.raises(ArtefactRefusedError, match=r"0\.18.*" + sklearn.__version__):
        registry.load_model(VERSION)
    assert opened == []


def test_something_else_than_a_bundle_is_refused(registry: Registry) -> None:
    """A signed pickle of another thing is no model."""
    registry.publish_model({"not": "a bundle"}, make_card())  # type: ignore[arg-type]
    with pytest.raises(ArtefactRefusedError, match="something else"):
        registry.load_model(VERSION)


@pytest.mark.parametrize("version", ["../../etc", "a/b", "", ".", "a" * 101, "a b", "a\n"])
def test_a_version_is_no_path(registry: Registry, version: str) -> None:
    """Versions come from callers; none leads out of the registry."""
    for ask in (registry.load_model, registry.promote, registry.model_card):
        with pytest.raises(UnknownVersionError):
            ask(version)
    with pytest.raises((UnknownVersionError, NothingPublishedError)):
        registry.load_rules(version)
    with pytest.raises(UnknownVersionError):
        registry.publish_model(make_bundle(), make_card(version))


@pytest.mark.parametrize("harm", [flip, cut, empty])
@pytest.mark.parametrize("name", ["champion", "rules"])
def test_a_harmed_pointer_is_refused(registry: Registry, root: Path, name: str, harm: Callable[[Path], None]) -> None:
    """Nobody without the key decides what serves."""
    registry.publish_model(make_bundle(), make_card())
    registry.promote(VERSION)
    registry.publish_rules(default_rules())
    harm(root / f"{name}.json")
    with pytest.raises(ArtefactRefusedError):
        registry.pointers()


def test_rules_are_versions_too(registry: Registry) -> None:
    """Each saving is a version; the last serves, earlier ones stay, and saving the same again is no new one."""
    first = registry.publish_rules(default_rules())
    second = registry.publish_rules(rules("Orders of books"))
    assert first < second
    assert registry.publish_rules(rules("Orders of books")) == second
    assert registry.pointers() == Pointers(None, second)
    assert registry.load_rules() == rules("Orders of books")
    assert registry.load_rules(first) == default_rules()
    third = registry.publish_rules(default_rules())
    assert third > second
    with pytest.raises(UnknownVersionError):
        registry.load_rules("000099-aaaaaaaa")


def test_altered_rules_are_refused(registry: Registry, root: Path) -> None:
    """Rules decide what is filed where, so they are signed like a model."""
    version = registry.publish_rules(default_rules())
    flip(root / "rules" / f"{version}.json")
    with pytest.raises(ArtefactRefusedError):
        registry.load_rules()


def test_writers_at_the_same_time_lose_nothing(root: Path) -> None:
    """Eight publish and promote at once: all eight models and rules are there, and all agree on what serves."""
    start = threading.Barrier(8)
    failures: list[BaseException] = []

    def publish(number: int) -> None:
        registry = Registry.open(str(root), KEY)
        start.wait()
        try:
            registry.promote(registry.publish_model(make_bundle(), make_card(f"model-{number}")))
            registry.publish_rules(rules(f"Rules {number}"))
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=publish, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    registry = Registry.open(str(root), KEY)
    assert failures == []
    assert registry.model_versions() == tuple(f"model-{number}" for number in range(8))
    assert len(list((root / "promotions").iterdir())) == 8
    assert len(list((root / "rules").iterdir())) == 8
    served = [registry.champion(), *(registry.rollback() for _ in range(7))]
    assert sorted(str(version) for version in served) == [f"model-{number}" for number in range(8)]
    assert registry.rules_version() == max(path.stem for path in (root / "rules").iterdir())


@pytest.mark.parametrize("url", ["ftp-of-nobody://x/y", "s9://bucket"])
def test_an_address_of_no_known_kind_is_refused(url: str) -> None:
    """The message says which kinds there are."""
    with pytest.raises(RegistryError, match="address"):
        Registry.open(url, KEY)


def test_a_store_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    """A file where the directory should be."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(RegistryError, match="reached"):
        Registry.open(str(tmp_path / "taken"), KEY).publish_model(make_bundle(), make_card())
