"""`support-analytics classifier`, with its registry in the data directory unless the environment says otherwise."""

import os

from classifier_service.cli import app
from warehouse.settings import Settings

__all__ = ["app"]


@app.callback()
def use_data_directory() -> None:
    """Train, promote and serve the ticket classifier."""
    data_dir = Settings.from_environment().data_dir
    os.environ.setdefault("CLASSIFIER_REGISTRY_URL", str(data_dir / "models"))
    if not os.environ.get("CLASSIFIER_SIGNING_KEY"):
        os.environ.setdefault("CLASSIFIER_SIGNING_KEY_FILE", str(data_dir / "classifier_signing_key"))
