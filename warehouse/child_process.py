"""Child processes that never outlive this one."""

import contextlib
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from warehouse.embedded_platform import tie_to


@dataclass(frozen=True, slots=True)
class Account:
    """An operating-system account that a child takes on instead of root."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class ChildProcess:
    """What to start, and how.

    Attributes:
        argv: Program and arguments.
        environment: The child's whole environment.
        output: An open file that takes stdout and stderr.
        death_signal: What the kernel sends the child when this process dies, by SIGKILL too.
        account: Account to drop to; None keeps the present one.
        kept_descriptors: File descriptors that the child inherits.
        directory: Working directory; None keeps the present one.
    """

    argv: Sequence[str]
    environment: Mapping[str, str]
    output: IO[bytes] | int
    death_signal: signal.Signals = signal.SIGTERM
    account: Account | None = None
    kept_descriptors: Sequence[int] = field(default=())
    directory: Path | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Start the child in its own session, tied to the life of this process.

        The kernel ties a child to the *thread* that forked it, so a thread is kept for
        exactly as long as the child lives.

        Raises:
            OSError: If the program cannot be executed.
        """
        answer: queue.SimpleQueue[subprocess.Popen[bytes] | BaseException] = queue.SimpleQueue()
        threading.Thread(target=self._keep, args=(answer,), daemon=True).start()
        result = answer.get()
        if isinstance(result, BaseException):
            raise result
        return result

    def _keep(self, answer: "queue.SimpleQueue[subprocess.Popen[bytes] | BaseException]") -> None:
        try:
            process = self._fork()
        except BaseException as error:  # noqa: BLE001 - handed to the waiting thread, which raises it
            answer.put(error)
            return
        answer.put(process)
        process.wait()

    def _fork(self) -> subprocess.Popen[bytes]:
        account = self.account
        return subprocess.Popen(  # noqa: S603 - argv comes from this package, never from outside
            list(self.argv),
            env=dict(self.environment),
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            pass_fds=tuple(self.kept_descriptors),
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            # Runs after the account is dropped, which would clear the death signal.
            preexec_fn=tie_to(os.getpid(), self.death_signal),  # noqa: PLW1509 - one prepared C call
        )


def stop_process(process: subprocess.Popen[bytes], signals: Sequence[signal.Signals], grace_seconds: float) -> None:
    """Send each signal in turn, waiting the grace after each, and SIGKILL to its whole group at the end.

    Args:
        process: The child to stop; of one that has ended, what it left behind.
        signals: From the gentlest to the firmest.
        grace_seconds: How long each signal has to take effect.
    """
    for number in signals:
        if process.poll() is not None:
            break
        process.send_signal(number)
        try:
            process.wait(grace_seconds)
        except subprocess.TimeoutExpired:
            continue
    # Whatever is left of its process group, which bears the child's number.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
