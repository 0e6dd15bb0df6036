"""The manifest of a published model: the hashes of its files and the versions that can open it."""

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version as installed_version
from typing import Final, Self

import orjson

from classifier_service.errors import ArtefactRefusedError

ARTEFACT_FORMAT: Final = 3
"""Increase this number whenever the classes inside a bundle change, so that an older product refuses newer bundles."""
_OPENED_FORMATS: Final = (1, 2, ARTEFACT_FORMAT)
"""Take a format out when its bundles can no longer be opened."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Size in bytes and SHA-256, in hex, of one file."""

    size: int
    sha256: str

    @classmethod
    def of(cls, content: bytes) -> Self:
        """Describe a file's content."""
        return cls(len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list of a model's files, signed as a whole.

    Attributes:
        version: Version of the model.
        artefact_format: Format of the bundle; see `ARTEFACT_FORMAT`.
        python: Python's major and minor version, for example "3.11"; pickles may differ between versions.
        sklearn: Full version of scikit-learn, which does not promise to open models of its other versions.
        files: Name -> file.
    """

    version: str
    artefact_format: int
    python: str
    sklearn: str
    files: Mapping[str, FileEntry]

    @classmethod
    def of(cls, version: str, files: Mapping[str, bytes]) -> Self:
        """Describe files that this process has made."""
        entries = {name: FileEntry.of(content) for name, content in files.items()}
        return cls(version, ARTEFACT_FORMAT, python_version(), sklearn_version(), entries)

    def to_json(self) -> bytes:
        """Return the manifest as a JSON object."""
        return orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS)

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Read a manifest whose signature has been verified.

        Raises:
            ArtefactRefusedError: If the data is not a manifest.
        """
        try:
            fields = orjson.loads(data)
            files = {name: FileEntry(**entry) for name, entry in fields.pop("files").items()}
            return cls(**fields, files=files)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            message = "A model's manifest in the registry cannot be read."
            raise ArtefactRefusedError(message, _TRAIN_AGAIN) from error

    def require_openable_here(self, version: str) -> None:
        """Check that the manifest belongs to a version, and that this process can open such a model.

        Raises:
            ArtefactRefusedError: If either is not so.
        """
        sklearn_here, python_here = sklearn_version(), python_version()
        format_here = self.artefact_format if self.artefact_format in _OPENED_FORMATS else ARTEFACT_FORMAT
        for what, theirs, ours in (
            ("is another model's", self.version, version),
            ("was made by another version of the product", self.artefact_format, format_here),
            (f"was made with Python {self.python}, and this is {python_here}", self.python, python_here),
            (f"was made with scikit-learn {self.sklearn}, and this is {sklearn_here}", self.sklearn, sklearn_here),
        ):
            if theirs != ours:
                message = f"Model {version} {what}, so it was not opened."
                raise ArtefactRefusedError(message, _TRAIN_AGAIN)

    def require_size(self, name: str, size: int | None) -> None:
        """Check a file's size before reading it, so that a huge file does no harm.

        Raises:
            ArtefactRefusedError: If the file is missing, cut short or too long.
        """
        entry = self.files.get(name)
        if entry is None or size is None:
            message = f"Model {self.version} has no {name}."
            raise ArtefactRefusedError(message, _TRAIN_AGAIN)
        if size != entry.size:
            how = "is cut short" if size < entry.size else "was added to"
            message = f"The {name} of model {self.version} {how}, so it was not opened."
            raise ArtefactRefusedError(message, _TRAIN_AGAIN)

    def require_unchanged(self, name: str, content: bytes | None) -> bytes:
        """Return a file's content if it is exactly what was published.

        Raises:
            ArtefactRefusedError: If the file was altered.
        """
        if content is None or FileEntry.of(content) != self.files[name]:
            message = f"The {name} of model {self.version} was altered, so it was not opened."
            raise ArtefactRefusedError(message, _TRAIN_AGAIN)
        return content


def python_version() -> str:
    """Return major and minor version, for example "3.11"."""
    return ".".join(platform.python_version_tuple()[:2])


def sklearn_version() -> str:
    """Return the full version of scikit-learn without importing it: an import takes 130 MB, and serving needs none."""
    return installed_version("scikit-learn")


_TRAIN_AGAIN: Final = "Train the model again, or promote another version."
