"""A whole backtest: what each model forecast at each cutoff, with intervals, and how accurate it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.forecast_accuracy import coverage, pinball, wape
from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.backtest import Origin
from analytics.forecasting.combination import LATEST_CUTOFFS, combination_at
from analytics.forecasting.history import weekdays_of
from analytics.forecasting.intervals import USUAL, Errors, calibrate, errors_of, quantiles_ahead, uncalibrated
from analytics.forecasting.members import COMBINATION


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How accurate one model was over the cutoffs of a backtest; a figure that cannot be computed is None.

    Attributes:
        mase: Mean absolute scaled error; below 1 is closer than taking last week's counts, over the history.
        wape: Sum of absolute errors ÷ tickets that came.
        coverage_50: Share of days within the 50 % interval.
        coverage_80: Share of days within the 80 % interval.
        coverage_95: Share of days within the 95 % interval.
        pinball: Pinball loss of the seven quantiles, tickets.
        day_count: Days the figures are computed over.
    """

    mase: float | None
    wape: float | None
    coverage_50: float | None
    coverage_80: float | None
    coverage_95: float | None
    pinball: float | None
    day_count: int


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What models forecast at the cutoffs of a backtest.

    Attributes:
        origins: The cutoffs, oldest first, with what came.
        forecasts: Model -> one array of days ahead for each cutoff.
        quantiles: Model -> shape (days, 7) for each cutoff, calibrated on earlier cutoffs whose days had passed.
    """

    origins: tuple[Origin, ...]
    forecasts: Mapping[str, tuple[FloatArray, ...]]
    quantiles: Mapping[str, tuple[FloatArray, ...]]

    def errors(self, name: str) -> Errors | None:
        """Return the errors of a model over the latest cutoffs; None when no day can be compared."""
        return _errors(self.origins, self.forecasts.get(name, ()), range(len(self.origins)))

    def scores(self) -> dict[str, float]:
        """Return each model's mean MASE over the cutoffs where it can be computed."""
        found = {}
        for name, forecasts in self.forecasts.items():
            each = [origin.mase_of(forecast) for origin, forecast in zip(self.origins, forecasts, strict=True)]
            if each and not np.isnan(each).all():
                found[name] = float(np.nanmean(each))
        return found

    def accuracy(self, name: str, latest_cutoffs: int | None = None) -> Accuracy:
        """Return the accuracy of a model over the latest cutoffs, or over all of them by default."""
        latest = slice(-(latest_cutoffs or len(self.origins)), None)
        origins, forecasts = self.origins[latest], self.forecasts[name][latest]
        actual = np.concatenate([origin.actual for origin in origins]) if origins else np.array([])
        if not (~np.isnan(actual)).any():
            return Accuracy(None, None, None, None, None, None, 0)
        said, bounds = np.concatenate(forecasts), np.concatenate(self.quantiles[name][latest])
        each = [origin.mase_of(forecast) for origin, forecast in zip(origins, forecasts, strict=True)]
        known = [score for score in each if not np.isnan(score)]
        return Accuracy(
            float(np.mean(known)) if known else None,
            _or_none(wape(actual, said)),
            coverage(actual, bounds, 50),
            coverage(actual, bounds, 80),
            coverage(actual, bounds, 95),
            pinball(actual, bounds),
            int((~np.isnan(actual)).sum()),
        )


def replay(origins: tuple[Origin, ...], names: Sequence[str] | None = None) -> Past:
    """Return what models forecast at each cutoff; the combination uses only what was known at that cutoff.

    Args:
        origins: Oldest first.
        names: Names of the models; None is all.
    """
    everywhere = set.intersection(*(set(origin.members) for origin in origins)) if origins else set()
    chosen = [name for name in (COMBINATION, *sorted(everywhere)) if names is None or name in names]
    forecasts = {
        name: tuple(
            combination_at(origin, origins) if name == COMBINATION else origin.members[name] for origin in origins
        )
        for name in chosen
    }
    quantiles = {name: _quantiles(origins, said) for name, said in forecasts.items()}
    return Past(origins, forecasts, quantiles)


def quantiles_of(forecast: FloatArray, origin: Origin, errors: Errors | None, pooled: FloatArray = USUAL) -> FloatArray:
    """Return the seven quantiles of a forecast made at a cutoff.

    Args:
        forecast: Mean of each day ahead.
        origin: The cutoff.
        errors: Of the same model at earlier cutoffs; None where there are none.
        pooled: Quantiles of errors made alike over many series.
    """
    calibration = uncalibrated() if errors is None else calibrate(errors, pooled)
    return quantiles_ahead(calibration, forecast, _weekdays(origin), origin.is_named)


def _quantiles(origins: tuple[Origin, ...], forecasts: tuple[FloatArray, ...]) -> tuple[FloatArray, ...]:
    found = []
    for origin, forecast in zip(origins, forecasts, strict=True):
        earlier = [place for place, other in enumerate(origins) if other.end <= origin.cutoff]
        found.append(quantiles_of(forecast, origin, _errors(origins, forecasts, earlier)))
    return tuple(found)


def _errors(origins: tuple[Origin, ...], forecasts: tuple[FloatArray, ...], places: Sequence[int]) -> Errors | None:
    latest = list(places)[-LATEST_CUTOFFS:] if forecasts else []
    return errors_of(
        [(forecasts[each], origins[each].actual, _weekdays(origins[each]), origins[each].is_named) for each in latest]
    )


def _weekdays(origin: Origin) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return weekdays_of(np.datetime64(origin.cutoff, "D") + np.arange(1, origin.horizon + 1))


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else value
