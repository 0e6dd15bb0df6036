"""The embedded server starts, recovers, is shared, and never outlives its parent."""

import contextlib
import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
import unittest.mock
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from warehouse.embedded.cluster import ClusterFiles
from warehouse.embedded.errors import ServerAccessError, ServerInUseError
from warehouse.embedded.postgres import EmbeddedPostgres, attach, connect, connect_or_start
from warehouse.embedded.programs import programs_for, server_account
from warehouse.embedded.server import ServerAddress

CHECKOUT = Path(__file__).parents[4]
LOSABLE = {"fsync": "off"}
WAIT_SECONDS = 60.0

KEEP_RUNNING = """
import sys, time
from pathlib import Path
from warehouse.embedded.postgres import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1])) as server:
    print(server.running.address.port, server._process.pid, flush=True)
    time.sleep(600)
"""


@contextlib.contextmanager
def another_process(data_dir: Path) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """A second process that holds a running server; yields it and the server's process id."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", KEEP_RUNNING, str(data_dir)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )
    try:
        assert process.stdout is not None
        _port, server = process.stdout.readline().split()
        yield process, int(server)
    finally:
        process.kill()
        process.wait()


def run_sql(server: EmbeddedPostgres, statement: str) -> list[tuple[object, ...]]:
    """Run one statement as the superuser and return its rows."""
    with contextlib.closing(connect(server.running)) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def eventually(condition: Callable[[], bool]) -> bool:
    """Wait for a condition; a bound on failure only, not a measurement."""
    give_up_at = time.monotonic() + WAIT_SECONDS
    while not condition() and time.monotonic() < give_up_at:
        time.sleep(0.02)
    return condition()


def is_gone(pid: int) -> bool:
    """Say whether a process has ended, reaped by its new parent or not."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_settings_make_a_system_of_record(tmp_path: Path) -> None:
    """Checksums, SCRAM and synchronous commit are on, text is UTF-8, and the password is private."""
    with EmbeddedPostgres(tmp_path) as server:
        shown = {
            name: run_sql(server, f"SHOW {name}")[0][0]
            for name in ("data_checksums", "synchronous_commit", "fsync", "server_encoding", "password_encryption")
        }
        assert shown == {
            "data_checksums": "on",
            "synchronous_commit": "on",
            "fsync": "on",
            "server_encoding": "UTF8",
            "password_encryption": "scram-sha-256",
        }
        methods = run_sql(server, "SELECT DISTINCT auth_method FROM pg_hba_file_rules")
        assert methods == [("scram-sha-256",)]
        assert server.files.password.stat().st_mode & 0o077 == 0


def test_a_path_with_a_space_and_a_quote_works(tmp_path: Path) -> None:
    """Any path serves as the data directory."""
    with EmbeddedPostgres(tmp_path / "it's my data", settings=LOSABLE) as server:
        assert run_sql(server, "SELECT 1") == [(1,)]


def test_committed_rows_survive_a_killed_parent(tmp_path: Path) -> None:
    """A SIGKILL of the parent ends the server, and the next start has every committed row."""
    with EmbeddedPostgres(tmp_path) as server:
        run_sql(server, "CREATE TABLE kept AS SELECT 42 AS answer")
    with another_process(tmp_path) as (process, server_pid):
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert eventually(lambda: is_gone(server_pid))
    with EmbeddedPostgres(tmp_path) as server:
        assert run_sql(server, "SELECT answer FROM kept") == [(42,)]


def test_a_killed_server_recovers(tmp_path: Path) -> None:
    """A server killed with everything it had open comes back with every committed row."""
    with EmbeddedPostgres(tmp_path) as server:
        run_sql(server, "CREATE TABLE kept AS SELECT 42 AS answer")
        postmaster = psutil.Process(int((server.files.cluster / "postmaster.pid").read_text().split()[0]))
        for process in (postmaster, *postmaster.children()):
            # Its children end by themselves when they see that it is gone.
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        assert eventually(lambda: not server.is_alive())
        server.stop()
        server.start()
        assert run_sql(server, "SELECT answer FROM kept") == [(42,)]


