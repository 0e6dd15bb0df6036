"""`support-analytics forecast`: measure the forecasts on any daily series."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Final

import orjson
import typer
from rich.console import Console

from analytics.forecasting.calendar import country_calendar
from analytics.forecasting.comparison import DETECTED, Summary, Trial, TriedSeries, summary_of, try_series
from analytics.forecasting.forecast import Outcome
from analytics.forecasting.members import COMBINATION, NAIVE
from analytics.forecasting.past import Accuracy
from analytics.listing import Listing
from etl.importing.sources.daily_counts import read_daily_counts
from etl.marts.country import NO_COUNTRY
from etl.running.workers import mapped

app = typer.Typer(help="Look ahead, and measure how well that works.", no_args_is_help=True)

_REASONS: Final = {
    Outcome.ALL_ZERO: "nothing ever came",
    Outcome.TOO_SHORT: "the history is too short: eight weeks and the horizon are the least",
    Outcome.CONSTANT: "every day has the same count, so there is nothing to forecast",
}


@app.callback()
def forecast() -> None:
    """Keep `backtest` a command of its own: with one command alone Typer would drop its name."""


@app.command("backtest", epilog="Example: support-analytics forecast backtest --data daily.csv --cutoffs 6 --json")
def backtest(
    *,
    data: Annotated[Path, typer.Option(help="CSV with unique_id, ds (a date) and y (a count).")],
    horizon: Annotated[int, typer.Option(min=1, max=366, help="Days ahead.")] = 28,
    cutoffs: Annotated[int, typer.Option(min=1, max=60, help="From how many days of the past to forecast.")] = 6,
    span: Annotated[
        int, typer.Option(min=1, max=7_320, help="Over how many of the latest days the cutoffs are spread.")
    ] = 1096,
    country: Annotated[
        str, typer.Option(help="Whose holidays: ZA, BW, US ..., none, or auto to find it in the data.")
    ] = DETECTED,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Series that are worked on at once.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")] = False,
) -> None:
    """Forecast from days of the past, and compare the errors with those of simpler methods."""
    trial = Trial(horizon, cutoffs, span, _country(country))
    country_calendar(None if trial.country == DETECTED else trial.country, 2024, 2024)
    series = read_daily_counts(data)
    console = Console(stderr=True)
    with console.status("Forecasting ...") as status:
        tried = _tried(series, trial, workers, lambda name: status.update(f"Finished {name}"))
    summary = summary_of(tried)
    if as_json:
        typer.echo(orjson.dumps(_described(trial, tried, summary), option=orjson.OPT_INDENT_2))
        return
    _print(tried, summary)


def _country(text: str) -> str | None:
    if text.lower() == DETECTED:
        return DETECTED
    return None if text.lower() == NO_COUNTRY else text.upper()


def _tried(series: dict[str, Any], trial: Trial, workers: int, say: Callable[[str], None]) -> dict[str, TriedSeries]:
    """Return the result of each series, in the order of the series."""
    found = {}
    for name, done in zip(
        series, mapped(try_series, [(each, trial) for each in series.values()], workers), strict=True
    ):
        found[name] = done
        say(name)
    return found


def _described(trial: Trial, tried: dict[str, TriedSeries], summary: Summary | None) -> dict[str, object]:
    return {
        "horizon": trial.horizon,
        "cutoffs": trial.cutoffs,
        "span_days": trial.span_days,
        "summary": None if summary is None else asdict(summary),
        "series": {name: {**asdict(each), "message": _sentence(each)} for name, each in tried.items()},
    }


def _sentence(tried: TriedSeries) -> str:
    """Return one plain sentence on a series."""
    if tried.outcome in _REASONS:
        return f"No forecast: {_REASONS[tried.outcome]}."
    best, naive = tried.accuracy[COMBINATION].mase, tried.accuracy[NAIVE].mase
    if best is None or naive is None:
        return "No forecast could be compared with what came: too few days are known."
    if tried.outcome is Outcome.FORECAST:
        return f"The combination erred {1 - best / naive:.0%} less than repeating last week."
    return "The combination did not beat repeating last week, so last week is shown."


def _print(tried: dict[str, TriedSeries], summary: Summary | None) -> None:
    headers = ("series", "holidays", "cutoffs", "MASE", "last week's", "80 % held", "what that means")
    listing = Listing(*headers, names={"series"})
    for name, each in tried.items():
        best = each.accuracy.get(COMBINATION)
        naive = each.accuracy.get(NAIVE)
        figures = [
            _figure(best),
            _figure(naive),
            "" if best is None or best.coverage_80 is None else f"{best.coverage_80:.0%}",
        ]
        listing.add(name, each.country or "none", str(len(each.cutoffs)), *figures, _sentence(each))
    listing.show()
    if summary is not None:
        typer.echo(
            f"Mean MASE of the combination: {summary.to_naive:.3f} of repeating last week, "
            f"{summary.to_prophet_default:.3f} of Prophet as it comes, {summary.to_best_single:.3f} of the best single "
            f"way in hindsight ({summary.best_single}). 80 % intervals held on {summary.coverage_80:.1%} of days."
        )


def _figure(accuracy: Accuracy | None) -> str:
    return "" if accuracy is None or accuracy.mase is None else f"{accuracy.mase:.3f}"
