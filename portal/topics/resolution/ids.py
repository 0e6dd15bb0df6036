"""Ids of the page on resolution and reply times."""

from typing import Final

CHOICES: Final = "resolution-choices"
SUMMARY: Final = "resolution-summary"
DISTRIBUTION: Final = "resolution-distribution"
TREND: Final = "resolution-trend"
MATRIX: Final = "resolution-matrix"
COHORTS: Final = "resolution-cohorts"
CHARTS: Final = (DISTRIBUTION, TREND, COHORTS)
