"""Train the model of sentences and of words that no entry covers: from annolexical and our own readings.

First the words of annolexical's training sentences; then words of our readings (what a word is: loaded
mentions against all others; where it stands: loaded against plain mentions); last, on annolexical's dev
sentences, what mentions and words add to a sentence.
"""

from __future__ import annotations

import json
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
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from framing.config import Config
from framing.corpus.columns import canonical
from framing.corpus.documents import documents_of
from framing.corpus.outside import data_file
from framing.lexicon import load_default
from framing.pipeline.engine import Engine
from framing.provenance import file_digest
from framing.scoring.loaded import LoadedModel
from framing.scoring.loaded import sentences as scoring
from framing.scoring.loaded.blocks import STEPS
from framing.scoring.loaded.sentence_store import NAME, card_of, pack
from framing.scoring.loaded.sentence_words import SIGN, SUFFIX, SentenceWords, read_sentences
from framing.scoring.loaded.sentences import SentenceMentions, SentenceModel, SentenceWeights
from framing.scoring.loaded.store import read_loaded, shipped_classifier
from framing.text.fold import fold_many
from framing.text.tokens import UInts, part_hash, tokenise
from framing.training.loaded.build import PLAIN_TEXTS, SEED
from framing.training.loaded.fit import Tables, coarse, tables_of
from framing.training.loaded.readings import ReadMentions, read_mentions
from framing.training.loaded.vectors import find_vectors

SENTENCE_STRENGTH, WORD_STRENGTH, LAST_STRENGTH = 0.4, 0.03, 1.0
"""Inverse of the regularisation: chosen by annolexical dev, by marks of loaded spans, and by dev again."""

CONTEXT = 2.0
"""Weight of where a word stands against what it is."""

PAIRS, VECTORS, REST, IDENTITY, RARITY = 0.5, 12.0, 3.0, 0.5, 100.0
"""Sizes that bring the inputs to one scale."""

