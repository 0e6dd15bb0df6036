"""What a revision says of a database."""

import pytest

from warehouse.migrations import revisions
from warehouse.schema_revision import SchemaNotKnownError, SchemaOlderError, check_revision, known_revisions


def test_the_names_of_the_files_are_the_revisions_in_their_order() -> None:
    """So they can be read without Alembic."""
    assert known_revisions() == tuple(reversed(revisions()))


def test_the_present_revision_is_good() -> None:
    """And an earlier one where that will do, even if it cannot be read."""
    check_revision(known_revisions()[-1])
    check_revision(known_revisions()[0], may_be_older=True)
    check_revision(None, may_be_older=True)


@pytest.mark.parametrize("revision", [known_revisions()[0], None])
def test_an_earlier_revision_says_what_to_run(revision: str | None) -> None:
    """Before 0028 not every session may read it; then it is older all the same."""
    with pytest.raises(SchemaOlderError, match="Run: support-analytics db migrate") as caught:
        check_revision(revision)
    assert (f"revision {revision}" in caught.value.message) == (revision is not None)


@pytest.mark.parametrize("revision", ["9999", "a1b2c3d4e5f6"])
def test_a_revision_that_is_not_known_says_both_ways_out(revision: str) -> None:
    """A newer one, or one of another line of development: never good, not even where older ones are."""
    with pytest.raises(SchemaNotKnownError, match=f"revision {revision}.*use that version.*restore a backup"):
        check_revision(revision, may_be_older=True)
