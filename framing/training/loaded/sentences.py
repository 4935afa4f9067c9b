"""Train the model of sentences and of words that no entry covers: from annolexical and our own readings.

First the words of annolexical's training sentences; then words of our readings (what a word is: loaded
mentions against all others; where it stands: loaded against plain mentions); last, on annolexical's dev
sentences, what mentions and words add to a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import sklearn
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from threadpoolctl import threadpool_limits

from framing.archive import write_model
from framing.config import Config
from framing.corpus.columns import canonical
from framing.corpus.documents import documents_of
from framing.corpus.outside import data_file
from framing.lexicon import load_default
from framing.pipeline.engine import Engine
from framing.provenance import file_digest
from framing.scoring.loaded import LoadedModel
from framing.scoring.loaded import sentences as scoring
from framing.scoring.loaded.sentence_store import NAME, card_of, pack
from framing.scoring.loaded.sentence_words import SentenceWords, read_sentences
from framing.scoring.loaded.sentences import SentenceMentions, SentenceModel, SentenceWeights
from framing.training.loaded.fit import Tables, coarse
from framing.training.loaded.readings import ReadMentions
from framing.training.loaded.vectors import PLAIN_TEXTS, SEED
from framing.training.loaded.words import calibrated, endings_of, fit_words, words_of

STRENGTH, LAST_STRENGTH = 0.4, 1.0
"""Inverse of the regularisation, of the words and of the last step: chosen by annolexical dev."""

PAIRS, VECTORS = 0.5, 12.0
"""Sizes that bring hashed words and means of vectors to one scale."""

FOLDS, LAST_FOLDS = 4, 5
"""One of so many folds of our readings is held out for calibration and threshold; folds of annolexical dev
for the answers of the last step."""

RESTS_ON = (
    "annolexical dev: the last step is fitted without the fold of the sentence; readings: the words are "
    "fitted without the documents, and the chances of mentions come from classifiers that never saw them. "
    "The threshold was chosen on the same sentences, so that the F1 is a little too good."
)
"""What the figures on the card rest on."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Learned(NamedTuple):
    """What the training of the classifier hands on.

    ``texts`` are the plain texts and ``tables`` the vectors of their words; ``chances`` are those of the
    mentions in ``read``, each by a classifier that never saw its document.
    """

    texts: Sequence[str]
    tables: Tables
    read: ReadMentions
    classifier: LoadedModel
    chances: Floats


def build_sentences(
    data: Path, folder: Path, learned: Learned, *, tell: Callable[[str], None] = print
) -> Path:
    """Train and write ``sentences.npz`` and ``sentences.json`` into a folder; return the file of the arrays.

    The same data, classifier, platform and library versions give the same bytes.

    Parameters
    ----------
    data
        Folder with the sentences of annolexical (train and dev).
    folder
        For the two files.
    learned
        Texts, readings and the classifier that they were used for.
    tell
        Gets a line for each step.
    """
    _, tables, read, classifier, chances = learned
    with threadpool_limits(limits=1):  # several threads add up in another order
        tell("words of annolexical's sentences")
        train, dev = (pd.read_parquet(data_file(data, f"annolexical/{n}.parquet")) for n in ("train", "dev"))
        weights = fit_sentences(
            read_sentences(train["text"].tolist()), train["label"].to_numpy() == 1, tables
        )
        tell("words of our readings")
        words = words_of(read, endings_of(learned.texts), tables)
        rest, held = next(GroupKFold(FOLDS).split(words.at, groups=words.group))
        trial = calibrated(fit_words(weights, words, tables, rest), words, held)
        final = fit_words(weights, words, tables, np.arange(len(words.at)))
        final = replace(final, numbers=np.append(final.numbers[:7], trial.numbers[7:]))
        tell("what mentions and words add to a sentence")
        sentences, label = read_sentences(dev["text"].tolist()), dev["label"].to_numpy() == 1
        mentions = mentions_of(dev["text"].tolist(), classifier)
        parts = SentenceModel(final).sentence_parts(sentences, mentions)
        model = LogisticRegression(C=LAST_STRENGTH, max_iter=2000)
        chance = cross_val_predict(model, parts, label, cv=LAST_FOLDS, method="predict_proba")[:, 1]
        model.fit(parts, label)
        last = np.append(model.coef_[0], model.intercept_)
        final, trial = replace(final, last=last), replace(trial, last=last)
        documents = set(words.group[held].tolist())
        ours, loaded = _read_chances(SentenceModel(trial), read, words.words, chances, documents)
    threshold = best_threshold([(chance, label), (ours, loaded)])
    facts: dict[str, object] = {
        "name": NAME,
        "seed": SEED,
        "libraries": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "trained_on": {
            "annolexical train": {"sentences": len(train), "role": "weights of words in sentences"},
            "own readings (training)": {"mentions": len(read.table), "role": "weights of words; threshold"},
            "annolexical dev": {"sentences": len(dev), "role": "weights of the last step; threshold"},
        },
        "classifier_sha256": classifier.digest,
        "data_sha256": {
            n: file_digest(data_file(data, n)) for n in (*PLAIN_TEXTS, "annolexical/dev.parquet")
        },
        "threshold": threshold,
        "criterion": "best mean of macro F1 on annolexical dev and on sentences of the readings that were "
        "held out, loaded and plain ones counting the same in each",
        "validation": {
            "dev_auc": round(float(roc_auc_score(label, chance)), 4),
            "dev_f1": round(float(f1_score(label, chance >= threshold, average="macro")), 4),
            "readings_auc": round(float(roc_auc_score(loaded, ours)), 4),
            "readings_f1": round(float(f1_score(loaded, ours >= threshold, average="macro")), 4),
            "rests_on": RESTS_ON,
        },
    }
    raw = pack(final)
    return write_model(folder, NAME, raw, card_of(raw, facts), tell=tell)


