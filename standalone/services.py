"""The services of one machine, declared in one place; a new service is a new entry in SERVICES."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from standalone.service import ServiceProcess
from warehouse.embedded.server import LOOPBACK
from warehouse.service_logins import ServiceLogin


@dataclass(frozen=True, slots=True)
class Machine:
    """The settings that the services of one machine share.

    Attributes:
        port: Port of the portal on the loopback address.
        classifier_address: ``host:port`` of the classifier.
        log_dir: Where the services' logs are.
        environment: Returns the environment of a service with a login; it names the database.
        archives_log: Whether the changes of the embedded database (its write-ahead log) are archived.
        backup_environment: Returns the further variables that a service needs to make backups.
    """

    port: int
    classifier_address: str
    log_dir: Path
    environment: Callable[[ServiceLogin | None], Mapping[str, str]]
    backup_environment: Callable[[], Mapping[str, str]]
    archives_log: bool = False

    @property
    def portal_url(self) -> str:
        """Address of the portal."""
        return f"http://{LOOPBACK}:{self.port}"


@dataclass(frozen=True, slots=True)
class ServiceDeclaration:
    """One service: its name, its command, how to see that it is ready, and its rights in the embedded database.

    Attributes:
        name: Short name.
        arguments: The command and its arguments.
        ready_url: Address to ask whether it is ready; see `probes`.
        login: Login in the embedded database, which decides its rights; None is the installation's own login.
        knows_database: Whether its environment names the database.
        is_background: Whether the start of the product does not wait for it.
        makes_backups: Whether it gets the login that may read everything.
        is_wanted: Says whether a machine needs the service.
    """

    name: str
    arguments: Callable[[Machine], tuple[str, ...]]
    ready_url: Callable[[Machine], str | None] = lambda _machine: None
    login: ServiceLogin | None = None
    knows_database: bool = True
    is_background: bool = False
    makes_backups: bool = False
    is_wanted: Callable[[Machine], bool] = lambda _machine: True

    def on(self, machine: Machine) -> ServiceProcess:
        """Return the process for one machine."""
        environment = dict(machine.environment(self.login))
        if not self.knows_database:
            del environment["DATABASE_URL"]
        if self.makes_backups:
            environment |= machine.backup_environment()
        return ServiceProcess(self.name, self.arguments(machine), environment, machine.log_dir, self.ready_url(machine))


# Services start in this order and stop in the reverse order; the database starts before all of them.
SERVICES: Final = (
    ServiceDeclaration(
        "classifier",
        lambda _machine: ("classifier", "serve"),
        lambda machine: f"grpc://{machine.classifier_address}",
        knows_database=False,
    ),
    ServiceDeclaration(
        "portal",
        lambda machine: ("portal", "--port", str(machine.port)),
        lambda machine: f"{machine.portal_url}/healthz",
        ServiceLogin.PORTAL,
    ),
    ServiceDeclaration("refresher", lambda _machine: ("etl", "watch"), login=ServiceLogin.ETL, is_background=True),
    ServiceDeclaration(
        "scorer",
        lambda _machine: ("etl", "watch", "publish_rules", "learn_categories", "classify_tickets"),
        login=ServiceLogin.ETL,
        is_background=True,
    ),
    ServiceDeclaration(
        "scheduler",
        lambda _machine: ("etl", "schedule"),
        login=ServiceLogin.ETL,
        is_background=True,
        makes_backups=True,
    ),
    ServiceDeclaration(
        "archive",
        lambda _machine: ("db", "archive"),
        knows_database=False,
        is_background=True,
        is_wanted=lambda machine: machine.archives_log,
    ),
)
