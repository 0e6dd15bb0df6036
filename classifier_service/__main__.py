"""`python -m classifier_service`: the classifier's commands, for places where only the classifier is installed."""

import sys

from analytics.errors import SupportAnalyticsError
from analytics.log_lines import are_logs_for_programs, log_failure
from analytics.threads import limit_threads
from classifier_service.cli import app
from storage.full_disk import disk_full

if __name__ == "__main__":
    limit_threads()
    try:
        app(prog_name="python -m classifier_service")
    except Exception as raised:
        error = disk_full(raised) or raised
        if are_logs_for_programs():
            log_failure(error)
            sys.exit(1)
        if not isinstance(error, SupportAnalyticsError):
            raise
        sys.exit(f"Error: {error.message}\n{error.hint}".rstrip())
