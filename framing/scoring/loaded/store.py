"""The classifier as a file: numpy arrays in an npz, and a card in JSON with its digest and golden answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np

from framing.archive import pack_arrays, read_checked, require_golden, unpack_arrays, unreadable
from framing.errors import InputError
from framing.resources import model_file
from framing.scoring.loaded.bytewise import from_bytes, in_bytes
from framing.scoring.loaded.columns import Mentions, Surroundings, Words
from framing.scoring.loaded.frames import FrameWeights
from framing.scoring.loaded.keys import entry_hash
from framing.scoring.loaded.model import LoadedModel, LoadedWeights
from framing.text.tokens import hash_words

FORMAT, NAME = 1, "loaded"

GOLDEN = (
    ("the court tried the terrorist under federal law", "terrorist", "terrorist"),
    ("this brutal regime must fall said the governor", "regime", "regime"),
    ("the storm is a monster that nobody has seen before", "monster", "monster"),
)
"""Sentences of our own, the word that is the mention, its entry; the card has the answers of the training."""

_TOLERANCE = 1e-6


def pack(weights: LoadedWeights) -> bytes:
    """Return the arrays as the bytes of an npz."""
    frames = weights.frames
    table, units = in_bytes(weights.table)
    frame_table, frame_units = in_bytes(frames.table)
    return pack_arrays(
        {
            "columns": weights.columns,
            "words": weights.words,
            "table": table,
            "table_units": units,
            "importance": weights.importance,
            "entries": weights.entries,
            "entry_scores": weights.entry_scores,
            "kind_scores": weights.kind_scores,
            "numbers": np.array([weights.intercept, *weights.platt], dtype=np.float64),
            "frame_entries": frames.entries,
            "frame_entry_scores": frames.entry_scores,
            "frame_category_scores": frames.category_scores,
            "frame_table": frame_table,
            "frame_units": frame_units,
        }
    )


def card_of(raw: bytes, facts: Mapping[str, object]) -> dict[str, object]:
    """Return the card of packed arrays: format, digest, golden answers, and the given facts."""
    model = LoadedModel(_unpack(raw, "the model that was just trained"))
    return {
        "format": FORMAT,
        "sha256": hashlib.sha256(raw).hexdigest(),
        "golden": golden_answers(model),
        **facts,
    }


def read_loaded(arrays: Traversable, card: Traversable) -> LoadedModel:
    """Read a classifier from its two files and test it; reading runs no code of the file.

    Raises
    ------
    InputError
        If a file is missing or of another format, the digest differs, or golden answers differ.
    """
    raw, facts = read_checked(arrays, card, name=NAME, version=FORMAT)
    model = LoadedModel(_unpack(raw, str(arrays)), facts)
    _require_bounds(facts, str(card))
    require_golden(
        facts.get("golden"), golden_answers(model), tolerance=_TOLERANCE, name=NAME, where=str(arrays)
    )
    return model


def _require_bounds(facts: Mapping[str, object], where: str) -> None:
    band, threshold = facts.get("abstain"), facts.get("threshold")
    numbers = [*band, threshold] if isinstance(band, list) else []
    if len(numbers) != 3 or not all(isinstance(x, float | int) and 0 <= x <= 1 for x in numbers):
        raise InputError(
            "the card of the classifier has no usable bounds",
            where=where,
            got=f"abstain {band}, threshold {threshold}",
            allowed="abstain: two chances, low and high; threshold: one chance",
            fix="train it anew: framing train loaded",
        )
    if numbers[0] > numbers[1]:
        raise InputError("the band of the classifier is upside down", where=where, got=str(band))


@lru_cache(maxsize=1)
def shipped_classifier() -> LoadedModel:
    """Return the classifier that ships, read and tested once a process."""
    return read_loaded(model_file(f"{NAME}.npz"), model_file(f"{NAME}.json"))


def classifier_in(folder: Path) -> LoadedModel:
    """Return the classifier in a folder that ``framing train loaded`` wrote, read again if it was changed."""
    files = folder / f"{NAME}.npz", folder / f"{NAME}.json"
    try:
        stamps = tuple((f.stat().st_mtime_ns, f.stat().st_size) for f in files)
    except OSError:
        return read_loaded(*files)  # names what is missing
    return _read_once(folder.resolve(), stamps)


@lru_cache(maxsize=4)
def _read_once(folder: Path, stamps: tuple[tuple[int, int], ...]) -> LoadedModel:
    del stamps  # only part of what is remembered
    return read_loaded(folder / f"{NAME}.npz", folder / f"{NAME}.json")


def golden_answers(model: LoadedModel) -> list[list[float]]:
    """Return chance and chances of the frames for the golden sentences."""
    answers = []
    for sentence, word, entry in GOLDEN:
        surroundings = plain_surroundings(sentence.split(), sentence.split().index(word), entry)
        chances = [*model.chances(surroundings), *model.frame_chances(surroundings)[0]]
        answers.append([round(float(p), 6) for p in chances])
    return answers


def plain_surroundings(words: list[str], at: int, entry_id: str) -> Surroundings:
    """Return one mention of one word in a sentence of lower-case words, in the outlet's own voice."""
    one = np.ones(1, dtype=np.int64)
    return Surroundings(
        Words(hash_words(words), np.ones(len(words), np.int8), np.zeros(len(words), np.int64)),
        Mentions(
            first=one * at, stop=one * (at + 1), low=one * 0, high=one * len(words),
            entry=np.array([entry_hash(entry_id)], dtype=np.uint64), frame=one * 0, intensity=one,
            ambiguous=one, voice=one * 0, attributed=np.array([0.1]), negated=one * 0, hedged=one * 0,
            in_title=one * 0, scare_quoted=one * 0, density=np.array([10.0]),
        ),
    )  # fmt: skip


def _unpack(raw: bytes, where: str) -> LoadedWeights:
    arrays = unpack_arrays(raw, where, NAME)
    try:
        intercept, slope, shift = (float(x) for x in arrays["numbers"].astype(np.float64))
        weights = LoadedWeights(
            columns=arrays["columns"].astype(np.int16),
            words=arrays["words"].astype(np.uint64),
            table=from_bytes(arrays["table"], arrays["table_units"]),
            importance=arrays["importance"].astype(np.uint8),
            entries=arrays["entries"].astype(np.uint64),
            entry_scores=arrays["entry_scores"].astype(np.int16),
            kind_scores=arrays["kind_scores"].astype(np.int16),
            intercept=intercept,
            platt=(slope, shift),
            frames=FrameWeights(
                arrays["frame_entries"].astype(np.uint64),
                arrays["frame_entry_scores"].astype(np.int16),
                arrays["frame_category_scores"].astype(np.int16),
                from_bytes(arrays["frame_table"], arrays["frame_units"]),
            ),
        )
        weights.require_shapes()
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise unreadable(where, NAME, error) from error
    return weights
