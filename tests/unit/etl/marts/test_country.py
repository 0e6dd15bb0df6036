"""Whose public holidays count: what is set, else the country of a zone that says it, else it is not known."""

import pytest

from analytics.errors import SettingsError
from etl.marts.country import ChosenCountries, CountriesSource, chosen_countries, countries_of_zone


@pytest.mark.parametrize(
    ("zone", "countries"),
    [
        ("America/New_York", ("US",)),
        ("US/Eastern", ("US",)),
        ("Africa/Gaborone", ("BW",)),
        ("Africa/Johannesburg", ("ZA", "LS", "SZ")),
        ("UTC", ()),
        ("Etc/GMT+3", ()),
        ("No/Where", ()),
    ],
)
def test_a_zone_has_the_countries_whose_clocks_follow_it(zone: str, countries: tuple[str, ...]) -> None:
    """The one that it is named for comes first; an older name is the zone that it stands for."""
    assert countries_of_zone(zone) == countries


def test_what_is_set_goes_before_the_zone() -> None:
    """Also that there are to be no holidays."""
    assert chosen_countries("America/New_York", {"SUPPORT_COUNTRY": "bw"}) == ChosenCountries(
        ("BW",), CountriesSource.SETTING
    )
    assert chosen_countries("America/New_York", {"SUPPORT_COUNTRY": "none"}) == ChosenCountries(
        (), CountriesSource.SETTING
    )
    with pytest.raises(SettingsError):
        chosen_countries("America/New_York", {"SUPPORT_COUNTRY": "Utopia"})


def test_the_zone_of_every_new_desk_says_nothing_of_where_it_is() -> None:
    """Unless somebody has set it."""
    zone = "Africa/Johannesburg"
    assert chosen_countries(zone, {}) is None
    assert chosen_countries(zone, {"SUPPORT_TIME_ZONE": zone}) == ChosenCountries(("ZA",), CountriesSource.ZONE)
    assert chosen_countries("UTC", {"SUPPORT_TIME_ZONE": "UTC"}) is None
