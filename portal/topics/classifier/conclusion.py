"""What the Classifier page says, in a manager's words."""

from portal.numbers import phrasing
from portal.topics.classifier.dataset import LEAST_MEASURED, Review, Thresholds

NOBODY_KNOWS = "No category is likely"
NOT_LEARNT = "What another threshold would cost is not known: nothing has been learnt from your own tickets yet."
HOW_TO_LEARN = "Two categories with 20 tickets each, imported or filed by people, are enough to begin."


def review(found: Review) -> str:
    """Return how many tickets wait, and why."""
    if not found.total:
        return "Of the tickets looked at so far, none waits for a person to file it."
    tickets = phrasing.plural(found.total, "ticket")
    one = found.total == 1
    waits = f"{tickets} {'waits' if one else 'wait'} for a person to file {'it' if one else 'them'}"
    if found.has_categories:
        return f"{waits}: nothing was sure enough."
    return f"{waits}: this desk has no categories of its own yet. What stands below is only suggested."


def thresholds(found: Thresholds) -> str:
    """Return the threshold that holds, and what it does with tickets that the model had not seen."""
    present = found.present
    if present is None:
        return "No model has learnt from your own tickets yet."
    whose = "as the model chose it" if found.chosen is None else "as a manager set it"
    said = f"A ticket is filed from {phrasing.percent(present)} sure on, {whose}"
    row = next((each for each in found.rows if each.threshold == round(present, 2)), None)
    if not found.is_measured:
        return f"{said}. {too_few(found)}"
    if row is None or not row.answered:
        return f"{said}."
    answered = phrasing.percent(row.answered / row.tickets, row.tickets)
    right = phrasing.percent(row.right / row.answered, row.answered)
    return f"{said}: of tickets it had not seen, it files {answered}, and {right} of those rightly."


def too_few(found: Thresholds) -> str:
    """Return why nothing is said of how often answers are right."""
    count = phrasing.plural(found.measured, "ticket")
    return (
        f"How often it is right is not known: only {count} could be kept back to measure it,"
        f" and {LEAST_MEASURED} are needed."
    )


def tried(found: Thresholds) -> str:
    """Return on what the table was measured."""
    count = phrasing.count(found.rows[0].tickets)
    return f"Of {count} of your tickets that the model had not seen; by the model alone, without keywords."
