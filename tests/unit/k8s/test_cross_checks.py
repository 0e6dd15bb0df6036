"""The manifests agree with the code, and each check finds the mistake that it is there for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from etl.jobs.registry import JOBS
from tests.kubernetes import cross_checks, port_checks
from tests.kubernetes.manifests import OVERLAYS, Document, named, of_kind, rendered, template_of

Spoil = Callable[[list[Document]], Any]
DEV = "dev"


def container(documents: list[Document], name: str, kind: str = "Deployment") -> dict[str, Any]:
    """Return the first container of a workload."""
    found: dict[str, Any] = template_of(named(documents, kind, name))["spec"]["containers"][0]
    return found


def spec(documents: list[Document], kind: str, name: str) -> dict[str, Any]:
    """Return what a manifest asks for."""
    found: dict[str, Any] = named(documents, kind, name)["spec"]
    return found


def pod(documents: list[Document], kind: str, name: str) -> dict[str, Any]:
    """Return the pod of a workload."""
    found: dict[str, Any] = template_of(named(documents, kind, name))["spec"]
    return found


def config(documents: list[Document], start: str) -> dict[str, str]:
    """Return the data of the ConfigMap whose name starts so."""
    (found,) = (each for each in of_kind(documents, "ConfigMap") if each["metadata"]["name"].startswith(start))
    data: dict[str, str] = found["data"]
    return data


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("check", cross_checks.CHECKS)
def test_an_overlay_agrees_with_the_code(check: cross_checks.Check, overlay: str) -> None:
    """No check has anything to say about the manifests as they are."""
    assert check(rendered(overlay)) == []


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_job_has_its_cron_job_and_the_other_way_round(overlay: str) -> None:
    """A job that is added to etl/jobs/registry.py gets a file in k8s/base/jobs, with the same times."""
    assert cross_checks.job_problems(rendered(overlay), JOBS) == []


@pytest.mark.parametrize(
    ("check", "spoil", "complaint"),
    [
        (
            port_checks.probe_problems,
            lambda documents: container(documents, "portal")["readinessProbe"]["httpGet"].update(port=8051),
            "readinessProbe asks port 8051",
        ),
        (
            port_checks.probe_problems,
            lambda documents: container(documents, "classifier")["livenessProbe"]["grpc"].update(port=50052),
            "livenessProbe asks port 50052",
        ),
        (
            port_checks.service_problems,
            lambda documents: named(documents, "Service", "portal")["spec"]["ports"][0].update(targetPort="web"),
            "Service portal leads to port web",
        ),
        (
            port_checks.address_problems,
            lambda documents: config(documents, "jobs-settings").update(CLASSIFIER_ADDRESS="classifier:50052"),
            "CLASSIFIER_ADDRESS names port 50052",
        ),
        (
            port_checks.policy_problems,
            lambda documents: named(documents, "NetworkPolicy", "cache")["spec"]["ingress"][0]["ports"][0].update(
                port=1
            ),
            "opens port 1",
        ),
        (
            cross_checks.selector_problems,
            lambda documents: named(documents, "Service", "cache")["spec"]["selector"].update(
                {"app.kubernetes.io/name": "redis"}
            ),
            "Service cache selects no pod",
        ),
        (
            cross_checks.selector_problems,
            lambda documents: named(documents, "PodDisruptionBudget", "portal")["spec"]["selector"][
                "matchLabels"
            ].update(tier="web"),
            "PodDisruptionBudget portal selects no pod",
        ),
        (
            cross_checks.reference_problems,
            lambda documents: template_of(named(documents, "Deployment", "portal"))["spec"]["volumes"][0]["secret"][
                "items"
            ].append({"key": "smtp_password", "path": "smtp_password"}),
            "Secret support-portal has no smtp_password",
        ),
        (
            cross_checks.reference_problems,
            lambda documents: container(documents, "scorer")["env"][0].update(value="/secrets/owner_password"),
            "scorer is not given /secrets/owner_password",
        ),
        (
            cross_checks.reference_problems,
            lambda documents: container(documents, "portal")["envFrom"][0]["configMapRef"].update(name="settings"),
            "there is no ConfigMap settings",
        ),
        (
            cross_checks.setting_problems,
            lambda documents: config(documents, "portal-settings").update(SUPPORT_SESION_HOURS="8"),
            "nobody reads SUPPORT_SESION_HOURS",
        ),
        (
            cross_checks.image_problems,
            lambda documents: container(documents, "portal").update(image="support-analytics-portal:0.0.9"),
            "is not of version",
        ),
        (
            cross_checks.image_problems,
            lambda documents: container(documents, "cache").update(image="docker.io/valkey/valkey:8"),
            "is not what docker-compose.yml has",
        ),
        (
            cross_checks.watcher_problems,
            lambda documents: container(documents, "scorer")["args"].remove("learn_categories"),
            "scorer runs ['etl', 'watch', 'publish_rules', 'classify_tickets']",
        ),
        (
            cross_checks.secret_problems,
            lambda documents: next(
                each for each in pod(documents, "Deployment", "scorer")["volumes"] if "secret" in each
            )["secret"].pop("items"),
            "Deployment scorer is given the backups' password",
        ),
        (
            cross_checks.confinement_problems,
            lambda documents: container(documents, "scorer")["securityContext"].update(privileged=True),
            "scorer may do more than it should",
        ),
        (
            cross_checks.confinement_problems,
            lambda documents: template_of(named(documents, "CronJob", "measure-drift"))["spec"][
                "securityContext"
            ].update(runAsNonRoot=False),
            "CronJob measure-drift: may be root",
        ),
        (
            cross_checks.confinement_problems,
            lambda documents: template_of(named(documents, "Deployment", "refresher"))["spec"]["volumes"].append(
                {"name": "host", "hostPath": {"path": "/"}}
            ),
            "has a directory of the host",
        ),
        (
            cross_checks.confinement_problems,
            lambda documents: container(documents, "portal")["resources"].pop("limits"),
            "portal has no limits",
        ),
    ],
)
def test_a_planted_mistake_is_found(check: cross_checks.Check, spoil: Spoil, complaint: str) -> None:
    """A wrong port, key, name, tag, variable or right is told by its place."""
    documents = rendered(DEV)
    spoil(documents)
    problems = check(documents)
    assert len(problems) >= 1
    assert any(complaint in problem for problem in problems), problems


def test_a_job_without_a_cron_job_is_found() -> None:
    """Whoever adds a job and forgets the cluster is told."""
    jobs = {**JOBS, "count_stars": replace(JOBS["measure_drift"], name="count_stars")}
    assert cross_checks.job_problems(rendered(DEV), jobs) == ["job count_stars has no CronJob"]


def test_a_cron_job_without_a_job_is_found() -> None:
    """A job that is taken away takes its CronJob along."""
    jobs = {name: job for name, job in JOBS.items() if name != "measure_drift"}
    assert cross_checks.job_problems(rendered(DEV), jobs) == ["CronJob of measure_drift, which is no job"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"schedule": "15 3 * * *"}, "runs at 15 3"),
        ({"suspend": True}, "the job at"),
        ({"timeZone": "Europe/Dublin"}, "has the zone Europe/Dublin"),
        ({"concurrencyPolicy": "Allow"}, "may run twice"),
        (
            {
                "jobTemplate": {
                    "spec": {"template": {"spec": {"containers": [{"args": ["etl", "run", "measure_drift"]}]}}}
                }
            },
            "ttl",
        ),
    ],
)
def test_a_cron_job_at_another_time_is_found(change: dict[str, Any], complaint: str) -> None:
    """One machine and a cluster do the same work at the same times, once."""
    documents = rendered(DEV)
    named(documents, "CronJob", "measure-drift")["spec"].update(change)
    problems = cross_checks.job_problems(documents, JOBS)
    assert problems
    assert all(complaint in problem for problem in problems), problems
