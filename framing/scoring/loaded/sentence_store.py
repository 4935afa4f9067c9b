"""The model of sentences as a file: numpy arrays in an npz, and a card in JSON with digest and answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources.abc import Traversable

import numpy as np

from framing.archive import pack_arrays, read_checked, require_golden, unpack_arrays, unreadable
from framing.resources import model_file
from framing.scoring.loaded.bytewise import from_bytes, in_bytes
from framing.scoring.loaded.sentence_words import read_sentences
from framing.scoring.loaded.sentences import SentenceMentions, SentenceModel, SentenceWeights

FORMAT, NAME = 1, "sentences"

GOLDEN = (
    "The shameless regime slaughtered its own people, he raged.",
    "The council will meet on Tuesday to discuss the budget.",
    "Critics called the vile plan a disgrace!",
)
"""Sentences of our own; the card has the answers of the training: the sentence, then its fourth word."""

_TOLERANCE = 1e-6


def pack(weights: SentenceWeights) -> bytes:
    """Return the arrays as the bytes of an npz."""
    columns, columns_unit = in_bytes(weights.columns[:, None])
    table, units = in_bytes(weights.table)
    return pack_arrays(
        {
            "columns": columns,
            "columns_unit": columns_unit,
            "words": weights.words,
            "importance": weights.importance,
            "table": table,
            "table_units": units,
            "suffixes": weights.suffixes,
            "written": weights.written,
            "numbers": weights.numbers,
            "last": weights.last,
        }
    )


def card_of(raw: bytes, facts: Mapping[str, object]) -> dict[str, object]:
    """Return the card of packed arrays: format, digest, golden answers, and the given facts."""
    model = SentenceModel(_unpack(raw, "the model that was just trained"))
    return {
        "format": FORMAT,
        "sha256": hashlib.sha256(raw).hexdigest(),
        "golden": golden_answers(model),
        **facts,
    }


def read_model(arrays: Traversable, card: Traversable) -> SentenceModel:
    """Read a model from its two files and test it; reading runs no code of the file.

    Raises
    ------
    InputError
        If a file is missing or of another format, the digest differs, or golden answers differ.
    """
    raw, facts = read_checked(arrays, card, name=NAME, version=FORMAT)
    model = SentenceModel(_unpack(raw, str(arrays)), facts)
    require_golden(
        facts.get("golden"), golden_answers(model), tolerance=_TOLERANCE, name=NAME, where=str(arrays)
    )
    return model


@lru_cache(maxsize=1)
def shipped_sentences() -> SentenceModel:
    """Return the model that ships, read and tested once a process."""
    return read_model(model_file(f"{NAME}.npz"), model_file(f"{NAME}.json"))


def golden_answers(model: SentenceModel) -> list[list[float]]:
    """Return the chance of each golden sentence, with one mention, and of its fourth word."""
    words = read_sentences(GOLDEN)
    one = np.ones(len(GOLDEN))
    mentions = SentenceMentions(np.arange(len(GOLDEN)), one / 2, one)
    sentences, chances = model.sentence_chances(words, mentions), model.word_chances(words)
    fourth = [int(np.searchsorted(words.sentence, number)) + 3 for number in range(len(GOLDEN))]
    return [
        [round(float(s), 6), round(float(chances[at]), 6)] for s, at in zip(sentences, fourth, strict=True)
    ]


def _unpack(raw: bytes, where: str) -> SentenceWeights:
    arrays = unpack_arrays(raw, where, NAME)
    try:
        weights = SentenceWeights(
            columns=from_bytes(arrays["columns"], arrays["columns_unit"])[:, 0],
            words=arrays["words"].astype(np.uint64),
            importance=arrays["importance"].astype(np.uint8),
            table=from_bytes(arrays["table"], arrays["table_units"]),
            suffixes=arrays["suffixes"].astype(np.int16),
            written=arrays["written"].astype(np.int16),
            numbers=arrays["numbers"].astype(np.float64),
            last=arrays["last"].astype(np.float64),
        )
        weights.require_shapes()
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise unreadable(where, NAME, error) from error
    return weights
