"""How two models' answers are mixed, and that a model published before still opens."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from classifier_service.models.accurate import Blend

BLEND = Blend(0.7, 0.5, 0.65, 0.9)
FAST = np.array([[0.5, 0.3, 0.2]], np.float32)
HEAD = np.log(np.array([[0.5, 0.4, 0.1]], np.float32))


def test_an_offset_helps_its_category() -> None:
    """By its size in log-odds, before the temperature."""
    plain, helped = BLEND.scores(FAST, HEAD), replace(BLEND, offsets=(0.0, 2.0, 0.0)).scores(FAST, HEAD)
    np.testing.assert_allclose(helped - plain, [[0, 2, 0]], atol=1e-6)


def test_a_blend_of_the_first_format_opens() -> None:
    """It had four values, and adds nothing to any category."""
    old = object.__new__(Blend)
    old.__setstate__([0.7, 0.5, 0.65, 0.9])
    assert old == BLEND


@pytest.mark.parametrize("offsets", [(), (0.5, -0.5)])
def test_a_blend_survives_its_file(offsets: tuple[float, ...]) -> None:
    """Every value comes back."""
    blend = replace(BLEND, offsets=offsets)
    assert pickle.loads(pickle.dumps(blend)) == blend  # noqa: S301 - our own bytes


def test_a_head_that_rules_a_category_out_leaves_every_answer_a_number() -> None:
    """Far scores make a chance of nought, whose log is no number once the head counts for nothing."""
    far = np.array([[200.0, 0.0, -200.0]], np.float32)
    for share in (0.0, 0.5):
        assert np.isfinite(replace(BLEND, head_share=share).scores(FAST, far)).all()
