"""Ids of the page of customers."""

from typing import Final

VIEW: Final = "customers-view"
