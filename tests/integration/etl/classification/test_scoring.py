"""Tickets are classified once, by a real service, and a person's word stays."""

import threading

import pytest
from typer.testing import CliRunner

from etl.classification.scoring import Scorer
from etl.cli import app
from etl.running.runner import Outcome
from etl.settings import ClassifierSettings
from tests.fakes.classifier import FakeSource
from tests.integration.classifier_service.serving.serving_server import Served, wait_until
from tests.integration.etl.classification.classified_desk import ClassifiedDesk


@pytest.mark.usefixtures("served")
def test_a_new_ticket_is_classified_and_filed_where_nobody_has(classified_desk: ClassifiedDesk) -> None:
    """Category and priority come from the service, with who decided, the versions and the reasons beside them."""
    ticket_id = classified_desk.add("book_order please", customer_type="school", priority_source="default")
    assert classified_desk.classify() == 1
    assert classified_desk.filed(ticket_id) == ("book_order", "model", "high", "rules")
    said = classified_desk.rows(
        "select category, confidence, decider, is_abstention, priority, urgency, sentiment, sentiment_score, language,"
        " reasons, model_version, rules_version from marts.ticket_predictions"
    )
    assert said == [
        (
            *("book_order", pytest.approx(0.9), "both", False, "high", "urgent", "frustrated", -0.75, "en"),
            {"priority": "A school writes.", "alternatives": [["book_order", 0.9], ["other", 0.1]]},
            *("m1", "r1"),
        )
    ]
    terms = classified_desk.rows("select terms, model_version from marts.ticket_explanations")
    assert terms == [([["book_order", 2.5, "keyword"], ["boo", -0.5, "model"]], "m1")]


@pytest.mark.usefixtures("served")
def test_the_second_language_of_a_mixed_text_is_kept(classified_desk: ClassifiedDesk) -> None:
    """A text in one language has none."""
    mixed, plain = classified_desk.add("book_order ke a leboga"), classified_desk.add("book_order please")
    classified_desk.classify()
    said = classified_desk.rows("select ticket_id, language, second_language from marts.ticket_predictions")
    assert sorted(said) == [(mixed, "en", "tn"), (plain, "en", None)]


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("source_of", ["imported", "person"])
def test_what_an_import_or_a_person_said_stays(classified_desk: ClassifiedDesk, source_of: str) -> None:
    """It is predicted all the same, so that it can be compared."""
    named = {"category": "return_refund", "category_source": source_of, "priority": "low", "priority_source": source_of}
    ticket_id = classified_desk.add("book_order please", **named)
    assert classified_desk.classify() == 1
    assert classified_desk.filed(ticket_id) == ("return_refund", source_of, "low", source_of)
    assert classified_desk.latest(ticket_id)[0] == "book_order"


@pytest.mark.usefixtures("served")
def test_a_category_that_a_person_took_away_stays_away(classified_desk: ClassifiedDesk) -> None:
    """Nothing is a decision too."""
    ticket_id = classified_desk.add("book_order please", category=None, category_source="person")
    classified_desk.classify()
    assert classified_desk.filed(ticket_id)[:2] == (None, "person")


@pytest.mark.usefixtures("served")
def test_a_category_that_the_desk_does_not_have_is_not_filed(classified_desk: ClassifiedDesk) -> None:
    """What a model says is no new category."""
    ticket_id = classified_desk.add("astrology please")
    classified_desk.classify()
    assert classified_desk.filed(ticket_id)[0] is None


@pytest.mark.usefixtures("served")
def test_only_a_changed_text_is_classified_again(classified_desk: ClassifiedDesk) -> None:
    """What the job writes itself, and changes of other fields, queue nothing; a changed text counts anew."""
    ticket_id = classified_desk.add("book_order please")
    assert (
        classified_desk.classify(),
        classified_desk.classify(),
        classified_desk.waiting(),
        classified_desk.waiting("explain"),
    ) == (1, 0, 0, 0)
    classified_desk.execute("update support.support_tickets set status = 'pending', assigned_agent = 'Lerato'")
    assert classified_desk.classify() == 0
    classified_desk.execute("update support.support_tickets set subject = 'return_refund please'")
    assert classified_desk.classify() == 1
    assert classified_desk.filed(ticket_id)[0] == "return_refund"
    classified_desk.execute("update support.support_tickets set subject = 'book_order please'")
    assert classified_desk.classify() == 1
    assert classified_desk.latest(ticket_id)[0] == "book_order", "the same words again are the last word again"
    assert classified_desk.rows("select count(*) from support.ticket_predictions") == [(2,)]


