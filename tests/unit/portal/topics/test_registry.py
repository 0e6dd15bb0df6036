"""Which pages there are, and whose answers are sent to others."""

from itertools import permutations

from portal.topics.registry import PAGES

ALIKE = {"overview", "volume", "resolution", "agents", "insights", "drivers"}
"""Adding a page here says: it shows nothing of its reader and nothing of a customer, in any of its blocks."""


def test_answers_are_shared_for_these_pages_alone() -> None:
    """A page opts in here and in its own `page.py`, so that nobody does it by the way."""
    assert {page.slug for page in PAGES if page.is_alike} == ALIKE


def test_what_a_page_fills_is_told_from_every_other_page_by_its_slug() -> None:
    """Or a page that opts in would opt in for the components of another one."""
    assert not [
        (one.slug, other.slug) for one, other in permutations(PAGES, 2) if f"{other.slug}-".startswith(f"{one.slug}-")
    ]
    for page in PAGES:
        for block in page.blocks:
            for output in block.outputs:
                assert str(output.component_id).startswith(f"{page.slug}-"), output
