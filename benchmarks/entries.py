"""The entries to look for (real ones first, then phrases sampled from the corpus) and the texts."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from framing.lexicon import load_default, load_lexicon

SAMPLE = 600
"""Articles that generated entries are drawn from."""

_RARE = 60  # articles of the sample; more frequent words make no lexicon entries
_LETTERS = 4
_WORDS = re.compile(r"[^\W\d_]+")

Entries = list[tuple[str, ...]]
"""One tuple of surface forms for each entry; its number is the owner of the hits."""


def size(text: str) -> int:
    """Return the bytes of a text in UTF-8: what every speed here is measured in."""
    return len(text.encode("utf-8", "surrogatepass"))


def read_texts(path: Path, megabytes: float) -> list[str]:
    """Read articles until there are so many megabytes of UTF-8."""
    texts: list[str] = []
    left = megabytes * 1e6
    for batch in pq.ParquetFile(path).iter_batches(batch_size=500, columns=["text"]):
        for text in batch.column(0).to_pylist():
            if left <= 0:
                return texts
            if text:
                texts.append(text)
                left -= size(text)
    return texts


def make_entries(count: int, texts: list[str], *, seed: int = 1) -> Entries:
    """Return ``count`` entries: those of the shipped lexicon, then phrases of one to three rarer words."""
    rng = random.Random(seed)
    real = [entry.surface_forms() for entry in load_lexicon("conflict-en").entries]
    if count <= len(real):
        return rng.sample(real, count)
    sample = [[word.lower() for word in _WORDS.findall(text)] for text in texts[:SAMPLE]]
    found_in = Counter(word for words in sample for word in set(words))
    generated: dict[str, None] = {}
    known = {form for forms in real for form in forms}
    longest = [words for words in sample if len(words) > 3]
    tries = 0
    while len(real) + len(generated) < count:
        tries += 1
        if tries > 400 * count:
            raise SystemExit(
                f"the corpus holds no {count} phrases of rarer words\n  fix: ask for fewer --entries"
            )
        words = rng.choice(longest)
        at = rng.randrange(len(words) - 2)
        phrase = words[at : at + rng.randint(1, 3)]
        if all(len(word) >= _LETTERS and found_in[word] < _RARE for word in phrase):
            joined = " ".join(phrase)
            if joined not in known:
                generated[joined] = None
    return [*real, *((phrase,) for phrase in generated)]


def shipped_entries(*, cues: bool) -> Entries:
    """Return the forms and exceptions of all shipped framing lexicons, and of the cues if asked."""
    entries = [e for x in load_default() if cues or x.kind == "framing" for e in x.entries]
    return [(*entry.surface_forms(), *entry.exception_forms()) for entry in entries]


def batches(texts: list[str], chars: int) -> list[list[str]]:
    """Cut the texts into runs of about ``chars`` characters, as the engine does."""
    runs: list[list[str]] = [[]]
    filled = 0
    for text in texts:
        if filled >= chars:
            runs.append([])
            filled = 0
        runs[-1].append(text)
        filled += len(text)
    return runs
