"""A desk without categories of its own is only shown what a template would say, until somebody takes it."""

from collections.abc import Iterator

import pytest

from classifier_service.serving.registry_source import RegistrySource
from classifier_service.training.blank import publish_blank
from etl.classification.saving import wait_until_served
from etl.classification.templates import UnknownTemplateError, give_back_template, take_template, want_template
from etl.settings import ClassifierSettings
from tests.integration.classifier_service.serving.published import registry_in
from tests.integration.classifier_service.serving.serving_server import make_settings, serving
from tests.integration.etl.classification.classified_desk import NOW, ClassifiedDesk

FOREIGN = (
    "Geyser burst",
    "Payslip wrong tax number",
    "Disk of srv-db02 at 98 percent",
    "Boarding pass not on my phone",
    "Knee still swollen after two weeks",
    "Leave balance is four days short",
    "Blocked drain in the kitchen",
    "VPN drops every ten minutes",
    "Room without a window",
    "Tap drips on floor 2",
)
ORDER = "Where is my order? The delivery was due on Monday"


@pytest.fixture
def fresh(classified_desk: ClassifiedDesk) -> Iterator[ClassifiedDesk]:
    """A new desk, whose service has a model that has learnt nothing."""
    classified_desk.forget_categories()
    registry = registry_in(classified_desk.data_dir)
    publish_blank(registry, NOW)
    classified_desk.run("publish_rules")
    with serving(make_settings(classified_desk.data_dir), RegistrySource(registry)) as served:
        classified_desk.use_service_at(served.address)
        yield classified_desk


def publish(desk: ClassifiedDesk) -> None:
    """Publish the rules, and wait until the service uses them."""
    done = desk.run("publish_rules")
    assert done.result is not None
    version = done.result.details["rules_version"]
    with ClassifierSettings.from_environment().client() as client:
        assert wait_until_served(client, lambda served: served.rules_version == version)


def test_tickets_of_other_trades_get_no_category(fresh: ClassifiedDesk) -> None:
    """None is filed, and all wait for a person."""
    tickets = [fresh.add(subject, content="") for subject in FOREIGN]
    fresh.classify()
    assert {fresh.filed(ticket_id)[0] for ticket_id in tickets} == {None}
    assert fresh.rows("select count(*) from marts.classification_reviews") == [(len(FOREIGN),)]


def test_a_template_suggests_until_it_is_taken_and_files_from_then_on(fresh: ClassifiedDesk) -> None:
    """A click on the page asks for it; the next publish_rules takes it, and every ticket is looked at again."""
    ticket_id, foreign = fresh.add(ORDER, content=""), fresh.add(FOREIGN[0], content="")
    fresh.classify()
    suggested = fresh.rows("select reasons -> 'alternatives' -> 0 ->> 0 from marts.classification_reviews order by 1")
    assert (fresh.filed(ticket_id)[0], suggested) == (None, [("book_order",), (None,)])
    with fresh.admin.begin() as connection:
        want_template(connection, "bookshop")
    done = fresh.run("publish_rules")
    assert done.result is not None
    assert (done.result.details["template_taken"], done.result.details["queued"]) == (1, 2)
    fresh.classify()
    assert fresh.filed(ticket_id)[:2] == ("book_order", "rules")
    assert fresh.filed(foreign)[0] is None
    assert fresh.rows("select ticket_id from marts.classification_reviews") == [(foreign,)]
    assert fresh.rows("select wanted_template from marts.classifier_settings") == [(None,)]


def test_own_categories_silence_the_template(fresh: ClassifiedDesk) -> None:
    """A desk that has told its categories is shown no others."""
    fresh.execute("insert into support.categories (slug, name) values ('Plumbing', 'Plumbing')")
    publish(fresh)
    ticket_id = fresh.add(ORDER, content="")
    fresh.classify()
    assert fresh.filed(ticket_id)[0] is None
    assert fresh.rows("select reasons -> 'alternatives' from marts.classification_reviews") == [([],)]


def test_a_taken_template_leaves_what_the_desk_has(fresh: ClassifiedDesk) -> None:
    """A category of the same name keeps its name; taking it twice adds nothing."""
    fresh.execute("insert into support.categories (slug, name) values ('book_order', 'Orders')")
    for _ in range(2):
        with fresh.admin.begin() as connection:
            take_template("bookshop")(connection)
    named = dict(fresh.rows("select slug, name from support.categories"))
    assert (named["book_order"], len(named)) == ("Orders", 5)
    with pytest.raises(UnknownTemplateError, match="There is: bookshop"):
        take_template("florist")


def test_a_template_that_is_given_back_only_suggests_again_and_leaves_no_ticket_filed(fresh: ClassifiedDesk) -> None:
    """What a person has filed stays, and so does its category, which is the desk's own by now."""
    for edit in (take_template("bookshop"), give_back_template("bookshop")):
        with fresh.admin.begin() as connection:
            edit(connection)
        publish(fresh)
    ticket_id = fresh.add(ORDER, content="", category="book_order", category_source="rules")
    fresh.classify()
    assert fresh.filed(ticket_id)[0] is None
    with fresh.admin.begin() as connection:
        take_template("bookshop")(connection)
        kept = fresh.add("A person's", content="", category="return_refund", category_source="person")
        by_rules = fresh.add(ORDER, content="", category="book_order", category_source="rules")
        give_back_template("bookshop")(connection)
    assert (fresh.filed(kept)[0], fresh.filed(by_rules)[0]) == ("return_refund", None)
    assert fresh.rows("select slug from support.categories") == [("return_refund",)]


def test_an_abstention_takes_away_what_the_classifier_had_filed(fresh: ClassifiedDesk) -> None:
    """It never takes away what a person or an import said."""
    fresh.execute("insert into support.categories (slug, name) values ('Plumbing', 'Plumbing')")
    publish(fresh)
    by_model, by_person = (
        fresh.add(FOREIGN[0], content="", category="Plumbing", category_source=source) for source in ("model", "person")
    )
    fresh.classify()
    assert (fresh.filed(by_model)[0], fresh.filed(by_person)[0]) == (None, "Plumbing")
