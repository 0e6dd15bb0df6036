"""What Prometheus reads."""

import sqlalchemy as sa

from tests.integration.conftest import Database
from tests.integration.portal.conftest import Browser
from warehouse.tables.ops import data_version


def test_requests_are_counted_by_route_and_never_by_what_was_typed(manager: Browser) -> None:
    """Otherwise every typo would be a time series, and every search would be public."""
    manager.get("/deep/7")
    manager.get("/deep/8")
    manager.get("/thandi@example.co.za")
    text = manager.get("/metrics").text
    assert 'portal_requests_total{method="GET",route="/deep/*",status="200"} 2.0' in text
    assert 'portal_requests_total{method="GET",route="other",status="404"} 1.0' in text
    assert 'portal_request_duration_seconds_count{route="/deep/*"} 2.0' in text
    assert "example.co.za" not in text


def test_before_the_first_refresh_no_age_is_told(browser: Browser) -> None:
    """An age of nothing would be a lie."""
    assert "\nportal_data_age_seconds " not in browser.get("/metrics").text


def test_the_age_of_the_data_is_that_of_the_last_refresh(browser: Browser, database: Database) -> None:
    """In seconds."""
    with database.engine.begin() as connection:
        connection.execute(sa.update(data_version).values(refreshed_at=sa.text("now() - interval '1 hour'")))
    lines = browser.get("/metrics").text.splitlines()
    age = next(line for line in lines if line.startswith("portal_data_age_seconds "))
    assert 3600 <= float(age.split()[1]) < 3900
