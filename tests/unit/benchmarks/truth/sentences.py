"""Sentences and truths to judge in tests."""

from datetime import date
from typing import Any

from benchmarks.truth.rules import Verdict, judge
from benchmarks.truth.sentence import Said, Sentence
from benchmarks.truth.truth import Truth


def sentence(claim: str, subject: str = "", effect: float = 2.0, **others: Any) -> Sentence:
    values = {"topic": "", "facts": {}, "low": effect, "high": effect, "unit": "times"} | others
    days = {"start": date(2025, 1, 1), "end": date(2026, 1, 1)} | others
    return Sentence(claim=claim, subject=subject, effect=effect, **(values | days))


def verdict(told: Sentence, truth: Truth, said: Said | None = None) -> Verdict:
    return judge(told, said or Said((told,)), truth).verdict
