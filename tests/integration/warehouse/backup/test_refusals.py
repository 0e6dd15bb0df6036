"""A backup that is not what was written is refused before anything is touched."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
import sqlalchemy as sa

from tests.integration.warehouse.backup.conftest import NOW, BackedUpDesk, EmptyPlace
from tests.integration.warehouse.backup.test_restoring import is_untouched
from warehouse.backup.errors import BackupRefusedError
from warehouse.backup.making import make_backup
from warehouse.backup.manifest import MANIFEST, Manifest, read_manifest
from warehouse.backup.opening import open_backup
from warehouse.backup.restoring import restore_backup

KEY = pyrage.x25519.Identity.generate()
Damage = Callable[[Path], object]


def flipped(name: str, place: float) -> Damage:
    """Return what turns one bit of a file, somewhere between its beginning (0) and its end (1)."""

    def damage(directory: Path) -> None:
        content = bytearray((directory / name).read_bytes())
        content[int(place * (len(content) - 1))] ^= 1
        (directory / name).write_bytes(bytes(content))

    return damage


def cut(name: str, rest: int) -> Damage:
    """Return what leaves only so many bytes of a file."""
    return lambda directory: (directory / name).write_bytes((directory / name).read_bytes()[:rest])


def gone(name: str) -> Damage:
    """Return what deletes a file."""
    return lambda directory: (directory / name).unlink()


@pytest.fixture(scope="module")
def untouched_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmptyPlace]:
    """An empty server that tests share, as each of them holds that it stays empty."""
    root = tmp_path_factory.mktemp("untouched")
    with EmptyPlace.made_in(root) as place:
        yield place


DAMAGES: dict[str, Damage] = {
    "a bit at the beginning of the dump": flipped("database.dump", 0.0),
    "a bit in the middle of the dump": flipped("database.dump", 0.5),
    "a bit at the end of the dump": flipped("database.dump", 1.0),
    "the dump cut by one byte": cut("database.dump", -1),
    "an empty dump": cut("database.dump", 0),
    "no dump": gone("database.dump"),
    "a longer dump": lambda directory: (directory / "database.dump").open("ab").write(b"more"),
    "a bit of the models": flipped("models.tar.gz", 0.5),
    "no models": gone("models.tar.gz"),
    "a bit of the inventory": flipped("inventory.json", 0.5),
    "a bit of the manifest": flipped(MANIFEST, 0.3),
    "half a manifest": cut(MANIFEST, 100),
    "no manifest": gone(MANIFEST),
    "a manifest that is no object": lambda directory: (directory / MANIFEST).write_bytes(b"[1]"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_backup_is_refused(damage: Damage, desk: BackedUpDesk, untouched_place: EmptyPlace) -> None:
    """Whatever is wrong, and wherever: no database, role or model has been made when it is said."""
    made = make_backup(desk.database.engine, desk.plan, NOW)
    damage(Path(desk.plan.store.files.root) / made.id)
    with pytest.raises(BackupRefusedError):
        restore_backup(open_backup(desk.plan.store, made.id, ()), untouched_place.url, untouched_place.models, NOW)
    assert is_untouched(untouched_place)


def _altered(desk: BackedUpDesk, alter: Callable[[Manifest], bytes]) -> str:
    made = make_backup(desk.database.engine, desk.plan, NOW)
    path = Path(desk.plan.store.files.root) / made.id / MANIFEST
    path.write_bytes(alter(read_manifest(desk.plan.store, made.id)))
    return made.id


WRONG_VERSIONS: dict[str, tuple[Callable[[Manifest], bytes], str]] = {
    "an older server's": (lambda manifest: replace(manifest, postgresql=17).to_json(), "PostgreSQL 17.*PostgreSQL 18"),
    "a newer server's": (lambda manifest: replace(manifest, postgresql=19).to_json(), "PostgreSQL 19"),
    "a newer schema's": (lambda manifest: replace(manifest, revision="9999").to_json(), "revision 9999"),
}


@pytest.mark.parametrize(("alter", "says"), WRONG_VERSIONS.values(), ids=WRONG_VERSIONS.keys())
def test_a_backup_of_another_version_is_refused(
    alter: Callable[[Manifest], bytes], says: str, desk: BackedUpDesk, untouched_place: EmptyPlace
) -> None:
    """Of another PostgreSQL, or of a schema that is not known here."""
    backup_id = _altered(desk, alter)
    with pytest.raises(BackupRefusedError, match=says):
        restore_backup(open_backup(desk.plan.store, backup_id, ()), untouched_place.url, untouched_place.models, NOW)
    assert is_untouched(untouched_place)


def test_a_backup_of_another_format_is_refused(desk: BackedUpDesk) -> None:
    """A later version of the product may write other files."""

    def of_another_format(manifest: Manifest) -> bytes:
        sealed = json.loads(manifest.to_json())
        return replace_format(sealed["manifest"])

    with pytest.raises(BackupRefusedError, match="another version of the product"):
        open_backup(desk.plan.store, _altered(desk, of_another_format), ())


def replace_format(content: str) -> bytes:
    """Return a manifest of format 2 whose hash is right."""
    content = content.replace('"format":1', '"format":2')
    return json.dumps({"manifest": content, "sha256": hashlib.sha256(content.encode()).hexdigest()}).encode()


def test_an_encrypted_backup_opens_with_its_key_only(desk: BackedUpDesk, empty_place: EmptyPlace) -> None:
    """Without a key and with another one it is refused; with its own it has the models' key too."""
    plan = replace(desk.plan, recipients=(KEY.to_public(), pyrage.x25519.Identity.generate().to_public()))
    made = make_backup(desk.database.engine, plan, NOW)
    files = {path.name: path.read_bytes() for path in (Path(plan.store.files.root) / made.id).iterdir()}
    assert all(content.startswith(b"age-encryption.org/v1") for name, content in files.items() if name != MANIFEST)
    assert "classifier_signing_key.age" in files
    with pytest.raises(BackupRefusedError, match="no key was given"):
        open_backup(plan.store, made.id, ())
    backup = open_backup(plan.store, made.id, (pyrage.x25519.Identity.generate(),))
    with pytest.raises(BackupRefusedError, match="cannot be opened with the key"):
        restore_backup(backup, empty_place.url, empty_place.models, NOW)
    assert is_untouched(empty_place)
    restore_backup(open_backup(plan.store, made.id, (KEY,)), empty_place.url, empty_place.models, NOW)
    assert empty_place.models.key_file is not None
    assert empty_place.models.key_file.read_bytes() == b"k" * 64