OTHERS, FOLDS, INNER_FOLDS, COUNT = 60_000, 4, 8, 3.0
"""Words drawn that no entry covers; one of so many folds is held out to calibrate; prior of a word."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class ReadWords(NamedTuple):
    """Words of the paragraphs that were read; ``at`` are the rows to learn from.

    ``loaded`` says whether they belong to a loaded mention, ``other`` whether no entry covers them, ``weight``
    how many words each stands for, ``group`` is the document.
    """

    words: SentenceWords
    at: NDArray[np.int64]
    loaded: Bools
    other: Bools
    weight: Floats
    group: NDArray[np.int64]


def build_sentences(data: Path, folder: Path, tell: Callable[[str], None] = print) -> Path:
    """Train and write ``sentences.npz`` and ``sentences.json`` into a folder; return the file of the arrays.

    The chances of mentions come from the classifier in that folder, else from the one that ships. The same
    data, classifier, platform and library versions give the same bytes.
    """
    with threadpool_limits(limits=1):  # several threads add up in another order
        tell("vectors of words from plain news")
        texts = [
            text
            for name in PLAIN_TEXTS
            for text in pd.read_parquet(data_file(data, name), columns=["text"])["text"].tolist()
        ]
        tables, endings = tables_of(find_vectors(texts, seed=SEED)), _endings(texts)
        tell("words of annolexical's sentences")
        train, dev = (pd.read_parquet(data_file(data, f"annolexical/{n}.parquet")) for n in ("train", "dev"))
        weights = fit_sentences(
            read_sentences(train["text"].tolist()), train["label"].to_numpy() == 1, tables
        )
        tell("our readings (a minute)")
        read = read_mentions(data, ["training"])
        words = words_of(read, endings, tables)
        rest, held = next(GroupKFold(FOLDS).split(words.at, groups=words.group))
        trial = calibrated(fit_words(weights, words, tables, rest), words, held)
        final = fit_words(weights, words, tables, np.arange(len(words.at)))
        final = replace(final, numbers=np.append(final.numbers[:7], trial.numbers[7:]))
        tell("what mentions and words add to a sentence")
        own = (folder / f"loaded.{ending}" for ending in ("npz", "json"))
        classifier = read_loaded(*own) if (folder / "loaded.json").is_file() else shipped_classifier()
        sentences, label = read_sentences(dev["text"].tolist()), dev["label"].to_numpy() == 1
        mentions = mentions_of(dev["text"].tolist(), classifier)
        parts = SentenceModel(final).sentence_parts(sentences, mentions)
        last = LogisticRegression(C=LAST_STRENGTH, max_iter=2000).fit(parts, label)
        last_weights = np.append(last.coef_[0], last.intercept_)
        final, trial = replace(final, last=last_weights), replace(trial, last=last_weights)
        chance = SentenceModel(final).sentence_chances(sentences, mentions)
        groups = words.group[held]
        ours, loaded = _read_chances(
            SentenceModel(trial), read, words.words, classifier, set(groups.tolist())
        )
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
        },
    }
    return _write(final, folder, facts, tell)


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
    model = LogisticRegression(C=SENTENCE_STRENGTH, max_iter=500)
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


def words_of(read: ReadMentions, endings: tuple[UInts, UInts], tables: Tables) -> ReadWords:
    """Return the words around mentions: those of loaded ones, of plain ones, and some that no entry covers."""
    own, mentions = read.surroundings
    n = len(own.hash)
    place = np.searchsorted(endings[0], own.hash).clip(max=len(endings[0]) - 1)
    suffix = np.where(endings[0][place] == own.hash, endings[1][place], np.uint64(0))
    nowhere = np.zeros(n, dtype=np.int64)
    words = SentenceWords(
        own.hash, suffix, np.minimum(own.shape.astype(np.int64), SIGN), own.sentence, nowhere, nowhere,
        int(own.sentence.max()) + 1,
    )  # fmt: skip
    label, group = np.full(n, -1), np.zeros(n, dtype=np.int64)
    documents = np.unique(read.documents, return_inverse=True)[1]
    columns = (mentions.first, mentions.stop, mentions.low, mentions.high, read.loaded, documents)
    for first, stop, low, high, loaded, document in zip(*(c.tolist() for c in columns), strict=True):
        label[first:stop] = np.maximum(label[first:stop], int(loaded))
        group[low:high] = document
    content = scoring.content(words, tables.vocabulary.rows(words.hash))
    mention = np.flatnonzero((label >= 0) & content)
    # Words of some mention elsewhere may stand in a mention that was not read: they say nothing.
    others = np.flatnonzero((label < 0) & content & ~np.isin(words.hash, np.unique(words.hash[label >= 0])))
    drawn = np.sort(np.random.default_rng(SEED).permutation(others)[:OTHERS])
    at = np.concatenate([mention, drawn])
    other = np.arange(len(at)) >= len(mention)
    weight = np.where(other, len(others) / max(len(drawn), 1), 1.0)
    return ReadWords(words, at, label[at] == 1, other, weight, group[at])


def fit_words(
    weights: SentenceWeights, read: ReadWords, tables: Tables, chosen: NDArray[np.int64]
) -> SentenceWeights:
    """Fit the score of words on some of the rows, on top of the score of sentences."""
    words, at, loaded = read.words, read.at[chosen], read.loaded[chosen]
    rows, n = tables.vocabulary.rows(words.hash), len(at)
    size, ones, each = tables.vectors.shape[1], np.ones(n, dtype=np.float32), np.arange(n)
    hashed = (weights.columns[scoring.hash_column(words.hash, 1, scoring.COLUMN_BITS)] / STEPS)[at]
    static = weights.table[rows[at], scoring.STATIC] / STEPS
    form = csr_matrix((ones, (each, scoring.written(words)[at])), shape=(n, scoring.WRITTEN))
    ending = scoring.hash_column(words.suffix[at], 7, scoring.SUFFIX_BITS)
    suffix = csr_matrix((ones, (each, ending)), shape=(n, 1 << scoring.SUFFIX_BITS))
    identity = csr_matrix((ones * IDENTITY, (each, rows[at])), shape=(n, len(tables.vectors)))
    rarity = tables.importance[rows[at]] / RARITY
    dense = np.column_stack([tables.vectors[rows[at]], static, rarity, hashed, np.maximum(hashed, 0)])
    model = LogisticRegression(C=WORD_STRENGTH, max_iter=200)
    model.fit(hstack([csr_matrix(dense.astype(np.float32)), form, suffix, identity]).tocsr(), loaded)
    what, shift = model.coef_[0], float(model.intercept_[0])
    dense, form_at = what[: size + 4], size + 4
    suffix_at = form_at + scoring.WRITTEN
    identity_at = suffix_at + (1 << scoring.SUFFIX_BITS)
    where = _fit_places(weights, read, tables, chosen)
    table = weights.table / STEPS
    table[:, scoring.OWN] = (
        tables.vectors @ dense[:size] + table[:, scoring.STATIC] * dense[size]
        + tables.importance / RARITY * dense[size + 1] + what[identity_at:] * IDENTITY
    )  # fmt: skip
    for number in range(len(scoring.PLACES) + 1):  # the last is the rest of the sentence
        own = where[number * size : (number + 1) * size] * (REST if number == len(scoring.PLACES) else 1)
        table[:, 2 + number] = tables.vectors @ own * CONTEXT
    sentence, product, hashed_product, *forms = where[(len(scoring.PLACES) + 1) * size : -1] * CONTEXT
    return replace(
        weights,
        table=np.concatenate([weights.table[:, :1], coarse(table[:, 1:7]), weights.table[:, 7:]], axis=1),
        suffixes=_steps(what[suffix_at:identity_at]),
        written=_steps(what[form_at:suffix_at] + np.array(forms)),
        numbers=np.array([weights.numbers[0], shift, *dense[size + 2 :], sentence, product, hashed_product,
                          1.0, 0.0]),
    )  # fmt: skip


def _fit_places(
    weights: SentenceWeights, read: ReadWords, tables: Tables, chosen: NDArray[np.int64]
) -> Floats:
    """Return the weights of what stands around words of mentions; the last is that of the word's own prior."""
    chosen = chosen[~read.other[chosen]]
    words, at, loaded = read.words, read.at[chosen], read.loaded[chosen]
    rows = tables.vocabulary.rows(words.hash)
    parts = [tables.vectors[scoring.neighbour(words, rows, place)[at]] for place in scoring.PLACES]
    weight = tables.importance[rows].astype(np.float64)
    together = csr_matrix((weight, (words.sentence, rows)), shape=(words.n, len(tables.vectors)))
    total = np.bincount(words.sentence, weights=weight, minlength=words.n)[words.sentence[at]] - weight[at]
    mean = (together @ tables.vectors)[words.sentence[at]] - tables.vectors[rows[at]] * weight[at][:, None]
    parts.append(mean / (total + scoring.SMOOTHING)[:, None] * REST)
    hashed = (weights.columns[scoring.hash_column(words.hash, 1, scoring.COLUMN_BITS)] / STEPS)[at]
    static = weights.table[rows[at], scoring.STATIC] / STEPS
    sentence = SentenceModel(weights).scores(words)[words.sentence[at]]
    prior = np.zeros(len(at))
    for rest, held in GroupKFold(INNER_FOLDS).split(at, groups=read.group[chosen]):
        kinds, inverse = np.unique(words.hash[at], return_inverse=True)
        right = np.bincount(inverse[rest], weights=loaded[rest], minlength=len(kinds))
        share = (right + COUNT * loaded.mean()) / (np.bincount(inverse[rest], minlength=len(kinds)) + COUNT)
        prior[held] = np.log(share / (1 - share))[inverse[held]] / 2
    form = np.eye(scoring.WRITTEN)[scoring.written(words)[at]]
    scalars = [sentence, sentence * static, sentence * hashed]
    inputs = np.column_stack([*parts, *scalars, form, prior]).astype(np.float32)
    found: Floats = LogisticRegression(C=WORD_STRENGTH, max_iter=300).fit(inputs, loaded).coef_[0]
    return found


