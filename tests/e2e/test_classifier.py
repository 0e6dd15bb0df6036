"""The Classifier page in a browser: a manager looks at a keyword and a rule, saves each, and turns it back."""

from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import VIEWER, Portal


def test_a_keyword_is_looked_at_saved_and_turned_back(portal: Portal, open_window: OpenWindow) -> None:
    """Each step says what it does, and the list shows what holds."""
    del portal
    reader = open_window()
    reader.open("/classifier")
    card = reader.page.locator("#classifier-keywords")
    card.get_by_label("Word or phrase").fill("papyrus roll")
    card.get_by_role("button", name="Show what this would change").click()
    expect(card).to_contain_text("“papyrus roll” for")
    expect(card.locator("td", has_text="papyrus roll")).to_have_count(0)
    card.get_by_role("button", name="Save, and look at every ticket again").click()
    expect(card.locator("td", has_text="papyrus roll")).to_have_count(1)
    told = reader.page.locator("#classifier-told")
    expect(told).to_contain_text("The keyword is saved.")
    told.get_by_role("button", name="Undo").click()
    expect(card.locator("td", has_text="papyrus roll")).to_have_count(0)
    assert reader.complaints == []


def test_a_priority_rule_is_looked_at_saved_and_turned_back(portal: Portal, open_window: OpenWindow) -> None:
    """A new rule stands before the others."""
    del portal
    reader = open_window()
    reader.open("/classifier")
    card = reader.page.locator("#classifier-priorities")
    card.get_by_label("Customer type").fill("museum")
    card.locator("select[name=priority]").select_option("high")
    card.get_by_label("Why").fill("Museums lend us rooms.")
    card.get_by_role("button", name="Show what this would change").click()
    expect(card.locator(".conclusion")).to_be_visible()
    card.get_by_role("button", name="Save, and look at every ticket again").click()
    expect(card.locator("tbody tr").first).to_contain_text("museum")
    told = reader.page.locator("#classifier-told")
    told.get_by_role("button", name="Undo").click()
    expect(card.locator("tr", has_text="museum")).to_have_count(0)
    assert reader.complaints == []


def test_viewers_are_offered_nothing(portal: Portal, open_window: OpenWindow) -> None:
    """They are told who may."""
    reader = open_window(is_anonymous=True)
    reader.page.goto(f"{portal.url}/login")
    reader.log_in(VIEWER, portal.password)
    reader.settle()
    reader.open("/classifier")
    expect(reader.page.locator("#classifier-keywords")).to_contain_text("Only managers change this.")
    assert reader.complaints == []
