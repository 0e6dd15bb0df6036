"""A list on a terminal or in a pipe, in which no name is cut: the next command may need it."""

from collections.abc import Collection
from typing import Final

from rich.console import Console
from rich.measure import Measurement
from rich.table import Column, Table
from rich.text import Text

from analytics.terminal_text import cell

_ENDLESS: Final = 100_000


class Listing:
    """Rows under headers.

    A terminal that is wide enough shows a table. One that is too narrow shows each row as lines of "header: value",
    which it breaks by itself. A pipe gets the table as wide as it is.

    Attributes:
        headers: Of the columns.
        rows: The cells of each row.
    """

    def __init__(self, *headers: str, names: Collection[str] = (), has_lines: bool = False) -> None:
        """Begin a list.

        Args:
            headers: Of the columns.
            names: Headers of those whose cells a command may take as they stand; they stay whole and on one line.
            has_lines: Whether a line is drawn between the rows.
        """
        self.headers = headers
        self.rows: list[tuple[Text, ...]] = []
        self._names = frozenset(names)
        self._has_lines = has_lines
        self._styles: list[str] = []

    def add(self, *cells: str | Text, style: str = "") -> None:
        """Add a row; a text of several lines is given as `Text`."""
        self.rows.append(tuple(each if isinstance(each, Text) else cell(each) for each in cells))
        self._styles.append(style)

    def show(self, *, on_stderr: bool = False) -> None:
        """Print the list."""
        console = Console(stderr=on_stderr, highlight=False)
        table = self._table()
        size = Measurement.get(console, console.options.update(max_width=_ENDLESS), table)
        if console.is_terminal and size.minimum > console.width:
            self._show_stacked(console)
            return
        if not console.is_terminal:
            console.width = max(size.maximum, 1)
        console.print(table)

    def _table(self) -> Table:
        columns = (
            Column(header, no_wrap=header in self._names, min_width=self._width(place), overflow="fold")
            for place, header in enumerate(self.headers)
        )
        table = Table(*columns, show_lines=self._has_lines)
        for style, cells in zip(self._styles, self.rows, strict=True):
            table.add_row(*cells, style=style)
        return table

    def _width(self, place: int) -> int | None:
        """Return the width below which a column of names would be cut."""
        if self.headers[place] not in self._names:
            return None
        lines = (line for cells in self.rows for line in cells[place].split())
        return max((line.cell_len for line in lines), default=1)

    def _show_stacked(self, console: Console) -> None:
        for style, cells in zip(self._styles, self.rows, strict=True):
            for header, text in zip(self.headers, cells, strict=True):
                if text.plain:
                    console.print(Text(f"{header}: ").append_text(text), style=style, soft_wrap=True)
            console.print()
