"""Spacing of the pages: Streamlit leaves more room above and beside a page than tables can spare."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st

_STYLE = """<style>
.stMainBlockContainer { padding: 3.5rem 2rem 4rem; }
.stMainBlockContainer h1 { font-size: 2rem; padding: 0 0 .75rem; }
.stMainBlockContainer h2, .stMainBlockContainer h3 { font-size: 1.35rem; }
.framing-note { font-size: .9rem; line-height: 1.5; color: #333; max-width: 60rem; margin: 0; }
.st-key-voice_switch { position: sticky; top: 0; z-index: 20; background: #fff; padding: .4rem 0; }
.stText { overflow-wrap: anywhere; white-space: pre-wrap; }
@media (max-width: 640px) { .stMainBlockContainer { padding: 3.5rem 1rem 4rem; } }
</style>"""


def set_style() -> None:
    """Set the spacing; only fixed text is in it."""
    st.html(_STYLE)


@contextmanager
def wide_figure(name: str, *, least: int) -> Iterator[None]:
    """Let what is drawn inside scroll sideways where the screen has not ``least`` pixels for it."""
    key = f"wide_{name}"
    box = f".st-key-{key}"
    with st.container(key=key):
        st.html(
            f"<style>{box} {{ overflow-x: auto; }} "
            f"{box} [data-testid=stVegaLiteChart] {{ min-width: {int(least)}px; }}</style>"
        )
        yield


def note(text: str) -> None:
    """Show a small plain sentence; unlike ``st.caption`` it reads no markdown."""
    st.html(f'<p class="framing-note">{escape(text)}</p>')
