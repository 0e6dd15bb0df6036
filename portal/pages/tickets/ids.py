"""Ids of the Tickets page."""

from typing import Final

VIEW: Final = "tickets-view"
SEARCH: Final = "tickets-search"
SEARCH_WORDS: Final = "tickets-search-words"
