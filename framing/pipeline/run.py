"""Analyse a whole corpus: documents in, one :class:`Result` out, on one core or several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
from joblib import Parallel, delayed

from framing.config import Config
from framing.context.labeller.store import shipped_model
from framing.corpus.columns import ALIASES, canonical
from framing.corpus.documents import corpus_digest, document_of, documents_of
from framing.corpus.duplicates import find_duplicates
from framing.errors import InputError
from framing.lexicon import Lexicon
from framing.pipeline.article import Article
from framing.pipeline.result import Result
from framing.pipeline.rows import Rows, frames_of, rows_of
from framing.pipeline.setup import Setup, engine_of
from framing.provenance import package_version
from framing.records import Document
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
    keep_words: bool = False,
    classifier: str | Path | None = None,
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
    keep_words
        Whether the result carries how often each word stands in each article and voice:
        :func:`framing.analysis.keyness.keyness` needs that. It tells the words of an article without
        their order.
    classifier
        Folder of a classifier of your own (``framing train loaded``); the shipped one if left out.
    progress
        Called with articles done and articles in all.

    Returns
    -------
    Result
        Tables documents, mentions, counts, removals, texts, words. Every article has a row in
        documents, whatever became of it.

    Raises
    ------
    InputError
        If words are to be kept but not counted by voice.

    Examples
    --------
    >>> result = analyze(pd.DataFrame({"outlet": ["A"], "text": ["The regime fell. 'Nonsense,' he said."]}))
    >>> result.mentions.loc[0, ["surface", "voice", "category"]].tolist()
    ['regime', 'own', 'delegitimation']
    """
    config = config or Config()
    if keep_words and not config.words_by_voice:
        raise InputError(
            "words are kept by voice, which is not read",
            where="option keep_words",
            got="keep_words together with words_by_voice=False",
            allowed="one of the two",
            fix="read every paragraph (leave out --mentions-only), or do not keep the words",
        )
    table = canonical(articles, columns=columns)
    documents = documents_of(table)
    setup = Setup(lexicons, config, classifier)
    parts = _parts(documents, setup, n_jobs, progress, keep_words)
    frames = frames_of(parts)
    frames["documents"] = _finish_documents(frames["documents"], documents, table, config)
    if not keep_texts:
        frames["texts"] = frames["texts"].iloc[:0]
    return Result(**frames, run=_provenance(documents, setup))


def analyze_text(
    text: str,
    *,
    title: str = "",
    outlet: str = "",
    published: str = "",
    lexicons: Sequence[Lexicon] | None = None,
    config: Config | None = None,
    classifier: str | Path | None = None,
) -> Article:
    """Analyse one article.

    The parameters are those of :func:`framing.explain`, which shows the article as well.

    Examples
    --------
    >>> article = analyze_text('The army fought "terrorists", a spokesman said.')
    >>> [(m.surface, m.voice, m.speaker) for m in article.mentions]
    [('terrorists', 'direct', 'a spokesman')]
    """
    document = document_of(text, title=title, outlet=outlet, published=published)
    return next(iter(engine_of(Setup(lexicons, config, classifier)).analyze([document])))


def _parts(
    documents: Sequence[Document],
    setup: Setup,
    n_jobs: int,
    progress: Callable[[int, int], None] | None,
    keep_words: bool,
) -> Iterator[Rows]:
    chunks = [documents[i : i + CHUNK] for i in range(0, len(documents), CHUNK)]
    done = 0
    if n_jobs == 1 or len(chunks) < 2:
        engine = engine_of(setup, keep_words)
        results: Iterator[Rows] = (rows_of(engine.analyze(chunk)) for chunk in chunks)
    else:
        tasks = (delayed(_worker)(chunk, setup, keep_words) for chunk in chunks)
        results = Parallel(n_jobs=n_jobs, return_as="generator")(tasks)
    for chunk, rows in zip(chunks, results, strict=True):
        done += len(chunk)
        if progress is not None:
            progress(done, len(documents))
        yield rows


def _worker(documents: Sequence[Document], setup: Setup, keep_words: bool) -> Rows:
    return rows_of(engine_of(setup, keep_words).analyze(documents))


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


def _provenance(documents: Sequence[Document], setup: Setup) -> dict[str, object]:
    notes = setup.notes()
    return {
        "software": "framing-analyzer",
        "version": package_version(),
        "corpus_sha256": corpus_digest(documents),
        "n_documents": len(documents),
        "lexicons": [lexicon.facts() for lexicon in setup.lexicons],
        "voice_model": {"sha256": shipped_model().digest},
        "classifier": {"sha256": setup.classifier().digest, **({"notes": notes} if notes else {})},
        "config": setup.config.as_dict(),
    }
