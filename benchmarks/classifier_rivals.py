"""MLServer and FastAPI with the same model, in a virtual environment outside the checkout."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sklearn

from benchmarks.bench_directory import bench_directory

_PROGRAMS: Final = Path(__file__).parent / "rivals"
_PACKAGES: Final = (
    "mlserver==1.7.1",
    "mlserver-sklearn==1.7.1",
    "fastapi>=0.115,<1",
    "uvicorn[standard]>=0.38",
    f"scikit-learn=={sklearn.__version__}",
)
_START_SECONDS: Final = 90


@dataclass(frozen=True, slots=True)
class BatchingWindow:
    """How MLServer groups single requests: the most requests, and the longest wait in seconds; 0 groups none."""

    requests: int
    seconds: float


def rival_python() -> Path:
    """Return the Python program of the rivals' environment, which is made the first time."""
    directory = bench_directory("classifier") / f"rivals-{'-'.join(_PACKAGES[:1])}-sklearn-{sklearn.__version__}"
    python = directory / "bin" / "python"
    if not (directory / "complete").exists():
        print("installing MLServer and FastAPI once", flush=True)
        subprocess.run([sys.executable, "-m", "uv", "venv", "-q", "--clear", directory], check=True)  # noqa: S603 - our own
        command = [sys.executable, "-m", "uv", "pip", "install", "-q", "--python", str(python), *_PACKAGES]
        subprocess.run(command, check=True)  # noqa: S603 - our own command
        (directory / "complete").touch()
    return python


def mlserver_requests(batches: Sequence[Sequence[str]], directory: Path) -> list[bytes]:
    """Return the bytes of MLServer's requests for batches of texts."""
    source, target = directory / "texts.json", directory / "requests.json"
    source.write_text(json.dumps(batches), encoding="utf-8")
    command = [str(rival_python()), "-P", str(_PROGRAMS / "mlserver_requests.py"), str(source), str(target)]
    subprocess.run(command, check=True)  # noqa: S603 - our own command
    return [bytes.fromhex(text) for text in json.loads(target.read_text(encoding="utf-8"))]


@contextmanager
def mlserver(pipeline: Path, directory: Path, window: BatchingWindow, port: int) -> Iterator[str]:
    """Serve the model with MLServer, in one process, and yield its gRPC address."""
    directory.mkdir()
    settings = {
        "parallel_workers": 0,
        "host": "127.0.0.1",
        "http_port": port + 1,
        "grpc_port": port,
        "metrics_port": port + 2,
        "debug": False,
    }
    model = {
        "name": "intents",
        "implementation": "mlserver_sklearn.SKLearnModel",
        "max_batch_size": window.requests,
        "max_batch_time": window.seconds,
        "parameters": {"uri": str(pipeline)},
    }
    (directory / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    (directory / "model-settings.json").write_text(json.dumps(model), encoding="utf-8")
    command = [str(rival_python().parent / "mlserver"), "start", str(directory)]
    with _running(command, {}, f"http://127.0.0.1:{port + 1}/v2/models/intents/ready"):
        yield f"127.0.0.1:{port}"


@contextmanager
def fastapi(pipeline: Path, port: int) -> Iterator[str]:
    """Serve the model with FastAPI and uvicorn, and yield the address to post to."""
    command = [str(rival_python()), "-m", "uvicorn", "fastapi_app:app", "--port", str(port), "--log-level", "warning"]
    environment = {"MODEL": str(pipeline), "PYTHONPATH": str(_PROGRAMS)}
    with _running(command, environment, f"http://127.0.0.1:{port}/openapi.json"):
        yield f"http://127.0.0.1:{port}/classify"


@contextmanager
def _running(command: Sequence[str], environment: dict[str, str], ready_url: str) -> Iterator[None]:
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        give_up_at = time.monotonic() + _START_SECONDS
        while not _answers(ready_url):
            if process.poll() is not None or time.monotonic() > give_up_at:
                message = f"{Path(command[0]).name} did not start."
                raise RuntimeError(message)
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own http://
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP OK
    except (OSError, urllib.error.URLError):
        return False
