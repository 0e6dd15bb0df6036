"""Components as plain HTML: what a reader sees before the program has come."""

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html

from portal.widgets.markup import aria, attributes, element
from portal.widgets.plain_html import plain_html


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (None, ""),
        (["a", 1, None], "a1"),
        (html.Div("a & b <i>", id="x"), '<div id="x">a &amp; b &lt;i&gt;</div>'),
        (element("A", "go", href='/?q="', className="choice"), '<a href="/?q=&quot;" class="choice">go</a>'),
        (element("Main", element("Br"), tabIndex="-1"), '<main tabindex="-1"><br></main>'),
        (html.Nav(**attributes({"aria-label": "Pages"})), '<nav aria-label="Pages"></nav>'),
        (element("Details", "x", open=False, **aria(busy="false")), '<details aria-busy="false">x</details>'),
        (element("Details", "x", open=True), "<details open>x</details>"),
        (html.P(style={"minHeight": "9px", "--least": "3px"}), '<p style="min-height:9px;--least:3px"></p>'),
        (element("Input", defaultValue="3", maxLength=4), '<input value="3" maxlength="4">'),
        (element("Label", "When", htmlFor="day"), '<label for="day">When</label>'),
    ],
)
def test_a_tree_is_written_as_the_browser_s_own_html(node: object, expected: str) -> None:
    """Texts and attributes are escaped, names are HTML's, and what is not set is left out."""
    assert plain_html(node) == expected


def test_a_list_has_its_choice_marked() -> None:
    """HTML marks the option, not the list; a form sent before the program has come sends what is chosen."""
    options = [element("Option", name.upper(), value=name) for name in ("a", "b")]
    written = plain_html(element("Select", options, name="letter", defaultValue="b"))
    assert written == '<select name="letter"><option value="a">A</option><option value="b" selected>B</option></select>'


def test_a_chart_is_a_place_of_its_size() -> None:
    """Without its data, which nothing could draw yet."""
    graph = dcc.Graph(id="lines", figure={"data": [{"y": [1]}]}, style={"height": "240px"})
    assert plain_html(graph) == '<div id="lines" class="dash-graph" style="height:240px"></div>'


def test_what_needs_a_program_is_switched_off_or_left_out() -> None:
    """Fields and buttons that only a callback reads cannot be used yet; stores and clocks are nothing to see."""
    assert plain_html([dcc.Store(id="theme"), dcc.Interval(id="clock")]) == ""
    assert " disabled" in plain_html(dbc.Input(id="from", type="date"))
    assert " disabled" in plain_html(dbc.Button("Show", id="apply"))
