"""What must agree between manifests, code and documents; each check returns its complaints."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from etl.running.job import Job
from standalone.deployment_secrets import FILES
from tests.deployment_files import compose_services
from tests.kubernetes.manifests import CHECKOUT, Document, Pod, config_maps, images_of, of_kind, pods
from tests.kubernetes.port_checks import address_problems, policy_problems, probe_problems, service_problems

Check = Callable[[Sequence[Document]], list[str]]

_OURS: Final = "support-analytics-"
_OF_OTHERS: Final = {"AWS_SHARED_CREDENTIALS_FILE", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD_FILE", "PGDATA"}
_BY_HAND: Final = {"support-models": {"credentials"}}
"""Secrets that `support-analytics secrets` does not make."""
_JOB_BOUNDS: Final = {"backoffLimit", "activeDeadlineSeconds", "ttlSecondsAfterFinished"}
_CONFIGURED: Final = re.compile(r"^\| `([A-Z_0-9]+)`", re.MULTILINE)


def job_problems(documents: Sequence[Document], jobs: Mapping[str, Job]) -> list[str]:
    """Every job has a CronJob of its name at its times, in the time zone of the settings, and the other way round."""
    found: dict[str, Document] = {}
    problems = []
    for cron_job in of_kind(documents, "CronJob"):
        name = cron_job["metadata"]["name"]
        (container,) = cron_job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
        arguments = container["args"]
        if arguments[:2] != ["etl", "run"] or arguments[2].replace("_", "-") != name:
            problems.append(f"CronJob {name} runs {arguments}")
        found[arguments[2]] = cron_job
    problems += [f"job {name} has no CronJob" for name in jobs if name not in found]
    problems += [f"CronJob of {name}, which is no job" for name in found if name not in jobs]
    zones = {data["SUPPORT_TIME_ZONE"] for data in config_maps(documents).values() if "SUPPORT_TIME_ZONE" in data}
    for name, cron_job in found.items():
        spec = cron_job["spec"]
        if name in jobs and (None if spec.get("suspend") else spec["schedule"]) != jobs[name].schedule:
            problems.append(f"CronJob of {name} runs at {spec['schedule']}, the job at {jobs[name].schedule}")
        if {spec.get("timeZone")} != zones:
            problems.append(f"CronJob of {name} has the zone {spec.get('timeZone')}, the settings have {zones}")
        missing = {"concurrencyPolicy", "startingDeadlineSeconds", "failedJobsHistoryLimit"} - set(spec)
        missing |= _JOB_BOUNDS - set(spec["jobTemplate"]["spec"])
        if missing or spec["concurrencyPolicy"] != "Forbid":
            problems.append(f"CronJob of {name} may run twice at once or late: {missing}")
    return problems


def selector_problems(documents: Sequence[Document]) -> list[str]:
    """Every selector finds a pod, and every workload finds its own."""
    problems = []
    labels = [pod.labels for pod in pods(documents)]
    for document in of_kind(documents, "Service", "PodDisruptionBudget", "NetworkPolicy", "PodMonitor"):
        spec = document["spec"]
        selector = spec.get("podSelector") or spec.get("selector") or {}
        if document["kind"] == "Service":
            selector = {"matchLabels": selector}
        wanted = selector.get("matchLabels", {})
        if "cnpg.io/cluster" in wanted:
            continue
        if not any(wanted.items() <= each.items() for each in labels):
            problems.append(f"{document['kind']} {document['metadata']['name']} selects no pod: {wanted}")
        problems += [
            f"{document['kind']} {document['metadata']['name']} names {value}, which no pod is"
            for expression in selector.get("matchExpressions", [])
            for value in expression["values"]
            if not any(each.get(expression["key"]) == value for each in labels)
        ]
    for workload in of_kind(documents, "Deployment", "StatefulSet"):
        own = workload["spec"]["template"]["metadata"]["labels"].items()
        if not workload["spec"]["selector"]["matchLabels"].items() <= own:
            problems.append(f"{workload['kind']} {workload['metadata']['name']} does not select its own pods")
    return problems


def reference_problems(documents: Sequence[Document]) -> list[str]:
    """Every ConfigMap and Secret that is named is there, with the keys and files that are asked for."""
    problems = []
    settings = set(config_maps(documents))
    secrets = _secrets()
    for pod in pods(documents):
        files: dict[str, set[str]] = {}
        for volume in pod.spec["volumes"]:
            if "secret" not in volume:
                continue
            name, items = volume["secret"]["secretName"], volume["secret"].get("items")
            known = secrets.get(name, set())
            asked = {item["key"] for item in items} if items else known
            if not known:
                problems.append(f"{pod.owner}: there is no Secret {name}")
            problems += [f"{pod.owner}: Secret {name} has no {key}" for key in asked - known]
            files[volume["name"]] = {item["path"] for item in items} if items else known
        for container in pod.containers:
            problems += _container_problems(pod, container, files, settings)
    return problems


def setting_problems(documents: Sequence[Document]) -> list[str]:
    """Every variable that is set is one that the code reads."""
    manual = (CHECKOUT / "docs" / "environment_variables.md").read_text(encoding="utf-8")
    known = set(_CONFIGURED.findall(manual)) | _OF_OTHERS
    asked = {key for data in config_maps(documents).values() for key in data}
    asked |= {
        env["name"] for pod in pods(documents) for container in pod.containers for env in container.get("env", [])
    }
    return [f"nobody reads {name}" for name in sorted(asked - known)]


def image_problems(documents: Sequence[Document]) -> list[str]:
    """Our images have the project's version as their tag, and no image goes without one."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    in_compose = {service["image"] for service in compose_services().values()}
    problems = []
    for owner, image in images_of(documents):
        name, _, tag = image.rpartition("/")[2].partition(":")
        if name.startswith(_OURS):
            problems += (
                [] if tag == project["version"] else [f"{owner}: {image} is not of version {project['version']}"]
            )
        elif owner.startswith("Cluster "):
            # The operator's own image of PostgreSQL, with the version of the other one.
            versions = {each.rpartition(":")[2] for each in in_compose if "/postgres:" in each}
            problems += [] if tag.partition("-")[0] in versions else [f"{owner}: {image} is not of {versions}"]
        elif image not in in_compose:
            problems.append(f"{owner}: {image} is not what docker-compose.yml has")
    return problems


