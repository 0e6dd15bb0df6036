"""What the product says of a desk, as it is stored: slugs and numbers, from which pages make sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Sentence:
    """One insight as it is stored.

    Attributes:
        topic: The question it answers.
        claim: What it says.
        subject: What it is about.
        facts: Numbers and slugs of its sentences.
        effect: Size of the effect.
        low: Lower end of its interval.
        high: Upper end.
        unit: "times", "share", "rating" or "people".
        start: First day it is about.
        end: First day after.
    """

    topic: str
    claim: str
    subject: str
    facts: Mapping[str, Any]
    effect: float
    low: float
    high: float
    unit: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class AgentFigure:
    """An agent's figure: observed ÷ expected on a metric, and whether that differs by more than chance."""

    metric: str
    agent: str
    ratio: float
    is_clear: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What the product says of a desk.

    Attributes:
        sentences: Its insights.
        agents: The figures of its Agents page, from which the sentences about agents are counted.
    """

    sentences: tuple[Sentence, ...]
    agents: tuple[AgentFigure, ...] = ()
