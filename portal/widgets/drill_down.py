"""A press on a point of a chart leads to the tickets behind it."""

from dash import ClientsideFunction, Dash, Input, Output


def follow_points(app: Dash, charts: tuple[str, ...]) -> None:
    """Let the points of some charts be followed; each point carries its link as `customdata`.

    Args:
        app: The application.
        charts: Starts of the charts' ids.
    """
    for chart in charts:
        app.clientside_callback(
            ClientsideFunction("drillDown", "follow"),
            Output(f"{chart}-figure", "clickData"),
            Input(f"{chart}-figure", "clickData"),
            prevent_initial_call=True,
        )
