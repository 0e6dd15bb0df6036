"""Addresses are told apart without being kept."""

from portal.auth.addresses import address_key, neighbourhood


def test_a_household_of_ipv6_is_one_address() -> None:
    """It chooses the last 64 bits as it likes; an address of version 4 in the other notation is itself."""
    assert neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff:1") == "2001:db8::/64"
    assert neighbourhood("2001:db8:0:1::1") != neighbourhood("2001:db8::1")
    assert neighbourhood("::ffff:10.1.2.3") == neighbourhood("10.1.2.3") == "10.1.2.3"
    assert neighbourhood("testclient") == "testclient"


def test_a_key_hides_its_address() -> None:
    """It differs by address and by portal, and has nothing of the address in it."""
    keys = {address_key(address, secret) for address in ("10.1.2.3", "10.1.2.4") for secret in ("a" * 32, "b" * 32)}
    assert len(keys) == 4
    assert all("10.1" not in key for key in keys)
    assert address_key("10.1.2.3", "a" * 32) in keys
