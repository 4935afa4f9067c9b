"""The voice model as a file: numpy arrays in an ``.npz`` and a JSON card beside it.

Loading runs no code from the file. The card holds the digest of the arrays, the format version and
golden probabilities; arrays that do not match or answer differently are refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

from framing.archive import pack_arrays, read_checked, require_golden, unpack_arrays, unreadable
from framing.context.labeller.first import GROUPS
from framing.context.labeller.label import Labeller, LabellerWeights
from framing.context.labeller.lexical import Lexical
from framing.context.labeller.model import Weights
from framing.context.labeller.second import Layers, Network
from framing.context.labeller.stream import Passage
from framing.context.shortquotes import ShortQuoteWeights
from framing.resources import model_file

FORMAT = 2
NAME = "voice"
_TOLERANCE = 0.02

GOLDEN = (
    Passage("The governor said that the rebels had left the valley before dawn."),
    Passage('"They are vermin," the colonel told reporters on Monday.', ((0, 18, 1),)),
    Passage("The bridge was closed for repairs, and traffic moved slowly through the town."),
)
"""Sentences of our own; the card says what the model answered when it was trained."""


@dataclass(frozen=True, slots=True, eq=False)
class VoiceModel:
    """Everything that decides voice: the labeller and the model of short quotations."""

    labeller: Labeller
    short: ShortQuoteWeights
    card: Mapping[str, object]

    @property
    def digest(self) -> str:
        """The sha256 of the arrays."""
        return str(self.card["sha256"])


def pack(weights: LabellerWeights, short: ShortQuoteWeights) -> bytes:
    """Return the arrays as the bytes of an npz; the same weights give the same bytes."""
    second, lexical = weights.second, weights.lexical
    arrays: dict[str, NDArray[np.generic]] = {
        "first_keys": weights.first.keys,
        "first_hashed": weights.first.hashed.astype(np.float16),
        "first_intercept": weights.first.intercept,
        "pair_keys": weights.pair_keys,
        "pairs": weights.pairs.astype(np.float16),
        **{
            f"network_{number}_{part}": values.astype(np.float16)
            for number, member in enumerate(second.members)
            for part, values in member._asdict().items()
        },
        "moves": weights.moves.astype(np.float32),
        "lean": np.array([weights.lean], dtype=np.float32),
        "platt": weights.platt.astype(np.float32),
        "cue_words": lexical.cue_words,
        "cue_kinds": lexical.cue_kinds.astype(np.uint8),
        "speech": lexical.speech,
        "cluster_words": lexical.cluster_words,
        "coarse": lexical.coarse,
        "fine": lexical.fine,
        "vectors": lexical.vectors,
        "short": short.weights.astype(np.float16),
        "short_intercept": short.intercept.astype(np.float32),
        "short_mean": short.mean.astype(np.float32),
        "short_scale": short.scale.astype(np.float32),
        "short_factors": short.factors.astype(np.float32),
    }
    for name, tables in weights.first.groups.items():
        for number, table in enumerate(tables):
            arrays[f"group_{name}_{number}"] = table.astype(np.float16)
    return pack_arrays(arrays)


def card_of(raw: bytes, facts: Mapping[str, object]) -> dict[str, object]:
    """Return the card of packed arrays: format, digest, golden probabilities, and the given facts."""
    weights, _ = _unpack(raw, "the model that was just trained")
    return {
        "format": FORMAT,
        "sha256": hashlib.sha256(raw).hexdigest(),
        "golden": _golden(Labeller(weights)),
        **facts,
    }


def read_model(arrays: Traversable, card: Traversable) -> VoiceModel:
    """Read a model from its two files and test it.

    Raises
    ------
    InputError
        If a file is missing or of another format, the digest differs, or golden answers differ.
    """
    raw, facts = read_checked(arrays, card, name=NAME, version=FORMAT)
    weights, short = _unpack(raw, str(arrays))
    labeller = Labeller(weights)
    require_golden(facts.get("golden"), _golden(labeller), tolerance=_TOLERANCE, name=NAME, where=str(arrays))
    return VoiceModel(labeller, short, facts)


@lru_cache(maxsize=1)
def shipped_model() -> VoiceModel:
    """Return the model that ships, read and tested once a process."""
    return read_model(model_file(f"{NAME}.npz"), model_file(f"{NAME}.json"))


def _unpack(raw: bytes, where: str) -> tuple[LabellerWeights, ShortQuoteWeights]:
    arrays = unpack_arrays(raw, where, NAME)
    try:
        return _weights(arrays)
    except (ValueError, KeyError, IndexError) as error:
        raise unreadable(where, NAME, error) from error


def _weights(arrays: Mapping[str, NDArray[np.generic]]) -> tuple[LabellerWeights, ShortQuoteWeights]:
    def floats(name: str) -> NDArray[np.float32]:
        return arrays[name].astype(np.float32)

    networks = sum(name.endswith("_output_bias") for name in arrays)
    if not networks:
        raise KeyError("no network in the file")
    groups = {
        name: [floats(f"group_{name}_{number}") for number in range(len(features))]
        for name, (_, features) in GROUPS.items()
    }
    lexical = Lexical(
        cue_words=arrays["cue_words"].astype(np.uint64),
        cue_kinds=arrays["cue_kinds"].astype(np.int64),
        speech=arrays["speech"].astype(np.bool_),
        cluster_words=arrays["cluster_words"].astype(np.uint64),
        coarse=arrays["coarse"].astype(np.uint8),
        fine=arrays["fine"].astype(np.uint16),
        vectors=arrays["vectors"].astype(np.int8),
    )
    weights = LabellerWeights(
        first=Weights(
            arrays["first_keys"].astype(np.uint32), floats("first_hashed"), groups, floats("first_intercept")
        ),
        pair_keys=arrays["pair_keys"].astype(np.uint32),
        pairs=floats("pairs"),
        second=Network(
            [
                Layers(*(floats(f"network_{number}_{part}") for part in Layers._fields))
                for number in range(networks)
            ]
        ),
        moves=floats("moves"),
        lean=float(floats("lean")[0]),
        platt=floats("platt"),
        lexical=lexical,
    )
    short = ShortQuoteWeights(
        *(floats(f"short{part}") for part in ("", "_intercept", "_mean", "_scale", "_factors"))
    )
    return weights, short


def _golden(labeller: Labeller) -> list[list[float]]:
    return [[round(float(p), 3) for p in labels.content] for labels in labeller.label(GOLDEN)]
