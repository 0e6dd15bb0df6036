"""Sentences and truths to judge in tests."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from benchmarks.truth.rules import Judged, Verdict, judge
from benchmarks.truth.sentence import Said, Sentence
from benchmarks.truth.truth import Truth

Days = tuple[date, date]
YEAR: Days = (date(2025, 1, 1), date(2026, 1, 1))


def sentence(
    claim: str,
    subject: str = "",
    effect: float = 2.0,
    *,
    unit: str = "times",
    facts: Mapping[str, Any] | None = None,
    days: Days = YEAR,
) -> Sentence:
    return Sentence("", claim, subject, facts or {}, effect, effect, effect, unit, *days)


def verdict(told: Sentence, truth: Truth, said: Said | None = None) -> Verdict:
    return judge(told, said or Said((told,)), truth).verdict


def judged_true(told: Sentence) -> Judged:
    return Judged(told, Verdict.TRUE, "")
