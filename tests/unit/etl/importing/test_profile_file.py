"""A profile is read as it stands or refused with the entry that is wrong."""

from pathlib import Path

import pytest

from etl.importing.profile_file import limits_of, profile_names, read_profile
from etl.importing.transforms.import_profile import ImportProfile, ProfileError

GOOD = """
source = "desk"
external_id = "id"
blanks = ["-"]
[columns]
created_at = "made"
[constants]
channel = "call"
[values.priority]
"Level 1" = "urgent"
[limits]
cell_characters = 10
"""


def written(tmp_path: Path, text: str) -> str:
    """Return the path of a profile."""
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_profile_of_ones_own_is_read(tmp_path: Path) -> None:
    profile = read_profile(written(tmp_path, GOOD))
    assert (profile.name, profile.source, profile.external_id, profile.blanks) == ("mine", "desk", ("id",), ("-",))
    assert profile.values == {"priority": {"Level 1": "urgent"}}
    assert limits_of(profile).cell_characters == 10


def test_a_profile_survives_being_kept_with_its_import(tmp_path: Path) -> None:
    profile = read_profile(written(tmp_path, GOOD))
    assert ImportProfile.from_json(profile.as_json()) == profile


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_that_comes_with_the_product_can_be_read(name: str) -> None:
    profile = read_profile(name)
    assert profile.name == name
    assert profile.description.endswith(".")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("created_at = 'made'\n[columns]\ncreated_at = 'made'", "created_at"),
        ("[columns]\ncreated_at = 'made'\ncolour = 'c'", "colour"),
        ("[columns]\nsubject = 'made'", "created_at of tickets"),
        ("[columns]\ncreated_at = 7", "columns"),
        ("date_order = 'dym'\n[columns]\ncreated_at = 'made'", "date_order"),
        ("is_date_only = 'yes'\n[columns]\ncreated_at = 'made'", "is_date_only"),
        ("[columns]\ncreated_at = 'made'\n[limits]\ncell_characters = 0", "limits"),
        ("[columns]\ncreated_at = 'made'\n[limits]\nspeed = 3", "limits"),
        ("[columns]\ncreated_at = 'made'\nchannel = 'c'\n[constants]\nchannel = 'call'", "channel"),
        ("[columns]\ncreated_at = 'made'\n[constants]\nsubject = \"a\\tb\"", "control character"),
        ("[columns", "TOML"),
    ],
)
def test_a_profile_that_cannot_be_used_says_which_entry(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ProfileError, match=named):
        read_profile(written(tmp_path, text))


def test_a_profile_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(ProfileError, match="nyc_complaints"):
        read_profile("no_such_profile")
