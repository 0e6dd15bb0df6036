"""The error for input that cannot be forecast."""

from analytics.errors import SupportAnalyticsError


class ForecastInputError(SupportAnalyticsError):
    """A series, horizon or calendar that cannot be used; the sentence names what is wrong."""
