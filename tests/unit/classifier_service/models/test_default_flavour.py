"""The kind of model that a desk gets unasked."""

import pytest

from classifier_service.errors import EncoderMissingError
from classifier_service.models import default_flavour as module
from classifier_service.models.bundle import Flavour
from classifier_service.models.default_flavour import MOST_TICKETS, default_flavour


def test_a_desk_gets_accurate_where_the_encoder_is_installed() -> None:
    """It is installed where the tests run."""
    assert default_flavour(300) is Flavour.ACCURATE


def test_a_very_large_desk_gets_fast() -> None:
    """Classifying all its tickets anew would take hours."""
    assert default_flavour(MOST_TICKETS + 1) is Flavour.FAST


def test_without_the_encoder_a_desk_gets_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no error."""

    def missing() -> None:
        message = "not installed"
        raise EncoderMissingError(message, "")

    monkeypatch.setattr(module, "installed_encoder", missing)
    assert default_flavour(300) is Flavour.FAST
