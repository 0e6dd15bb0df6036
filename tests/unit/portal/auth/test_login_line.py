"""Log-ins get their turns in a fair order."""

import asyncio
import random

import pytest

from portal.auth.login_line import FairLine


async def settle() -> None:
    """Let everything run that can."""
    for _ in range(20):
        await asyncio.sleep(0)


class Caller:
    """One who waits for a turn and says when it is there."""

    def __init__(self, line: FairLine, address: str, account: str, order: list[str]) -> None:
        """Step into the line."""
        self.name = f"{address} {account}"
        self.order = order
        self.task = asyncio.create_task(self._wait(line, address, account))

    async def _wait(self, line: FairLine, address: str, account: str) -> bool:
        has_turn = await line.enter(address, account)
        self.order.append(self.name if has_turn else f"not {self.name}")
        return has_turn


async def served(line: FairLine, callers: list[tuple[str, str]]) -> list[str]:
    """Return the order in which callers get their turns who all come while one is served."""
    order: list[str] = []
    assert await line.enter("first", "first")
    made = [Caller(line, address, account, order) for address, account in callers]
    await settle()
    for _ in callers:
        line.leave()
        await settle()
    assert all(each.task.done() for each in made)
    return order


def test_one_address_does_not_keep_another_waiting() -> None:
    """Whoever had no turn yet comes before those who had many."""

    async def run() -> list[str]:
        line = FairLine(1)
        await served(line, [("guesser", "a")] * 5)
        line.leave()
        return await served(line, [("guesser", "a")] * 3 + [("owner", "b")])

    order = asyncio.run(run())
    assert order[0] == "owner b"


def test_guesses_at_one_account_do_not_keep_the_others_of_the_same_address_waiting() -> None:
    """An office behind one address: its people come before whoever guesses at one of them."""

    async def run() -> list[str]:
        line = FairLine(1)
        await served(line, [("office", "a")] * 5)
        line.leave()
        return await served(line, [("office", "a")] * 3 + [("office", "b")])

    order = asyncio.run(run())
    assert order[0] == "office b"


def test_a_full_line_turns_away_who_would_be_last() -> None:
    """Not who comes last: an owner takes the place of a guesser."""

    async def run() -> list[str]:
        line = FairLine(1, most_waiting=3)
        await served(line, [("guesser", "a")] * 2)
        line.leave()
        order: list[str] = []
        assert await line.enter("first", "first")
        made = [Caller(line, "guesser", "a", order) for _ in range(3)] + [Caller(line, "owner", "b", order)]
        await settle()
        assert order == ["not guesser a"]
        for _ in range(3):
            line.leave()
            await settle()
        assert all(each.task.done() for each in made)
        return order

    assert asyncio.run(run())[1] == "owner b"


@pytest.mark.parametrize("seed", range(20))
def test_whoever_goes_away_loses_nobody_a_turn(seed: int) -> None:
    """Callers come, are served and go away at random; in the end everybody who stayed was served, and two may enter."""
    choose = random.Random(seed)

    async def run() -> None:
        line = FairLine(2)

        async def call(number: int) -> None:
            assert await line.enter(f"address {number % 5}", f"account {number % 7}")
            try:
                await asyncio.sleep(0)
            finally:
                line.leave()

        tasks = [asyncio.create_task(call(number)) for number in range(40)]
        gone = choose.sample(tasks, 15)
        for task in gone:
            for _ in range(choose.randrange(3)):
                await asyncio.sleep(0)
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(result is None or isinstance(result, asyncio.CancelledError) for result in results)
        assert await asyncio.wait_for(line.enter("x", "x"), 5)
        assert await asyncio.wait_for(line.enter("y", "y"), 5)

    asyncio.run(run())


def test_what_was_long_ago_does_not_count() -> None:
    """After a minute the guesser is like anybody."""
    now = 0.0

    async def run() -> list[str]:
        nonlocal now
        line = FairLine(1, clock=lambda: now)
        await served(line, [("guesser", "a")] * 5)
        line.leave()
        now = 61.0
        return await served(line, [("guesser", "a"), ("owner", "b")])

    assert asyncio.run(run())[0] == "guesser a"
