"""What an import would do with a file, for a person to agree to: what each column is used as, and what words become."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from etl.importing.kinds.fields import FIELDS_OF
from etl.importing.source_row import SourceRow
from etl.importing.transforms.column_fit import is_nothing
from etl.importing.transforms.column_places import column_places, folded
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.joined_lists import JoinedLists
from etl.importing.transforms.words import word_reader
from etl.importing.vocabulary.spelling import word_key
from etl.importing.vocabulary.ticket_fields import FieldKind

_EXAMPLES: Final = 3
_EXAMPLE_WIDTH: Final = 30
_MOST_WORDS: Final = 20
_WITH_WORDS: Final = frozenset({FieldKind.WORD, FieldKind.RATING})
_WAITING: Final = frozenset({"pending", "on_hold"})
_NOT_USED: Final = "not used"


def column_uses(
    profile: ImportProfile, header: Sequence[str], sample: Sequence[SourceRow]
) -> list[tuple[str, str, str]]:
    """Return the columns: name, what it is used as, and examples of its cells."""
    uses = _uses(profile, header)
    rest = "metadata" if FIELDS_OF[profile.kind].slug == "tickets" else _NOT_USED
    rows = []
    for place, name in enumerate(header):
        texts = (row.cells[place].strip() for row in sample if place < len(row.cells))
        examples = list(dict.fromkeys(text[:_EXAMPLE_WIDTH] for text in texts if text))[:_EXAMPLES]
        rows.append((name, ", ".join(uses.get(place, [])) or rest, " | ".join(examples)))
    return rows


def word_lines(profile: ImportProfile, header: Sequence[str], sample: Sequence[SourceRow]) -> list[str]:
    """Return a line for each closed list, with the words that become others; and one for words that become the same."""
    lines = []
    for name, meant in _meanings(profile, header, sample):
        changed = [f"{word} -> {value}" for word, value in meant.items() if word_key(word) != word_key(value)]
        if changed:
            more = len(changed) - _MOST_WORDS
            lines.append(f"{name}: {', '.join(changed[:_MOST_WORDS])}" + (f" and {more:,} more" if more > 0 else ""))
        for value in sorted(_WAITING & set(meant.values())):
            alike = list({word_key(word): word for word, each in meant.items() if each == value}.values())
            if len(alike) > 1:
                lines.append(f"These words become one {name}, {value}: {', '.join(alike)}.")
    return lines


def _uses(profile: ImportProfile, header: Sequence[str]) -> dict[int, list[str]]:
    """Return place of a column -> what it is used as."""
    places = column_places(header)
    uses: dict[int, list[str]] = {}
    fields = {name: places[folded(column)] for name, column in profile.columns.items() if folded(column) in places}
    for column in profile.external_id:
        uses.setdefault(places.get(folded(column), -1), []).append("key")
    for name, place in fields.items():
        unit = profile.units.get(name)
        uses.setdefault(place, []).append(f"{name} ({unit.replace('_', ' ')})" if unit else name)
    for name, column in profile.times.items():
        uses.setdefault(places.get(folded(column), -1), []).append(f"{name} (time of day)")
    known = FIELDS_OF[profile.kind].fields
    lists = {name: place for name, place in fields.items() if known[name].kind is FieldKind.TAGS}
    for name, joined in JoinedLists(lists, header, profile.separators).joined_places.items():
        for place in joined:
            uses.setdefault(place, []).append(name)
    return uses


def _meanings(
    profile: ImportProfile, header: Sequence[str], sample: Sequence[SourceRow]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each field with a closed list, and what its words mean, the commonest first."""
    spec, places = FIELDS_OF[profile.kind], column_places(header)
    for name, column in profile.columns.items():
        field, place = spec.fields[name], places.get(folded(column))
        if field.kind not in _WITH_WORDS or place is None:
            continue
        read = word_reader(field, {**spec.words.get(name, {}), **profile.values.get(name, {})})
        texts = Counter(text for row in sample if place < len(row.cells) and (text := row.cells[place].strip()))
        unknown = "other" if name == "channel" else _NOT_USED
        is_number = field.kind is FieldKind.RATING
        yield (
            name,
            {
                word: unknown if value is None else value or _NOT_USED
                for word, _ in texts.most_common()
                if not is_nothing(word) and ((value := read(word)) is not None or not is_number)
            },
        )
