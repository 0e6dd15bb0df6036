"""How customers rate what was done for them."""

from typing import Final

from analytics.metrics.model import Anchor, Better, Kind, Metric

SATISFACTION: Final[tuple[Metric, ...]] = (
    Metric(
        "csat",
        "CSAT",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Ratings of 4 or 5 ÷ ratings given in the period. A ticket may be rated several times; of the answers to one "
        "survey the latest counts, and so does the latest of a day without a reopening in between.",
        "ratings_good",
        "ratings",
        better=Better.HIGHER,
    ),
    Metric(
        "mean_rating",
        "Mean rating",
        "rating",
        Kind.MEAN,
        Anchor.HAPPENED,
        "Mean of the ratings (1 to 5) given in the period.",
        "rating_sum",
        "ratings",
        better=Better.HIGHER,
    ),
    Metric(
        "csat_response_rate",
        "CSAT response rate",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Surveys offered in the period that were answered ÷ surveys offered.",
        "surveys_answered",
        "surveys_offered",
        better=Better.HIGHER,
    ),
)
