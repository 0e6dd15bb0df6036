"""Where to go after the log-in: a path of this portal, never another site."""

from typing import Final
from urllib.parse import urlsplit

HOME: Final = "/"
LOGIN: Final = "/login"
LOGOUT: Final = "/logout"
_NOT_PAGES: Final = (LOGIN, LOGOUT, "/_", "/assets/", "/static/")


def local_path(text: str) -> str:
    r"""Return a path with its query when it is one of this site, else the first page.

    Browsers read "//host", "/\\host" and addresses with control characters in them as other sites.
    """
    has_odd_character = "\\" in text or any(ord(character) <= ord(" ") or character == "\x7f" for character in text)
    if has_odd_character or not text.startswith("/") or text.startswith("//"):
        return HOME
    try:
        parts = urlsplit(text)
    except ValueError:
        return HOME
    if parts.scheme or parts.netloc or parts.path.startswith(_NOT_PAGES):
        return HOME
    return text
