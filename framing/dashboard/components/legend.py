"""The legend of the article: one sample a voice, with the number of mentions."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from framing.report.article import VOICE_LABELS

_STYLES = {
    "own": "background:#fdf3d0;border-bottom:3px solid #8a5a00",
    "direct": "background:#e6effa;border-bottom:4px double #1f4e8c",
    "indirect": "background:#e9f4ea;border-bottom:3px dashed #22662b",
    "scare": "background:#f3eafa;border-bottom:3px dotted #5d2a86",
    "unknown": "background:#eee;border-bottom:1px solid #555",
}


def legend_html(counts: Mapping[str, int], *, removed: bool) -> str:
    """Return the legend as HTML; only fixed texts and numbers are in it.

    Examples
    --------
    >>> "quoted: 2" in legend_html({"direct": 2}, removed=False)
    True
    """
    box = "display:inline-block;margin:0 .8rem .3rem 0;padding:.05rem .35rem;color:#111"
    items = [
        f'<li style="{box};{_STYLES[voice]}">{escape(label)}: {int(counts.get(voice, 0))}</li>'
        for voice, label in VOICE_LABELS.items()
        if voice in ("own", "direct", "indirect") or counts.get(voice)
    ]
    if removed:
        items.append(f'<li style="{box};background:#f2f2f2;color:#595959">grey: not counted</li>')
    style = "list-style:none;margin:0;padding:0;font-size:.92rem"
    return f'<ul aria-label="Legend" style="{style}">{"".join(items)}</ul>'


def show_legend(counts: Mapping[str, int], *, removed: bool) -> None:
    """Draw the legend."""
    st.html(legend_html(counts, removed=removed))
