"""Where the models of a backup are put: all of them or none, and what was there is set aside."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fsspec.implementations.local import LocalFileSystem

from warehouse.backup.errors import RestoreTargetError
from warehouse.backup.file_tree import FileTree
from warehouse.backup.making import MODELS
from warehouse.backup.opening import StoredBackup
from warehouse.embedded.cluster import write_private
from warehouse.settings import SIGNING_KEY


@dataclass(frozen=True, slots=True)
class ModelsTarget:
    """The registry of models, and the file with the key that they are signed with.

    Attributes:
        url: Address of the registry.
        key_file: None where the key is a setting.
    """

    url: str
    key_file: Path | None

    def require_free(self, backup: StoredBackup, *, replace: bool) -> None:
        """Check, before anything is touched, that nothing would be lost.

        Raises:
            RestoreTargetError: If there are models or another key already.
        """
        tree = FileTree.open(self.url)
        if backup.has(MODELS) and tree.names() and not (replace and isinstance(tree.filesystem, LocalFileSystem)):
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
        if not isinstance(tree.filesystem, LocalFileSystem):
            with backup.reading(MODELS) as source:
                tree.unpack(source)
            return
        place = Path(tree.root)
        staging = place.with_name(f"{place.name}.{backup.id}")
        shutil.rmtree(staging, ignore_errors=True)
        try:
            with backup.reading(MODELS) as source:
                FileTree(tree.filesystem, str(staging)).unpack(source)
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
