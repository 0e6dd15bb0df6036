"""Makes a row of cells from a JSON object: nested names are joined by dots, lists by commas."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

LIST_SEPARATOR: Final = ", "
"""Between the values of a list in one cell. If a value has a comma itself, the cell holds the list as JSON."""
_DEEPEST: Final = 20
_MOST_NAMES: Final = 30
_ID_AND_VALUE: Final = frozenset({"id", "value"})


def cells_of(record: Mapping[str, Any], lists: set[str]) -> dict[str, str]:
    """Return the cells of a record by name, and add the names of those that hold a list to `lists`.

    {"id": "1", "via": {"channel": "web"}, "tags": ["a", "b"]} gives id "1", via.channel "web", tags "a, b". A list of
    objects gives a cell for each of their names: {"labels": [{"name": "bug"}, {"name": "ui"}]} gives labels.name
    "bug, ui". A list of objects with id and value alone, as custom fields are, gives a cell for each id. What is
    nested deeper or is too mixed stays JSON in one cell. null gives a blank cell.
    """
    return dict(_flat("", record, 0, lists))


def _flat(prefix: str, record: Mapping[str, Any], depth: int, lists: set[str]) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and value and depth < _DEEPEST:
            yield from _flat(f"{name}.", value, depth + 1, lists)
        elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            yield from _objects(name, value, lists)
        else:
            if isinstance(value, list):
                lists.add(name)
            yield name, _text(value)


def _objects(name: str, objects: Sequence[Mapping[str, Any]], lists: set[str]) -> Iterator[tuple[str, str]]:
    names = dict.fromkeys(key for each in objects for key in each)
    if names.keys() == _ID_AND_VALUE and len({_text(each.get("id")) for each in objects}) == len(objects):
        for each in objects:
            yield f"{name}.{_text(each.get('id'))}", _text(each.get("value"))
    elif len(names) > _MOST_NAMES:
        yield name, _json(objects)
    else:
        lists.update(f"{name}.{key}" for key in names)
        for key in names:
            yield f"{name}.{key}", _text([each.get(key) for each in objects])


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _joined(value)
    return _json(value) if isinstance(value, dict) else str(value)


def _joined(values: Sequence[Any]) -> str:
    if any(isinstance(each, dict | list) for each in values):
        return _json(values)
    texts = [_text(each) for each in values]
    if not any(texts):
        return ""
    return _json(values) if any("," in text or text.startswith("[") for text in texts) else LIST_SEPARATOR.join(texts)


def _json(value: Any) -> str:  # noqa: ANN401 - as above
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
