"""An answer is worked out once for each state of the data, and only where everybody gets the same."""

from dataclasses import dataclass, field
from hashlib import sha256

import flask
import orjson
import pytest
from flask.testing import FlaskClient

from portal.web.compression import Compression
from portal.web.remembered_answers import RememberedAnswers


def is_alike(filled: tuple[str, ...], path: str) -> bool:
    """Stand for the rule of a portal whose page at /same is alike, and parts of all others."""
    return bool(filled) and all(
        name.startswith(("overview-", "filter-bar")) or (name == "page" and path == "/same") for name in filled
    )


@dataclass
class Desk:
    """A server that counts how often it works an answer out."""

    version: int = 1
    asked: list[str] = field(default_factory=list)
    status: int = 200

    def client(self) -> FlaskClient:
        server = flask.Flask("desk", static_folder=None)
        RememberedAnswers(is_alike, lambda: self.version).install(server)
        Compression().install(server)
        server.add_url_rule("/_dash-update-component", view_func=self.answer, methods=["POST"])
        return server.test_client()

    def answer(self) -> tuple[flask.Response, int]:
        self.asked.append(flask.request.get_data(as_text=True))
        return flask.jsonify(
            times=len(self.asked), filling="".join(sha256(str(n).encode()).hexdigest() for n in range(100))
        ), self.status


def body(*ids: str, search: str = "") -> bytes:
    """Return a callback's request."""
    outputs = [{"id": each, "property": "children"} for each in ids]
    inputs = [{"id": "url", "property": "search", "value": search}]
    return orjson.dumps({"outputs": outputs if len(ids) > 1 else outputs[0], "inputs": inputs})


def times(client: FlaskClient, asked: bytes) -> int:
    """Return which working-out an answer comes from."""
    answer = client.post("/_dash-update-component", data=asked, content_type="application/json")
    return int(orjson.loads(answer.data)["times"])


def test_the_same_question_is_worked_out_once() -> None:
    client = Desk().client()
    assert [times(client, body("overview-kpis")) for _ in range(3)] == [1, 1, 1]


def test_another_address_and_another_state_of_the_data_are_other_questions() -> None:
    desk = Desk()
    client = desk.client()
    assert times(client, body("overview-kpis")) == 1
    assert times(client, body("overview-kpis", search="?channel=email")) == 2
    desk.version = 2
    assert times(client, body("overview-kpis")) == 3


@pytest.mark.parametrize("ids", [("tickets-view",), ("overview-kpis", "tickets-view"), ("data-version", "filter-bar")])
def test_what_differs_between_readers_is_worked_out_each_time(ids: tuple[str, ...]) -> None:
    client = Desk().client()
    assert [times(client, body(*ids)) for _ in range(2)] == [1, 2]


@pytest.mark.parametrize("part", ["inputs", "state"])
@pytest.mark.parametrize(
    ("values", "expected"), [(["/same"], [1, 1]), (["/mine"], [1, 2]), ([], [1, 2]), ([7], [1, 2])]
)
def test_whether_a_page_is_alike_depends_on_the_path_it_is_asked_on(
    part: str, values: list[object], expected: list[int]
) -> None:
    """A path that is missing, or is no text, names no page."""
    client = Desk().client()
    asked = {"outputs": {"id": "page", "property": "children"}, part: [_path(value) for value in values]}
    assert [times(client, orjson.dumps(asked)) for _ in range(2)] == expected


def test_a_request_that_names_two_paths_is_worked_out_each_time() -> None:
    client = Desk().client()
    asked = {"outputs": {"id": "page", "property": "children"}, "inputs": [_path("/same"), _path("/mine")]}
    assert [times(client, orjson.dumps(asked)) for _ in range(2)] == [1, 2]


def _path(value: object) -> dict[str, object]:
    return {"id": "url", "property": "pathname", "value": value}


def test_a_failure_is_not_remembered() -> None:
    desk = Desk(status=503)
    client = desk.client()
    assert [times(client, body("overview-kpis")) for _ in range(2)] == [1, 2]


def test_a_remembered_answer_is_sent_as_it_was_whether_compressed_or_not() -> None:
    client = Desk().client()
    for encoding in ("gzip", "identity"):
        answers = [
            client.post(
                "/_dash-update-component",
                data=body("overview-kpis"),
                content_type="application/json",
                headers={"Accept-Encoding": encoding},
            )
            for _ in range(2)
        ]
        assert answers[0].data == answers[1].data
        assert [answer.headers.get("Content-Encoding") for answer in answers] == (
            ["gzip", "gzip"] if encoding == "gzip" else [None, None]
        )


@pytest.mark.parametrize(
    "sent", [b"", b"{", b"[]", b'"text"', b'{"outputs": 5}', b'{"outputs": [7]}', b'{"outputs": []}']
)
def test_a_request_that_is_no_callback_is_left_to_the_server(sent: bytes) -> None:
    client = Desk().client()
    answer = client.post("/_dash-update-component", data=sent, content_type="application/json")
    assert answer.status_code == 200


def test_the_oldest_answers_are_forgotten_before_they_take_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.web.remembered_answers._MOST_BYTES", 12_000)
    client = Desk().client()
    for place in range(10):
        times(client, body("overview-kpis", search=f"?from=2026-01-{place + 1:02}"))

    assert times(client, body("overview-kpis", search="?from=2026-01-10")) == 10
    assert times(client, body("overview-kpis", search="?from=2026-01-01")) == 11
