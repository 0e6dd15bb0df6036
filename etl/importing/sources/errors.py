"""Errors of a file as a whole. A fault in one row is no error: that row goes to quarantine.

SupportAnalyticsError
└── ImportFileError            the file cannot be imported as it is
    ├── FileUnreadableError    missing, a directory, no permission
    ├── FileDamagedError       truncated or corrupt
    ├── FileTooLargeError      inflated, or in one line or cell, beyond the limits
    ├── FileKindError          not a table that can be read
    ├── EncodingError          the encoding is unknown
    └── HeaderError            empty, ambiguous, or lacking a column that is needed
"""

from analytics.errors import SupportAnalyticsError


class ImportFileError(SupportAnalyticsError):
    """The file cannot be imported as it is; nothing of it has been imported."""


class FileUnreadableError(ImportFileError):
    """The file is missing or may not be read."""


class FileDamagedError(ImportFileError):
    """The file ends too early or its compression is corrupt."""


class FileTooLargeError(ImportFileError):
    """The file, a line of it or a cell is beyond the limits."""


class FileKindError(ImportFileError):
    """The file is not a CSV, TSV or XLSX table."""


class EncodingError(ImportFileError):
    """The text encoding is unknown or cannot be detected."""


class HeaderError(ImportFileError):
    """The first row cannot serve as the names of the columns."""