@pytest.mark.usefixtures("served")
def test_new_tickets_need_not_wait_for_the_reasons_of_others(classified_desk: ClassifiedDesk) -> None:
    """Between two batches of explanations it is looked whether tickets wait to be classified; if so, they are next."""
    for _ in range(70):
        classified_desk.add("book_order please")
    with ClassifierSettings.from_environment().client() as client:
        scorer = Scorer(classified_desk.engine, client)
        assert scorer.classify(1_000) == 70
        classified_desk.add("book_order too")
        assert scorer.explain(1_000) == 64
        assert scorer.classify(1_000) == 1
        assert scorer.explain(1_000) == 7


@pytest.mark.usefixtures("served")
def test_tickets_without_a_text_or_that_are_gone_do_not_stand_in_the_way(classified_desk: ClassifiedDesk) -> None:
    """They leave the queue, and the others are classified."""
    classified_desk.add("", content=" ")
    gone, kept = classified_desk.add("book_order gone"), classified_desk.add("book_order kept")
    classified_desk.execute("delete from support.support_tickets where id = :id", id=gone)
    classified_desk.classify()
    assert classified_desk.waiting() == 0
    assert classified_desk.rows("select ticket_id from support.ticket_predictions") == [(kept,)]


def test_a_correction_made_while_a_batch_is_with_the_service_wins(
    classified_desk: ClassifiedDesk, served: Served, source: FakeSource
) -> None:
    """A person may be quicker than the answer."""
    assert served.status() == 1
    ticket_id = classified_desk.add("book_order wait")
    job = threading.Thread(target=classified_desk.classify)
    job.start()
    wait_until(lambda: bool(source.opened["m1"].seen) and source.opened["m1"].seen[-1] == 1, "it was never asked")
    classified_desk.execute(
        "insert into support.ticket_corrections (ticket_id, field, new_value, corrected_by)"
        " values (:id, 'category', 'account_issue', 'manager'), (:id, 'priority', 'low', 'manager')",
        id=ticket_id,
    )
    source.opened["m1"].gate.set()
    job.join(30)
    assert classified_desk.filed(ticket_id) == ("account_issue", "person", "low", "person")
    classified_desk.execute("update support.support_tickets set subject = 'return_refund again'")
    assert classified_desk.classify() == 1
    assert classified_desk.filed(ticket_id) == ("account_issue", "person", "low", "person")


def test_without_the_service_tickets_wait_and_the_status_says_so(
    classified_desk: ClassifiedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written, nothing is lost, and a person is told."""
    monkeypatch.setenv("DATABASE_URL", classified_desk.admin.url.render_as_string(hide_password=False))
    classified_desk.use_service_at("127.0.0.1:1")
    ticket_id = classified_desk.add("book_order please")
    done = classified_desk.run()
    assert done.outcome is Outcome.FAILED
    assert "classifier service does not answer" in done.error
    assert (classified_desk.waiting(), classified_desk.filed(ticket_id)[0]) == (1, None)
    told = CliRunner().invoke(app, ["status"], env={"COLUMNS": "300"}).output
    assert "1 tickets wait to be classified." in told
    assert "service_unavailable" in told


def test_a_service_that_is_not_ready_leaves_tickets_waiting_too(
    classified_desk: ClassifiedDesk, served: Served, source: FakeSource
) -> None:
    """And once it is, they are classified."""
    classified_desk.use_service_at("127.0.0.1:1")
    classified_desk.add("book_order please")
    assert classified_desk.run().outcome is Outcome.FAILED
    classified_desk.use_service_at(served.address)
    assert classified_desk.classify() == 1
    assert source.loads == 1


def test_a_ticket_waits_for_review_until_a_person_files_it(classified_desk: ClassifiedDesk) -> None:
    """Only the last word counts, and only where nobody has filed the ticket."""
    say = (
        "insert into support.ticket_predictions (ticket_id, model_version, rules_version, category, is_abstention,"
        " predicted_at) values (:id, :version, 'r1', 'general_inquiry', :abstains, now() + make_interval(secs => :at))"
    )
    unsure, sure_since, imported, spam = (
        classified_desk.add("text", category="general_inquiry", category_source=source, exclusion=exclusion)
        for source, exclusion in (("model", None), ("model", None), ("imported", None), ("model", "spam"))
    )
    for ticket_id in (unsure, sure_since, imported, spam):
        classified_desk.execute(say, id=ticket_id, version="m1", abstains=True, at=1)
    classified_desk.execute(say, id=sure_since, version="m2", abstains=False, at=2)
    review = "select ticket_id from marts.classification_reviews"
    assert classified_desk.rows(review) == [(unsure,)]
    classified_desk.execute(
        "insert into support.ticket_corrections (ticket_id, field, new_value, corrected_by)"
        " values (:id, 'category', 'book_order', 'manager')",
        id=unsure,
    )
    assert classified_desk.rows(review) == []
