"""Rules are changed with a look at what would change, and that is what then changes."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from classifier_service.serving.registry_source import RegistrySource
from standalone.classifier_cli import app
from tests.factories.models import ConstantModel, make_bundle, make_card
from tests.integration.classifier_service.serving.published import FIRST, SECOND, publish, registry_in
from tests.integration.classifier_service.serving.serving_server import make_settings, serving
from tests.integration.etl.classification.classified_desk import ClassifiedDesk

PARCELS, OTHERS = 3, 2


@pytest.fixture
def desk(classified_desk: ClassifiedDesk, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClassifiedDesk]:
    """A desk whose tickets are classified by a model that takes everything for an order."""
    monkeypatch.setenv("DATABASE_URL", classified_desk.admin.url.render_as_string(hide_password=False))
    registry = registry_in(classified_desk.data_dir)
    publish(registry)
    classified_desk.run("publish_rules")
    settings = make_settings(classified_desk.data_dir)
    with serving(settings, RegistrySource(registry)) as served:
        classified_desk.use_service_at(served.address)
        for _ in range(PARCELS):
            classified_desk.add("The gramophone", content="came", priority_source="default")
        for _ in range(OTHERS):
            classified_desk.add("Tomorrow", content="perhaps")
        classified_desk.add("The gramophone", content="came", category="account_issue")
        classified_desk.add("The gramophone", content="came", category="account_issue", category_source="person")
        classified_desk.add("", content="")
        classified_desk.classify()
        yield classified_desk


def invoke(*arguments: str) -> Any:
    """Run a command of `support-analytics classifier`, and return its JSON."""
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, (done.output, done.exception)
    return json.loads(done.stdout) if "--json" in arguments else done.output


def filed(desk: ClassifiedDesk) -> dict[int, tuple[Any, ...]]:
    """Return category and priority of every ticket."""
    rows = desk.rows("select id, category, priority from support.support_tickets")
    return {ticket_id: (category, priority) for ticket_id, category, priority in rows}


def assert_it_happens(desk: ClassifiedDesk, previewed: dict[str, Any], before: dict[int, tuple[Any, ...]]) -> None:
    """Classify what waits, and hold what has changed against what was previewed."""
    desk.classify()
    after = filed(desk)
    for place, name in enumerate(("categories", "priorities")):
        happened = Counter(
            (before[each][place], after[each][place]) for each in before if before[each][place] != after[each][place]
        )
        assert happened == {(row["from"], row["to"]): row["tickets"] for row in previewed[name]}
        for row in previewed[name]:
            assert all(after[ticket_id][place] == row["to"] for ticket_id in row["sample"])


KEYWORDS = ("categories", "keywords", "technical_support", "--add", "Gramophone", "--weight", "5", "--json")


def test_a_preview_of_keywords_changes_nothing(desk: ClassifiedDesk) -> None:
    """It says how many tickets would go where, and which, and what stays a person's."""
    before = filed(desk)
    told = invoke(*KEYWORDS, "--preview")
    assert told["categories"] == [
        {"from": "book_order", "to": "technical_support", "tickets": PARCELS, "sample": [1, 2, 3]}
    ]
    assert (told["tickets"], told["kept"], told["priorities"]) == (PARCELS + OTHERS + 3, 2, [])
    assert (filed(desk), desk.waiting()) == (before, 0)
    assert desk.rows("select count(*) from support.category_keywords where phrase = 'gramophone'") == [(0,)]
    assert desk.run("publish_rules").result.row_count == 0  # type: ignore[union-attr] # it succeeded


def test_saved_keywords_do_what_the_preview_said(desk: ClassifiedDesk) -> None:
    """The service has the new rules before the first ticket is classified again."""
    before = filed(desk)
    told = invoke(*KEYWORDS, "--yes")
    assert desk.waiting() == len(before)
    assert_it_happens(desk, told, before)
    assert desk.filed(1)[:2] == ("technical_support", "rules")
    logged = desk.rows("select action, target from support.audit_log")
    assert logged == [("change rules", "changed keywords of technical_support")]


def test_a_category_goes_out_of_use_as_previewed(desk: ClassifiedDesk) -> None:
    """What a person or an import filed stays where it is."""
    invoke(*KEYWORDS, "--yes")
    desk.classify()
    before = filed(desk)
    told = invoke("categories", "remove", "technical_support", "--json", "--yes")
    assert told["categories"][0]["tickets"] == PARCELS
    assert_it_happens(desk, told, before)
    assert desk.filed(6)[0] == desk.filed(7)[0] == "account_issue"


def test_a_category_is_added_edited_and_listed(desk: ClassifiedDesk) -> None:
    """And what cannot be is told in a sentence."""
    invoke("categories", "add", "gift_card", "--name", "Gift", "--yes")
    invoke("categories", "edit", "gift_card", "--name", "Gift card", "--position", "2", "--yes")
    listed = {entry["category"]: entry["name"] for entry in invoke("categories", "list", "--json")}
    assert listed["gift_card"] == "Gift card"
    assert "gift_card" in invoke("categories", "list")
    for arguments in (
        ("categories", "add", "gift_card", "--name", "Again", "--yes"),
        ("categories", "edit", "nowhere", "--name", "x", "--yes"),
        ("categories", "keywords", "gift_card", "--remove", "never", "--yes"),
        ("categories", "remove", "general_inquiry", "--yes"),
    ):
        assert CliRunner().invoke(app, arguments).exit_code == 1
    assert desk.rows("select is_active from support.categories where slug = 'general_inquiry'") == [(True,)]


def test_a_new_model_files_tickets_again_as_previewed(desk: ClassifiedDesk) -> None:
    """`rescore` asks first, and then does what it said."""
    registry, before = registry_in(desk.data_dir), filed(desk)
    registry.publish_model(make_bundle(category_model=ConstantModel(answer=(0.1, 0.9))), make_card(SECOND))
    registry.promote(SECOND)
    told = invoke("rescore", "--json", "--preview")
    assert told["categories"][0]["to"] == "return_refund"
    assert told["categories"][0]["tickets"] == PARCELS + OTHERS
    refused = CliRunner().invoke(app, ["rescore"], input="n\n")
    assert "5 of 8 tickets would get another category." in refused.output
    assert desk.waiting() == 0
    assert invoke("rescore", "--json", "--yes") == told
    assert_it_happens(desk, told, before)
    assert {row[0] for row in desk.rows("select model_version from support.ticket_predictions")} == {FIRST, SECOND}


def test_names_and_reasons_in_brackets_are_listed_as_they_are(desk: ClassifiedDesk) -> None:
    """A category is what an import called it, also where a terminal would take it for a style."""
    desk.execute("insert into support.categories (slug, name) values ('[VIP] x', '[/b]')")
    invoke("categories", "keywords", "[VIP] x", "--add", "gold", "--yes")
    assert "[/b]" in invoke("categories", "list")
    invoke("priorities", "set", "high", "--customer-type", "vip", "--reason", "[VIP] first.", "--yes")
    assert "[VIP]" in invoke("priorities", "list")
