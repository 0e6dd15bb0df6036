"""Ids of the Tickets page."""

from typing import Final

VIEW: Final = "tickets-view"
TABLE: Final = "tickets-table"
TABLE_DATA: Final = "tickets-table-data"
FOOT: Final = "tickets-foot"
SEARCH: Final = "tickets-search"
SEARCH_WORDS: Final = "tickets-search-words"
