"""The sentences around the share of SLA targets kept, each with named parts. A second language is a second list."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "sla.missed": "{count} missed",
    "sla.targets.all": "{share} of all targets",
    "sla.targets.first_reply": "{share} of first replies in time",
    "sla.targets.next_reply": "{share} of next replies in time",
    "sla.targets.resolution": "{share} of resolutions in time",
    "sla.examples.all": "measured against example targets",
    "sla.examples.some": "some of the targets are still examples",
}
