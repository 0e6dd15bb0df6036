"""Where the registry's files are."""

from typing import Final

from classifier_service.errors import RegistryError
from storage.store import Purpose, Store

_REGISTRY: Final = Purpose("the registry", "CLASSIFIER_REGISTRY_URL or --registry", RegistryError)


def open_store(url: str) -> Store:
    """Open a directory, `s3://bucket/path` or `gs://bucket/path`; nothing is read yet.

    Raises:
        RegistryError: If the address cannot be used.
    """
    return Store.open(url, _REGISTRY)