def calibrated(weights: SentenceWeights, read: ReadWords, held: NDArray[np.int64]) -> SentenceWeights:
    """Fit slope and shift on words that were held out, so that chances mean what they say (Platt 1999)."""
    score = SentenceModel(weights).word_scores(read.words)[read.at[held]]
    model = LogisticRegression(C=1e6).fit(score[:, None], read.loaded[held], sample_weight=read.weight[held])
    platt = [float(model.coef_[0, 0]), float(model.intercept_[0])]
    return replace(weights, numbers=np.append(weights.numbers[:7], platt))


def mentions_of(sentences: Sequence[str], classifier: LoadedModel) -> SentenceMentions:
    """Return the mentions of sentences, each read as an article of its own."""
    engine = Engine(load_default(), Config(words_by_voice=False))
    documents = documents_of(canonical(pd.DataFrame({"outlet": "", "text": list(sentences)})))
    number, chance, intensity, seen = [], [], [], 0
    for articles, surroundings in engine.read(documents):
        sizes = [len(article.mentions) for article in articles]
        number.append(np.repeat(np.arange(seen, seen + len(articles)), sizes))
        seen += len(articles)
        around = surroundings()
        chance.append(classifier.chances(around) if sum(sizes) else np.zeros(0))
        intensity.append(around.mentions.intensity.astype(np.float64))
    return SentenceMentions(np.concatenate(number), np.concatenate(chance), np.concatenate(intensity))


