"""What holds for every test."""

import os
from pathlib import Path

from hypothesis import settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

CHECKOUT = Path(__file__).parents[1]
DEPTH = os.environ.get("SUPPORT_TEST_DEPTH", "normal")

# How long an example takes says something about the machine, not about the code: no deadline.
# The normal run draws the same examples on every machine and Python; the deep one draws others each time, and more.
settings.register_profile("normal", deadline=None, derandomize=True)
settings.register_profile("deep", deadline=None, max_examples=1_000)
settings.load_profile(DEPTH)
if DEPTH == "normal":
    # Hypothesis also draws the constants of whatever modules are loaded, so examples would hang on the order of tests.
    providers._get_local_constants = Constants
