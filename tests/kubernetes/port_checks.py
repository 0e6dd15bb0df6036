"""Ports that manifests name, against those that containers have; each check returns its complaints."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tests.kubernetes.manifests import Document, Pod, config_maps, of_kind, pods

_PROBES: Final = ("startupProbe", "livenessProbe", "readinessProbe")
_ADDRESS: Final = re.compile(r"(?:@|//|^)([a-z-]+):(\d+)")


def probe_problems(documents: Sequence[Document]) -> list[str]:
    """Every probe asks a port of its container."""
    problems = []
    for pod in pods(documents):
        for container in pod.containers:
            for probe in _PROBES:
                asked = [
                    way["port"] for way in container.get(probe, {}).values() if isinstance(way, dict) and "port" in way
                ]
                wrong = set(asked) - _ports(container)
                problems += [f"{pod.owner}: {probe} asks port {port}" for port in wrong]
    return problems


def service_problems(documents: Sequence[Document]) -> list[str]:
    """Every Service leads to a port of its pods."""
    problems = []
    for service in of_kind(documents, "Service"):
        selector = service["spec"].get("selector", {})
        targets = _ports_of_pods(documents, {"matchLabels": selector})
        problems += [
            f"Service {service['metadata']['name']} leads to port {port['targetPort']}"
            for port in service["spec"]["ports"]
            if selector and port["targetPort"] not in targets
        ]
    return problems


def policy_problems(documents: Sequence[Document]) -> list[str]:
    """Every policy opens ports of the pods that it is about."""
    problems = []
    for policy in of_kind(documents, "NetworkPolicy"):
        known = _ports_of_pods(documents, policy["spec"]["podSelector"])
        opened = {port["port"] for rule in policy["spec"].get("ingress", []) for port in rule.get("ports", [])}
        name = policy["metadata"]["name"]
        # Of pods that an operator makes nothing is known here.
        problems += [f"NetworkPolicy {name} opens port {port}" for port in opened if known and port not in known]
    return problems


def address_problems(documents: Sequence[Document]) -> list[str]:
    """Every address of a Service in a setting has one of its ports."""
    ports = {
        service["metadata"]["name"]: {port["port"] for port in service["spec"]["ports"]}
        for service in of_kind(documents, "Service")
    }
    problems = []
    for name, data in config_maps(documents).items():
        for key, value in data.items():
            address = _ADDRESS.search(value)
            if address and address[1] in ports and int(address[2]) not in ports[address[1]]:
                problems.append(f"{name}: {key} names port {address[2]} of {address[1]}")
    return problems


def _ports(container: Mapping[str, Any]) -> set[int | str]:
    ports = container.get("ports", [])
    return {port["containerPort"] for port in ports} | {port["name"] for port in ports}


def _ports_of_pods(documents: Sequence[Document], selector: Mapping[str, Any]) -> set[int | str]:
    selected: list[Pod] = [pod for pod in pods(documents) if _selects(selector, pod.labels)]
    return {port for pod in selected for container in pod.containers for port in _ports(container)}


def _selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    exact = selector.get("matchLabels", {}).items() <= labels.items()
    return exact and all(labels.get(each["key"]) in each["values"] for each in selector.get("matchExpressions", []))
