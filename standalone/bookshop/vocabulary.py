"""The words behind the generator's codes: a code is a place in one of these tuples."""

from typing import Final

CATEGORIES: Final = ("book_order", "account_issue", "technical_support", "return_refund", "general_inquiry")
URGENCIES: Final = ("low", "normal", "high", "urgent")
CHANNELS: Final = ("email", "form", "social", "chat", "call")
CUSTOMER_TYPES: Final = ("individual", "student", "teacher", "school", "library", "business")
MOODS: Final = ("frustrated", "neutral", "pleased")
LANGUAGES: Final = ("en", "tn", "mixed")

TEAMS: Final = ("Orders", "Customer care", "Technical", "Returns", "Second line")
SECOND_LINE: Final = 4
TEAM_OF_CATEGORY: Final = (0, 1, 2, 3, 1)

NEVER: Final = 1 << 60
"""An instant after every history, for events that do not happen."""
