"""The encoder takes the processors that it may use."""

import os

import pytest

from classifier_service.models.encoder import _usable_processors


def test_where_the_system_does_not_say_every_processor_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only Linux knows which processors a process may use."""
    assert _usable_processors() == len(os.sched_getaffinity(0))
    monkeypatch.delattr(os, "sched_getaffinity")
    assert _usable_processors() == os.cpu_count()
