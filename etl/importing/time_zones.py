"""Time zones by their names."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from analytics.errors import SupportAnalyticsError


class UnknownTimeZoneError(SupportAnalyticsError):
    """There is no time zone of this name."""


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone.

    Raises:
        UnknownTimeZoneError: If there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"{name!r} is not an IANA time zone."
        raise UnknownTimeZoneError(message, "Use a name such as Africa/Johannesburg or Europe/Dublin.") from error
