"""`python -m etl`: only the commands of the jobs, for a scheduler and for images that hold nothing else."""

import sys

from analytics.errors import SupportAnalyticsError
from analytics.threads import limit_threads

if __name__ == "__main__":
    limit_threads()
    from etl.cli import app  # numpy, which comes with it, reads the limits when it is loaded

    try:
        app(prog_name="etl")
    except SupportAnalyticsError as error:
        sys.exit(str(error))
