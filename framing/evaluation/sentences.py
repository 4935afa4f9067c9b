"""The model of sentences and words against labels of others: annolexical's test split, BABE and PTC.

BABE and PTC are for evaluation only: no weight, threshold or choice is fitted on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.corpus.outside import data_file
from framing.evaluation.report import Figure
from framing.scoring.loaded.sentence_store import shipped_sentences
from framing.scoring.loaded.sentence_words import SentenceWords, read_sentences
from framing.scoring.loaded.sentences import SentenceModel, content
from framing.scoring.loaded.store import shipped_classifier
from framing.text.sentences import paragraphs, sentences
from framing.training.loaded.sentences import mentions_of

TECHNIQUES = ("Loaded_Language", "Name_Calling,Labeling")

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


class MarkedWords(NamedTuple):
    """Content words: the word as a number, whether it stands in a marked span, its chance."""

    word: NDArray[np.uint64]
    marked: Bools
    chance: Floats


def evaluate_sentences(data: Path) -> list[Figure]:
    """Return the figures of the shipped model of sentences and words.

    Figures
    -------
    sentences.annolexical_auc, annolexical_f1
        AUC and macro F1 (at the threshold on the card) on the test split: labels of language models.
    sentences.babe_auc, babe_f1
        The same on BABE: labels of experts, other outlets and topics than in training.
    words.ptc_auc
        AUC of content words in spans of loaded language or name calling against all others, which may be
        loaded too. Content words: letters only, and not among the 150 commonest of the vocabulary.
    words.ptc_same_word_auc
        The same over pairs of one word form: 0.5 if the context tells nothing.
    """
    from sklearn.metrics import f1_score, roc_auc_score  # importing sklearn takes seconds

    model = shipped_sentences()
    test = pd.read_parquet(data_file(data, "annolexical/test.parquet"))
    babe = pd.read_csv(data_file(data, "babe/sentences.csv"), sep=";")
    babe = babe[babe["label_bias"].isin(["Biased", "Non-biased"])]
    figures = []
    for name, texts, label in (
        ("annolexical", test["text"].tolist(), (test["label"] == 1).to_numpy(dtype=np.bool_)),
        ("babe", babe["text"].tolist(), (babe["label_bias"] == "Biased").to_numpy(dtype=np.bool_)),
    ):
        chance = model.sentence_chances(read_sentences(texts), mentions_of(texts, shipped_classifier()))
        said = chance >= model.threshold
        note = f"{len(texts)} sentences, {label.mean():.0%} biased, threshold {model.threshold:g}"
        auc, f1 = float(roc_auc_score(label, chance)), float(f1_score(label, said, average="macro"))
        figures += [
            Figure(f"sentences.{name}_auc", auc, note=note),
            Figure(f"sentences.{name}_f1", f1, note=note),
        ]
    articles = pd.read_parquet(data_file(data, "ptc/articles.parquet"))
    words = marked_words(model, articles, pd.read_csv(data_file(data, "ptc/spans.csv"), dtype={"id": str}))
    note = f"{len(words.word)} content words, {words.marked.mean():.1%} marked"
    return [
        *figures,
        Figure("words.ptc_auc", float(roc_auc_score(words.marked, words.chance)), note=note),
        Figure("words.ptc_same_word_auc", same_word_auc(words)),
    ]


def marked_words(model: SentenceModel, articles: pd.DataFrame, spans: pd.DataFrame) -> MarkedWords:
    """Return the content words of articles (id, text); spans (id, technique, start, end) mark some."""
    wanted = spans[spans["technique"].isin(TECHNIQUES)]
    by_id = {str(i): list(zip(own["start"], own["end"], strict=True)) for i, own in wanted.groupby("id")}
    parts = []
    for number, text in zip(articles["id"].astype(str), articles["text"], strict=True):
        words, start, end = _words(text)
        marked = np.zeros(len(start), dtype=np.bool_)
        for first, stop in by_id.get(number, ()):
            marked |= (start < stop) & (end > first)
        kept = content(words, model.vocabulary.rows(words.hash))
        parts.append(MarkedWords(words.hash[kept], marked[kept], model.word_chances(words)[kept]))
    return MarkedWords(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _words(text: str) -> tuple[SentenceWords, NDArray[np.int64], NDArray[np.int64]]:
    """Return the words of a text with their places in it."""
    spans = list(_sentences(text))
    words = read_sentences([text[start:end] for start, end in spans])
    offset = np.array([start for start, _ in spans], dtype=np.int64)[words.sentence]
    return words, words.start + offset, words.end + offset


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for paragraph in paragraphs(text):
        yield from sentences(text, paragraph)


def same_word_auc(words: MarkedWords) -> float:
    """Return the share of pairs of one word form, one marked and one not, in the right order.

    Examples
    --------
    >>> same_word_auc(MarkedWords(np.array([1, 1, 1, 2]), np.array([True, False, False, True]),
    ...                           np.array([.5, .4, .6, .1])))
    0.5
    """
    from sklearn.metrics import roc_auc_score  # importing sklearn takes seconds

    _, word = np.unique(words.word, return_inverse=True)
    marked = np.bincount(word, weights=words.marked)
    both = ((marked > 0) & (marked < np.bincount(word)))[word]
    order = np.argsort(word[both], kind="stable")
    edges = np.flatnonzero(np.diff(word[both][order])) + 1
    columns: Sequence[tuple[Bools, Floats]] = list(
        zip(
            np.split(words.marked[both][order], edges),
            np.split(words.chance[both][order], edges),
            strict=True,
        )
    )
    right = pairs = 0.0
    for own, chance in columns:
        n = float(own.sum() * (~own).sum())
        if n:
            right += float(roc_auc_score(own, chance)) * n
            pairs += n
    return right / pairs if pairs else float("nan")
