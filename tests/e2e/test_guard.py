"""Nobody sees a number without a log-in, and what is not there is not found."""

from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import VIEWER


def test_a_log_in_leads_to_the_page_that_was_asked_for(open_window: OpenWindow) -> None:
    """Without a session the log-in page comes first; after it, the page with its filters."""
    reader = open_window(is_anonymous=True)
    reader.page.goto(f"{reader.portal.url}/volume?period=last_30_days")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Log in")
    reader.log_in(VIEWER, reader.portal.password)
    expect(reader.page).to_have_url(f"{reader.portal.url}/volume?period=last_30_days")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Volume")


def test_a_wrong_password_says_so_without_saying_which_was_wrong(open_window: OpenWindow) -> None:
    """The same sentence for a wrong password and for a name nobody has."""
    reader = open_window(is_anonymous=True)
    sentences = []
    for name in (VIEWER, "nobody"):
        reader.page.goto(f"{reader.portal.url}/login")
        reader.log_in(name, "not the password")
        alert = reader.page.get_by_role("alert")
        expect(alert).to_be_visible()
        sentences.append(alert.inner_text())
    assert sentences[0] == sentences[1]


def test_logging_out_ends_the_session(open_window: OpenWindow) -> None:
    """The pages ask for a log-in again."""
    reader = open_window(is_anonymous=True)
    reader.page.goto(f"{reader.portal.url}/")
    reader.log_in(VIEWER, reader.portal.password)
    reader.settle()
    reader.page.get_by_text("Account", exact=True).click()
    reader.page.get_by_role("button", name="Log out").click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Log in")
    reader.page.goto(f"{reader.portal.url}/volume")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Log in")


def test_an_unknown_address_is_a_404_page(open_window: OpenWindow) -> None:
    """With the status, a heading, and a way back."""
    reader = open_window()
    response = reader.page.goto(f"{reader.portal.url}/no-such-page")
    assert response is not None
    assert response.status == 404
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    expect(reader.page.get_by_role("link").first).to_be_visible()
