from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from framing.analysis.trends.timeline import one_day, read_timeline
from framing.errors import AnalysisError, InputError


def write(folder: Path, text: str) -> Path:
    path = folder / "events.csv"
    path.write_bytes(text.encode("utf-8"))
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_file_and_table_give_the_same_sorted_events(tmp_path: Path, mark: str) -> None:
    rows = [
        "Date |LABEL|source",
        "2017-04-07|Strike, with a comma|x",
        "",
        "4 April 2017|Attack|y",
        "2017-05-01||",
    ]
    text = "\r\n".join(
        mark.join(f'"{cell}"' if "," in cell else cell for cell in row.split("|")) for row in rows
    )
    found = read_timeline(write(tmp_path, "\ufeff" + text + "\r\n"))
    expected = [
        ("2017-04-04", "Attack"),
        ("2017-04-07", "Strike, with a comma"),
        ("2017-05-01", "2017-05-01"),
    ]
    assert list(found.itertuples(index=False, name=None)) == expected
    table = pd.DataFrame({"label": ["Strike, with a comma", None, "Attack"],
                          "date": [date(2017, 4, 7), pd.Timestamp("2017-05-01"), "2017-04-04"]})  # fmt: skip
    pd.testing.assert_frame_equal(read_timeline(table), found)


def test_a_wrong_date_is_found_by_file_and_line(tmp_path: Path) -> None:
    path = write(tmp_path, 'date,label\n2017-04-04,"two\nlines"\n\n2017-02-30,none\n')
    with pytest.raises(InputError, match="an event has no date") as caught:
        read_timeline(path)
    assert f"{path}:5, column date" in str(caught.value)
    assert "'2017-02-30'" in str(caught.value)


def test_a_wrong_date_in_a_table_is_found_by_row() -> None:
    with pytest.raises(InputError, match="an event has no date") as caught:
        read_timeline(pd.DataFrame({"date": ["2017-04-04", None]}))
    assert "row 2, column date" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("day,label\n2017-04-04,x\n", "no column date"),
        ("date,label\n\n", "no event"),
        ("", "no event"),
        ('date,label\n2017-04-04,"x\n', "is not CSV"),
    ],
)
def test_files_that_are_no_timeline_are_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_timeline(write(tmp_path, text))


def test_a_missing_or_binary_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_timeline(tmp_path / "none.csv")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00d")
    with pytest.raises(InputError, match="cannot be read"):
        read_timeline(str(tmp_path / "bytes.csv"))


def test_one_day_takes_dates_and_refuses_the_rest() -> None:
    assert one_day(date(2017, 4, 4)) == one_day("2017-04-04T08:00:00Z") == "2017-04-04"
    with pytest.raises(AnalysisError, match="this is not a date"):
        one_day("spring")
