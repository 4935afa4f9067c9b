"""Results, sheets and filled sheets for the tests, about outlets that do not exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from framing.pipeline.result import Result
from framing.tables import TABLES, build
from framing.workbench.coding.sheet import COLUMNS, draw, mention_id, write_sheet

_EMPTY = {"str": "", "bool": False, "float64": 0.0}


def table(name: str, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Build a table of the contract; what a row does not say is empty."""
    schema = TABLES[name]
    filled = [[row.get(c.name, _EMPTY.get(c.dtype, 0)) for c in schema] for row in rows]
    return build(name, filled)


def result_of(
    articles: Mapping[str, tuple[str, str, str]], mentions: Sequence[tuple[str, str, str, str]]
) -> Result:
    """Make a result.

    ``articles`` has outlet, title and text by doc_id. A mention is (doc_id, word, entry_id, voice); the first
    place of the word in the text is meant, in the title if the text does not hold it.
    """
    rows = []
    for doc_id, word, entry, voice in mentions:
        outlet, title, text = articles[doc_id]
        in_title = word not in text
        start = (title if in_title else text).index(word)
        rows.append({"doc_id": doc_id, "outlet": outlet, "start": start, "end": start + len(word),
                     "surface": word, "entry_id": entry, "category": "delegitimation", "voice": voice,
                     "in_title": in_title})  # fmt: skip
    return Result(
        documents=table("documents", [{"doc_id": d, "outlet": a[0], "title": a[1], "status": "ok"}
                                      for d, a in articles.items()]),
        mentions=table("mentions", rows),
        counts=table("counts", []),
        removals=table("removals", []),
        texts=table("texts", [{"doc_id": d, "text": a[2]} for d, a in articles.items()]),
    )  # fmt: skip


def many(counts: Mapping[tuple[str, str, str], int]) -> Result:
    """Make a result with so many mentions of each (entry, outlet, voice), an article each."""
    articles, mentions = {}, []
    for (entry, outlet, voice), n in counts.items():
        for number in range(n):
            doc_id = f"{entry}-{outlet}-{voice}-{number}"
            articles[doc_id] = (outlet, f"Day {number}", f"In {doc_id} they wrote of the word again.")
            mentions.append((doc_id, "word", entry, voice))
    return result_of(articles, mentions)


def sheet_of(n: int = 3, category: str = "delegitimation") -> pd.DataFrame:
    """Return an empty sheet of ``n`` mentions in the order of their articles d0, d1 ..."""
    articles = {f"d{i}": ("Harbour Post", "Talks", f"Line {i}. The regime spoke.") for i in range(n)}
    result = result_of(articles, [(doc_id, "regime", "regime", "own") for doc_id in articles])
    result.mentions["category"] = category
    return draw(result, n=n).sort_values("doc_id", ignore_index=True)


def fill(path: Path, sheet: pd.DataFrame, codes: Sequence[Sequence[object]]) -> Path:
    """Write a sheet with (voice, loaded, category) filled in, row by row."""
    rows = [list(row) + [""] * (3 - len(row)) for row in codes]
    rows += [["", "", ""]] * (len(sheet) - len(rows))
    filled = sheet.astype(object)
    filled[["voice", "loaded", "category"]] = pd.DataFrame(rows, dtype=object)
    write_sheet(filled, path)
    return path


def row_of(**cells: object) -> dict[str, object]:
    """Return a row of a sheet, its mention_id fitting its place."""
    row: dict[str, object] = {
        **dict.fromkeys(COLUMNS, ""), "doc_id": "d", "in_title": "no", "start": 3, "end": 9,
        "entry_id": "regime", "passage_sha256": "0f", "category_of_entry": "delegitimation", **cells,
    }  # fmt: skip
    place = (str(row["doc_id"]), row["in_title"] == "yes", int(str(row["start"])), int(str(row["end"])))
    rest = (str(row["entry_id"]), str(row["passage_sha256"]), str(row["category_of_entry"]))
    return {**row, "mention_id": mention_id(*place, *rest)}
