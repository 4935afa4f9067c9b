"""The seed article: every trap in one real text (see DESIGN)."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from framing.corpus.outside import data_file
from framing.evaluation.report import Figure
from framing.pipeline import Article, analyze_text

FILE = "seed/article.txt"


class Expected(NamedTuple):
    """A mention that must be found: its surface, its voice, and a word of its speaker (empty: none)."""

    surface: str
    voice: str
    speaker: str


EXPECTED = (
    Expected("foreign-backed Takfiri terrorists", "indirect", "group"),
    Expected("criminal aggression", "direct", "spokesman"),
    Expected("occupying regime", "indirect", "Fayyadh"),
    Expected("Zionist entity", "direct", "the PMF chief"),
    Expected("Foreign-backed terrorists", "own", ""),
    Expected("Takfiri group", "own", ""),
    Expected("Terror outfits", "own", ""),
    Expected("Israeli regime", "own", ""),
    Expected("foreign-backed militancy", "own", ""),
    Expected("democratically-elected government", "own", ""),
)


def evaluate_seed(data: Path) -> list[Figure]:
    """Return the share of expected mentions that are right, and whether repeats count once."""
    text = data_file(data, FILE).read_text(encoding="utf-8")
    article = analyze_text(text, outlet="AhlulBayt News Agency")
    right = [e for e in EXPECTED if _is_right(article, e)]
    missing = ", ".join(e.surface for e in EXPECTED if e not in right)
    lines = [line for line in text.split("\n") if len(line) > 40]
    removed = sum(r.reason == "repeated_paragraph" for r in article.removals)
    once = len(lines) - len(set(lines)) == removed
    return [
        Figure(
            "seed.expected_mentions",
            len(right) / len(EXPECTED),
            note=f"missing: {missing}" if missing else "",
        ),
        Figure("seed.repeats_counted_once", float(once), note=f"{removed} repeated paragraphs removed"),
        Figure(
            "seed.prefix_and_trailer",
            float({r.reason for r in article.removals} >= {"outlet_prefix", "trailer"}),
        ),
    ]


def _is_right(article: Article, expected: Expected) -> bool:
    found = [m for m in article.mentions if m.surface == expected.surface]
    return len(found) == 1 and found[0].voice == expected.voice and expected.speaker in found[0].speaker
