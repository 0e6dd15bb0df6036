"""The address is the only state: every choice is in it, and the back button undoes it."""

from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.reader import Reader


def choose(reader: Reader, menu: str, choice: str) -> None:
    """Open a menu of the filter bar and press one of its choices."""
    reader.page.locator(f"#menu-{menu} > summary").click()
    reader.page.locator(f"#menu-{menu}").get_by_role("link", name=choice, exact=True).click()


def test_a_filter_narrows_the_numbers_and_back_and_forward_follow(open_window: OpenWindow) -> None:
    """One channel has fewer tickets than all; back gives all of them again, forward the channel's."""
    reader = open_window()
    reader.open("/")
    everything = reader.kpi("Tickets")

    reader.page.locator("#menu-filter > summary").click()
    reader.page.locator("#menu-filter").get_by_text("Channel", exact=True).click()
    reader.page.locator("#menu-filter").get_by_role("link", name="Email", exact=True).click()
    expect(reader.page).to_have_url(f"{reader.portal.url}/?channel=email")
    expect(reader.page.get_by_text("Channel: Email")).to_be_visible()
    reader.settle()
    narrowed = reader.kpi("Tickets")
    assert int(narrowed.replace(",", "")) < int(everything.replace(",", ""))

    reader.page.go_back()
    expect(reader.page.get_by_text("Channel: Email")).to_have_count(0)
    reader.settle()
    assert reader.kpi("Tickets") == everything

    reader.page.go_forward()
    expect(reader.page.get_by_text("Channel: Email")).to_be_visible()
    reader.settle()
    assert reader.kpi("Tickets") == narrowed
    assert reader.complaints == []


def test_links_between_pages_keep_the_filters(open_window: OpenWindow) -> None:
    """The next page is about the same days and the same tickets."""
    reader = open_window()
    reader.open("/?period=last_30_days&priority=high")
    reader.page.get_by_role("navigation", name="Pages").get_by_role("link", name="Volume").click()
    expect(reader.page).to_have_url(f"{reader.portal.url}/volume?period=last_30_days&priority=high")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Volume")
    expect(reader.page.get_by_text("Priority: High")).to_be_visible()


def test_a_period_and_a_comparison_are_chosen_from_their_menus(open_window: OpenWindow) -> None:
    """Each choice shows on its chip and in the address."""
    reader = open_window()
    reader.open("/")
    choose(reader, "period", "Last 12 months")
    expect(reader.page).to_have_url(f"{reader.portal.url}/?period=last_12_months")
    expect(reader.page.locator("#menu-period > summary")).to_have_text("Last 12 months")
    choose(reader, "compare", "vs last year")
    expect(reader.page).to_have_url(f"{reader.portal.url}/?period=last_12_months&compare=last_year")


def test_dates_of_ones_own_are_taken(open_window: OpenWindow) -> None:
    """Two dates and a press narrow the period to them."""
    reader = open_window()
    reader.open("/")
    reader.page.locator("#menu-period > summary").click()
    reader.page.get_by_label("From").fill("2026-01-01")
    reader.page.get_by_label("To", exact=True).fill("2026-01-31")
    reader.page.get_by_role("button", name="Show these dates").click()
    expect(reader.page).to_have_url(f"{reader.portal.url}/?from=2026-01-01&to=2026-01-31")
    expect(reader.page.locator("#menu-period > summary")).to_contain_text("31")


def test_what_cannot_be_used_in_an_address_is_said_and_harms_nothing(open_window: OpenWindow) -> None:
    """A period that does not exist falls back, with a sentence; nothing in the address is run."""
    reader = open_window()
    reader.open("/?period=next_week&channel=%3Cscript%3Ealert(1)%3C/script%3E")
    expect(reader.page.locator("#notices")).to_contain_text("The period in the address is not known")
    expect(reader.page.locator("#menu-period > summary")).to_have_text("Last 13 weeks")
    assert reader.complaints == []


def test_a_filter_keeps_what_the_page_was_asked_to_show(open_window: OpenWindow) -> None:
    """A narrower period of the business-hours view is still of business hours."""
    reader = open_window()
    reader.open("/resolution?measure=first_reply&clock=business")
    choose(reader, "period", "Last 30 days")
    expect(reader.page).to_have_url(
        f"{reader.portal.url}/resolution?period=last_30_days&measure=first_reply&clock=business"
    )
