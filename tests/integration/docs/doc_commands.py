"""Finds the commands in the blocks of a page, and how each is written."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from typer._click.exceptions import MissingParameter

from standalone import cli

CHECKOUT = Path(__file__).parents[3]
PAGES = [
    CHECKOUT / "README.md",
    CHECKOUT / "CONTRIBUTING.md",
    *sorted(page for page in (CHECKOUT / "docs").rglob("*.md") if page.parent.name != "adr"),
]
_BLOCK = re.compile(r"^```([a-z]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SHELLS = {"", "sh", "bash", "console"}
_INLINE = re.compile(r"`(\./run [^`]+)`")
_STARTS = re.compile(r"^(\$ |\./run\b|[A-Z_]+=\S+ \./run\b|[a-z][a-z-]* [^=]*$|alias )")
_VARIABLE = re.compile(r"[A-Z_]+=")


@dataclass(frozen=True, slots=True)
class Call:
    """One `./run ...` of a statement.

    Attributes:
        variables: Set for this call alone.
        arguments: What follows `./run`.
        output: File to which its output is added; "" for none.
    """

    variables: dict[str, str]
    arguments: list[str]
    output: str = ""


def blocks(page: Path) -> list[str]:
    """Return the blocks of a page that hold commands."""
    matches = _BLOCK.finditer(page.read_text(encoding="utf-8"))
    found = [match[2] for match in matches if match[1] in _SHELLS]
    return [block for block in found if _STARTS.match(block.partition("\n")[0])]


def statements(block: str) -> list[str]:
    """Return what a person types, one statement each; after a prompt only what follows one is typed."""
    text = block.replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip()]
    if block.startswith("$ "):
        lines = [line[2:] for line in lines if line.startswith("$ ")]
    return list(_with_loops(lines))


def _with_loops(lines: list[str]) -> Iterator[str]:
    loop: list[str] = []
    for line in lines:
        if loop or line.startswith("for "):
            loop.append(line)
            if line.strip() == "done":
                yield "\n".join(loop)
                loop = []
        else:
            yield line


def calls(statement: str) -> list[Call]:
    """Return the `./run` calls of a statement, in their order; other programs are left out."""
    words = shlex.split(statement.replace("&&", " && "), comments=True)
    parts: list[list[str]] = [[]]
    for word in words:
        if word in {"&&", "|"}:
            parts.append([])
        else:
            parts[-1].append(word)
    return [call for part in parts if (call := _call(part)) is not None]


def _call(words: list[str]) -> Call | None:
    if "./run" not in words:
        return None
    place = words.index("./run")
    variables = dict(word.split("=", 1) for word in words[:place] if _VARIABLE.match(word))
    rest = _without_redirections(words[place + 1 :])
    output = next((word[2:] for word in rest if word.startswith(">>")), "")
    return Call(variables, [word for word in rest if not word.startswith(">>")], output)


def _without_redirections(words: list[str]) -> list[str]:
    places = {place for place, word in enumerate(words) if word in {"<", ">"}}
    return [word for place, word in enumerate(words) if not {place, place - 1} & places]


def inline_calls(page: Path) -> list[Call]:
    """Return the `./run` commands in the sentences of a page; placeholders in capitals stay as they are."""
    found = _INLINE.findall(page.read_text(encoding="utf-8"))
    return [call for text in found for call in calls(text)]


def check_arguments(arguments: list[str], *, may_be_short: bool = False) -> None:
    """Check that a command of the product and its options exist; nothing is run.

    Args:
        arguments: What follows `./run`.
        may_be_short: Whether arguments may be left out, as in a sentence that only names the command.

    Raises:
        UsageError: If they do not.
    """
    invocation = cli.parse_invocation(arguments)
    command: Any = typer.main.get_command(cli.build_app(lambda each: each.name == invocation.command))
    words, names = list(invocation.arguments), ["support-analytics"]
    while hasattr(command, "commands"):
        children = command.commands
        name = words.pop(0) if words and words[0] in children else command.DEFAULT
        command, names = children[name], [*names, name]
    try:
        command.make_context(" ".join(names), words)
    except MissingParameter:
        if not may_be_short:
            raise
