"""The figures over made-up desks, and the file that keeps them."""

from pathlib import Path

from benchmarks.truth.report import DeskResult, EffectLine, Line, is_reached, keep, kept, report


def _result(seed: int, verdicts: str, said: str, *, is_neutral: bool = False) -> DeskResult:
    words = {"t": "true", "g": "true, by going together", "f": "false", "u": "not judged"}
    lines = tuple(Line("season", f"{place}", 1.5, words[each], "why") for place, each in enumerate(verdicts))
    effects = tuple(EffectLine("season", f"{place}", 1.5, 9.0, 9.0, each == "s") for place, each in enumerate(said))
    return DeskResult(seed, 1000, 900, is_neutral, "a note", 1.0, lines, effects)


def test_results_are_kept_and_a_line_cut_off_is_left_out(tmp_path: Path) -> None:
    path, results = tmp_path / "kept.jsonl", [_result(1, "tf", "sm"), _result(2, "", "")]
    for each in results:
        keep(path, each)
    with path.open("a") as file:
        file.write('{"seed": 3, "lines": [')
    assert kept(path) == results
    assert kept(tmp_path / "nothing.jsonl") == kept(None) == []


def test_the_report_counts_and_names_what_is_false_and_missed() -> None:
    text = "\n".join(report([_result(7, "ttgfu", "ssm"), _result(8, "f", "", is_neutral=True)]))
    assert "season                           6     2         1      2           1" in text
    assert "NOT JUDGED, there is no rule for: season" in text
    assert "true: 3 of 5 judged sentences, 60.0% (bar 95%); strictly planted: 2, 40.0%" in text
    assert "said: 66.7% of 3 planted effects that matter" in text
    assert "neutral desks: 1 sentences on 1 desks" in text
    assert "false: seed 7, season 3" in text
    assert "missed: seed 7, season 2" in text


def test_bars_are_reached_only_if_every_sentence_is_judged() -> None:
    assert is_reached([_result(1, "t" * 20 + "f", "s" * 9 + "m")])
    assert not is_reached([_result(1, "t" * 8 + "f", "s")])
    assert not is_reached([_result(1, "t" * 8 + "u", "s")])
    assert not is_reached([_result(1, "t", "sm")])
    assert not is_reached([_result(1, "t", "s", is_neutral=True)])
