"""The best that anybody could say of the rest of a made-up day: by who knows the process that made it.

Two bounds. The statistician knows the desk's level, week, season, holidays and shape of the day, how much days differ,
and yesterday's luck; of today's luck, and of how late the day began, only what the hours so far tell (Bayes' rule on a
grid). The seer knows the day's luck and its hours too: only the chance of single tickets is left, and no forecast can
do better.
"""

from typing import Final

import numpy as np

from benchmarks.made_up_demand import LATE_HOURS, MadeUpDesk

_GRID: Final = np.linspace(-3.5, 3.5, 57)
_LATE_GRID: Final = np.linspace(-3.0, 3.0, 25)


def statistician(desk: MadeUpDesk, place: int, passed: int) -> float:
    """Return the mean of a day's tickets from an hour on, given the process and the hours before.

    Args:
        desk: The desk.
        place: Which of its days; not the first.
        passed: Hours that are over; 0 is what can be said in the morning.
    """
    process = desk.process
    luck = process.luck
    centre, spread = luck.kept * luck.noise[place - 1], np.sqrt(1 - luck.kept**2)
    levels = process.usual[place] * luck.level_of(centre + spread * _GRID)
    shares = process.shape.shares(process.usually_late[place] + LATE_HOURS * _LATE_GRID)
    means = levels[:, None, None] * shares[None]
    came = desk.hours[place, :passed]
    log_chance = (came * np.log(means[:, :, :passed]) - means[:, :, :passed]).sum(axis=2)
    log_chance += -0.5 * (_GRID[:, None] ** 2 + _LATE_GRID[None] ** 2)
    chance = np.exp(log_chance - log_chance.max())
    return float((means[:, :, passed:].sum(axis=2) * chance).sum() / chance.sum())


def seer(desk: MadeUpDesk, place: int, passed: int) -> float:
    """Return the mean of a day's tickets from an hour on, given all but the chance of single tickets."""
    return float(desk.process.hours[place, passed:].sum())