@pytest.mark.parametrize("place", [0.01, 0.5, 1.0])
def test_a_damaged_encrypted_backup_is_refused_as_damaged(
    place: float, desk: BackedUpDesk, untouched_place: EmptyPlace
) -> None:
    """Damage is told from a wrong key, so that nobody goes looking for another key."""
    plan = replace(desk.plan, recipients=(KEY.to_public(),))
    made = make_backup(desk.database.engine, plan, NOW)
    flipped("database.dump.age", place)(Path(plan.store.files.root) / made.id)
    with pytest.raises(BackupRefusedError, match="damaged"):
        restore_backup(open_backup(plan.store, made.id, (KEY,)), untouched_place.url, untouched_place.models, NOW)
    assert is_untouched(untouched_place)


def test_a_restored_database_that_differs_is_not_put_in_place(desk: BackedUpDesk, empty_place: EmptyPlace) -> None:
    """The inventory is the last word: a whole file with other rows than were recorded is refused as well."""
    made = make_backup(desk.database.engine, desk.plan, NOW)
    with desk.database.engine.begin() as connection:
        connection.execute(sa.text("delete from support.ticket_changes"))
        connection.execute(sa.text("update support.support_tickets set subject = 'other' where id = 1"))
    other = make_backup(desk.database.engine, desk.plan, NOW)
    directory = Path(desk.plan.store.files.root)
    first, second = read_manifest(desk.plan.store, made.id), read_manifest(desk.plan.store, other.id)
    (directory / made.id / "database.dump").write_bytes((directory / other.id / "database.dump").read_bytes())
    mixed = replace(first, files={**first.files, "database.dump": second.files["database.dump"]})
    (directory / made.id / MANIFEST).write_bytes(mixed.to_json())
    with pytest.raises(BackupRefusedError, match=r"support\.support_tickets"):
        restore_backup(open_backup(desk.plan.store, made.id, ()), empty_place.url, empty_place.models, NOW)
    assert empty_place.databases() == {"postgres", str(empty_place.url.database)}
