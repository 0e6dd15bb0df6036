"""Which priority a ticket gets, by who writes and how urgent it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from classifier_service.classification import NO_PRIORITY_RULE, Priority, PriorityAnswer, Urgency
from classifier_service.rules.entries import PriorityRule

_NOTHING_MATCHES: Final = PriorityAnswer(Priority.MEDIUM, NO_PRIORITY_RULE)


@dataclass(frozen=True, slots=True)
class PriorityRules:
    """The managers' table of priority rules; of the rules that match, the first wins.

    Attributes:
        rules: In the order of their positions.
    """

    rules: Sequence[PriorityRule]

    def answer(self, customer_type: str | None, urgency: Urgency) -> PriorityAnswer:
        """Return the priority of a customer type and an urgency, with the rule's reason; medium where none matches."""
        rule = self.deciding(customer_type, urgency)
        return _NOTHING_MATCHES if rule is None else PriorityAnswer(rule.priority, rule.reason)

    def deciding(self, customer_type: str | None, urgency: Urgency) -> PriorityRule | None:
        """Return the rule that decides, or None."""
        known = None if customer_type is None else customer_type.strip().lower()
        for rule in self.rules:
            if rule.customer_type in (None, known) and rule.urgency in (None, urgency):
                return rule
        return None
