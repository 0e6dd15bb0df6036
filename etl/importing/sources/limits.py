"""How much a file may ask of the machine that reads it."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """Bounds on what is read; each can be set in the table `limits` of a profile.

    Attributes:
        cell_characters: A row with a longer cell goes to quarantine, whole.
        line_characters: A longer line, or cell over several lines, stops the import: a quote that never closes.
        inflated_bytes: A compressed file that holds more is refused.
        inflation_ratio: So is one that inflates by more than this factor, once it has passed `free_inflated_bytes`.
        free_inflated_bytes: Inflated bytes before the factor counts.
        columns: A table with more columns is refused.
    """

    cell_characters: int = 1_000_000
    line_characters: int = 12_000_000
    inflated_bytes: int = 100 * 1024 * _MIB
    inflation_ratio: int = 200
    free_inflated_bytes: int = 256 * _MIB
    columns: int = 2_000
