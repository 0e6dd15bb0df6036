"""./run passes a command through, from anywhere, gives back its exit code, and takes the Python that there is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parents[2] / "run"
FAILING = "#!/bin/sh\necho 'pyenv: no such command' >&2\nexit 127\n"
WITHOUT_ENSUREPIP = """#!/bin/sh
[ "$1 $2" != "-m venv" ] || [ "$3" = --without-pip ] || { echo "no ensurepip" >&2; exit 1; }
exec %s "$@"
"""


def program(path: Path, text: str) -> Path:
    """Write a program for the PATH."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def asked(script: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a few lines of Bash that know the functions of ./run."""
    return subprocess.run(
        ["/usr/bin/env", "bash", "-c", f'source "{RUN}"\n{script}', "bash", *map(str, arguments)],
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(("arguments", "exit_code"), [(["--help"], 0), (["no-such-command"], 2)])
def test_run_passes_through(tmp_path: Path, arguments: list[str], exit_code: int) -> None:
    """A directory that has packages named as ours does not get in the way."""
    for name in ("standalone", "etl", "portal"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('not ours')")
    finished = subprocess.run([RUN, *arguments], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert finished.returncode == exit_code, finished.stderr


@pytest.mark.parametrize(
    ("version", "asked_for", "sentence"),
    [
        (None, "", "support-analytics needs Python 3.11 to 3.14, and python3 is no Python that runs."),
        (None, "python3.13", "support-analytics needs Python 3.11 to 3.14, and python3.13 is no Python that runs."),
        ("3.10.2", "oldpython", "support-analytics needs Python 3.11 to 3.14, and oldpython is Python 3.10.2."),
        ("3.15.0", "newpython", "support-analytics needs Python 3.11 to 3.14, and newpython is Python 3.15.0."),
    ],
)
def test_a_python_that_does_not_fit_is_refused_in_one_sentence(
    tmp_path: Path, version: str | None, asked_for: str, sentence: str
) -> None:
    """Nothing is made or installed, and the second line is a way out."""
    for tool in ("bash", "dirname", "readlink", "cksum", "cut", "mkdir", "flock", "env"):
        found = subprocess.run(["/usr/bin/env", "which", tool], capture_output=True, text=True, check=True)
        (tmp_path / tool).symlink_to(found.stdout.strip())
    if version:
        program(tmp_path / asked_for, f'#!{tmp_path}/bash\n[[ "$1" == -V ]] && echo "Python {version}"\n')
    copy = tmp_path / "a checkout" / "run"
    copy.parent.mkdir()
    copy.write_bytes(RUN.read_bytes())
    finished = subprocess.run(
        [tmp_path / "bash", copy, "demo"],
        env={"PATH": str(tmp_path), "PYTHON": asked_for},
        check=False,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 1
    assert finished.stderr.splitlines()[0] == sentence
    assert "apt-get install python3" in finished.stderr
    assert not (copy.parent / ".venv").exists()


def test_a_python_that_is_there_and_fails_is_passed_over(tmp_path: Path) -> None:
    """As pyenv lays a name on the PATH for each version that it knows, chosen or not."""
    for name in ("python3.13", "python3.12", "python3.11"):
        program(tmp_path / name, FAILING)
    program(tmp_path / "python3.14", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    finished = asked("find_pythons", PATH=f"{tmp_path}:/usr/bin:/bin", PYTHON="")
    assert finished.stdout.splitlines()[0] == sys.executable


def test_an_environment_is_made_anew_only_when_another_python_is_asked_for(tmp_path: Path) -> None:
    """One that is there stays when none is asked for, or the one it was made from."""
    asks = 'VENV="$1" PYTHON="$1/bin/python" ASKED_PYTHON="$2"; make_venv'
    (tmp_path / "other").mkdir()
    made = asked(asks, tmp_path / "venv", sys.executable)
    assert made.returncode == 0, made.stderr
    kept = tmp_path / "venv" / "kept"
    kept.touch()
    for again in ("", sys.executable):
        assert asked(asks, tmp_path / "venv", again).returncode == 0
        assert kept.exists()
    elsewhere = f'describe_python() {{ echo "$1"; }}\n{asks}'
    assert asked(elsewhere, tmp_path / "venv", sys.executable).returncode == 0
    assert not kept.exists()


def test_without_ensurepip_a_pip_from_outside_installs(tmp_path: Path) -> None:
    """Debian packs ensurepip apart; who may not install it may have a pip all the same."""
    python = program(tmp_path / "python", WITHOUT_ENSUREPIP % sys.executable)
    script = """
    find_pythons() { printf '%s\\n' "$stub"; }
    is_root_on_debian() { return 1; }
    command() { [[ "$2" != uv && "$2" != virtualenv ]] && builtin command "$@"; }
    stub="$2" VENV="$1" PYTHON="$1/bin/python"
    make_venv && install_with_pip "$3"
    """
    nothing = tmp_path / "nothing.txt"
    nothing.touch()
    finished = asked(script, tmp_path / "venv", python, nothing)
    assert finished.returncode == 0, finished.stderr
    assert not list((tmp_path / "venv").glob("lib/python3*/site-packages/pip"))


def test_who_may_not_install_is_told_what_to_ask_for(tmp_path: Path) -> None:
    """One command, and the messages of what was tried."""
    python = program(tmp_path / "python", WITHOUT_ENSUREPIP % sys.executable)
    script = """
    find_pythons() { printf '%s\\n' "$stub"; }
    find_outer_pip() { return 1; }
    is_root_on_debian() { return 1; }
    command() { [[ "$2" != uv && "$2" != virtualenv ]] && builtin command "$@"; }
    stub="$2" VENV="$1" PYTHON="$1/bin/python"
    make_venv
    """
    finished = asked(script, tmp_path / "venv", python)
    assert finished.returncode == 1
    assert "no ensurepip" in finished.stderr
    assert finished.stderr.splitlines()[-1].endswith("apt-get install python3 python3-venv ca-certificates")
    assert not (tmp_path / "venv").exists()


def test_every_check_is_told_in_its_order_and_those_that_failed_are_named(tmp_path: Path) -> None:
    """They run side by side, so each keeps what it says until it is its turn."""
    for name in ("python", "bin/hadolint", "bin/check-jsonschema"):
        program(tmp_path / name, '#!/bin/sh\necho "said $*"\ncase "$*" in *"ruff check"*) exit 1;; esac\n')
    passed = asked('VENV="$1" PYTHON="$1/python"; check', tmp_path)
    checks = [line.removeprefix("== ") for line in passed.stderr.splitlines() if line.startswith("== ")]
    assert passed.returncode == 1
    assert passed.stderr.splitlines()[-1] == "Checks that failed: ruff-check"
    assert len(checks) == len(set(checks)) == passed.stdout.count("said ")
    assert {"mypy", "ruff check", "import contracts", "sqlfluff", "generated stubs"} <= set(checks)


def test_what_python_has_translated_is_kept_but_not_beside_the_sources(tmp_path: Path) -> None:
    """Where nothing may be written there, each process would translate everything anew."""
    script = 'VENV="$1"; keep_bytecode; echo "${PYTHONDONTWRITEBYTECODE-may write} in $PYTHONPYCACHEPREFIX"'
    kept = asked(script, tmp_path, PYTHONDONTWRITEBYTECODE="1", PYTHONPYCACHEPREFIX="")
    assert kept.stdout.strip() == f"may write in {tmp_path}/bytecode"


@pytest.mark.parametrize("says", ["echo", "echo 'Python 2.7.18' >&2; exit 1", "exit 127"])
def test_a_program_that_is_no_python_that_fits_is_named_in_one_sentence(tmp_path: Path, says: str) -> None:
    """Whatever it prints, nothing is made or installed."""
    other = program(tmp_path / "other", f"#!/bin/sh\n{says}\n")
    finished = asked('VENV="$1/venv" PYTHON="$1/venv/bin/python"; make_venv', tmp_path, PYTHON=str(other))
    assert finished.returncode == 1
    assert finished.stderr.startswith(
        f"support-analytics needs Python 3.11 to 3.14, and {other} is no Python that runs."
    )
    assert not (tmp_path / "venv").exists()


@pytest.mark.parametrize("shell", [[], ["sh"]])
def test_it_finds_its_checkout_through_a_link_and_from_any_shell(tmp_path: Path, shell: list[str]) -> None:
    """Nothing is made beside the link."""
    link = tmp_path / "run"
    link.symlink_to(RUN)
    finished = subprocess.run([*shell, link, "no-such-command"], check=False, capture_output=True, text=True)
    assert finished.returncode == 2, finished.stderr
    assert list(tmp_path.iterdir()) == [link]


def test_where_nothing_can_be_written_one_sentence_says_so(tmp_path: Path) -> None:
    """A cache that cannot be made is named, with the way out."""
    (tmp_path / "file").touch()
    finished = asked('CHECKOUT="$1/none"; choose_venv', tmp_path, XDG_CACHE_HOME=str(tmp_path / "file"))
    assert finished.returncode == 1
    assert finished.stderr.startswith("Neither the checkout nor ")


def test_without_the_encoder_the_demo_starts_all_the_same(tmp_path: Path) -> None:
    """One sentence says so, and within the day it is not tried again."""
    script = (
        'prepare() { echo "tried $*"; fail "no network" "try later"; }; VENV="$1"; prepare_encoder; prepare_encoder'
    )
    finished = asked(f"set -e; {script}; echo started", tmp_path)
    assert finished.stdout.splitlines() == ["tried encoder encoder-model", "started"]
    assert finished.stderr.count("\n") == 1
    assert finished.stderr.startswith("The sentence encoder could not be installed")


def test_with_the_encoder_installed_nothing_is_said(tmp_path: Path) -> None:
    """It is asked for by the stamps alone."""
    finished = asked('prepare() { :; }; VENV="$1"; prepare_encoder; echo started', tmp_path)
    assert (finished.stdout, finished.stderr) == ("started\n", "")
