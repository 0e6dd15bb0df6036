"""`support-analytics import` takes a file, or the name of what to do with the imports that were made."""

from typing import ClassVar

from typer._click.core import Context  # typer has its own copy of click and exports no base class of contexts
from typer.core import TyperGroup


class ImportGroup(TyperGroup):
    """Commands of which one has the name of a file where the others have their own name."""

    DEFAULT: ClassVar[str] = "file"
    """The command that is meant when the arguments begin with no command. It may be written, but need not."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Put the name of the default command before arguments that begin with no command."""
        if args and args[0] not in {*self.commands, *self.get_help_option_names(ctx)}:
            args = [self.DEFAULT, *args]
        return super().parse_args(ctx, args)
