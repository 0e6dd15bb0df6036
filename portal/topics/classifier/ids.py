"""Ids of the Classifier page."""

from typing import Final

TOLD: Final = "classifier-told"
REVIEW: Final = "classifier-review"
THRESHOLD: Final = "classifier-threshold"
LANGUAGES: Final = "classifier-languages"
KEYWORDS: Final = "classifier-keywords"
PRIORITIES: Final = "classifier-priorities"
