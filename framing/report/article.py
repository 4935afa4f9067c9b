"""One article with its mentions highlighted: for notebooks, the dashboard and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

from framing.config import Config
from framing.lexicon import Lexicon
from framing.pipeline import Article, Mention, analyze_text
from framing.pipeline.rows import frames_of, rows_of
from framing.records import Span

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

    Examples
    --------
    >>> view = explain('He called it a "massacre". The Assad regime denied that.')
    >>> view.mentions[["surface", "voice"]].to_numpy().tolist()
    [['massacre', 'direct'], ['Assad regime', 'own']]
    """
    found = analyze_text(text, title=title, outlet=outlet, published=published, lexicons=lexicons, config=config)
    return ArticleView(found)


class ArticleView:
    """An analysed article: ``mentions`` is its table, ``article`` the record behind it."""

    def __init__(self, article: Article) -> None:
        self.article = article

    @property
    def mentions(self) -> pd.DataFrame:
        """The mentions as a table with the columns of :data:`framing.tables.MENTIONS`."""
        return frames_of([rows_of([self.article])])["mentions"]

    def _repr_html_(self) -> str:
        return f"<style>{STYLE}</style>{article_html(self.article)}"

    def __repr__(self) -> str:
        return f"<ArticleView: {len(self.article.mentions)} mentions in {self.article.n_words} words>"


def article_html(article: Article) -> str:
    """Return the article as escaped HTML with one ``<mark>`` a mention, numbered in order.

    Voice is shown by border style, background and a written label. Stretches that do not count
    (repeats, datelines) are greyed and marked as such.
    """
    title = [(number, m) for number, m in enumerate(article.mentions) if m.in_title]
    body = [(number, m) for number, m in enumerate(article.mentions) if not m.in_title]
    head = f"<h3>{_marked(article.document.title, title, [])}</h3>" if article.document.title else ""
    text = _marked(article.document.text, body, [r.span for r in article.removals])
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n") if part.strip())
    note = f'<p class="fa-note">{escape(article.message)}</p>' if article.message else ""
    return f'<div class="fa" dir="auto">{head}{paragraphs}{note}</div>'


def _marked(text: str, mentions: Sequence[tuple[int, Mention]], removed: Sequence[Span]) -> str:
    pieces: list[str] = []
    at = 0
    events = sorted(
        [(m.span.start, m.span.end, _mark(number, m)) for number, m in mentions]
        + [(s.start, s.end, f'<del title="not counted">{_lines(text[s.start : s.end], "del")}</del>') for s in removed]
    )
    for start, end, html in events:
        if start >= at:
            pieces += [escape(text[at:start]), html]
            at = end
    return "".join([*pieces, escape(text[at:])])


def _lines(text: str, tag: str) -> str:
    """Escape text and close and reopen the tag at line ends, where paragraphs are cut."""
    return f"</{tag}>\n<{tag}>".join(escape(line) for line in text.split("\n"))


def _mark(number: int, mention: Mention) -> str:
    label = VOICE_LABELS[mention.voice]
    why = f"{mention.entry_id}, {mention.category}, {label}: {mention.evidence}"
    return (
        f'<mark id="m{number}" data-number="{number}" data-voice="{mention.voice}" tabindex="0" '
        f'title="{escape(why, quote=True)}">{escape(mention.surface.replace(chr(10), " "))}<small>{label}</small></mark>'
    )
