"""End to end: seconds and memory from a table of articles to mentions, voices and counts.

``--data`` names a file that ``framing.read_corpus`` reads, or one of the evaluation corpora by name
(``syria_war``, ``bench``).
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from entries import size
from measure import CORPORA, TreeMemory, need, table

import framing


def corpus_path(name: str) -> Path:
    """Return the file that is meant: a path, or the name of an evaluation corpus."""
    named = CORPORA / name / "articles.parquet"
    return named if named.exists() else need(Path(name))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", default="syria_war")
    parser.add_argument("--articles", type=int, help="only the first so many")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write every number to this file")
    options = parser.parse_args()

    begin = time.perf_counter()
    articles = framing.read_corpus(corpus_path(options.data))[: options.articles]
    reading = time.perf_counter() - begin
    megabytes = sum(map(size, articles["text"])) / 1e6
    with TreeMemory() as memory:
        wall, cpu = time.perf_counter(), time.process_time()
        result = framing.analyze(articles, n_jobs=options.jobs)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    row = {
        "articles": len(articles),
        "MB": round(megabytes, 1),
        "read s": round(reading, 1),
        "analyze s": round(wall, 1),
        "CPU s here": round(cpu, 1),
        "MB/s": round(megabytes / wall, 2),
        "articles/s": round(len(articles) / wall),
        "mentions": len(result.mentions),
        "RSS before MB": round(memory.begin),
        "peak RSS MB": round(memory.peak),
        "jobs": options.jobs,
    }
    print(table(list(row), [list(row.values())]))
    if options.json:
        options.json.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
