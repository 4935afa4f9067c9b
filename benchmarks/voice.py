"""Speed of voice: labelling everything, and the whole engine where only needed paragraphs are labelled.

    OPENBLAS_NUM_THREADS=1 python benchmarks/voice.py --data ../shared/data --articles 1000

One core with that variable set. Prints MB/s (10^6 characters).
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from pathlib import Path

import pandas as pd

from framing.config import Config
from framing.context.labeller.passages import passages_of, pieces
from framing.context.labeller.store import shipped_model
from framing.pipeline import Engine
from framing.records import Document
from framing.text.sentences import paragraphs


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--profile", action="store_true", help="show where the time of the engine goes")
    options = parser.parse_args()
    articles = pd.read_parquet(options.data / "bench" / "articles.parquet")
    texts = articles["text"].head(options.articles).tolist()
    size = sum(map(len, texts)) / 1e6
    labeller = shipped_model().labeller
    passages = [p for text in texts for p in passages_of(text, pieces(text, paragraphs(text)))]
    labeller.label(passages[:2000])
    begin = time.perf_counter()
    labeller.label(passages)
    used = time.perf_counter() - begin
    print(f"labeller alone, every paragraph: {size / used:.2f} MB/s of {size:.1f} MB")
    documents = [Document(str(number), text, "outlet") for number, text in enumerate(texts)]
    for words in (True, False):
        engine = Engine(config=Config(words_by_voice=words))
        list(engine.analyze(documents[:50]))
        profile = cProfile.Profile() if options.profile else None
        begin = time.perf_counter()
        if profile:
            profile.enable()
        mentions = sum(len(article.mentions) for article in engine.analyze(documents))
        if profile:
            profile.disable()
        what = "all words by voice" if words else "only what mentions need"
        print(f"engine, {what}: {size / (time.perf_counter() - begin):.2f} MB/s, {mentions:,} mentions")
        if profile:
            pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
