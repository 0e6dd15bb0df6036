"""One of several serving processes: `python -m classifier_service.serving PARENT`, set up by its environment.

`support-analytics classifier serve` starts these processes with its own process id as PARENT. They end when that
process is gone.
"""

import sys

from analytics.errors import SupportAnalyticsError
from analytics.log_lines import are_logs_for_programs, log_failure
from analytics.threads import limit_threads
from classifier_service.settings import ServiceSettings

if __name__ == "__main__":
    limit_threads()
    from classifier_service.serving.run import run_one  # numpy, which comes with it, reads the limits

    try:
        run_one(ServiceSettings.from_environment(), parent=int(sys.argv[1]))
    except SupportAnalyticsError as error:
        if not are_logs_for_programs():
            sys.exit(str(error))
        log_failure(error)
        sys.exit(1)
