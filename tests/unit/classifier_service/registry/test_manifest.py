"""Which models this process opens."""

from dataclasses import replace

import pytest

from classifier_service.errors import ArtefactRefusedError
from classifier_service.registry.manifest import ARTEFACT_FORMAT, Manifest

VERSION = "20260701T060000Z-fast-1f9a3c"
MANIFEST = Manifest.of(VERSION, {"model.joblib": b"x"})


@pytest.mark.parametrize("known", [1, ARTEFACT_FORMAT])
def test_a_model_of_a_known_format_opens(known: int) -> None:
    """Champions that were published before an update keep serving."""
    replace(MANIFEST, artefact_format=known).require_openable_here(VERSION)


def test_a_newer_format_is_refused_in_a_sentence() -> None:
    """Its classes are not known here."""
    with pytest.raises(ArtefactRefusedError, match="another version of the product"):
        replace(MANIFEST, artefact_format=ARTEFACT_FORMAT + 1).require_openable_here(VERSION)
