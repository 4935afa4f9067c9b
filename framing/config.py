"""Options of a run, frozen, so that a result can state them."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWeights:
    """Parts of the transparent rule score (see :mod:`framing.scoring.rules`).

    The values are conventions, not estimates: they order mentions for reading and are published
    so that they can be argued with. Nothing in the outlet statistics depends on them.
    """

    intensity: tuple[float, float, float] = (0.4, 0.7, 1.0)
    own: float = 1.0
    indirect: float = 0.5
    direct: float = 0.25
    scare: float = 0.1
    unknown: float = 0.5
    negated: float = 0.5
    hedged: float = 0.75
    ambiguous: float = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Options that change a result; every output carries them.

    Parameters
    ----------
    max_chars
        Articles longer than this many characters are refused with status ``too_long``: one
        article of several megabytes is a broken export, and its rates would swamp an outlet.
    near_duplicate
        Estimated Jaccard similarity of word 5-shingles from which two articles count as
        near duplicates (0 to 1); 1 keeps only exact ones, measured after normalisation.
    words_by_voice
        Whether the words of every paragraph are counted by voice. Without it only the paragraphs that
        mentions need are read for voice: mentions get the same voice and speaker, faster,
        but own, quoted and reported words of the articles stay missing.
    weights
        Parts of the rule score.
    """

    max_chars: int = 1_000_000
    near_duplicate: float = 0.8
    words_by_voice: bool = True
    weights: RuleWeights = RuleWeights()

    def as_dict(self) -> dict[str, object]:
        """Return the options as plain values for ``run.json``."""
        return asdict(self)
