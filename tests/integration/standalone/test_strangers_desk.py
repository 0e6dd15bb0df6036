"""A desk of another trade, as a person starts it: its own categories are learnt, and nobody files by the shop's."""

import csv
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import sqlalchemy as sa

from standalone.service import command_line
from tests.integration.standalone.commands import Shell
from tests.integration.standalone.processes import WAIT_SECONDS, eventually
from warehouse.embedded.postgres import attach
from warehouse.engine import create_engine_for

SHOP = "('book_order', 'account_issue', 'technical_support', 'return_refund', 'general_inquiry')"
FOREIGN = (
    "Geyser burst",
    "Payslip wrong tax number",
    "Disk of srv-db02 at 98 percent",
    "Boarding pass not on my phone",
    "Knee still swollen",
    "Leave balance four days short",
    "Blocked drain in the kitchen",
    "VPN drops every ten minutes",
    "Room without a window",
    "Tap drips on floor 2",
)
ORDER = "Where is my order? The delivery was due on Monday"
WORDS = {
    "Hardware": ("docking station", "laptop battery", "keyboard", "printer jam", "monitor flicker"),
    "Network": ("vpn drops", "wifi slow", "dns lookup", "file share", "no connection"),
    "Access": ("admin rights", "shared mailbox", "permission denied", "new starter", "finance group"),
    "Servers": ("disk full", "backup failed", "certificate expires", "cpu alert", "restart needed"),
}
FILLING = ("please", "today", "hello", "still", "about", "reply", "soon", "again", "since", "morning", "room", "we")


def write_file(path: Path, rows: list[tuple[str, str, str]]) -> Path:
    """Write tickets: subject, content, category."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Ticket", "Created", "Subject", "Description", "Category"))
        writer.writerows((f"T{number}", "2026-01-05 08:00", *row) for number, row in enumerate(rows))
    return path


def helpdesk(count: int) -> list[tuple[str, str, str]]:
    """Return tickets of a helpdesk; every fifth has no category."""
    random, rows = Random(7), []
    for number in range(count):
        category = random.choice(list(WORDS))
        text = " ".join(random.sample(FILLING, 6))
        rows.append((" and ".join(random.sample(WORDS[category], 2)), text, category if number % 5 else ""))
    return rows


def in_the_end(condition: Callable[[], bool]) -> bool:
    """Wait for what takes several processes, each of which starts with Python; on a busy machine that takes minutes."""
    return any(eventually(condition) for _ in range(3))


@contextmanager
def running(shell: Shell, port: int, *options: str) -> Iterator[None]:
    """Run `up` until the block is left."""
    log = Path(shell.environment["SUPPORT_DATA_DIR"]).with_suffix(".out")
    with log.open("wb") as output:
        command = command_line("up", "--no-browser", "--port", str(port), *options)
        process = subprocess.Popen(
            command, env=shell.environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        assert in_the_end(lambda: "and log in as" in log.read_text() or process.poll() is not None)
        assert process.poll() is None, log.read_text()
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(WAIT_SECONDS)


def bring_in(shell: Shell, path: Path) -> None:
    """Import a file."""
    shell.asked("import", str(path), "--yes", "--time-zone", "Europe/Berlin")


def count(shell: Shell, condition: str) -> int:
    """Return how many tickets meet a condition; asked directly, because every command starts a Python."""
    server = attach(Path(shell.environment["SUPPORT_DATA_DIR"]))
    assert server is not None
    statement = sa.text(f"select count(*) from support.support_tickets as ticket where {condition}")
    with create_engine_for(server.url(), poolclass=sa.NullPool).connect() as connection:
        return int(connection.execute(statement).scalar_one())


def classified(shell: Shell, tickets: int) -> bool:
    """Say whether every ticket has been looked at and none waits."""
    looked_at = "exists (select from support.ticket_predictions as said where said.ticket_id = ticket.id)"
    waiting = "exists (select from support.classification_tasks as task where task.ticket_id = ticket.id)"
    return count(shell, looked_at) == tickets and not count(shell, waiting)


def test_a_strangers_categories_are_learnt_and_the_shops_file_nothing(tmp_path: Path, free_port: int) -> None:
    """Foreign tickets wait for a person; an imported file teaches at once, and what it left blank is filed by that."""
    shell = Shell.at(tmp_path / "desk", SUPPORT_TIME_ZONE="Europe/Berlin")
    with running(shell, free_port):
        bring_in(shell, write_file(tmp_path / "first.csv", [(each, "", "") for each in FOREIGN]))
        assert in_the_end(lambda: classified(shell, len(FOREIGN)))
        assert count(shell, "category is null") == len(FOREIGN)
        bring_in(shell, write_file(tmp_path / "helpdesk.csv", helpdesk(400)))
        assert in_the_end(lambda: count(shell, "category_source = 'model' and category is not null") > 0)
        assert in_the_end(lambda: classified(shell, len(FOREIGN) + 400))
        assert count(shell, f"category in {SHOP}") == 0
        assert count(shell, "category is not null and category_source = 'imported'") == 320
        assert "right" in shell.asked("classifier", "threshold")


def test_with_the_template_the_shops_categories_file_from_the_start(tmp_path: Path, free_port: int) -> None:
    """What they do not know stays without a category."""
    shell = Shell.at(tmp_path / "shop", SUPPORT_TIME_ZONE="Africa/Gaborone")
    with running(shell, free_port, "--template", "bookshop"):
        bring_in(shell, write_file(tmp_path / "shop.csv", [(ORDER, "", ""), (FOREIGN[0], "", "")]))
        assert in_the_end(lambda: classified(shell, 2))
        assert count(shell, "category = 'book_order'") == 1
        assert count(shell, "category is null") == 1
