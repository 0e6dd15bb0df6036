"""Runs the server as a program, in one process or several, until a signal stops it."""

from collections.abc import Mapping

import uvloop

from analytics.log_lines import set_up_logging
from classifier_service.serving.memory import keep_little_freed_memory
from classifier_service.serving.processes import ServingProcesses
from classifier_service.settings import ServiceSettings


def run(environment: Mapping[str, str]) -> None:
    """Serve as the environment says, until SIGTERM or SIGINT.

    Raises:
        SettingsError: If an environment variable cannot be used.
        RegistryError: If the registry's address cannot be used.
    """
    set_up_logging(_levels("info"))
    settings = ServiceSettings.from_environment(environment)
    if settings.processes > 1:
        set_up_logging(_levels(settings.log_level))
        ServingProcesses(settings, environment).run()
    else:
        run_one(settings, parent=None)


def run_one(settings: ServiceSettings, *, parent: int | None) -> None:
    """Serve in this process; raises as `run` does.

    Args:
        settings: How to serve.
        parent: Id of the process that started several of these on one port; this process ends when it is gone. None for
            a single process.
    """
    keep_little_freed_memory()
    # These imports load scikit-learn, 100 MB that a process that only watches others does not need.
    from classifier_service.registry.opening import open_registry  # noqa: PLC0415
    from classifier_service.serving.registry_source import RegistrySource  # noqa: PLC0415
    from classifier_service.serving.server import serve_until_stopped  # noqa: PLC0415

    set_up_logging(_levels(settings.log_level))
    source = RegistrySource(open_registry(settings.registry))
    uvloop.run(serve_until_stopped(settings, source, parent))


def _levels(level: str) -> dict[str, str]:
    # grpc logs the traceback of a handler's error, whose message may quote a ticket.
    return {"classifier_service": level, "grpc": "critical"}
