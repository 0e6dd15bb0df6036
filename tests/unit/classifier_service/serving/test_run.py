"""What the process of the service loads."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["classifier_service.serving.run", "classifier_service.registry.registry"])
def test_serving_loads_nothing_that_only_training_needs(module: str) -> None:
    """scikit-learn and pandas would take 130 MB of memory and seconds of the start."""
    heavy = ("sklearn", "pandas", "scipy.stats", "matplotlib", "onnxruntime")
    script = f"import sys, {module}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
