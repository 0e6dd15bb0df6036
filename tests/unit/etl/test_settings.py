"""How the jobs find the classifier: what is set, else what the data directory keeps."""

from pathlib import Path

import pytest

from analytics.errors import SettingsError
from etl.settings import ClassifierSettings


def test_what_is_set_wins_over_what_is_kept(tmp_path: Path) -> None:
    """Several replicas may be named."""
    (tmp_path / "classifier_address").write_text("127.0.0.1:4000")
    (tmp_path / "classifier_token").write_text("kept\n")
    kept = ClassifierSettings.from_environment({"SUPPORT_DATA_DIR": str(tmp_path)})
    assert (kept.addresses, kept.token) == (("127.0.0.1:4000",), "kept")
    assert (kept.registry.url, kept.registry.signing_key_file) == (
        str(tmp_path / "models"),
        tmp_path / "classifier_signing_key",
    )
    given = {
        "CLASSIFIER_ADDRESS": "10.0.0.1:1, 10.0.0.2:1",
        "CLASSIFIER_TOKEN": "given",
        "CLASSIFIER_CA": "/ca.pem",
        "CLASSIFIER_REGISTRY_URL": "s3://models/x",
        "CLASSIFIER_SIGNING_KEY": "k" * 32,
    }
    settings = ClassifierSettings.from_environment({"SUPPORT_DATA_DIR": str(tmp_path), **given})
    assert (settings.addresses, settings.token, settings.ca) == (
        ("10.0.0.1:1", "10.0.0.2:1"),
        "given",
        Path("/ca.pem"),
    )
    assert (settings.registry.url, settings.registry.signing_key) == ("s3://models/x", "k" * 32)


def test_without_anything_the_service_is_where_it_listens_by_default(tmp_path: Path) -> None:
    """And it asks for no token."""
    settings = ClassifierSettings.from_environment({"SUPPORT_DATA_DIR": str(tmp_path)})
    assert (settings.addresses, settings.token, settings.ca) == (("127.0.0.1:50051",), None, None)


def test_a_token_is_never_shown_and_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    """A log of settings gives nothing away."""
    variables = {"SUPPORT_DATA_DIR": str(tmp_path), "CLASSIFIER_TOKEN": "very secret"}
    assert "very secret" not in repr(ClassifierSettings.from_environment(variables))
    with pytest.raises(SettingsError, match="nowhere cannot be read"):
        ClassifierSettings.from_environment({"CLASSIFIER_TOKEN_FILE": "/nowhere"})
