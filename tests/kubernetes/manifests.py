"""The rendered manifests of an overlay, and ways to what is in them."""

import functools
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

CHECKOUT: Final = Path(__file__).parents[2]
OVERLAYS: Final = tuple(sorted(path.name for path in (CHECKOUT / "k8s" / "overlays").iterdir() if path.is_dir()))
_WORKLOADS: Final = ("Deployment", "StatefulSet", "Job", "CronJob")

Document = dict[str, Any]


@functools.cache
def rendered_text(overlay: str) -> str:
    """Return what `kubectl kustomize` prints for an overlay."""
    return _built_text(CHECKOUT / "k8s" / "overlays" / overlay)


def built(directory: Path) -> list[Document]:
    """Return the manifests of any directory with a kustomization.yaml."""
    return [document for document in yaml.safe_load_all(_built_text(directory)) if document]


def _built_text(directory: Path) -> str:
    kubectl = Path(sys.executable).parent / "kubectl"
    done = subprocess.run([str(kubectl), "kustomize", str(directory)], check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def rendered(overlay: str) -> list[Document]:
    """Return the manifests of an overlay; the caller may change them."""
    return [document for document in yaml.safe_load_all(rendered_text(overlay)) if document]


@dataclass(frozen=True, slots=True)
class Pod:
    """A pod that a workload makes.

    Attributes:
        owner: Kind and name of the workload.
        labels: Of the pod.
        spec: Of the pod.
    """

    owner: str
    labels: dict[str, str]
    spec: dict[str, Any]

    @property
    def containers(self) -> list[dict[str, Any]]:
        """All containers, those that run before the others too."""
        return [*self.spec.get("initContainers", []), *self.spec["containers"]]


def of_kind(documents: Sequence[Document], *kinds: str) -> list[Document]:
    """Return the manifests of some kinds."""
    return [document for document in documents if document["kind"] in kinds]


def named(documents: Sequence[Document], kind: str, name: str) -> Document:
    """Return the one manifest of a kind and a name."""
    (found,) = (each for each in of_kind(documents, kind) if each["metadata"]["name"] == name)
    return found


def template_of(workload: Document) -> dict[str, Any]:
    """Return the template of a workload's pods."""
    spec = workload["spec"]
    template: dict[str, Any] = (spec["jobTemplate"]["spec"] if workload["kind"] == "CronJob" else spec)["template"]
    return template


def pods(documents: Sequence[Document]) -> Iterator[Pod]:
    """Yield the pods of every workload."""
    for workload in of_kind(documents, *_WORKLOADS):
        template = template_of(workload)
        labels = template["metadata"].get("labels", {})
        yield Pod(f"{workload['kind']} {workload['metadata']['name']}", labels, template["spec"])


def environment_of(documents: Sequence[Document], container: dict[str, Any]) -> dict[str, str]:
    """Return the variables that a container gets: of its ConfigMaps, of which the last one wins, and its own."""
    known = config_maps(documents)
    found: dict[str, str] = {}
    for source in container.get("envFrom", []):
        found |= known[source["configMapRef"]["name"]]
    return found | {each["name"]: each["value"] for each in container.get("env", [])}


def images_of(documents: Sequence[Document]) -> list[tuple[str, str]]:
    """Return who runs which image: containers, and the databases that an operator makes."""
    ours = [(pod.owner, container["image"]) for pod in pods(documents) for container in pod.containers]
    return ours + [
        (f"Cluster {each['metadata']['name']}", each["spec"]["imageName"]) for each in of_kind(documents, "Cluster")
    ]


def config_maps(documents: Sequence[Document]) -> dict[str, dict[str, str]]:
    """Return the ConfigMaps by name."""
    return {each["metadata"]["name"]: each["data"] for each in of_kind(documents, "ConfigMap")}
