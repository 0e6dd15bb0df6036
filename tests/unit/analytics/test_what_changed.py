"""Words and kinds that became more common, and only those."""

from analytics.what_changed import changed_shares, changed_words


def test_a_new_word_in_many_tickets_is_named() -> None:
    """In thirty of forty tickets, and in two of a thousand before."""
    found = changed_words({"voucher": 30, "book": 10}, {"voucher": 2, "book": 260}, 40, 1000)
    assert [each.value for each in found] == ["voucher"]
    assert found[0].share == 0.75


def test_a_word_of_few_tickets_is_not_named() -> None:
    """Four tickets may be one family's."""
    assert changed_words({"umfolozi": 4}, {}, 40, 1000) == ()


def test_the_usual_words_are_not_named() -> None:
    """A word in the same share of tickets as before has not changed."""
    assert changed_words({"order": 20}, {"order": 500}, 40, 1000) == ()


def test_a_channel_that_brought_more_than_usual_is_named() -> None:
    """Nine in ten by chat, usually one in five."""
    found = changed_shares("channel", {"chat": 36, "email": 4}, {"chat": 200, "email": 800})
    assert [(each.what, each.value) for each in found] == [("channel", "chat")]


def test_nothing_before_is_nothing_changed() -> None:
    """Without tickets to compare with nothing is said."""
    assert changed_words({"voucher": 30}, {}, 30, 0) == ()
    assert changed_shares("channel", {"chat": 30}, {}) == ()
