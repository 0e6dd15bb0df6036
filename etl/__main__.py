"""`python -m etl`: only the commands of the jobs, for a scheduler and for images that hold nothing else."""

import sys

from analytics.errors import SupportAnalyticsError
from analytics.log_lines import are_logs_for_programs, log_failure
from analytics.threads import limit_threads
from warehouse.full_disk import named

if __name__ == "__main__":
    limit_threads()
    from etl.cli import app  # numpy, which comes with it, reads the limits when it is loaded

    try:
        app(prog_name="etl")
    except Exception as raised:
        error = named(raised)
        if are_logs_for_programs():
            log_failure(error)
            sys.exit(1)
        if not isinstance(error, SupportAnalyticsError):
            raise
        sys.exit(str(error))
