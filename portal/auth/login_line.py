"""The line before the log-in: who tries least often is next, and no thread waits."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.auth.addresses import neighbourhood
from portal.auth.local_path import LOGIN

MOST_WAITING: Final = 64
_REMEMBERED_SECONDS: Final = 60.0
_TURNED_AWAY: Final = "portal_login_is_turned_away"
_MOST_FIELDS: Final = 20


@dataclass(eq=False, slots=True)
class _Waiting:
    """One who waits: from which address, for which account, and since when."""

    address: str
    account: str
    number: int
    has_turn: "asyncio.Future[bool]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class FairLine:
    """Gives turns, few at once; next is the address, then the account, that had the fewest in the last minute.

    So those who guess many passwords wait for those who type one. A full line turns away who would be last.
    """

    def __init__(
        self, at_once: int, most_waiting: int = MOST_WAITING, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start with nobody in line.

        Args:
            at_once: How many turns there are at the same time.
            most_waiting: How many may wait.
            clock: Seconds since any moment.
        """
        self._at_once = at_once
        self._most_waiting = most_waiting
        self._clock = clock
        self._working = 0
        self._waiting: list[_Waiting] = []
        self._arrived = 0
        self._turns: Counter[tuple[str, str]] = Counter()
        self._turns_since = clock()

    async def enter(self, address: str, account: str) -> bool:
        """Wait for a turn, and say whether there is one; then `leave` has to be called.

        Args:
            address: Where the request comes from.
            account: Which account it is for.
        """
        self._arrived += 1
        newcomer = _Waiting(address, account, self._arrived)
        self._waiting.append(newcomer)
        self._give_turns()
        if len(self._waiting) > self._most_waiting:
            self._turn_away(max(self._waiting, key=self._rank))
        try:
            return await newcomer.has_turn
        except asyncio.CancelledError:
            self._forget(newcomer)
            raise

    def leave(self) -> None:
        """End a turn."""
        self._working -= 1
        self._give_turns()

    def _give_turns(self) -> None:
        while self._waiting and self._working < self._at_once:
            following = min(self._waiting, key=self._rank)
            self._waiting.remove(following)
            if following.has_turn.done():
                continue  # gone at this moment
            self._working += 1
            self._note(following)
            following.has_turn.set_result(True)

    def _rank(self, waiting: _Waiting) -> tuple[int, int, int]:
        return self._turns["address", waiting.address], self._turns["account", waiting.account], waiting.number

    def _note(self, served: _Waiting) -> None:
        if self._clock() > self._turns_since + _REMEMBERED_SECONDS:
            self._turns.clear()
            self._turns_since = self._clock()
        self._turns.update([("address", served.address), ("account", served.account)])

    def _turn_away(self, last: _Waiting) -> None:
        self._waiting.remove(last)
        last.has_turn.set_result(False)

    def _forget(self, gone: _Waiting) -> None:
        """Pass on the turn of one who is gone, or take him out of the line."""
        if gone in self._waiting:
            self._waiting.remove(gone)
        elif not gone.has_turn.cancelled() and gone.has_turn.result():
            self.leave()


class LoginLine:
    """ASGI middleware that lets log-ins through in turn; it stands where requests arrive whole."""

    def __init__(self, app: ASGIApp, line: FairLine) -> None:
        """Wrap an application.

        Args:
            app: What answers.
            line: Gives the turns.
        """
        self._app = app
        self._line = line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] != LOGIN:
            await self._app(scope, receive, send)
            return
        whole = await receive()
        unread = [whole]

        async def again() -> Message:
            return unread.pop() if unread else await receive()

        address = neighbourhood((scope.get("client") or ("", 0))[0])
        if not await self._line.enter(address, _account_of(whole.get("body", b""))):
            await self._app({**scope, _TURNED_AWAY: True}, again, send)
            return
        try:
            await self._app(scope, again, send)
        finally:
            self._line.leave()


def is_turned_away(environment: Mapping[str, Any]) -> bool:
    """Say whether there was no turn for a log-in.

    Args:
        environment: Of the request, as WSGI hands it on.
    """
    return bool(environment.get("asgi.scope", {}).get(_TURNED_AWAY))


def _account_of(form: bytes) -> str:
    try:
        fields = dict(parse_qsl(form.decode("latin-1"), max_num_fields=_MOST_FIELDS))
    except ValueError:
        return ""
    return fields.get("user_name", "").strip().lower()[:100]
