"""The way from a form that was carried out back to its page, where the reader's filters are as he chose them."""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import flask
from werkzeug.wrappers import Response

from portal.frame.services import PortalServices
from portal.numbers.own_choice import carrying
from portal.numbers.parameters import parameter_pairs


def way_back(
    services: PortalServices, path: str, told: Mapping[str, str] | None = None, keeps: tuple[str, ...] = ()
) -> Response:
    """Return the redirect to a page.

    Args:
        services: Way to the database.
        path: Of the page.
        told: Parameters that say what was done.
        keeps: Further parameters of the page that stay as they were.
    """
    search = _search_before(path)
    kept = {name: value for name, value in parameter_pairs(search) if name in keeps}
    pairs = carrying({**(told or {}), **kept}, services.filters(search).own, services.days())
    return flask.redirect(f"{path}?{urlencode(pairs)}" if pairs else path, 303)


def _search_before(path: str) -> str:
    """Return the search of the page whose form was sent; "" when the browser does not say."""
    before = urlsplit(flask.request.referrer or "")
    is_ours = f"{before.scheme}://{before.netloc}/" == flask.request.host_url and before.path == path
    return before.query if is_ours else ""