def fit_sentences(words: SentenceWords, label: Bools, tables: Tables) -> SentenceWeights:
    """Fit the score of sentences by their words; everything else stays 0."""
    which, columns = scoring.pairs_and_words(words)
    shape = (words.n, 1 << scoring.COLUMN_BITS)
    size = np.sqrt(np.maximum(np.bincount(which, minlength=words.n), 1))
    rarity = np.log((1 + words.n) / (1 + np.bincount(columns, minlength=shape[1]))) + 1
    value = (rarity[columns] * PAIRS / size[which]).astype(np.float32)
    hashed = csr_matrix((value, (which, columns)), shape=shape)
    rows = tables.vocabulary.rows(words.hash)
    weight = tables.importance[rows].astype(np.float64)
    together = csr_matrix((weight, (words.sentence, rows)), shape=(words.n, len(tables.vectors)))
    total = np.bincount(words.sentence, weights=weight, minlength=words.n) + scoring.SMOOTHING
    vectors = (together @ tables.vectors / total[:, None] * VECTORS).astype(np.float32)
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    model.fit(hstack([hashed, csr_matrix(vectors)]).tocsr(), label)
    coefficients = model.coef_[0]
    table = np.zeros((len(tables.vectors), scoring.TABLE))
    table[:, scoring.STATIC] = tables.vectors @ coefficients[shape[1] :]
    table[:, scoring.SENTENCE] = table[:, scoring.STATIC] * VECTORS
    return SentenceWeights(
        columns=coarse((coefficients[: shape[1]] * rarity * PAIRS)[:, None])[:, 0],
        words=tables.words,
        importance=tables.importance,
        table=coarse(table),
        suffixes=np.zeros(1 << scoring.SUFFIX_BITS, np.int16),
        written=np.zeros(scoring.WRITTEN, np.int16),
        numbers=np.array([model.intercept_[0], *[0.0] * 6, 1.0, 0.0]),
        last=np.array([1.0, *[0.0] * len(scoring.SENTENCE_PARTS)]),
    )


def mentions_of(sentences: Sequence[str], classifier: LoadedModel) -> SentenceMentions:
    """Return the mentions of sentences, each read as an article of its own."""
    engine = Engine(load_default(), Config(words_by_voice=False))
    documents = documents_of(canonical(pd.DataFrame({"outlet": "", "text": list(sentences)})))
    number, chance, intensity, seen = [], [], [], 0
    for articles, gathered in engine.read(documents):
        sizes = [len(article.mentions) for article in articles]
        number.append(np.repeat(np.arange(seen, seen + len(articles)), sizes))
        seen += len(articles)
        around = gathered.surroundings()
        chance.append(classifier.chances(around) if sum(sizes) else np.zeros(0))
        intensity.append(around.mentions.intensity.astype(np.float64))
    return SentenceMentions(np.concatenate(number), np.concatenate(chance), np.concatenate(intensity))


def _read_chances(
    model: SentenceModel, read: ReadMentions, words: SentenceWords, chances: Floats, held: set[int]
) -> tuple[Floats, Bools]:
    """Return chance and label (a mention is loaded) of the sentences of documents that were held out.

    ``chances`` are those of the mentions, by a classifier that never saw their documents.
    """
    around = read.surroundings
    sentence = words.sentence[around.mentions.first]
    intensity = around.mentions.intensity.astype(np.float64)
    chance = model.sentence_chances(words, SentenceMentions(sentence, chances, intensity))
    documents = np.unique(read.documents, return_inverse=True)[1]
    own = np.isin(documents, list(held))
    kept, inverse = np.unique(sentence[own], return_inverse=True)
    return chance[kept], np.bincount(inverse, weights=read.loaded[own]) > 0


def best_threshold(sets: Sequence[tuple[Floats, Bools]]) -> float:
    """Return the threshold with the best mean macro F1 over sets, both classes of a set counting the same."""

    def mean(step: float) -> float:
        found = []
        for chance, label in sets:
            right, wrong = float((chance[label] >= step).mean()), float((chance[~label] >= step).mean())
            found += [2 * right / (1 + right + wrong), 2 * (1 - wrong) / (3 - right - wrong)]
        return sum(found) / len(found)

    steps = np.round(np.arange(0.2, 0.901, 0.01), 2)
    return float(max(steps, key=lambda step: (mean(step), -abs(step - 0.5))))
