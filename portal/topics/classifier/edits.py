"""Changes of keywords and priority rules, as a form or an address asks for them; each can be turned back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from analytics.errors import ErrorKind, SupportAnalyticsError
from classifier_service.classification import Priority, Urgency
from classifier_service.errors import InvalidRulesError
from classifier_service.rules.entries import MAX_POSITION, Keyword, PriorityRule


class ClassifierFormError(SupportAnalyticsError):
    """A value of a form that the classifier cannot have."""

    kind = ErrorKind.INVALID


@dataclass(frozen=True, slots=True)
class KeywordEdit:
    """A keyword that is to be there with a weight, or not to be there.

    Attributes:
        keyword: The keyword; its weight says nothing where it is to go.
        is_gone: Whether it is to go.
    """

    keyword: Keyword
    is_gone: bool

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> Self:
        """Return what the fields of a form say.

        Raises:
            ClassifierFormError: If the classifier cannot have such a keyword.
        """
        weight = fields.get("weight", "1").strip().replace(",", ".")
        try:
            keyword = Keyword(
                fields.get("category", ""),
                fields.get("phrase", "").strip(),
                fields.get("language", ""),
                float(weight) if weight else 1.0,
            )
        except (InvalidRulesError, ValueError) as error:
            raise _refused(error) from None
        return cls(keyword, not weight)

    def fields(self) -> dict[str, str]:
        """Return the fields of a form that say this."""
        word = self.keyword
        weight = "" if self.is_gone else f"{word.weight:.10g}"
        return {"category": word.category, "language": word.language, "phrase": word.phrase, "weight": weight}

    def to(self, weight: float | None) -> Self:
        """Return the change of the same keyword to another weight; None takes it away."""
        if weight is None:
            return replace(self, is_gone=True)
        return replace(self, keyword=replace(self.keyword, weight=weight), is_gone=False)


@dataclass(frozen=True, slots=True)
class PriorityEdit:
    """A priority rule that is to be there, or not to be there.

    Attributes:
        rule: The rule; its priority and reason say nothing where it is to go.
        is_gone: Whether it is to go.
        is_placed: Whether the rule's position counts; otherwise a new rule goes before all others.
    """

    rule: PriorityRule
    is_gone: bool
    is_placed: bool = False

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> Self:
        """Return what the fields of a form say.

        Raises:
            ClassifierFormError: If there can be no such rule.
        """
        said, position = fields.get("priority", ""), fields.get("position", "")
        try:
            rule = PriorityRule(
                int(position) if position else MAX_POSITION,
                fields.get("customer_type", "").strip() or None,
                Urgency(fields["urgency"]) if fields.get("urgency") else None,
                Priority(said) if said else Priority.MEDIUM,
                fields.get("reason", "").strip() if said else "-",
            )
        except (InvalidRulesError, ValueError) as error:
            raise _refused(error) from None
        return cls(rule, not said, bool(position))

    def fields(self) -> dict[str, str]:
        """Return the fields of a form that say this."""
        rule = self.rule
        return {
            "customer_type": rule.customer_type or "",
            "urgency": rule.urgency.value if rule.urgency else "",
            "priority": "" if self.is_gone else rule.priority.value,
            "reason": "" if self.is_gone else rule.reason,
            "position": str(rule.position) if self.is_placed else "",
        }


def matches(one: PriorityRule, other: PriorityRule) -> bool:
    """Say whether two rules are about the same tickets."""
    return (one.customer_type, one.urgency) == (other.customer_type, other.urgency)


def changed(rules: tuple[PriorityRule, ...], edit: PriorityEdit) -> tuple[PriorityRule, ...]:
    """Return priority rules, in their order, as they are after a change."""
    same = next((each for each in rules if matches(each, edit.rule)), None)
    if edit.is_gone:
        return tuple(each for each in rules if each is not same)
    if same is not None:
        return tuple(replace(edit.rule, position=same.position) if each is same else each for each in rules)
    first = min((each.position for each in rules), default=1) - 1
    added = edit.rule if edit.is_placed else replace(edit.rule, position=first)
    return tuple(sorted((*rules, added), key=lambda rule: rule.position))


def _refused(error: Exception) -> ClassifierFormError:
    message = str(error) if isinstance(error, InvalidRulesError) else "A value of the form is none of those offered."
    return ClassifierFormError(message, "Nothing was changed. Go back and correct it.")
