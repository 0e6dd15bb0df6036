"""What an overlay sets in one place arrives everywhere that it is meant for; each test changes a copy and builds it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.importing.sources.limits import ImportLimits
from tests.kubernetes.manifests import (
    CHECKOUT,
    OVERLAYS,
    built,
    environment_of,
    images_of,
    named,
    of_kind,
    pods,
    rendered,
)

DIGEST = "sha256:" + "0123456789abcdef" * 4
WITH_PLUGIN = "prod-cloudnative-pg"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The overlays of a copy of k8s, as whoever deploys would change them."""
    return Path(shutil.copytree(CHECKOUT / "k8s", tmp_path / "k8s")) / "overlays"


def change(overlay: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    """Change the kustomization.yaml of an overlay."""
    path = overlay / "kustomization.yaml"
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(document)
    path.write_text(yaml.safe_dump(document), encoding="utf-8")


def fill_digests(document: dict[str, Any]) -> None:
    """Add a digest to each image."""
    for image in document["images"]:
        image["digest"] = DIGEST


def set_images_by_command(document: dict[str, Any]) -> None:
    """Write what `kustomize edit set image NAME=NEW@sha256:...` writes: a digest in place of the tag."""
    fill_digests(document)
    for image in document["images"]:
        del image["newTag"]


@pytest.mark.parametrize("fill", [fill_digests, set_images_by_command])
def test_every_workload_runs_the_digest_of_the_overlay(copy: Path, fill: Callable[[dict[str, Any]], None]) -> None:
    """Deployments, Jobs, CronJobs and the operator's database: no image goes by its tag alone."""
    for overlay in ("prod", WITH_PLUGIN):
        change(copy / overlay, fill)
    images = images_of(built(copy / WITH_PLUGIN))
    assert {owner.partition(" ")[0] for owner, _ in images} == {"Deployment", "Job", "CronJob", "Cluster"}
    assert [(owner, image) for owner, image in images if not image.endswith(f"@{DIGEST}")] == []


@pytest.mark.parametrize(("changed", "used"), [("dev", "dev"), ("prod", "prod"), ("prod", WITH_PLUGIN)])
def test_one_time_zone_reaches_every_service_and_every_cron_job(copy: Path, changed: str, used: str) -> None:
    """A job whose times were those of another zone would run at the wrong hour."""

    def move(document: dict[str, Any]) -> None:
        (settings,) = (each for each in document["configMapGenerator"] if each["name"] == "desk-settings")
        settings["literals"] = ["SUPPORT_TIME_ZONE=America/New_York"]

    change(copy / changed, move)
    documents = built(copy / used)
    assert {each["spec"]["timeZone"] for each in of_kind(documents, "CronJob")} == {"America/New_York"}
    zones = {
        (pod.owner, container["name"]): environment_of(documents, container).get("SUPPORT_TIME_ZONE")
        for pod in pods(documents)
        for container in pod.containers
        # These three count no days.
        if container["name"] not in {"cache", "database", "classifier"}
    }
    assert len(zones) > 20
    assert {place: zone for place, zone in zones.items() if zone != "America/New_York"} == {}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_one_registry_of_models_is_read_and_written(overlay: str) -> None:
    """The classifier serves what the jobs publish."""
    documents = rendered(overlay)
    registries = {
        container["name"]: environment_of(documents, container)["CLASSIFIER_REGISTRY_URL"]
        for pod in pods(documents)
        for container in pod.containers
        if container["name"] in {"classifier", "refresher", "scorer", "prepare", "job"}
    }
    assert len(registries) == 5
    assert len(set(registries.values())) == 1


def test_the_object_store_may_have_another_port(copy: Path) -> None:
    """A MinIO listens on 9000, and all else stays shut."""
    for overlay in ("prod", WITH_PLUGIN):
        path = copy / overlay / "kustomization.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count("ports/0/port, value: 443}") == 1
        path.write_text(text.replace("ports/0/port, value: 443}", "ports/0/port, value: 9000}"), encoding="utf-8")
    documents = built(copy / WITH_PLUGIN)
    for name in ("to-object-store", "support-postgresql-to-object-store"):
        egress = named(documents, "NetworkPolicy", name)["spec"]["egress"]
        assert egress == [{"ports": [{"protocol": "TCP", "port": 9000}]}]


def test_the_database_of_the_operator_is_backed_up(copy: Path) -> None:
    """By the plugin: the operator's own way of before goes with its version 1.31."""
    documents = built(copy / WITH_PLUGIN)
    (cluster,), (store,), (nightly,) = (
        of_kind(documents, kind) for kind in ("Cluster", "ObjectStore", "ScheduledBackup")
    )
    assert "backup" not in cluster["spec"]
    (plugin,) = cluster["spec"]["plugins"]
    assert plugin["isWALArchiver"] is True
    assert plugin["parameters"] == {"barmanObjectName": store["metadata"]["name"]}
    assert nightly["spec"]["cluster"] == {"name": cluster["metadata"]["name"]}
    assert (nightly["spec"]["method"], nightly["spec"]["pluginConfiguration"]) == ("plugin", {"name": plugin["name"]})
    # Seconds come first, so a schedule of five parts would be another one.
    assert len(nightly["spec"]["schedule"].split()) == 6
    assert store["spec"]["retentionPolicy"] == "30d"


def test_a_restore_reads_the_old_archive_and_writes_a_new_one(copy: Path) -> None:
    """The plugin refuses to write over the archive of an earlier database."""
    change(
        copy / WITH_PLUGIN, lambda document: document["components"].append("../../components/cloudnative-pg-restore")
    )
    (cluster,) = of_kind(built(copy / WITH_PLUGIN), "Cluster")
    (before,) = cluster["spec"]["externalClusters"]
    (plugin,) = cluster["spec"]["plugins"]
    assert list(cluster["spec"]["bootstrap"]) == ["recovery"]
    assert cluster["spec"]["bootstrap"]["recovery"]["source"] == before["name"]
    assert before["plugin"]["name"] == plugin["name"]
    assert before["plugin"]["parameters"]["barmanObjectName"] == plugin["parameters"]["barmanObjectName"]
    assert before["plugin"]["parameters"]["serverName"] == cluster["metadata"]["name"]
    assert plugin["parameters"]["serverName"] != before["plugin"]["parameters"]["serverName"]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_files_are_imported_where_there_is_room_on_the_disk(overlay: str) -> None:
    """Twice what may come through a pipe, because a ZIP file in it is copied once more."""
    (refresher,) = (pod for pod in pods(rendered(overlay)) if pod.owner == "Deployment refresher")
    volumes = {volume["name"]: volume for volume in refresher.spec["volumes"]}
    assert volumes["tmp"] == {"name": "tmp", "emptyDir": {"sizeLimit": "9Gi"}}
    assert volumes["profiles"]["configMap"] == {"name": "import-profiles", "optional": True}
    assert ImportLimits().piped_bytes * 2 < 9 * 2**30
