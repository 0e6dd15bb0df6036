"""Restores the models of a backup: all or none of them. Models that were there before are set aside."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.backup.errors import RestoreTargetError
from warehouse.backup.file_tree import FileTree
from warehouse.backup.making import MODELS
from warehouse.backup.opening import StoredBackup
from warehouse.embedded.cluster import write_private
from warehouse.settings import SIGNING_KEY


@dataclass(frozen=True, slots=True)
class ModelsTarget:
    """The registry of models, and the file with the key that signs the models.

    Attributes:
        url: Address of the registry.
        key_file: File with the key; None if the key is given as a setting.
    """

    url: str
    key_file: Path | None

    def require_free(self, backup: StoredBackup, *, replace: bool) -> None:
        """Check that a restore would overwrite nothing; changes nothing itself.

        Raises:
            RestoreTargetError: If there are models already, or another key, and `replace` is false.
        """
        tree = FileTree.open(self.url)
        if backup.has(MODELS) and tree.names() and not (replace and tree.files.is_directory):
            message = "There are models already where those of the backup belong."
            hint = "Give --replace to set a directory aside; for an object store name an empty CLASSIFIER_REGISTRY_URL."
            raise RestoreTargetError(message, hint)
        if backup.has(SIGNING_KEY) and not replace and self._kept_key() not in {None, backup.content(SIGNING_KEY)}:
            message = f"{self.key_file} holds another key than the backup's."
            raise RestoreTargetError(message, "Give --replace to set it aside under another name.")

    def put_in_place(self, backup: StoredBackup, now: datetime) -> None:
        """Restore the models, and the key if the backup has one."""
        if backup.has(MODELS):
            self._put_models(backup, now)
        if self.key_file is not None and backup.has(SIGNING_KEY):
            key = backup.content(SIGNING_KEY)
            if self._kept_key() != key:
                _set_aside(self.key_file, now)
                self.key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_private(self.key_file, key.decode("ascii"))

    def _put_models(self, backup: StoredBackup, now: datetime) -> None:
        tree = FileTree.open(self.url)
        if not tree.files.is_directory:
            with backup.reading(MODELS) as source:
                tree.unpack(source)
            return
        place = Path(tree.files.root)
        staging = place.with_name(f"{place.name}.{backup.id}")
        shutil.rmtree(staging, ignore_errors=True)
        try:
            with backup.reading(MODELS) as source:
                FileTree.open(str(staging)).unpack(source)
            _set_aside(place, now)
            if staging.exists():
                staging.rename(place)
        finally:
            shutil.rmtree(staging, ignore_errors=True)

    def _kept_key(self) -> bytes | None:
        if self.key_file is None or not self.key_file.exists():
            return None
        return self.key_file.read_bytes()


def _set_aside(path: Path, now: datetime) -> None:
    if path.exists():
        path.rename(path.with_name(f"{path.name}.until_{now:%Y%m%d_%H%M%S}"))
