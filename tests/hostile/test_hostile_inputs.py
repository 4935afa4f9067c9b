"""Every hostile article goes through the whole engine beside ordinary ones, and through ``explain``."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from hostile_articles import MEGABYTES, Case, cases
from invariants import assert_same_rows, assert_sound

import framing
from framing import Config, Result

CASES = cases()
SECONDS = 20
"""No input may take longer. The slowest one, 100,000 terms, needs about five."""


def seconds(case: Case) -> float:
    """Return what an input of its size may take: ten times what was measured, where time is linear."""
    return min(SECONDS, 4 + len(as_text(case, "text") + as_text(case, "title")) * 30 / 1_000_000)


QUOTED = 'The regime fell. "They are terrorists," Petar Hask said.'
WIRE = "ORLAN, 5 April (VST) - Rebels, he said, left the so-called regime.\n\n/129"
GOOD = [
    ("good-1", "A", "2017-04-04", "Regime falls", QUOTED, "e1"),
    ("good-2", "B", "2017-04-05", "", WIRE, "e1"),
    ("good-3", "B", "2017-04-06", "", QUOTED, None),
    ("good-4", "C", "2017-02-30", "", "The Zionist\nentity did not “respond”.", "e2"),
]
COLUMNS = ["doc_id", "outlet", "published", "title", "text", "event"]
GOOD_IDS = [row[0] for row in GOOD]
ORDINARY = {
    "doc_id": "hostile",
    "outlet": "H",
    "published": "2018-01-01",
    "title": "",
    "text": "The regime fell away.",
}


def table(hostile: Case | None = None) -> pd.DataFrame:
    """Return the ordinary articles, with the hostile one in the middle: nothing may leak on either side."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in GOOD]
    if hostile is not None:
        rows.insert(2, {**ORDINARY, "event": "e1", **hostile.cells})
    columns = {name: pd.Series([None] * len(rows), dtype=object) for name in COLUMNS}
    for name, column in columns.items():
        for i, row in enumerate(rows):
            column.iat[i] = row[name]
    return pd.DataFrame(columns)


def as_text(case: Case, part: str) -> str:
    value = case.cells.get(part, ORDINARY[part])
    return value if isinstance(value, str) else ""


@pytest.fixture(scope="module")
def alone() -> Result:
    result = framing.analyze(table())
    assert_sound(result)
    assert result.documents["status"].tolist() == ["ok", "ok", "ok", "bad_date"]
    assert result.documents["duplicate_of"].tolist() == ["", "", "good-1", ""]
    assert len(result.mentions) >= 6
    assert len(result.removals) == 2
    return result


def test_there_are_many_different_hostile_articles() -> None:
    def content(case: Case) -> tuple[tuple[str, str, object], ...]:
        cells = sorted(case.cells.items())
        return tuple((k, type(v).__name__, v if isinstance(v, str | int) else repr(v)) for k, v in cells)

    assert len({content(case) for case in CASES.values()}) == len(CASES) >= 250


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_article_harms_nobody(name: str, alone: Result) -> None:
    case = CASES[name]
    begin = time.process_time()
    found = framing.analyze(table(case))
    used = time.process_time() - begin
    assert len(found.documents) == len(GOOD) + 1
    assert_sound(found)
    assert_same_rows(found, alone, GOOD_IDS)
    hostile = found.documents[~found.documents["doc_id"].isin(GOOD_IDS)].iloc[0]
    assert hostile["status"] == case.status, hostile["message"]
    if case.terms is not None:
        surfaces = found.mentions.loc[found.mentions["doc_id"] == hostile["doc_id"], "surface"]
        assert surfaces.tolist() == list(case.terms)
    assert used < seconds(case), "time is not linear in the length of the text"


class Elements(HTMLParser):
    """Collect the elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


@pytest.mark.parametrize("family", sorted({name.partition(":")[0] for name in CASES} - {"types"}))
def test_hostile_texts_are_explained_with_escaped_html(family: str) -> None:
    for name, case in CASES.items():
        text, title = as_text(case, "text"), as_text(case, "title")
        if not name.startswith(f"{family}: ") or len(text) > 5_000:
            continue
        view = framing.explain(text, title=title, outlet="H")
        page = Elements(view._repr_html_())
        assert page.tags <= {"style", "div", "h3", "p", "mark", "small", "del", "span"}, name
        assert not {
            a for a in page.attributes if a.startswith("on") or a in ("src", "href", "style", "srcdoc")
        }
        assert re.fullmatch(r"<ArticleView: \d+ mentions? in \d+ words?>", repr(view)), name
        for start, end, surface, in_title in view.mentions[
            ["start", "end", "surface", "in_title"]
        ].to_numpy():
            document = view.article.document
            assert (document.title if in_title else document.text)[start:end] == surface


@pytest.mark.parametrize("text", ["\ud800 regime", "regime \udfff", "\ud83d\ude00 regime"])
def test_lone_surrogates_are_explained(text: str) -> None:
    view = framing.explain(text)
    assert view.mentions["surface"].tolist() == ["regime"]
    assert "lone surrogates" in view.article.message


def test_five_megabytes_on_one_line_are_read_if_they_are_asked_for(alone: Result) -> None:
    assert len(MEGABYTES) > 5_000_000
    begin = time.process_time()
    found = framing.analyze(table(Case({"text": MEGABYTES})), config=Config(max_chars=10_000_000))
    used = time.process_time() - begin
    assert_sound(found)
    assert_same_rows(found, alone, GOOD_IDS)
    assert (found.mentions["doc_id"] == "hostile").sum() == MEGABYTES.count("regime forces")
    assert used < SECONDS


def test_all_hostile_articles_together_are_what_each_is_alone(tmp_path: Path) -> None:
    """No article may change another one: not by its characters, its id, its place or its batch."""
    rows = [
        {**ORDINARY, "doc_id": f"h{i}", **case.cells}
        for i, case in enumerate(CASES.values())
        if len(as_text(case, "text")) < 3_000
    ]
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in ORDINARY})
    together = framing.analyze(frame)
    assert_sound(Result.load(together.save(tmp_path)))
    backwards = framing.analyze(frame.iloc[::-1])
    for row in rows[::12]:
        doc_id = str(row["doc_id"])
        if doc_id.startswith("h"):
            assert_same_rows(backwards, together, [doc_id])
            alone = framing.analyze(frame[frame["doc_id"] == doc_id])
            found = alone.documents.set_index("doc_id").loc[doc_id].drop("duplicate_of")
            expected = together.documents.set_index("doc_id").loc[doc_id].drop("duplicate_of")
            assert found.equals(expected)
