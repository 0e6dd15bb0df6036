"""What the Classifier page says of keywords and priority rules, in a manager's words."""

from collections.abc import Mapping
from typing import Final

from portal.numbers import phrasing
from portal.topics.classifier.edits import KeywordEdit
from portal.topics.classifier.rules_dataset import KeywordEffect, PriorityEffect

NO_PRIORITY: Final = "not known"


def keyword(edit: KeywordEdit, effect: KeywordEffect, names: Mapping[str, str]) -> list[str]:
    """Return what is known of a keyword, one sentence a line."""
    word, found = edit.keyword, dict(effect.found)
    total, own = sum(found.values()), found.get(edit.keyword.category, 0)
    name = named(word.category, names)
    begins = f"Take “{word.phrase}” from {name}" if edit.is_gone else f"“{word.phrase}” for {name}"
    if not effect.looked_at:
        return [f"{begins}: no ticket has been filed by people or an import yet, so what it would do is not known."]
    if not total:
        stands = f"it stands in none of your {phrasing.plural(effect.looked_at, 'filed ticket')}"
    else:
        stands = (
            f"it stands in {phrasing.count(total)} of your {phrasing.plural(effect.looked_at, 'filed ticket')}, and "
            f"{phrasing.count(own)} of those {'is' if own == 1 else 'are'} {name}"
        )
    lines = [f"{begins}: {stands}."]
    if effect.waiting:
        waits = phrasing.plural(effect.waiting, "ticket")
        lines.append(
            f"Of {waits} that {'waits' if effect.waiting == 1 else 'wait'} for a person, "
            f"{phrasing.count(effect.waiting_found)} {'has' if effect.waiting_found == 1 else 'have'} it."
        )
    return lines


def keyword_note(effect: KeywordEffect) -> str:
    """Return what was counted, and what was not."""
    return (
        f"Counted in the newest {phrasing.plural(effect.looked_at, 'ticket')} that people or an import filed. What the "
        "model makes of them is not counted here; the command `classifier categories keywords --preview` shows that."
    )


def priority(effect: PriorityEffect) -> str:
    """Return how many tickets would get another priority."""
    if not effect.tickets:
        return "No ticket gets its priority from these rules yet."
    moved = sum(count for _before, _after, count in effect.moved)
    of = f"of {phrasing.plural(effect.tickets, 'ticket')} whose priority these rules decide"
    return f"{phrasing.count(moved) if moved else 'None'} {of} would get another priority."


def named(slug: str, names: Mapping[str, str]) -> str:
    """Return what people call a category."""
    return names.get(slug) or phrasing.prettified(slug)
