"""One article with its mentions highlighted: for notebooks, the dashboard and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from html import escape
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from framing.config import Config
from framing.corpus.documents import document_of
from framing.errors import InputError
from framing.lexicon import Lexicon
from framing.pipeline import Article
from framing.pipeline.explained import Explanation, explanation
from framing.pipeline.rows import frames_of, rows_of
from framing.records import Span
from framing.scoring.loaded.explain import SHOWN, Contribution, top

VOICE_LABELS = {
    "own": "own voice",
    "direct": "quoted",
    "indirect": "reported",
    "scare": "scare quotes",
    "unknown": "voice unknown",
}
"""Names of the voices in plain words; shown beside every mention, so that colour is never needed."""

STYLE = """
.fa{font:1rem/1.7 Georgia,serif;max-width:46rem;color:#111;background:#fff;padding:.5rem 1rem}
.fa p{margin:.6rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
.fa h3{font:600 1.2rem/1.3 Georgia,serif;margin:.4rem 0}
.fa mark{background:#fdf3d0;color:#111;padding:.05rem .15rem;border-bottom:3px solid #8a5a00}
.fa mark[data-voice=direct]{background:#e6effa;border-bottom:3px double #1f4e8c}
.fa mark[data-voice=indirect]{background:#e9f4ea;border-bottom:3px dashed #22662b}
.fa mark[data-voice=scare]{background:#f3eafa;border-bottom:3px dotted #5d2a86}
.fa mark[data-voice=unknown]{background:#eee;border-bottom:3px solid #555}
.fa mark small{font:600 .68rem/1 system-ui,sans-serif;margin-left:.25rem;color:#222}
.fa del{color:#595959;text-decoration:none;font-size:.85rem;background:#f2f2f2}
.fa .fa-note{font:.85rem/1.5 system-ui,sans-serif;color:#333}
"""


def explain(
    text: str,
    *,
    title: str = "",
    outlet: str = "",
    published: str = "",
    lexicons: Sequence[Lexicon] | None = None,
    config: Config | None = None,
    classifier: str | Path | None = None,
) -> ArticleView:
    """Analyse one article and return a view that shows itself in a notebook.

    Parameters
    ----------
    text
        The article as it arrived.
    title, outlet, published
        What is known about it; the outlet's name helps to find a prefix that is not part of the text.
    lexicons, config
        As for :func:`framing.analyze`.
    classifier
        Folder of a classifier of your own (``framing train loaded``); the shipped one if left out.

    Raises
    ------
    InputError
        If the classifier cannot be used: a file is missing, damaged or of another format.

    Examples
    --------
    >>> view = explain('The minister called it a "regime". The Assad regime denied that.')
    >>> view.mentions[["surface", "voice"]].to_numpy().tolist()
    [['regime', 'direct'], ['Assad regime', 'own']]
    """
    document = document_of(text, title=title, outlet=outlet, published=published)
    return ArticleView(explanation(document, lexicons=lexicons, config=config, classifier=classifier))


class ArticleView:
    """An analysed article: ``mentions`` is its table, ``article`` the record behind it."""

    def __init__(self, explanation: Explanation) -> None:
        self.article = explanation.article
        self._explanation = explanation

    @property
    def mentions(self) -> pd.DataFrame:
        """The mentions as a table with the columns of :data:`framing.tables.MENTIONS`."""
        return frames_of([rows_of([self.article])])["mentions"]

    @property
    def classifier(self) -> str:
        """The sha256 of the classifier that answered; empty if no mention was classified."""
        return self._explanation.model.digest if self._explanation.surroundings is not None else ""

    @property
    def notes(self) -> list[str]:
        """Where the classifier was adapted with other lexicons than those that were used here."""
        return list(self._explanation.notes)

    @cached_property
    def contributions(self) -> list[list[Contribution]]:
        """What made ``p_loaded`` of each mention, all parts, the strongest first."""
        return self._explanation.contributions()

    def why(self, mention_number: int, n: int = SHOWN) -> pd.DataFrame:
        """Return what made ``p_loaded`` of one mention, as a table of parts and their log odds.

        Parameters
        ----------
        mention_number
            Row of the mention in ``mentions``, counted from 0.
        n
            How many parts are named; all others are joined in a last row.

        Returns
        -------
        pandas.DataFrame
            Columns ``part`` and ``log_odds`` (above 0 speaks for loaded), which sum to the log odds of
            ``p_loaded``; no rows for a name of a referent, which is not classified.

        Raises
        ------
        InputError
            If there is no such mention.

        Examples
        --------
        >>> explain("The brutal regime fell.").why(0, n=3).columns.tolist()
        ['part', 'log_odds']
        """
        count = len(self.article.mentions)
        if not 0 <= mention_number < count:
            raise InputError(
                "there is no such mention",
                where="this article",
                got=str(mention_number),
                fix=f"give a row of .mentions: it has {count}, counted from 0",
            )
        rows = top(self.contributions[mention_number], n)
        return pd.DataFrame({"part": [r.what for r in rows], "log_odds": [r.value for r in rows]})

    def _repr_html_(self) -> str:
        return f"<style>{STYLE}</style>{article_html(self.article)}"

    def __repr__(self) -> str:
        return f"<ArticleView: {len(self.article.mentions)} mentions in {self.article.n_words} words>"


class Segment(NamedTuple):
    """A stretch of one paragraph: ``text``, or a numbered ``mention`` or ``removed`` stretch."""

    kind: str
    text: str
    number: int = -1


def segments(
    text: str, mentions: Iterable[tuple[int, Span]], removed: Iterable[tuple[int, Span]] = ()
) -> list[list[Segment]]:
    r"""Cut a text into paragraphs of plain text, mentions and removed stretches, in order.

    Parameters
    ----------
    text
        The article (or its title) as it arrived.
    mentions, removed
        Stretches with the numbers by which the caller knows them. Where two overlap, the one that
        starts first is kept; one that does not lie inside the text is left out.

    Returns
    -------
    list of list of Segment
        One list a line that is not blank. No character is lost but the line ends and blank lines.

    Examples
    --------
    >>> for paragraph in segments("The regime fell.\nLate.", [(0, Span(4, 10))]):
    ...     print([tuple(part) for part in paragraph])
    [('text', 'The ', -1), ('mention', 'regime', 0), ('text', ' fell.', -1)]
    [('text', 'Late.', -1)]
    """
    events = sorted(
        (span.start, span.end, kind, number)
        for kind, found in (("mention", mentions), ("removed", removed))
        for number, span in found
        if 0 <= span.start < span.end <= len(text)
    )
    pieces: list[Segment] = []
    at = 0
    for start, end, kind, number in events:
        if start >= at:
            pieces += [Segment("text", text[at:start]), Segment(kind, text[start:end], number)]
            at = end
    pieces.append(Segment("text", text[at:]))
    lines: list[list[Segment]] = [[]]
    for piece in pieces:
        # A mention over a line break stays one mark; other stretches end with their paragraph.
        parts = [piece.text.replace("\n", " ")] if piece.kind == "mention" else piece.text.split("\n")
        for number, part in enumerate(parts):
            if number:
                lines.append([])
            if part:
                lines[-1].append(piece._replace(text=part))
    return [line for line in lines if any(part.text.strip() for part in line)]


def article_html(article: Article) -> str:
    """Return the article as escaped HTML with one ``<mark>`` a mention, numbered in order.

    Voice is shown by border style, background and a written label. Stretches that do not count
    (repeats, datelines) are greyed and marked as such.
    """
    marks = list(enumerate(article.mentions))
    document = article.document
    in_title = segments(document.title, [(number, m.span) for number, m in marks if m.in_title])
    removed = list(enumerate(r.span for r in article.removals))
    body = segments(document.text, [(number, m.span) for number, m in marks if not m.in_title], removed)
    head = f"<h3>{' '.join(_line(line, article) for line in in_title)}</h3>" if in_title else ""
    paragraphs = "".join(f'<p dir="auto">{_line(line, article)}</p>' for line in body)
    note = f'<p class="fa-note">{escape(article.message)}</p>' if article.message else ""
    return f'<div class="fa" dir="auto">{head}{paragraphs}{note}</div>'


def _line(line: Sequence[Segment], article: Article) -> str:
    return "".join(_html(part, article) for part in line)


def _html(part: Segment, article: Article) -> str:
    if part.kind == "text":
        return escape(part.text)
    if part.kind == "removed":
        reason = article.removals[part.number].reason.replace("_", " ")
        return f'<del title="not counted: {escape(reason, quote=True)}">{escape(part.text)}</del>'
    mention = article.mentions[part.number]
    label = VOICE_LABELS[mention.voice]
    why = f"{mention.entry_id}, {mention.category}, {label}: {mention.evidence}"
    return (
        f'<mark id="m{part.number}" data-number="{part.number}" data-voice="{mention.voice}" tabindex="0" '
        f'title="{escape(why, quote=True)}">{escape(part.text)}<small>{label}</small></mark>'
    )
