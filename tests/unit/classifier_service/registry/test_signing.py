"""A seal fits exactly what was sealed, for its purpose, by its key."""

import stat
import threading
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import SettingsError
from classifier_service.errors import ArtefactRefusedError
from classifier_service.registry.signing import SigningKey

KEY = SigningKey(b"k" * 32)
TEXTS = st.text().map(lambda text: text.encode(errors="ignore"))


@given(TEXTS, st.text(max_size=30))
def test_what_is_sealed_comes_out(payload: bytes, purpose: str) -> None:
    """Any text, for any purpose."""
    purpose = purpose.encode(errors="ignore").decode()
    assert KEY.unseal(purpose, KEY.seal(purpose, payload)) == payload


@given(st.data())
def test_no_changed_byte_goes_unnoticed(data: st.DataObject) -> None:
    """A seal with any byte changed is refused, or still says exactly the same."""
    sealed = bytearray(KEY.seal("rules 1", b'{"a": 1}'))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] = data.draw(st.integers(0, 255))
    try:
        assert KEY.unseal("rules 1", bytes(sealed)) == b'{"a": 1}'
    except ArtefactRefusedError:
        return


@given(st.binary(max_size=200))
def test_rubbish_is_refused(rubbish: bytes) -> None:
    """Bytes that nobody sealed are refused, never a crash."""
    with pytest.raises(ArtefactRefusedError):
        KEY.unseal("rules 1", rubbish)


def test_a_seal_cut_short_is_refused() -> None:
    """An upload that broke off, wherever, is no document."""
    sealed = KEY.seal("rules 1", b'{"a": 1}')
    for length in range(len(sealed)):
        with pytest.raises(ArtefactRefusedError):
            KEY.unseal("rules 1", sealed[:length])


def test_a_seal_of_another_purpose_or_key_is_refused() -> None:
    """Old rules cannot be put in the place of new ones, and nobody else's key will do."""
    sealed = KEY.seal("rules 1", b"{}")
    with pytest.raises(ArtefactRefusedError, match="rules 2"):
        KEY.unseal("rules 2", sealed)
    with pytest.raises(ArtefactRefusedError, match="another key"):
        SigningKey(b"j" * 32).unseal("rules 1", sealed)


def test_a_seal_of_another_format_is_refused() -> None:
    """A later version of the product may sign otherwise."""
    fields = orjson.loads(KEY.seal("rules 1", b"{}"))
    with pytest.raises(ArtefactRefusedError, match="another version"):
        KEY.unseal("rules 1", orjson.dumps(fields | {"format": 2}))


def test_the_key_is_never_shown() -> None:
    """Neither in a message nor in a log of values."""
    assert "kkkk" not in repr(KEY)


@pytest.mark.parametrize("text", ["", "short", " " * 40])
def test_a_short_key_is_refused(text: str) -> None:
    """A key that can be guessed signs nothing; the message does not repeat it."""
    with pytest.raises(SettingsError, match="32 characters"):
        SigningKey.from_text(text)


def test_a_kept_key_is_private_and_made_once(tmp_path: Path) -> None:
    """Processes that start together agree on one key, in a file that only its owner reads."""
    directory = tmp_path / "my data"
    found: list[SigningKey] = []
    threads = [
        threading.Thread(target=lambda: found.append(SigningKey.kept_at(directory / "classifier_signing_key")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    (kept,) = directory.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
