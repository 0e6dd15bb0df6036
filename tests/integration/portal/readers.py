"""Readers of a portal, each with a session, and what tells their answers apart."""

import re
from dataclasses import dataclass
from typing import Final

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.testclient import TestClient

from tests.integration.portal.conftest import HOST, PASSWORD
from tests.integration.portal.questions import SEARCH, Question

SECRET: Final = "0123456789abcdef" * 2
LONG_WORD: Final = re.compile(r"[\w.-]{40,}")
"""A form's token is one of these."""

Answers = dict[Question, bytes]


@dataclass(frozen=True, slots=True)
class Reader:
    """A user with a session.

    Attributes:
        name: User name.
        cookies: The session's; good for every process with the same secret key.
        token: What forms of this session have to hold.
    """

    name: str
    cookies: dict[str, str]
    token: str

    def ask(self, client: TestClient, question: Question) -> bytes:
        """Return the status and the body of an answer."""
        client.cookies.clear()
        client.cookies.update(self.cookies)
        headers = {"Origin": f"http://{HOST}", "Referer": f"http://{HOST}{question.path}{SEARCH}"}
        if question.callback:
            sent = headers | {"Content-Type": "application/json"}
            answer = client.post("/_dash-update-component", content=question.callback, headers=sent)
        else:
            answer = client.get("/_dash-layout", headers=headers)
        assert answer.status_code in {200, 204}, (question, answer.text)
        return b"%d %b" % (answer.status_code, answer.content)

    def ask_all(self, client: TestClient, questions: tuple[Question, ...]) -> Answers:
        """Return the answers to all questions."""
        return {question: self.ask(client, question) for question in questions}


def log_in(client: TestClient, name: str) -> Reader:
    """Begin a session."""
    client.cookies.clear()
    form = {"csrf_token": _first_token(client.get("/login").text)[0], "user_name": name, "password": PASSWORD}
    assert client.post("/login", data=form).status_code == 303
    signed, token = _first_token(client.get("/_dash-layout").text)
    assert token_of(signed) == token
    return Reader(name, dict(client.cookies), token)


def _first_token(text: str) -> tuple[str, str]:
    """Return the first form token in a text, as it is sent and as the session holds it."""
    return next((word, token) for word in LONG_WORD.findall(text) if (token := token_of(word)))


def text_of(answer: bytes) -> str:
    """Return an answer's text; Plotly writes a slash as the escape of one."""
    return answer.decode().replace(r"\u002f", "/")


def token_of(signed: str) -> str | None:
    """Return what a session holds of a token as forms send it; None if the text is no token."""
    try:
        return str(URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").loads(signed))
    except BadSignature:
        return None
