"""`python -m etl`: only the commands of the jobs, for a scheduler and for images that hold nothing else."""

import sys

from analytics.errors import SupportAnalyticsError
from etl.cli import app

if __name__ == "__main__":
    try:
        app(prog_name="etl")
    except SupportAnalyticsError as error:
        sys.exit(str(error))
