"""Ids of the Data health page."""

from typing import Final

TOLD: Final = "data_health-told"
IMPORT: Final = "data_health-import"
IMPORT_STATE: Final = "data_health-import-state"
WORK: Final = "data_health-work"
IMPORTS: Final = "data_health-imports"
QUARANTINE: Final = "data_health-quarantine"
JOBS: Final = "data_health-jobs"
RULES: Final = "data_health-rules"
LOOK: Final = "data_health-look"
