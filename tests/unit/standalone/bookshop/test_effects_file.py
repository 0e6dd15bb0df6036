"""The table of effects."""

from pathlib import Path

import pytest

from standalone.bookshop.effects_file import DEFAULT_FILE, NEUTRAL_FILE, BadEffectsError, read_effects
from standalone.bookshop.vocabulary import CATEGORIES

AGENT = """
[[agents]]
name = "{name}"
team = "Orders"
hired_days_before = 1
time_factor = 1
rating_shift = 0
weight = 1
"""


def _file(directory: Path, text: str) -> Path:
    path = directory / "effects.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_default_is_what_the_owner_saw() -> None:
    """The defaults are the figures of the owner's own analysis."""
    effects = read_effects()
    means = effects.resolution.mean_hours
    assert (means["book_order"], means["technical_support"], means["account_issue"]) == (2.3, 4.7, 1.1)
    assert effects.season["january_february"].lift == 0.45
    assert effects.rating.same_agent_ratio == 1.23
    assert abs(effects.rating.per_log_reply_time) > abs(effects.rating.per_log_resolution_time)


def test_a_file_changes_only_what_it_names(tmp_path: Path) -> None:
    """What a file leaves out stays as it is by default."""
    changed = read_effects(_file(tmp_path, "[resolution.mean_hours]\nbook_order = 9\n"))
    assert changed.resolution.mean_hours["book_order"] == 9
    assert changed.resolution.mean_hours["account_issue"] == read_effects().resolution.mean_hours["account_issue"]
    assert changed.volume == read_effects().volume


def test_neutral_table_plants_nothing() -> None:
    """The neutral table has no lift, no slope, no ratio and no difference."""
    neutral = read_effects(NEUTRAL_FILE)
    assert {season.lift for season in neutral.season.values()} == {0}
    assert len(set(neutral.resolution.mean_hours.values())) == 1
    assert neutral.rating.per_log_reply_time == neutral.rating.per_log_resolution_time == 0
    assert neutral.rating.same_agent_ratio == neutral.churn.breach_hazard_ratio == 1
    assert neutral.agent_differences.scale == 0


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[volume", "effects.toml"),
        ("volume = 3", "volume"),
        ("[volume]\ngrowht = 1", "volume.growht"),
        ("[volume]\ngrowth_per_year = 'much'", "volume.growth_per_year"),
        ("[volume]\ngrowth_per_year = nan", "volume.growth_per_year"),
        ("[volume]\nweekday_factors = [1.0]", "volume.weekday_factors"),
        ("[volume]\nweekday_factors = [0, 0, 0, 0, 0, 0, 0]", "volume.weekday_factors"),
        ("[volume]\nweekday_factors = 1.0", "volume.weekday_factors"),
        ("[desk]\nmonths = 1.5", "desk.months"),
        ("[desk]\nmonths = 0", "desk.months"),
        ("[desk]\nis_always_open = 1", "desk.is_always_open"),
        ("[desk]\nspam_share = 1.2", "desk.spam_share"),
        ("[resolution.mean_hours]\nbook_order = 0", "resolution.mean_hours.book_order"),
        ("[resolution.priority_factors]\nlow = true", "resolution.priority_factors.low"),
        ("[season.january_february]\ncategories = ['books']", "season.january_february.categories"),
        ("[customers.type_shares]\nindividual = -0.1", "customers.type_shares.individual"),
        ("agents = []", "agents"),
        ("agents = [1]", "agents.0"),
        ("[[agents]]\nname = 'A'", "agents.0"),
        (
            AGENT.format(name="A, B"),
            "agents.0.name",
        ),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, text: str, place: str) -> None:
    """Whatever cannot be used is refused with its place in the file."""
    with pytest.raises(BadEffectsError) as caught:
        read_effects(_file(tmp_path, text))
    assert f"wrong at {place}:" in caught.value.message


def test_shares_that_add_up_to_nothing_are_refused(tmp_path: Path) -> None:
    """There is no desk without any category."""
    text = "[volume.category_shares]\n" + "".join(f"{category} = 0\n" for category in CATEGORIES)
    with pytest.raises(BadEffectsError, match=r"volume\.category_shares"):
        read_effects(_file(tmp_path, text))


def test_every_team_has_somebody_all_the_time(tmp_path: Path) -> None:
    """A desk whose agents all came yesterday has nobody who answers the first tickets."""
    agent = (
        "[[agents]]\nname = '{0}'\nteam = '{0}'\nhired_days_before = 1\ntime_factor = 1\nrating_shift = 0\nweight = 1\n"
    )
    text = "".join(agent.format(team) for team in ("Orders", "Customer care", "Technical", "Returns", "Second line"))
    with pytest.raises(BadEffectsError, match="from beginning to end"):
        read_effects(_file(tmp_path, text))


def test_every_default_entry_is_explained() -> None:
    """Every section of the table has a comment, so that a reader knows what is planted."""
    lines = DEFAULT_FILE.read_text(encoding="utf-8").splitlines()
    numbers = [line for line in lines if " = " in line and not line.startswith(("name", "team", "#"))]
    commented = [line for line in numbers if "#" in line]
    assert len(commented) >= 30
