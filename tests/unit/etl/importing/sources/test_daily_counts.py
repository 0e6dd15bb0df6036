"""A long CSV of daily counts is read to the row, and what is wrong with one is named with its line."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.forecasting.errors import ForecastInputError
from etl.importing.sources.daily_counts import read_daily_counts
from tests.conftest import examples

HEAD = "unique_id,ds,y\n"


def _file(folder: Path, text: str | bytes) -> Path:
    path = folder / "daily.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_series_come_by_name_in_their_order(tmp_path: Path) -> None:
    """Unknown counts stay unknown, extra columns do not matter."""
    text = "ds,unique_id,y,note\n2026-03-03,b,4,x\n2026-03-02,b,NaN,\n2026-03-02 00:00:00,a,1.5,\n"
    found = read_daily_counts(_file(tmp_path, text))
    assert list(found) == ["b", "a"]
    assert found["b"].first_date == date(2026, 3, 2)
    assert np.isnan(found["b"].counts[0])
    assert found["a"].counts.tolist() == [1.5]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no column 'unique_id'"),
        ("unique_id,ds\n", "no column 'y'"),
        (HEAD, "no row"),
        (HEAD + "a,2026-03-02,1\na,2026-03-02,2\n", "line 3: the series has 2026-03-02 twice"),
        (HEAD + "a,02/03/2026,1\n", "line 2: ds is no date"),
        (HEAD + "a,1400-01-01,1\n", "before 1950"),
        (HEAD + "a,2026-03-02,-1\n", "negative"),
        (HEAD + "a,2026-03-02,inf\n", "too large"),
        (HEAD + "a,2026-03-02,many\n", "no number"),
        (HEAD + ",2026-03-02,1\n", "unique_id is empty"),
        (b"unique_id,ds,y\n\xff\xfe,2026-03-02,1\n", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str | bytes, told: str) -> None:
    """With its line, and without quoting more of the file than a day."""
    with pytest.raises(ForecastInputError, match=told):
        read_daily_counts(_file(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """As one sentence."""
    with pytest.raises(ForecastInputError, match=r"nowhere\.csv cannot be read"):
        read_daily_counts(tmp_path / "nowhere.csv")


@settings(max_examples=examples(60))
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Never anything but series or one named error."""
    path = _file(tmp_path_factory.mktemp("any"), (HEAD + text).encode("utf-8", "surrogatepass"))
    try:
        found = read_daily_counts(path)
    except ForecastInputError:
        return
    assert all((series.counts[~np.isnan(series.counts)] >= 0).all() for series in found.values())
