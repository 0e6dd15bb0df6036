"""Ways to look at volume that are no filters. They too live in the address."""

from typing import Final

from portal.widgets.views import View

SPLITS: Final = View(
    "by",
    (("category", "Category"), ("channel", "Channel"), ("priority", "Priority"), ("customer_type", "Customer type")),
)
