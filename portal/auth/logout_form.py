"""The form that ends a session, for the frame around the pages."""

from dash import html
from dash.development.base_component import Component
from flask_wtf.csrf import generate_csrf

from portal.auth.local_path import LOGOUT


def logout_form() -> Component:
    """Return the form; its button carries the token of the present session."""
    button = html.Button("Log out", type="submit", name="csrf_token", value=generate_csrf(), className="logout-button")
    return html.Form(button, action=LOGOUT, method="post", className="logout-form")
