"""Why the classifier answers as it does for the mentions of one article: read again, word by word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from framing.config import Config
from framing.context import open_reading
from framing.context.labeller.stream import read_stream
from framing.lexicon import Lexicon, load_default
from framing.pipeline.article import Article
from framing.pipeline.run import _engine, _Key
from framing.records import Document, Span
from framing.scoring.loaded.explain import Contribution, contributions
from framing.text.clean import kept_spans
from framing.text.sentences import paragraphs


def explained(
    document: Document,
    *,
    lexicons: Sequence[Lexicon] | None = None,
    config: Config | None = None,
    classifier: Path | None = None,
) -> list[list[Contribution]]:
    """Return what made the answer of the classifier for each mention of an article, in their order.

    The article is read again, which takes milliseconds: tables do not carry the parts.

    Parameters
    ----------
    document
        The article, as :func:`framing.analyze` read it.
    lexicons, config, classifier
        As for :func:`framing.analyze`; others find other mentions or answer otherwise.

    Returns
    -------
    list of list of Contribution
        For each mention the parts of its answer, the strongest first; none for mentions that are not
        classified, which are names of referents.

    Examples
    --------
    >>> (parts,) = explained(Document("a", "The regime fell."))
    >>> {"'The' right before", "baseline"} <= {part.what for part in parts}
    True
    """
    chosen = tuple(lexicons) if lexicons is not None else load_default()
    key = _Key(chosen, config or Config(), classifier)
    (article,), surroundings = next(_engine(key).read([document]))
    if not article.mentions or not any(lexicon.kind == "framing" for lexicon in chosen):
        return [[] for _ in article.mentions]
    return contributions(key.classifier(), surroundings(), list(words_around(article)))


def words_around(article: Article) -> Iterator[str]:
    """Yield the words and signs of all paragraphs that hold mentions, as they are written.

    They are those that :class:`framing.pipeline.classify.Gatherer` collects, in its order.
    """
    document = article.document
    lines = paragraphs(document.text)
    for text, spans, in_title in (
        (document.title, paragraphs(document.title), True),
        (document.text, kept_spans(document.text, list(article.removals), lines), False),
    ):
        yield from _words(text, spans, [m.span.start for m in article.mentions if m.in_title == in_title])


def _words(text: str, spans: Sequence[Span], starts: Sequence[int]) -> Iterator[str]:
    """Yield the words of the paragraphs that hold one of the places."""
    reading = open_reading(text, spans)
    ends = [span.end for span in reading.paragraphs]
    for number in sorted({bisect_right(ends, start) for start in starts}):
        passage = reading.passage(number)
        stream = read_stream([passage])
        inside = stream.paragraph == 0
        for start, end in zip(stream.start[inside].tolist(), stream.end[inside].tolist(), strict=True):
            yield passage.text[start:end]
