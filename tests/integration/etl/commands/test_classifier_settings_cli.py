"""Threshold, languages and template are a manager's to set, with a look at what it costs."""

import pytest
from typer.testing import CliRunner

from classifier_service.rules.document import RulesDocument
from etl.classification.desk_rules import published_rules
from etl.settings import ClassifierSettings
from standalone.classifier_cli import app
from tests.integration.classifier_service.serving.published import publish, registry_in
from tests.integration.etl.classification.classified_desk import ClassifiedDesk
from tests.integration.etl.commands.test_classifier_cli import invoke


@pytest.fixture
def desk(classified_desk: ClassifiedDesk, monkeypatch: pytest.MonkeyPatch) -> ClassifiedDesk:
    """A desk with a model that is three quarters sure of every ticket."""
    monkeypatch.setenv("DATABASE_URL", classified_desk.admin.url.render_as_string(hide_password=False))
    publish(registry_in(classified_desk.data_dir))
    classified_desk.run("publish_rules")
    classified_desk.use_service_at("127.0.0.1:1")
    classified_desk.add("The gramophone", content="came")
    return classified_desk


def published() -> RulesDocument:
    """Return the rules that the service would use."""
    return published_rules(ClassifierSettings.from_environment().registry).load(None)


def test_the_threshold_is_shown_with_what_it_costs_and_set_after_a_preview(desk: ClassifiedDesk) -> None:
    """Above what the model is sure of, the ticket waits for a person."""
    told = invoke("threshold", "--json")
    assert (told["threshold"], told["is_set"]) == (0.5, False)
    assert told["rows"] == [{"threshold": 0.5, "tickets": 4, "answered": 0.5, "right": 1.0}]
    assert "as a manager" not in invoke("threshold")
    assert invoke("threshold", "--set", "0.8", "--preview", "--json")["for_review"] == 1
    assert published().abstention_threshold is None
    invoke("threshold", "--set", "0.8", "--yes")
    assert published().abstention_threshold == 0.8
    assert "set by a manager" in invoke("threshold")
    assert desk.rows("select target from support.audit_log") == [("threshold 0.8",)]
    invoke("threshold", "--model", "--yes")
    assert published().abstention_threshold is None
    assert CliRunner().invoke(app, ["threshold", "--set", "1.5", "--yes"]).exit_code == 1


def test_languages_are_set_where_they_can_be_told(desk: ClassifiedDesk) -> None:
    """One that nobody can tell changes nothing."""
    assert invoke("languages").strip() == "en, tn"
    invoke("languages", "--set", "tn, en,af", "--yes")
    assert published().languages == ("af", "en", "tn")
    for wrong in ("en,xx", ","):
        assert CliRunner().invoke(app, ["languages", "--set", wrong, "--yes"]).exit_code == 1
    assert invoke("languages", "--json") == ["af", "en", "tn"]
    assert desk.waiting() == 1


def test_keywords_of_two_languages_change_in_one_step(desk: ClassifiedDesk) -> None:
    """One preview, one document."""
    words = ("--add", "en:blank screen", "--add", "tn: sekirini", "--add", "flicker")
    invoke("categories", "keywords", "technical_support", *words, "--remove", "tn:tsebe", "--yes")
    found = {(each.language, each.phrase) for each in published().keywords if each.category == "technical_support"}
    assert {("en", "blank screen"), ("tn", "sekirini"), ("en", "flicker")} <= found
    assert ("tn", "tsebe") not in found
    assert desk.waiting() == 1


def test_a_template_is_listed_and_taken(desk: ClassifiedDesk) -> None:
    """It says what it does: suggest, nothing, or file."""
    assert invoke("template", "list", "--json")[0]["state"] == "taken"
    desk.forget_categories()
    assert invoke("template", "list", "--json")[0]["state"] == "suggests"
    desk.execute("insert into support.categories (slug, name) values ('Plumbing', 'Plumbing')")
    assert invoke("template", "list", "--json")[0]["state"] == "unused"
    invoke("template", "take", "bookshop", "--yes")
    assert "files" in invoke("template", "list")
    assert "book_order" in published().filing_slugs
    assert CliRunner().invoke(app, ["template", "take", "florist", "--yes"]).exit_code == 1


def test_priority_rules_are_set_before_the_others_and_taken_away(desk: ClassifiedDesk) -> None:
    """A second word for the same tickets changes the first; a preview says what would happen."""
    tenant = ("priorities", "set", "high", "--customer-type", "Tenant", "--reason", "Lives there.")
    desk.add("The gramophone", content="came", customer_type="tenant", priority_source="default")
    assert invoke(*tenant, "--preview", "--json")["priorities"] == [
        {"from": "medium", "to": "high", "tickets": 1, "sample": [2]}
    ]
    invoke(*tenant, "--yes")
    first = published().priority_rules[0]
    assert (first.customer_type, first.urgency, first.priority, first.reason) == (
        "tenant",
        None,
        "high",
        "Lives there.",
    )
    invoke("priorities", "set", "low", "--customer-type", "tenant", "--reason", "Can wait.", "--yes")
    assert published().priority_rules[0].priority == "low"
    assert "Can wait." in invoke("priorities", "list")
    number = invoke("priorities", "list", "--json")[0]["position"]
    invoke("priorities", "remove", "--yes", "--", str(number))
    assert "tenant" not in {rule.customer_type for rule in published().priority_rules}
    assert CliRunner().invoke(app, ["priorities", "remove", "77", "--yes"]).exit_code == 1


def test_settings_and_keywords_that_are_hardly_meant_so_are_refused_or_told(desk: ClassifiedDesk) -> None:
    """Two thresholds at once; a word before a colon that is no language; signs that no keyword can have."""
    before = published()
    vpn = ["categories", "keywords", "technical_support", "--add", "vpn: drops", "--yes"]
    for wrong in (["threshold", "--set", "0.8", "--model", "--yes"], ["threshold", "--set", "nan", "--yes"], vpn):
        assert CliRunner().invoke(app, wrong).exit_code == 1
    assert published() == before
    told = invoke("categories", "keywords", "technical_support", "--add", "C++", "--add", "Blank  Screen", "--yes")
    assert "'C++' is looked for as 'c'" in told
    assert "Blank" not in told
    invoke("categories", "keywords", "technical_support", "--add", "en:vpn: drops", "--yes")
    assert ("en", "vpn drops") in {(each.language, each.phrase) for each in published().keywords}
    assert desk.waiting() == 1
