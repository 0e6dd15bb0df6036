"""Twelve strangers guess passwords without pause while people log in."""

import asyncio
import re
from collections import Counter

import httpx2
from starlette.applications import Starlette

from portal.asgi import create_asgi
from portal.auth.accounts import Accounts
from portal.settings import PortalSettings
from tests.conftest import examples
from tests.integration.conftest import Database
from tests.integration.portal.conftest import PASSWORD, WRONG, PortalFactory
from warehouse.engine import DatabaseRole

STRANGERS = 12
LOG_INS = examples(3)


class Visitor:
    """A browser at an address."""

    def __init__(self, app: Starlette, address: str) -> None:
        """Open the browser."""
        transport = httpx2.ASGITransport(app, client=(address, 5000))
        self.client = httpx2.AsyncClient(transport=transport, base_url="http://portal.example", timeout=120)
        self.token = ""

    async def log_in(self, user_name: str, password: str) -> int:
        """Send the form and return the answer's status."""
        if not self.token:
            form = (await self.client.get("/login")).text
            self.token = re.findall(r'name="csrf_token" value="([^"]+)"', form)[0]
        fields = {"csrf_token": self.token, "user_name": user_name, "password": password}
        return (await self.client.post("/login", data=fields)).status_code


async def owners_beside_strangers(app: Starlette, address_of_strangers: str, name: str) -> tuple[Counter[int], int]:
    """Return how the owners' log-ins ended, and how many guesses were answered meanwhile."""
    are_over = asyncio.Event()
    guesses = 0

    async def guess(number: int) -> None:
        nonlocal guesses
        visitor = Visitor(app, address_of_strangers)
        while not are_over.is_set():
            await visitor.log_in(name.format(number), WRONG)
            guesses += 1

    strangers = [asyncio.create_task(guess(number)) for number in range(STRANGERS)]
    statuses: Counter[int] = Counter()
    for number in range(LOG_INS):
        owner = ("thandi", "sipho")[number % 2]
        statuses[await Visitor(app, "192.0.2.7").log_in(owner, PASSWORD)] += 1
    are_over.set()
    await asyncio.gather(*strangers)
    return statuses, guesses


def portal(database: Database, settings: PortalSettings, portal_at: PortalFactory) -> Starlette:
    """Return a portal without a network in between."""
    reader, editor = (
        portal_at.engine(database.url, role) for role in (DatabaseRole.PORTAL_READER, DatabaseRole.PORTAL_EDITOR)
    )
    return create_asgi(settings, reader, editor)


def test_people_get_in_while_strangers_guess(database: Database, accounts: Accounts, portal_at: PortalFactory) -> None:
    """Every right password is let in, whether strangers come from elsewhere or from the same office."""
    del accounts
    app = portal(database, portal_at.settings, portal_at)
    for address, name in (("198.51.100.9", "somebody"), ("192.0.2.7", "stranger{}"), ("198.51.100.9", "thandi")):
        statuses, guesses = asyncio.run(owners_beside_strangers(app, address, name))
        assert statuses == {303: LOG_INS}
        assert guesses >= STRANGERS
