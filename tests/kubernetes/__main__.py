"""`./run k8s-check`: the manifests against the schemas of Kubernetes, checkov's rules, and the code."""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from etl.jobs.registry import JOBS
from tests.kubernetes.cross_checks import CHECKS, job_problems
from tests.kubernetes.manifests import CHECKOUT, OVERLAYS, rendered, rendered_text

_VERSIONS: Final = ("1.32", "1.37")
_WITHOUT_SCHEMA: Final = re.compile(r"^WARN .* schema for kind (\w+) ", re.MULTILINE)


def main() -> int:
    """Check every overlay; return 0 if nothing is wrong."""
    parser = argparse.ArgumentParser(prog="./run k8s-check", description=__doc__)
    parser.add_argument("--tools", type=Path, required=True, help="Where kubernetes-validate and checkov are.")
    tools = parser.parse_args().tools
    failed = False
    with tempfile.TemporaryDirectory() as directory:
        for overlay in OVERLAYS:
            file = Path(directory) / f"{overlay}.yaml"
            file.write_text(rendered_text(overlay), encoding="utf-8")
            failed |= _validate(tools, file, overlay)
            documents = rendered(overlay)
            problems = [problem for check in CHECKS for problem in check(documents)] + job_problems(documents, JOBS)
            say(f"{overlay}: {len(documents)} manifests, {len(problems)} disagreements with the code", *problems)
            failed |= bool(problems)
        failed |= _scan(tools, Path(directory))
    say("k8s-check failed" if failed else "k8s-check passed")
    return int(failed)


def _validate(tools: Path, file: Path, overlay: str) -> bool:
    failed = False
    for version in _VERSIONS:
        command = [str(tools / "kubernetes-validate"), "--strict", "-k", version, str(file)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        output = done.stdout + done.stderr
        unknown = sorted(set(_WITHOUT_SCHEMA.findall(output)))
        say(f"{overlay}: Kubernetes {version}, strictly; no schema for: {', '.join(unknown) or 'none'}")
        if done.returncode:
            failed = True
            say(*(line for line in output.splitlines() if not line.startswith(("INFO", "WARN"))))
    return failed


def _scan(tools: Path, directory: Path) -> bool:
    options = ("--framework", "kubernetes", "--compact", "--quiet", "--skip-download")
    config = ("--config-file", str(CHECKOUT / "k8s" / "checkov.yaml"))
    command = [str(tools / "checkov"), "-d", str(directory), *options, *config]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    say("checkov:", *(done.stdout + done.stderr).strip().splitlines())
    return done.returncode != 0


def say(*lines: str) -> None:
    """Print lines at once."""
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
