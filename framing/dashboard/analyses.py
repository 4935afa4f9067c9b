"""Calls of the engine, cached on the digest of the data and the options, never on a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

import framing  # its functions are loaded at the first call: the reader page needs no statistics
from framing.dashboard.datasets import Dataset
from framing.pipeline import Result
from framing.report.article import ArticleView

VOICE_CHOICES = {"own": "Own voice", "direct": "Quoted", "indirect": "Reported", "all": "All"}
"""Whose words are counted: the switch of the comparison."""

VOICE_WORDS = {
    "own": "words in the outlet's own voice",
    "direct": "quoted words",
    "indirect": "reported words",
    "all": "words",
}
"""What stands below the line for each choice."""


def rates_of(dataset: Dataset, *, voice: str, entries: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return :func:`framing.rates` by outlet, for all categories or for one set of entries."""
    return _rates(dataset.key, voice, entries, _result=dataset.result)


@st.cache_data(max_entries=64, show_spinner="Counting")
def _rates(key: str, voice: str, entries: tuple[str, ...], *, _result: Result) -> pd.DataFrame:
    return framing.rates(_result.documents, _result.counts, voice=voice, entries=list(entries) or None)


def comparison_of(
    dataset: Dataset, *, voice: str, entries: tuple[str, ...] = (), min_articles: int, permutations: int
) -> pd.DataFrame:
    """Return :func:`framing.compare`, each outlet against the rest.

    Without entries it covers every category, so that q is corrected for all that the page can show.
    """
    return _comparison(dataset.key, voice, entries, min_articles, permutations, _result=dataset.result)


@st.cache_data(max_entries=64, show_spinner="Permuting articles")
def _comparison(
    key: str, voice: str, entries: tuple[str, ...], min_articles: int, permutations: int, *, _result: Result
) -> pd.DataFrame:
    return framing.compare(
        _result.documents,
        _result.counts,
        voice=voice,
        entries=list(entries) or None,
        min_articles=min_articles,
        permutations=permutations,
    )


def concordance_of(
    dataset: Dataset,
    *,
    outlets: tuple[str, ...] = (),
    categories: tuple[str, ...] = (),
    voices: tuple[str, ...] = (),
    entries: tuple[str, ...] = (),
    contains: str = "",
) -> pd.DataFrame:
    """Return :func:`framing.concordance`; the table is shared, so do not change it."""
    return _concordance(dataset.key, outlets, categories, voices, entries, contains, _result=dataset.result)


@st.cache_resource(max_entries=8, show_spinner="Collecting lines")
def _concordance(
    key: str,
    outlets: tuple[str, ...],
    categories: tuple[str, ...],
    voices: tuple[str, ...],
    entries: tuple[str, ...],
    contains: str,
    *,
    _result: Result,
) -> pd.DataFrame:
    return framing.concordance(
        _result.mentions,
        _result.texts,
        _result.documents,
        outlets=outlets,
        categories=categories,
        voices=voices,
        entries=entries,
        contains=contains,
    )


@st.cache_resource(max_entries=16, show_spinner="Reading")
def explained(text: str, title: str, outlet: str) -> ArticleView:
    """Return :func:`framing.explain` of one text."""
    return framing.explain(text, title=title, outlet=outlet)


def globs(value: str) -> tuple[str, ...]:
    """Return the entry globs that a user wrote, separated by commas or blanks.

    Examples
    --------
    >>> globs("takfir*, Zionist-entity ")
    ('takfir*', 'zionist-entity')
    """
    return tuple(dict.fromkeys(value.casefold().replace(",", " ").split()))
