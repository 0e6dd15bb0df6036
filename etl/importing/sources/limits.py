"""Limits on files, so that reading one cannot exhaust the machine."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """Bounds on what is read; each can be set in the table `limits` of a profile.

    Attributes:
        cell_characters: A row with a longer cell goes to quarantine.
        line_characters: A longer line, or a longer cell over several lines, stops the import. A quote that never closes
            is the usual cause.
        inflated_bytes: A compressed file with more bytes inside is refused.
        inflation_ratio: A compressed file that inflates by more than this factor is refused.
        free_inflated_bytes: The factor is checked only beyond this many inflated bytes.
        piped_bytes: Most bytes that are taken from a pipe.
        columns: A table with more columns is refused.
    """

    cell_characters: int = 1_000_000
    line_characters: int = 12_000_000
    inflated_bytes: int = 100 * 1024 * _MIB
    inflation_ratio: int = 200
    free_inflated_bytes: int = 256 * _MIB
    piped_bytes: int = 4 * 1024 * _MIB
    columns: int = 2_000