def test_a_stale_pid_file_of_a_living_process_is_not_trusted(tmp_path: Path) -> None:
    """A pid file that names a process which is not the server does not stop a start."""
    with EmbeddedPostgres(tmp_path, settings=LOSABLE) as server:
        cluster = server.files.cluster
    (cluster / "postmaster.pid").write_text(f"{os.getppid()}\n{cluster}\n1\n5432\n/tmp\n127.0.0.1\n\n")
    with EmbeddedPostgres(tmp_path, settings=LOSABLE) as server:
        assert server.is_alive()


def test_an_interrupted_creation_starts_over(tmp_path: Path) -> None:
    """What a killed initdb left behind is replaced."""
    files = ClusterFiles(tmp_path / "postgresql")
    (files.root / "cluster.new" / "base").mkdir(parents=True)
    files.password.write_text("of the creation that was killed")
    with EmbeddedPostgres(tmp_path, settings=LOSABLE) as server:
        assert run_sql(server, "SELECT 1") == [(1,)]


def test_a_second_starter_gets_one_clear_error(tmp_path: Path) -> None:
    """Two servers on one directory are refused, with what to do."""
    second = EmbeddedPostgres(tmp_path, wait_seconds=0.0)
    with EmbeddedPostgres(tmp_path, settings=LOSABLE):
        with pytest.raises(ServerInUseError, match="Another support-analytics process") as caught:
            second.start()
        assert "--data-dir" in caught.value.hint
        assert not second.is_alive()


def test_two_simultaneous_starters_share_one_server(tmp_path: Path) -> None:
    """Commands started at the same moment on a new directory end up on the same server."""
    script = (
        "import sys; from pathlib import Path; from warehouse.embedded.postgres import connect_or_start\n"
        "with connect_or_start(Path(sys.argv[1])) as server: print(server.address.port, flush=True); sys.stdin.read()"
    )
    commands = [
        subprocess.Popen(
            [sys.executable, "-P", "-c", script, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        )
        for _ in range(2)
    ]
    ports = {command.stdout.readline() for command in commands if command.stdout}
    for command in commands:
        assert command.stdin is not None
        command.stdin.close()
    assert len(ports) == 1
    assert [command.wait(WAIT_SECONDS) for command in commands] == [0, 0]
    assert attach(tmp_path) is None


def folders_of(port: int) -> list[Path]:
    """Return the folders for temporary files that hold a socket of the server on a port."""
    return [path.parent for path in Path(tempfile.gettempdir()).glob(f"support-analytics*/.s.PGSQL.{port}")]


@pytest.mark.parametrize("victim", ["parent", "server"])
def test_a_kill_leaves_no_folder_behind(tmp_path: Path, victim: str) -> None:
    """Neither while the server runs nor after a kill is there anything of it among the temporary files."""
    with another_process(tmp_path) as (process, server):
        address = ServerAddress.read(ClusterFiles(tmp_path / "postgresql").server)
        assert address is not None
        assert not folders_of(address.port)
        assert not any(each.laddr for each in psutil.Process(server).net_connections("unix"))
        os.kill(process.pid if victim == "parent" else server, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(server)], WAIT_SECONDS) if psutil.pid_exists(server) else None
    assert not folders_of(address.port)


def test_what_the_server_keeps_is_its_owners_only(tmp_path: Path) -> None:
    """Whatever the umask; also what an earlier version left open."""
    before = os.umask(0)
    try:
        data_dir = tmp_path / "data"
        (data_dir / "models").mkdir(parents=True)
        (data_dir / "models" / "champion.json").touch()
        with EmbeddedPostgres(data_dir, settings=LOSABLE) as server:
            assert server.running.answers()
            cluster = server.files.cluster
            paths = [data_dir, *(path for path in data_dir.rglob("*") if cluster not in path.parents)]
            assert [path for path in paths if path.lstat().st_mode & 0o077] == []
    finally:
        os.umask(before)


