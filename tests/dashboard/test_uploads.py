"""Uploads are read within limits and by their content, never by a path."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from framing.dashboard import uploads
from framing.dashboard.uploads import read_articles
from framing.errors import InputError


def parquet(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.to_parquet(buffer)
    return buffer.getvalue()


def test_every_format_gives_the_same_articles() -> None:
    table = pd.DataFrame({"outlet": ["A", "B"], "text": ["One.", "Two."]})
    files = {
        "a.csv": table.to_csv(index=False).encode(),
        "a.tsv": table.to_csv(index=False, sep="\t").encode(),
        "a.jsonl": table.to_json(orient="records", lines=True).encode(),
        "a.json": table.to_json(orient="records").encode(),
        "a.PARQUET": parquet(table),
    }
    for name, data in files.items():
        assert read_articles(name, data)[["outlet", "text"]].to_numpy().tolist() == [
            ["A", "One."],
            ["B", "Two."],
        ]
    assert read_articles("../../2031-01-02 note.txt", b"One.")["text"].tolist() == ["One."]


def test_only_the_name_of_the_file_is_shown() -> None:
    with pytest.raises(InputError, match=r"where:   wrong\.csv\n"):
        read_articles("C:\\fakepath\\wrong.csv", b"colour\nred\n")


@pytest.mark.parametrize(("name", "data", "message"), [
    ("a.exe", b"MZ", r"(?s)format is not read.*got:     exe.*allowed: txt, csv"),
    ("noname", b"", r"(?s)format is not read.*got:     no suffix"),
    ("a.csv", b"", "the file is empty"),
    ("a.csv", b"outlet,text\n", "holds no articles"),
    ("a.csv", b"colour\nred\n", "no column with the text"),
    ("a.csv", b"text\n\xff\xfe", "not UTF-8"),
    ("a.parquet", b"PAR1 no", "not Parquet"),
    ("a.json", b"{", "not JSON"),
])  # fmt: skip
def test_what_cannot_be_read_is_said(name: str, data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_articles(name, data)


def test_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_ARTICLES", 2)
    three = pd.DataFrame({"text": ["a", "b", "c"]})
    for name, data in (("a.csv", three.to_csv(index=False).encode()), ("a.parquet", parquet(three))):
        with pytest.raises(InputError, match=r"(?s)too many articles.*got:     3.*allowed: 2.*framing score"):
            read_articles(name, data)
    with pytest.raises(InputError, match=r"(?s)too large for the browser.*got:     60 MB"):
        read_articles("a.txt", b"x" * 60_000_000)


def test_a_small_file_that_unfolds_to_much_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "_MAX_UNFOLDED", 5_000_000)
    bomb = parquet(pd.DataFrame({"text": ["long " * 20_000] * 2_000}))
    assert len(bomb) < 1_000_000  # it would be 200 MB
    with pytest.raises(InputError, match="unfolds to too much text"):
        read_articles("bomb.parquet", bomb)