def _read_chances(
    model: SentenceModel, read: ReadMentions, words: SentenceWords, classifier: LoadedModel, held: set[int]
) -> tuple[Floats, Bools]:
    """Return chance and label (a mention is loaded) of the sentences of documents that were held out."""
    around = read.surroundings
    sentence = words.sentence[around.mentions.first]
    intensity = around.mentions.intensity.astype(np.float64)
    chance = model.sentence_chances(words, SentenceMentions(sentence, classifier.chances(around), intensity))
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


def _endings(texts: Sequence[str]) -> tuple[UInts, UInts]:
    """Return the words of texts in the order of their hashes, and the hashes of their endings."""
    words, endings = [], []
    for begin in range(0, len(texts), 500):
        blank = np.zeros(1, dtype=np.uint16)
        folded = fold_many(texts[begin : begin + 500])
        codes = np.concatenate([part for f in folded for part in (f.codes, blank)])
        tokens = tokenise(codes, np.concatenate([part for f in folded for part in (f.word, blank > 0)]))
        kinds, first = np.unique(tokens.hash, return_index=True)
        start, end = tokens.start[first], tokens.end[first]
        words.append(kinds)
        endings.append(part_hash(tokens.units, np.maximum(end - SUFFIX, start), end))
    kinds, first = np.unique(np.concatenate(words), return_index=True)
    return kinds, np.concatenate(endings)[first]


def _steps(values: Floats) -> NDArray[np.int16]:
    found: NDArray[np.int16] = np.rint(np.clip(values * STEPS, -32_000, 32_000)).astype(np.int16)
    return found


def _write(
    weights: SentenceWeights, folder: Path, facts: dict[str, object], tell: Callable[[str], None]
) -> Path:
    raw = pack(weights)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{NAME}.npz"
    target.write_bytes(raw)
    card = json.dumps(card_of(raw, facts), indent=1, sort_keys=True)
    (folder / f"{NAME}.json").write_text(card + "\n", encoding="utf-8")
    tell(f"written: {target} ({len(raw):,} bytes)")
    return target
