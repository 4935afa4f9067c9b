"""A small sound lexicon that tests write to disk and break on purpose."""

from __future__ import annotations

import csv
from pathlib import Path

from framing.lexicon.schema import REQUIRED

CARD = """
id = "mine"
kind = "framing"
version = "1"
language = "en"
title = "Mine"
licence = "CC0"
description = "d"
authors = ["a"]
limits = "l"
[categories]
c = "a category"
[referents]
r = "a referent"
[sources]
s = "a source"
"""
ROW = {
    "entry_id": "bad-lot",
    "pattern": "bad lot",
    "variants": "",
    "exceptions": "",
    "category": "c",
    "intensity": "2",
    "ambiguous": "no",
    "inflect": "noun",
    "referent": "",
    "neutral_alternative": "group",
    "rationale": "Because.",
    "source": "s",
}


def write(folder: Path, *rows: dict[str, str], card: str = CARD) -> Path:
    (folder / "lexicon.toml").write_text(card, encoding="utf-8")
    with (folder / "entries.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=REQUIRED["framing"])
        writer.writeheader()
        writer.writerows(rows)
    return folder
