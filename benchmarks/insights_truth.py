"""Whether what the product says of made-up desks is true, and whether it says what is planted in them.

Each desk has random effects, or none, and is put into a real database, on which the product's own jobs run. Its rows of
`marts.insights` are then judged by the rules of `benchmarks.truth.rules`, and compared with the planted effects that a
regression of their form would find (`benchmarks.truth.planted`).

Run: ./run bench insights_truth --desks 200 --keep truth.jsonl; one desk again: --only SEED.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.truth.drawing import LARGEST, draw_plan
from benchmarks.truth.effects_of_handling import handling_effects
from benchmarks.truth.effects_of_people import people_effects
from benchmarks.truth.effects_of_volume import volume_effects
from benchmarks.truth.made_desk import MadeDesk, make_desk
from benchmarks.truth.plan import DeskPlan
from benchmarks.truth.planted import Effect
from benchmarks.truth.product import Product, running_product
from benchmarks.truth.report import DeskResult, EffectLine, Line, is_reached, keep, kept, report
from benchmarks.truth.rules import judge
from benchmarks.truth.said import is_said
from benchmarks.truth.sentence import Said
from benchmarks.truth.truth import Truth, truth_of


def main() -> int:
    """Run, judge and print; return 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--desks", type=int, default=200, help="how many")
    parser.add_argument("--seed", type=int, default=0, help="of the first desk; the others follow")
    parser.add_argument("--largest", type=int, default=LARGEST, help="most tickets of a desk")
    parser.add_argument("--keep", type=Path, help="add each desk's result to this file, and go on after those in it")
    parser.add_argument("--only", type=int, help="run the desk of this seed again, and print all of it")
    given = parser.parse_args()
    done = [] if given.only is not None else [each for each in kept(given.keep) if each.largest == given.largest]
    wanted = [given.only] if given.only is not None else list(range(given.seed, given.seed + given.desks))
    results = [each for each in done if each.seed in wanted]
    left = [seed for seed in wanted if seed not in {each.seed for each in results}]
    if left:
        results += _run(
            left, given.largest, None if given.only is not None else given.keep, is_told=given.only is not None
        )
    print(*report(results), sep="\n")
    return int(not is_reached(results))


def _run(seeds: Sequence[int], largest: int, path: Path | None, *, is_told: bool) -> list[DeskResult]:
    results = []
    with tempfile.TemporaryDirectory() as directory, running_product(Path(directory)) as product:
        for seed in seeds:
            result = desk_result(product, draw_plan(seed, largest), largest)
            keep(path, result)
            results.append(result)
            print(
                f"seed {seed}: {result.tickets:,} tickets, {result.note}; {len(result.lines)} sentences,"
                f" {len(result.effects)} effects, {result.seconds:.0f} s",
                flush=True,
            )
            if is_told:
                print(*result.lines, *result.effects, sep="\n")
    return results


def desk_result(product: Product, plan: DeskPlan, largest: int) -> DeskResult:
    """Make a desk, let the product speak of it, and judge what it says."""
    began = time.monotonic()
    desk = make_desk(plan)
    said, truth = product.say(desk), truth_of(desk)
    effects = [] if plan.is_neutral else list(planted_effects(desk, truth))
    return judged_desk(desk, said, truth, effects, (largest, time.monotonic() - began))


def planted_effects(desk: MadeDesk, truth: Truth) -> list[Effect]:
    """Return the planted effects of a desk."""
    return [*handling_effects(desk, truth), *volume_effects(desk), *people_effects(desk, truth)]


def judged_desk(
    desk: MadeDesk, said: Said, truth: Truth, effects: Sequence[Effect], run: tuple[int, float]
) -> DeskResult:
    """Judge what is said of a desk; `run` is the largest size and the seconds that it took."""
    judged = [judge(each, said, truth) for each in said.sentences]
    return DeskResult(
        desk.plan.seed, run[0], desk.count, desk.plan.is_neutral, note_of(desk.plan), round(run[1], 1),
        tuple(
            Line(each.sentence.claim, each.sentence.subject, each.sentence.effect, each.verdict.value, each.why)
            for each in judged
        ),
        tuple(
            EffectLine(
                each.family.value, each.subject, float(each.size), float(each.z), float(each.z_whole),
                is_said(each, judged, said, truth),
            )
            for each in effects
        ),
    )  # fmt: skip


def note_of(plan: DeskPlan) -> str:
    """Return in a few words what kind of desk it is."""
    words = [
        f"{plan.volume.days / 365.25:.1f} years",
        plan.zone,
        "neutral" if plan.is_neutral else "",
        "days alone" if plan.is_date_only else "" if plan.has_messages else "without messages",
    ]
    return ", ".join(word for word in words if word)


if __name__ == "__main__":
    raise SystemExit(main())
