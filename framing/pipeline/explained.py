"""Why the classifier answers as it does for the mentions of one article, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from framing.config import Config
from framing.lexicon import Lexicon
from framing.pipeline.article import Article
from framing.pipeline.classify import classified
from framing.pipeline.setup import Setup, engine_of
from framing.records import Document
from framing.scoring.loaded import LoadedModel, Surroundings
from framing.scoring.loaded.explain import Contribution, contributions


class Explanation(NamedTuple):
    """An analysed article, with what the classifier read of it.

    ``model`` is the classifier, ``notes`` says where it does not fit the lexicons. ``surroundings`` and
    ``words`` are empty for an article without mentions, or with names of referents only: these are not
    classified.
    """

    article: Article
    model: LoadedModel
    notes: list[str]
    surroundings: Surroundings | None
    words: list[str]

    def contributions(self) -> list[list[Contribution]]:
        """Return what made the answer for each mention, in their order, the strongest part first."""
        if self.surroundings is None:
            return [[] for _ in self.article.mentions]
        return contributions(self.model, self.surroundings, self.words)


def explanation(
    document: Document,
    *,
    lexicons: Sequence[Lexicon] | None = None,
    config: Config | None = None,
    classifier: str | Path | None = None,
) -> Explanation:
    """Analyse an article and keep what the classifier read of it.

    Parameters
    ----------
    document
        The article.
    lexicons, config, classifier
        As for :func:`framing.analyze`.

    Examples
    --------
    >>> found = explanation(Document("a", "The regime fell."))
    >>> found.article.mentions[0].surface, found.words
    ('regime', ['The', 'regime', 'fell', '.'])
    """
    setup = Setup(lexicons, config, classifier)
    model = setup.classifier()
    (article,), gathered = next(engine_of(setup).read([document]))
    if not article.mentions or not setup.classifies:
        return Explanation(article, model, setup.notes(), None, [])
    surroundings = gathered.surroundings()
    (article,) = classified(model, [article], surroundings)
    return Explanation(article, model, setup.notes(), surroundings, gathered.words())


def explained(
    document: Document,
    *,
    lexicons: Sequence[Lexicon] | None = None,
    config: Config | None = None,
    classifier: str | Path | None = None,
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
    return explanation(document, lexicons=lexicons, config=config, classifier=classifier).contributions()
