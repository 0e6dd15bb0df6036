"""One of several serving processes, set up by its environment; `support-analytics classifier serve` starts them."""

import sys

from analytics.errors import SupportAnalyticsError
from classifier_service.serving.run import run_one
from classifier_service.settings import ServiceSettings

if __name__ == "__main__":
    try:
        run_one(ServiceSettings.from_environment(), shares_port=True)
    except SupportAnalyticsError as error:
        sys.exit(str(error))
