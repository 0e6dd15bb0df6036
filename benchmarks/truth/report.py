"""What was found on each made-up desk, kept as a line of JSON, and the figures over all of them."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Self

from benchmarks.truth.planted import ENOUGH
from benchmarks.truth.rules import Verdict

BAR_TRUE: Final = 0.95
BAR_SAID: Final = 0.90
BAR_NEUTRAL: Final = 0.1
_GOOD: Final = frozenset({Verdict.TRUE.value, Verdict.TOGETHER.value})


@dataclass(frozen=True, slots=True)
class Line:
    """A judged sentence of a desk."""

    claim: str
    subject: str
    effect: float
    verdict: str
    why: str


@dataclass(frozen=True, slots=True)
class EffectLine:
    """A planted effect of a desk, and whether it is said."""

    family: str
    subject: str
    size: float
    z: float
    z_whole: float
    is_said: bool


@dataclass(frozen=True, slots=True)
class DeskResult:
    """What was found on a desk.

    Attributes:
        seed: Makes the desk again.
        largest: Largest size that it was drawn with.
        tickets: How many it has.
        is_neutral: Whether nothing is planted.
        note: What kind of desk it is, in a few words.
        seconds: How long it took.
        lines: Its sentences.
        effects: Its planted effects.
    """

    seed: int
    largest: int
    tickets: int
    is_neutral: bool
    note: str
    seconds: float
    lines: tuple[Line, ...]
    effects: tuple[EffectLine, ...]

    def as_json(self) -> str:
        """Return it as a line."""
        return json.dumps(asdict(self))

    @classmethod
    def of_json(cls, line: str) -> Self:
        """Read a line."""
        values = json.loads(line)
        lines = tuple(Line(**each) for each in values.pop("lines"))
        return cls(lines=lines, effects=tuple(EffectLine(**each) for each in values.pop("effects")), **values)


def kept(path: Path | None) -> list[DeskResult]:
    """Return the results that a file holds; none without a file. A last line that was cut off does not count."""
    if path is None or not path.exists():
        return []
    return [DeskResult.of_json(line) for line in path.read_text(encoding="utf-8").splitlines() if line.endswith("}")]


def keep(path: Path | None, result: DeskResult) -> None:
    """Add a result to a file, if there is one."""
    if path is not None:
        with path.open("a", encoding="utf-8") as file:
            file.write(result.as_json() + "\n")


def report(results: Sequence[DeskResult]) -> Iterator[str]:
    """Yield the figures, and each false sentence and missed effect with the seed of its desk."""
    yield from _sentences(results)
    yield from _effects(results)
    yield from _bars(results)
    for each in results:
        for line in each.lines:
            if line.verdict not in _GOOD:
                yield f"{line.verdict}: seed {each.seed}, {line.claim} {line.subject} ({line.effect:.2f}): {line.why}"
    for each in results:
        for effect in each.effects:
            if effect.z >= ENOUGH and not effect.is_said:
                size = f"({effect.size:.2f}, z {effect.z:.1f})"
                yield f"missed: seed {each.seed}, {effect.family} {effect.subject} {size}"


def _sentences(results: Sequence[DeskResult]) -> Iterator[str]:
    counted: dict[str, Counter[str]] = {}
    for each in results:
        for line in each.lines:
            counted.setdefault(line.claim, Counter())[line.verdict] += 1
    yield f"{'claim':<28}{'said':>6}{'true':>6}{'together':>10}{'false':>7}{'not judged':>12}"
    for claim, verdicts in sorted(counted.items()):
        true, together, false, unknown = (verdicts[each.value] for each in Verdict)
        yield f"{claim:<28}{verdicts.total():>6}{true:>6}{together:>10}{false:>7}{unknown:>12}"
    if unjudged := [claim for claim, verdicts in sorted(counted.items()) if verdicts[Verdict.UNKNOWN.value]]:
        yield f"NOT JUDGED, there is no rule for: {', '.join(unjudged)}"


def _effects(results: Sequence[DeskResult]) -> Iterator[str]:
    yield f"{'planted':<28}{'all':>6}{'matter':>8}{'of those said':>15}{'matter on the whole history':>29}{'said':>6}"
    planted = [effect for each in results for effect in each.effects]
    for family in sorted({effect.family for effect in planted}):
        own = [effect for effect in planted if effect.family == family]
        matter, whole = [e for e in own if e.z >= ENOUGH], [e for e in own if e.z_whole >= ENOUGH]
        said, said_whole = (sum(effect.is_said for effect in some) for some in (matter, whole))
        yield f"{family:<28}{len(own):>6}{len(matter):>8}{said:>15}{len(whole):>29}{said_whole:>6}"


def _bars(results: Sequence[DeskResult]) -> Iterator[str]:
    lines = [line for each in results for line in each.lines]
    strictly = sum(line.verdict == Verdict.TRUE for line in lines)
    true, false = sum(line.verdict in _GOOD for line in lines), sum(line.verdict == Verdict.FALSE for line in lines)
    matter = [effect for each in results for effect in each.effects if effect.z >= ENOUGH]
    neutral = [each for each in results if each.is_neutral]
    on_neutral = sum(len(each.lines) for each in neutral)
    judged = max(true + false, 1)
    yield (
        f"true: {true} of {true + false} judged sentences, {true / judged:.1%} (bar {BAR_TRUE:.0%});"
        f" strictly planted: {strictly}, {strictly / judged:.1%}"
    )
    share = sum(effect.is_said for effect in matter) / max(len(matter), 1)
    yield f"said: {share:.1%} of {len(matter)} planted effects that matter (bar {BAR_SAID:.0%})"
    yield (
        f"neutral desks: {on_neutral} sentences on {len(neutral)} desks, {on_neutral / max(len(neutral), 1):.2f} a desk"
        f" (bar {BAR_NEUTRAL})"
    )


def is_reached(results: Sequence[DeskResult]) -> bool:
    """Say whether all three bars are reached, and every sentence could be judged."""
    lines = [line for each in results for line in each.lines]
    true = sum(line.verdict in _GOOD for line in lines)
    matter = [effect for each in results for effect in each.effects if effect.z >= ENOUGH]
    neutral = [each for each in results if each.is_neutral]
    return (
        true >= BAR_TRUE * len(lines)
        and sum(effect.is_said for effect in matter) >= BAR_SAID * len(matter)
        and sum(len(each.lines) for each in neutral) <= BAR_NEUTRAL * len(neutral)
    )
