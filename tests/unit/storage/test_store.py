"""Files are there whole or not at all, and what goes wrong is said in the words of who keeps them."""

from pathlib import Path

import pytest
from fsspec.registry import known_implementations

from analytics.errors import SupportAnalyticsError
from storage.store import Purpose, Store


class ShelfError(SupportAnalyticsError):
    """What the owner of these files raises."""


PURPOSE = Purpose("the shelf", "SHELF_URL", ShelfError)


@pytest.fixture(params=["a directory", "objects"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Nothing is there yet, not even the directory."""
    if request.param == "a directory":
        return Store.open(str(tmp_path / "shelf"), PURPOSE)
    return Store.open(f"memory://{tmp_path.name}", PURPOSE)


def test_where_nothing_is_nothing_is_found(store: Store) -> None:
    """An address that nobody has written to is no error, nor is a file where a directory is looked for."""
    assert (store.names(), store.names("row"), store.all_names()) == ((), (), ())
    assert (store.read("book"), store.size("book")) == (None, None)
    store.delete("book")
    store.write("book", b"text")
    assert (store.read("book/page"), store.size("book/page")) == (None, None)


def test_what_is_written_is_read(store: Store) -> None:
    """By its name, in directories too; a second time it replaces the first."""
    for content in (b"one", b"other"):
        store.write("row/book", content)
    store.write("card", b"")
    assert (store.read("row/book"), store.size("row/book"), store.read("card")) == (b"other", 5, b"")
    assert (store.names(), store.names("row")) == (("card", "row"), ("book",))
    assert store.all_names() == ("card", "row/book")


def test_a_stream_is_read_back(store: Store) -> None:
    """A piece at a time."""
    with store.writing("row/book") as file:
        for piece in (b"one ", b"two"):
            file.write(piece)
    with store.reading("row/book") as file:
        assert (file.read(4), file.read()) == (b"one ", b"two")


def test_a_directory_is_deleted_with_all_that_is_in_it(store: Store) -> None:
    """And nothing else is."""
    for name in ("row/book", "row/shelf/book", "other/book"):
        store.write(name, b"text")
    store.delete("row")
    assert store.all_names() == ("other/book",)
    store.delete("other/book")
    assert store.read("other/book") is None


def test_a_new_file_is_its_owners_alone_and_replaces_none(tmp_path: Path) -> None:
    """Backups hold what customers wrote."""
    store = Store.open(str(tmp_path / "shelf"), PURPOSE)
    with store.writing("row/book") as file:
        file.write(b"text")
    modes = [(tmp_path / "shelf" / name).stat().st_mode & 0o777 for name in (".", "row", "row/book")]
    assert modes == [0o700, 0o700, 0o600]
    with pytest.raises(ShelfError, match="FileExistsError"), store.writing("row/book"):
        pass
    assert store.read("row/book") == b"text"


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does it leave half a file behind."""
    store = Store.open(str(tmp_path), PURPOSE)
    store.write("book", b"old")

    def fail(_descriptor: int) -> None:
        raise OSError

    monkeypatch.setattr("storage.store.os.fsync", fail)
    with pytest.raises(ShelfError):
        store.write("book", b"new")
    assert (store.read("book"), store.all_names()) == (b"old", ("book",))


def test_an_error_of_the_caller_is_not_one_of_the_store(tmp_path: Path) -> None:
    """What goes wrong while a file is being written is told as it is."""
    store = Store.open(str(tmp_path), PURPOSE)
    with pytest.raises(ZeroDivisionError), store.writing("book"):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("url", "words"), [("nosuch://shelf", "SHELF_URL is not an address."), ("absent://shelf", "needs a package")]
)
def test_an_address_that_cannot_be_used_is_named_by_its_setting(
    monkeypatch: pytest.MonkeyPatch, url: str, words: str
) -> None:
    """No such scheme, or one whose package is an extra that is not installed."""
    absent = {"class": "no_such_package.Files", "err": "Install no_such_package."}
    monkeypatch.setitem(known_implementations, "absent", absent)
    with pytest.raises(ShelfError, match=words):
        Store.open(url, PURPOSE)


def test_what_cannot_be_reached_says_so_without_quoting(tmp_path: Path) -> None:
    """A client's message may hold keys, so only its class is named."""
    (tmp_path / "shelf").write_bytes(b"a file where the directory should be")
    with pytest.raises(ShelfError) as failed:
        Store.open(str(tmp_path / "shelf"), PURPOSE).write("book", b"text")
    assert failed.value.message == "The shelf cannot be reached or written (FileExistsError)."
    assert failed.value.hint == "Check SHELF_URL, the network, the room and the permissions."
