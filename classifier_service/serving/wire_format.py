"""How many fields a message has, found without making it.

The format is that of Protocol Buffers: https://protobuf.dev/programming-guides/encoding/
"""

from typing import Final

_VARINT, _EIGHT_BYTES, _LENGTH, _FOUR_BYTES = 0, 1, 2, 5
_FIXED: Final = {_EIGHT_BYTES: 8, _FOUR_BYTES: 4}
_LEAST_BYTES: Final = 2
"""Of a field: its number and its value."""


def has_more_fields(data: bytes, most: int) -> bool:
    """Say whether a message has more fields than a number; each entry of a repeated field counts.

    It takes time for at most that number of fields, however long the message is. Bytes that are no message may be
    answered either way.

    Args:
        data: The message as sent.
        most: The number.
    """
    if len(data) < _LEAST_BYTES * most:
        return False
    position, fields = 0, 0
    while position < len(data):
        if fields == most:
            return True
        fields += 1
        tag, position = _varint(data, position)
        kind = tag & 7
        if kind == _VARINT:
            _, position = _varint(data, position)
        elif kind == _LENGTH:
            length, position = _varint(data, position)
            position += length
        else:
            position += _FIXED.get(kind, 0)  # the ends of a group have no value
    return False


def _varint(data: bytes, position: int) -> tuple[int, int]:
    """Return the number at a position, and the position after it."""
    number, shift = 0, 0
    for byte in data[position : position + 10]:
        number |= (byte & 0x7F) << shift
        shift += 7
        position += 1
        if byte < 0x80:  # noqa: PLR2004 - the highest bit says that more follows
            break
    return number, position
