"""What is wrong with a question about staffing."""

from analytics.errors import SupportAnalyticsError


class StaffingInputError(SupportAnalyticsError):
    """A figure that no desk can have, such as a negative handle time or a shrinkage of 100 %."""


def require(condition: bool, message: str, hint: str = "") -> None:  # noqa: FBT001 - the condition is what is required
    """Go on only if a condition holds.

    Raises:
        StaffingInputError: If it does not.
    """
    if not condition:
        raise StaffingInputError(message, hint)
