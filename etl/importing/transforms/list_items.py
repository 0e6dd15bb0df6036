"""Takes the items of a cell that holds a list as JSON."""

import json


def json_items(text: str) -> list[str] | None:
    """Return the values of a JSON list, nulls left out; None for any other text."""
    if not (text.startswith("[") and text.endswith("]")):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    is_plain = isinstance(found, list) and not any(isinstance(each, dict | list) for each in found)
    return (
        [each if isinstance(each, str) else json.dumps(each) for each in found if each is not None]
        if is_plain
        else None
    )
