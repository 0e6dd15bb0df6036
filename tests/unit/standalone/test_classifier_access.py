"""The classifier of a data directory keeps its port and its token."""

import socket
from pathlib import Path

from classifier_service.serving.callers import Callers
from etl.settings import ClassifierSettings
from standalone.classifier_access import settle_access


def test_port_and_token_are_made_once_for_their_owner_only(tmp_path: Path) -> None:
    """A second start finds both where they were, and nobody else can read the token."""
    first, token = settle_access(tmp_path), (tmp_path / "classifier_token").read_text()
    assert settle_access(tmp_path) == first
    assert (tmp_path / "classifier_token").read_text() == token
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_the_jobs_find_the_service_and_it_knows_them(tmp_path: Path) -> None:
    """What is kept is what both sides read."""
    access = settle_access(tmp_path)
    settings = ClassifierSettings.from_environment({"SUPPORT_DATA_DIR": str(tmp_path)})
    assert settings.addresses == (access["CLASSIFIER_ADDRESS"],)
    callers = Callers.from_file(Path(access["CLASSIFIER_TOKENS_FILE"]))
    assert callers.caller_of([("authorization", f"Bearer {settings.token}")]) == "jobs"


def test_two_data_directories_stand_side_by_side(tmp_path: Path) -> None:
    """A port that somebody else listens on is left to them."""
    first = settle_access(tmp_path)["CLASSIFIER_ADDRESS"]
    host, _, port = first.rpartition(":")
    with socket.create_server((host, int(port))):
        assert settle_access(tmp_path)["CLASSIFIER_ADDRESS"] != first


def test_a_kept_address_that_is_none_is_replaced(tmp_path: Path) -> None:
    """A file that was tampered with or cut off does not stop a start."""
    for text in ("", "nonsense", "127.0.0.1:99999999"):
        (tmp_path / "classifier_address").write_text(text)
        assert settle_access(tmp_path)["CLASSIFIER_ADDRESS"].startswith("127.0.0.1:")
