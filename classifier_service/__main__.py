"""`python -m classifier_service`: the classifier's commands, for places where only the classifier is installed."""

import sys

from analytics.errors import SupportAnalyticsError
from analytics.threads import limit_threads
from classifier_service.cli import app

if __name__ == "__main__":
    limit_threads()
    try:
        app(prog_name="python -m classifier_service")
    except SupportAnalyticsError as error:
        sys.exit(f"Error: {error.message}\n{error.hint}".rstrip())
