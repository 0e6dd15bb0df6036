"""Headers that tell browsers what our pages never do."""

import base64
import hashlib
from collections.abc import Sequence
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FIXED: Final = (
    ("x-content-type-options", "nosniff"),
    # The frame reads the referrer of its own requests; nobody else gets an address, which may hold words of a search.
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
)
_TWO_YEARS: Final = 63_072_000


def content_security_policy(script_hashes: Sequence[str]) -> str:
    """Return the policy: nothing from elsewhere, and no script within a document but those known by their hash.

    Args:
        script_hashes: Of the inline scripts, as `'sha256-...'`.

    Returns:
        The header's value. Styles within documents are allowed, see docs/adr/0004.
    """
    directives = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *script_hashes]),
        "style-src": "'self' 'unsafe-inline'",
        # Plotly draws the download of a chart through an address that only the page itself can make.
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def script_hash(script: str) -> str:
    """Return an inline script's hash as the policy takes it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer."""

    def __init__(self, app: ASGIApp, *, policy: str, is_https: bool) -> None:
        """Wrap an application.

        Args:
            app: What answers.
            policy: The content security policy.
            is_https: Whether browsers come over HTTPS and shall go on doing so.
        """
        self._app = app
        pairs = [*_FIXED, ("content-security-policy", policy)]
        if is_https:
            pairs.append(("strict-transport-security", f"max-age={_TWO_YEARS}; includeSubDomains"))
        self._headers = [(name.encode(), value.encode()) for name, value in pairs]
        self._names = frozenset(name for name, _ in self._headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                others = [pair for pair in message.get("headers", []) if pair[0].lower() not in self._names]
                message = {**message, "headers": [*others, *self._headers]}
            await send(message)

        await self._app(scope, receive, send_with_headers)
