"""The key that signs sessions is made once and shown to nobody."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analytics.errors import SettingsError
from portal.settings import PortalSettings
from portal.web.secret_key import secret_key


def test_a_key_that_is_given_is_used(tmp_path: Path) -> None:
    """And none is written."""
    assert secret_key(PortalSettings(tmp_path, secret_key="given" * 8)) == "given" * 8
    assert not list(tmp_path.iterdir())


def test_a_key_of_our_own_stays_the_same(tmp_path: Path) -> None:
    """Sessions outlive a restart; the file is its owner's only."""
    settings = PortalSettings(tmp_path / "not there yet")
    key = secret_key(settings)
    assert len(key) == 64
    assert secret_key(settings) == key
    (file,) = settings.data_dir.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    """One key wins, everybody has it, and nothing is left over."""
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: secret_key(PortalSettings(tmp_path)), range(64)))
    assert len(keys) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_a_key_from_a_file_is_taken(tmp_path: Path) -> None:
    """A deployment keeps its key in a file; one that is too short is refused as any other."""
    file = tmp_path / "key"
    file.write_text("k" * 40 + "\n")
    variables = {"SUPPORT_SECRET_KEY_FILE": str(file), "SUPPORT_DATA_DIR": str(tmp_path)}
    assert PortalSettings.from_environment(variables).secret_key == "k" * 40
    file.write_text("short\n")
    with pytest.raises(SettingsError, match="32"):
        PortalSettings.from_environment(variables)
