"""The staff command answers one interval, and says in a sentence what cannot be answered."""

import json

import pytest

from standalone.cli import main

GOLDEN = "--contacts 100 --interval 30 --handle-time 180 --service-level 0.8 --within 20 --shrinkage 0.3"


def answer(arguments: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    """Return what the command prints as JSON."""
    assert main(["staff", *arguments.split(), "--json"]) == 0
    parsed: dict[str, object] = json.loads(capsys.readouterr().out)
    return parsed


def test_the_golden_case(capsys: pytest.CaptureFixture[str]) -> None:
    """14 agents answer 0.8884 in time, 13 would 0.7956, and 20 have to be on the roster."""
    told = answer(GOLDEN, capsys)
    assert (told["agents"], told["service_level"], told["people_with_shrinkage"]) == (14, 0.8884, 20)
    fewer = told["alternatives"][0]  # type: ignore[index]  # JSON has no types
    assert (fewer["agents"], fewer["service_level"]) == (13, 0.7956)


def test_customers_who_give_up_need_fewer_agents(capsys: pytest.CaptureFixture[str]) -> None:
    """With a patience it is Erlang A, and those who give up make room."""
    told = answer(f"{GOLDEN} --patience 120", capsys)
    assert told["model"] == "Erlang A"
    assert told["agents"] == 12
    assert 0 < float(str(told["abandon_rate"])) < 0.1


def test_a_queue_that_only_grows_has_no_mean_wait(capsys: pytest.CaptureFixture[str]) -> None:
    """One agent too few for the work: the alternative says null, and the table 'endless'."""
    told = answer("--contacts 20 --interval 60 --handle-time 180 --service-level 0 --within 20", capsys)
    assert told["alternatives"][0]["mean_wait_seconds"] is None  # type: ignore[index]  # JSON has no types
    assert main(["staff", "--contacts=20", "--interval=60", "--handle-time=180", "--service-level=0"]) == 0
    assert "endless" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("--contacts -1 --handle-time 180", "contacts"),
        ("--contacts 10 --handle-time 0", "handle time"),
        ("--contacts 10 --handle-time 180 --service-level 1", "service level"),
        ("--contacts 10 --handle-time 180 --shrinkage 1", "shrinkage"),
        ("--contacts 1e12 --handle-time 180", "people"),
        ("--contacts nan --handle-time 180", "contacts"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(arguments: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1 and a sentence that names the figure, never a traceback."""
    assert main(["staff", *arguments.split()]) == 1
    told = capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told