def watcher_problems(documents: Sequence[Document]) -> list[str]:
    """What waits for changes in the database does the same work in a cluster and in docker-compose.yml."""
    services = compose_services()
    return [
        f"{pod.owner} runs {container['args']}, docker-compose.yml {services[container['name']]['command']}"
        for pod in pods(documents)
        for container in pod.containers
        if container.get("args", [])[:2] == ["etl", "watch"]
        and container["args"] != services[container["name"]]["command"]
    ]


def secret_problems(documents: Sequence[Document]) -> list[str]:
    """Only the job that makes backups is given the password that reads everything."""
    return [
        f"{pod.owner} is given the backups' password"
        for pod in pods(documents)
        for volume in pod.spec["volumes"]
        if (secret := volume.get("secret", {})).get("secretName") == "support-jobs"
        and any(item["key"] == "backup_password" for item in secret.get("items", [{"key": "backup_password"}]))
        and not pod.owner.endswith(" backup-database")
    ]


def confinement_problems(documents: Sequence[Document]) -> list[str]:
    """Every pod obeys the restricted Pod Security Standard, writes nowhere but to volumes, and has limits."""
    problems = []
    for pod in pods(documents):
        context = pod.spec.get("securityContext", {})
        if not context.get("runAsNonRoot") or context.get("seccompProfile") != {"type": "RuntimeDefault"}:
            problems.append(f"{pod.owner}: may be root, or without a seccomp profile")
        if pod.spec.get("automountServiceAccountToken") is not False:
            problems.append(f"{pod.owner}: is given a token of the cluster")
        problems += [f"{pod.owner}: {key}" for key in ("hostNetwork", "hostPID", "hostIPC") if pod.spec.get(key)]
        problems += [f"{pod.owner}: has a directory of the host" for each in pod.spec["volumes"] if "hostPath" in each]
        for container in pod.containers:
            wanted = {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            if container.get("securityContext") != wanted:
                problems.append(f"{pod.owner}: {container['name']} may do more than it should")
            resources = container.get("resources", {})
            if not {"cpu", "memory"} <= set(resources.get("requests", {})) or "memory" not in resources.get(
                "limits", {}
            ):
                problems.append(f"{pod.owner}: {container['name']} has no limits")
    return problems


CHECKS: Final[tuple[Check, ...]] = (
    selector_problems,
    probe_problems,
    service_problems,
    policy_problems,
    address_problems,
    reference_problems,
    setting_problems,
    image_problems,
    watcher_problems,
    secret_problems,
    confinement_problems,
)


def _secrets() -> dict[str, set[str]]:
    """Return the Secrets that docs/deploy/kubernetes.md makes of what `support-analytics secrets` writes."""
    found: dict[str, set[str]] = {name: set(keys) for name, keys in _BY_HAND.items()}
    for name in [*(name for names in FILES for name in names), "classifier/tokens"]:
        service, _, key = name.partition("/")
        found.setdefault(f"support-{service}", set()).add(key)
    return found


def _container_problems(
    pod: Pod, container: dict[str, Any], files: Mapping[str, set[str]], settings: set[str]
) -> list[str]:
    problems = [
        f"{pod.owner}: there is no ConfigMap {source['configMapRef']['name']}"
        for source in container.get("envFrom", [])
        if source["configMapRef"]["name"] not in settings
    ]
    mounts = {mount["mountPath"]: files.get(mount["name"], set()) for mount in container["volumeMounts"]}
    named = [env["value"] for env in container.get("env", []) if env["name"].endswith("_FILE")]
    named += [argument.partition("=")[2] for argument in container.get("args", []) if "-file=/" in argument]
    for path in named:
        directory, _, file = path.rpartition("/")
        if file not in mounts.get(directory, set()):
            problems.append(f"{pod.owner}: {container['name']} is not given {path}")
    return problems
