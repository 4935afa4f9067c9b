"""What a run is made with: lexicons, options and classifier, and the engine that is compiled from them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from framing.config import Config
from framing.lexicon import Lexicon, load_default
from framing.pipeline.engine import Engine
from framing.pipeline.trained_with import lexicon_notes
from framing.provenance import digest, digest_of
from framing.scoring.loaded import LoadedModel
from framing.scoring.loaded.store import classifier_in, shipped_classifier


class Setup:
    """Lexicons, options and classifier as one hashable value, so that each process compiles them once.

    Parameters
    ----------
    lexicons
        Framing or referent lexicons and a cue lexicon; the shipped framing lexicons and cues if left out.
    config
        Options; the default ones if left out.
    classifier
        Folder of a classifier of your own (``framing train loaded``); the shipped one if left out.

    Raises
    ------
    InputError
        If the classifier cannot be used, which is found out here, before any work.

    Examples
    --------
    >>> Setup() == Setup(config=Config()), Setup() == Setup(config=Config(words_by_voice=False))
    (True, False)
    """

    def __init__(
        self,
        lexicons: Sequence[Lexicon] | None = None,
        config: Config | None = None,
        classifier: str | Path | None = None,
    ) -> None:
        self.lexicons = tuple(lexicons) if lexicons is not None else load_default()
        self.config = config or Config()
        self.folder = Path(classifier) if classifier is not None else None
        model = self.classifier()
        own = f"{model.digest} {model.bounds}"
        self._digest = digest([*(x.digest for x in self.lexicons), digest_of(self.config.as_dict()), own])

    def classifier(self) -> LoadedModel:
        """Return the classifier of the run; a process reads it once."""
        return shipped_classifier() if self.folder is None else classifier_in(self.folder)

    @property
    def classifies(self) -> bool:
        """Whether mentions are classified at all: names of referents are not."""
        return any(lexicon.kind == "framing" for lexicon in self.lexicons)

    def notes(self) -> list[str]:
        """Return what does not fit together; see :func:`framing.pipeline.trained_with.lexicon_notes`."""
        return lexicon_notes(self.classifier().card, self.lexicons) if self.classifies else []

    def __hash__(self) -> int:
        return hash(self._digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Setup) and self._digest == other._digest


@lru_cache(maxsize=2)
def engine_of(setup: Setup, keep_words: bool = False) -> Engine:
    """Return the engine of a setup; the last two are kept, for compiling one takes longer than an article."""
    return Engine(setup.lexicons, setup.config, classifier=setup.classifier(), keep_words=keep_words)
