"""Names with their values, one below the other."""

from portal.widgets.markup import Children, Element, element


def field_pairs(pairs: list[tuple[str, Children]]) -> Element:
    """Return the pairs that have a value, in their order."""
    rows = [
        element("Div", [element("Dt", name), element("Dd", value)], className="field-pair")
        for name, value in pairs
        if value
    ]
    return element("Dl", rows, className="field-list")
