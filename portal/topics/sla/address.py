"""What the kept targets are split by. It too lives in the address."""

from typing import Final

from portal.widgets.views import View

SPLITS: Final = View(
    "by",
    (
        ("sla_policy", "Policy"),
        ("category", "Category"),
        ("team", "Team"),
        ("agent", "Agent"),
        ("channel", "Channel"),
        ("weekday", "Weekday"),
        ("hour", "Hour"),
    ),
)
