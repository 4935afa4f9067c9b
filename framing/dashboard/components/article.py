"""An article with its marks; a click on one shows why it is marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from framing.dashboard.components import ROOT, asset
from framing.dashboard.navigation import go, href
from framing.dashboard.reading import Reading
from framing.dashboard.why import why
from framing.lexicon import load_default
from framing.records import Span
from framing.report.article import VOICE_LABELS, segments

_MOUNT = st.components.v2.component(
    "framing_article", html=ROOT, css=asset("article.css"), js=asset("article.js")
)


def show_article(reading: Reading, *, key: str, selected: int = -1, in_corpus: bool = False) -> None:
    """Show an article with its marks.

    Parameters
    ----------
    reading
        What is shown.
    key
        Name of the component on its page.
    selected
        Number of the mention that is opened at first, -1 for none.
    in_corpus
        Whether the article belongs to the loaded corpus: its marks then lead to the concordance.
    """
    data = article_data(reading, selected=selected, in_corpus=in_corpus)
    number = _MOUNT(data=data, key=key, on_entry_change=_nothing).get("entry")
    if in_corpus and isinstance(number, int) and 0 <= number < len(reading.mentions):
        go("concordance", {"entry": str(reading.mentions["entry_id"].iloc[number])})


def article_data(reading: Reading, *, selected: int, in_corpus: bool) -> dict[str, Any]:
    """Return what the script of the component receives: texts, numbers and addresses, no markup."""
    rows: list[dict[Any, Any]] = reading.mentions.to_dict("records")
    marks = [
        (number, Span(row["start"], row["end"]), bool(row["in_title"])) for number, row in enumerate(rows)
    ]
    title = segments(reading.title, [(number, span) for number, span, in_title in marks if in_title])
    body = segments(
        reading.text,
        [(number, span) for number, span, in_title in marks if not in_title],
        [(number, span) for number, (span, _) in enumerate(reading.removed)],
    )
    return {
        "title": [[part._asdict() for part in line] for line in title],
        "body": [[part._asdict() for part in line] for line in body],
        "byline": ", ".join(part for part in (reading.outlet, reading.published) if part),
        "note": reading.message,
        "reasons": [reason.replace("_", " ") for _, reason in reading.removed],
        "mentions": [_mention(row, reading.lexicons, in_corpus=in_corpus) for row in rows],
        "selected": selected,
    }


def _mention(row: Mapping[str, Any], used: Mapping[str, str], *, in_corpus: bool) -> dict[str, Any]:
    return {
        "surface": row["surface"],
        "voice": row["voice"],
        "label": VOICE_LABELS.get(row["voice"], row["voice"]),
        "why": why(row, load_default(), used=used),
        "href": href("concordance", {"entry": row["entry_id"]}) if in_corpus else "",
    }


def _nothing() -> None:
    """Tell Streamlit that the trigger exists."""
