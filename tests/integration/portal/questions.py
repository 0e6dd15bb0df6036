"""Everything that a browser can ask a portal: its first layout, and each callback on each page."""

from dataclasses import dataclass
from typing import Any, Final

import orjson
import sqlalchemy as sa
from starlette.testclient import TestClient

from portal.frame.page import DATA_VERSION, THEME, URL
from portal.frame.page_blocks import _tick
from portal.frame.shell import CONTENT
from portal.topics.registry import PAGES
from tests.integration.conftest import Database

SEARCH: Final = "?period=all"


@dataclass(frozen=True, slots=True)
class Question:
    """What a browser asks.

    Attributes:
        path: Path of the page that it is on.
        slug: Slug of that page.
        callback: The body of a callback's request; "" for the first layout.
        filled: First component that the answer fills.
    """

    path: str
    slug: str
    callback: bytes
    filled: str = ""


def questions_of(client: TestClient, database: Database) -> tuple[Question, ...]:
    """Return the layout and every callback of the server, on the pages that they can be asked on.

    Args:
        client: With somebody's session.
        database: Holds a ticket at least.
    """
    callbacks = client.get("/_dash-dependencies").json()
    version = _data(client.get("/_dash-layout").json())
    with database.engine.connect() as connection:
        ticket = connection.execute(sa.text("select min(id) from support.support_tickets")).scalar_one()
    places = [*((page.slug, page.path) for page in PAGES), ("tickets", f"/tickets/{ticket}")]
    return tuple(
        question
        for slug, path in places
        for question in (
            Question(path, slug, b""),
            *(
                Question(path, slug, orjson.dumps(_body(each, path, slug, version)), _filled(each)[0][0])
                for each in callbacks
                if each["clientside_function"] is None and slug_of(_filled(each)[0][0]) in {"", slug}
            ),
        )
    )


def _data(layout: Any) -> int:
    stores = {part["props"].get("id"): part["props"].get("data") for part in layout["props"]["children"]}
    return int(stores[DATA_VERSION])


def slug_of(component: str) -> str:
    """Return the slug of the page that a component belongs to; "" for the frame's."""
    return next((page.slug for page in PAGES if component.startswith(f"{page.slug}-")), "")


def _filled(callback: dict[str, Any]) -> list[tuple[str, str]]:
    names = callback["output"].removeprefix("..").removesuffix("..").split("...")
    return [(name.rpartition(".")[0], name.rpartition(".")[2].partition("@")[0]) for name in names]


def _body(callback: dict[str, Any], path: str, slug: str, version: int) -> dict[str, Any]:
    """Return what Dash's renderer sends on a page of an address."""
    known = {
        (URL, "pathname"): path,
        (URL, "search"): SEARCH,
        (THEME, "data"): "light",
        (DATA_VERSION, "data"): version,
        # The page before, or the frame would leave the content as it is.
        (CONTENT, "data-page"): "",
        **{(_tick(page), "n_intervals"): 1 for page in PAGES if page.slug == slug},
    }
    outputs = [{"id": name, "property": part} for name, part in _filled(callback)]
    given = {
        kind: [each | {"value": known.get((each["id"], each["property"]))} for each in callback[kind]]
        for kind in ("inputs", "state")
    }
    changed = [f"{each['id']}.{each['property']}" for each in given["inputs"][:1]]
    is_list = callback["output"].startswith("..")
    return given | {
        "output": callback["output"],
        "outputs": outputs if is_list else outputs[0],
        "changedPropIds": changed,
    }
