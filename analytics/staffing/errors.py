"""The error for staffing figures that cannot be right."""

from analytics.errors import SupportAnalyticsError


class StaffingInputError(SupportAnalyticsError):
    """A figure that no desk can have, such as a negative handle time or a shrinkage of 100 %."""


def require(condition: bool, message: str, hint: str = "") -> None:  # noqa: FBT001 - the condition is what is required
    """Raise an error unless a condition holds.

    Raises:
        StaffingInputError: If the condition does not hold.
    """
    if not condition:
        raise StaffingInputError(message, hint)