def test_a_folder_left_by_an_earlier_version_is_removed(tmp_path: Path) -> None:
    """Only what is empty and old: one that was made just now may be a server's that is starting."""
    old, new = (Path(tempfile.mkdtemp(prefix="support-analytics-pg-", dir="/tmp")) for _ in range(2))
    os.utime(old, (0, 0))
    try:
        with EmbeddedPostgres(tmp_path, settings=LOSABLE):
            assert (old.exists(), new.exists()) == (False, True)
    finally:
        new.rmdir()


def test_a_second_command_uses_the_running_server(tmp_path: Path) -> None:
    """While a server is up, a command attaches to it and leaves it running."""
    with EmbeddedPostgres(tmp_path, settings=LOSABLE) as server:
        with connect_or_start(tmp_path) as attached:
            assert attached.address == server.running.address
        assert server.is_alive()


def test_a_command_starts_a_server_only_for_itself(tmp_path: Path) -> None:
    """Without a running server a command brings its own and takes it away."""
    with connect_or_start(tmp_path) as server:
        assert server.answers()
    assert attach(tmp_path) is None


def test_somebody_elses_server_on_the_recorded_port_is_not_ours(
    tmp_path: Path, postgres_server: EmbeddedPostgres
) -> None:
    """A server that does not know our password is not attached to."""
    with EmbeddedPostgres(tmp_path, settings=LOSABLE) as server:
        files = server.files
    postgres_server.running.address.write(files.server)
    assert attach(tmp_path) is None


def test_the_port_is_kept_over_a_restart(tmp_path: Path) -> None:
    """A service that holds the URL finds the server again after a restart."""
    server = EmbeddedPostgres(tmp_path, settings=LOSABLE).start()
    before = server.url()
    server.stop()
    with server:
        assert server.url() == before


def test_a_broken_setting_names_the_log(tmp_path: Path) -> None:
    """A server that cannot start says why, and holds nothing afterwards."""
    with pytest.raises(Exception, match="no_such_setting"):
        EmbeddedPostgres(tmp_path, settings={"no_such_setting": "1"}).start()
    with EmbeddedPostgres(tmp_path, settings=LOSABLE) as server:
        assert server.is_alive()


def test_a_data_directory_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    """A file where the directory should be gives a sentence and a way out."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(ServerAccessError, match="--data-dir"):
        EmbeddedPostgres(blocked).start()


def _serve_as_ordinary_user(data_dir: Path, programs: Path, answer: int) -> None:
    """Child of a fork: give up root if it has it, serve once, and report who the server ran as."""
    if os.geteuid() == 0:
        account = pwd.getpwnam("nobody")
        os.chown(data_dir, account.pw_uid, account.pw_gid)
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)
    with (
        # The checkout of a root user may be closed to the account.
        unittest.mock.patch("warehouse.embedded.postgres.programs_for", return_value=programs),
        EmbeddedPostgres(data_dir, settings=LOSABLE) as server,
    ):
        owner = (server.files.cluster / "postmaster.pid").stat().st_uid
        os.write(answer, f"{os.getuid()} {owner}".encode())


def test_an_ordinary_user_can_run_it() -> None:
    """The server runs as the account that starts it when that is not root."""
    programs = programs_for(server_account(Path("/none")))
    reading, writing = os.pipe()
    # Not pytest's own directory, which is closed to other accounts.
    with tempfile.TemporaryDirectory(dir="/tmp") as data_dir:
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                _serve_as_ordinary_user(Path(data_dir), programs, writing)
            os._exit(0)
        os.close(writing)
        os.waitpid(child, 0)
        user, owner = os.read(reading, 100).decode().split()
        os.close(reading)
    assert user == owner != "0"


def test_root_drops_to_an_ordinary_account(tmp_path: Path) -> None:
    """The server never runs as root, even below a directory that only root may enter."""
    (tmp_path / "closed").mkdir(mode=0o700)
    with another_process(tmp_path / "closed" / "data") as (_, server_pid):
        assert psutil.Process(server_pid).uids().effective != 0
