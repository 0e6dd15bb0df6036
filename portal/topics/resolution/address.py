"""Ways to look at durations that are no filters. They too live in the address."""

from typing import Final

from portal.widgets.views import View

MEASURES: Final = View(
    "measure",
    (("resolution", "Full resolution"), ("first_reply", "First reply"), ("next_reply", "Next reply")),
)
CLOCKS: Final = View("clock", (("calendar", "All hours"), ("business", "Business hours")))
