"""Analyse a whole corpus: documents in, one :class:`Result` out, on one core or several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd
from joblib import Parallel, delayed

from framing.config import Config
from framing.context.labeller.store import shipped_model
from framing.corpus.columns import ALIASES, canonical
from framing.corpus.documents import documents_of
from framing.corpus.duplicates import find_duplicates
from framing.lexicon import Lexicon, load_default
from framing.pipeline.article import Article
from framing.pipeline.engine import Engine
from framing.pipeline.result import Result
from framing.pipeline.rows import Rows, frames_of, rows_of
from framing.provenance import digest, digest_of, package_version
from framing.records import Document
from framing.scoring.loaded import LoadedModel
from framing.scoring.loaded.store import classifier_in, shipped_classifier
from framing.tables import SCORED, check

CHUNK = 100
"""Articles handed to a worker at once."""


def analyze(
    articles: pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    lexicons: Sequence[Lexicon] | None = None,
    config: Config | None = None,
    n_jobs: int = 1,
    keep_texts: bool = True,
    classifier: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Result:
    """Find, attribute and score every mention of a corpus.

    Parameters
    ----------
    articles
        A table with a text (or title) column, and if possible doc_id, outlet and published; common
        other names are recognised. Further columns are kept in the documents table.
    columns
        Which column is what where the names are not recognised.
    lexicons
        Framing lexicons and a cue lexicon; the shipped ones if left out.
    config
        Options that change results.
    n_jobs
        Worker processes (joblib); -1 for all cores. The result is the same for any number.
    keep_texts
        Whether the result carries the texts: concordances and the reader page need them.
    classifier
        Folder of a classifier of your own (``framing train loaded``); the shipped one if left out.
    progress
        Called with articles done and articles in all.

    Returns
    -------
    Result
        Tables documents, mentions, counts, removals, texts. Every article has a row in documents,
        whatever became of it.

    Examples
    --------
    >>> result = analyze(pd.DataFrame({"outlet": ["A"], "text": ["The regime fell. 'Nonsense,' he said."]}))
    >>> result.mentions.loc[0, ["surface", "voice", "category"]].tolist()
    ['regime', 'own', 'delegitimation']
    """
    config = config or Config()
    chosen = tuple(lexicons) if lexicons is not None else load_default()
    table = canonical(articles, columns=columns)
    documents = documents_of(table)
    key = _Key(chosen, config, classifier)
    parts = _parts(documents, key, n_jobs, progress)
    frames = frames_of(parts)
    frames["documents"] = _finish_documents(frames["documents"], documents, table, config)
    if not keep_texts:
        frames["texts"] = frames["texts"].iloc[:0]
    return Result(**frames, run=_provenance(documents, key))


def analyze_text(
    text: str,
    *,
    title: str = "",
    outlet: str = "",
    published: str = "",
    lexicons: Sequence[Lexicon] | None = None,
    config: Config | None = None,
) -> Article:
    """Analyse one article.

    Examples
    --------
    >>> article = analyze_text('The army fought "terrorists", a spokesman said.')
    >>> [(m.surface, m.voice, m.speaker) for m in article.mentions]
    [('terrorists', 'direct', 'a spokesman')]
    """
    row = {
        "doc_id": "article",
        "outlet": outlet or "article",
        "published": published,
        "title": title,
        "text": text,
    }
    chosen = tuple(lexicons) if lexicons is not None else load_default()
    engine = _engine(_Key(chosen, config or Config()))
    # Objects, not pandas texts: those refuse the lone surrogates that documents_of replaces and reports.
    frame = pd.DataFrame({name: pd.Series([value], dtype=object) for name, value in row.items()})
    return next(iter(engine.analyze(documents_of(frame))))


def _parts(
    documents: Sequence[Document], key: _Key, n_jobs: int, progress: Callable[[int, int], None] | None
) -> Iterator[Rows]:  # fmt: skip
    chunks = [documents[i : i + CHUNK] for i in range(0, len(documents), CHUNK)]
    done = 0
    if n_jobs == 1 or len(chunks) < 2:
        engine = _engine(key)
        results: Iterator[Rows] = (rows_of(engine.analyze(chunk)) for chunk in chunks)
    else:
        tasks = (delayed(_worker)(chunk, key) for chunk in chunks)
        results = Parallel(n_jobs=n_jobs, return_as="generator")(tasks)
    for chunk, rows in zip(chunks, results, strict=True):
        done += len(chunk)
        if progress is not None:
            progress(done, len(documents))
        yield rows


class _Key:
    """Lexicons and options as one hashable value, so that a worker compiles them once."""

    def __init__(self, lexicons: tuple[Lexicon, ...], config: Config, classifier: Path | None = None) -> None:
        self.lexicons, self.config, self.folder = lexicons, config, classifier
        model = self.classifier()  # a file that cannot be used is found out before the work
        own = f"{model.digest} {model.bounds}"
        self._digest = digest([*(x.digest for x in lexicons), digest_of(config.as_dict()), own])

    def classifier(self) -> LoadedModel:
        """Return the classifier of the run."""
        return shipped_classifier() if self.folder is None else classifier_in(self.folder)

    def __hash__(self) -> int:
        return hash(self._digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._digest == other._digest


@lru_cache(maxsize=2)
def _engine(key: _Key) -> Engine:
    return Engine(key.lexicons, key.config, classifier=key.classifier())


def _worker(documents: Sequence[Document], key: _Key) -> Rows:
    return rows_of(_engine(key).analyze(documents))


def _finish_documents(
    frame: pd.DataFrame, documents: Sequence[Document], table: pd.DataFrame, config: Config
) -> pd.DataFrame:
    """Add what needs the whole corpus (duplicates) and the user's own columns."""
    usable = frame["status"].isin(SCORED).tolist()
    texts = [
        (d.text if d.text.strip() else d.title) if ok else "" for d, ok in zip(documents, usable, strict=True)
    ]
    frame["duplicate_of"] = pd.Series(
        find_duplicates(texts, [d.doc_id for d in documents], [d.published for d in documents],
                        threshold=config.near_duplicate), dtype="str",
    )  # fmt: skip
    for column in table.columns:
        if column not in ALIASES and column not in frame.columns and column != "problem":
            frame[column] = table[column].to_numpy()
    return check("documents", frame)


def _provenance(documents: Sequence[Document], key: _Key) -> dict[str, object]:
    # Sorted, so that the same corpus in another order has the same digest.
    rows = sorted(digest([d.doc_id, d.outlet, d.published, d.title, d.text]) for d in documents)
    return {
        "software": "framing-analyzer",
        "version": package_version(),
        "corpus_sha256": digest(rows),
        "n_documents": len(documents),
        "lexicons": [lexicon.facts() for lexicon in key.lexicons],
        "voice_model": {"sha256": shipped_model().digest},
        "classifier": {"sha256": key.classifier().digest},
        "config": key.config.as_dict(),
    }
