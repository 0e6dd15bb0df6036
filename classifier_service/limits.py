"""Limits of what the service accepts; the contract states the same numbers."""

from typing import Final

MAX_BATCH_TICKETS: Final = 1_024
MAX_SUBJECT_CHARACTERS: Final = 1_000
MAX_CONTENT_CHARACTERS: Final = 20_000
"""Unless the service is set up otherwise."""
MAX_CUSTOMER_TYPE_CHARACTERS: Final = 100
MAX_STREAM_ID_CHARACTERS: Final = 100
MAX_STREAM_TICKETS: Final = 256
"""How many tickets of one stream are read ahead of the answers that the caller has taken."""
MAX_REQUEST_BYTES: Final = 4 * 1024 * 1024
"""Unless the service is set up otherwise."""
MAX_TERMS: Final = 100
