"""Speed of matching on real news, one core: ours against the libraries that people use for it.

``python benchmarks/matching.py`` prints the table; ``--curve`` adds 200, 2,000 and 20,000 entries,
``--batches`` the size of a batch. Every tool reads the same texts in one process, in turns.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import differences
import matchers
import numpy as np
from entries import Entries, batches, make_entries, read_texts, shipped_entries, size
from measure import CORPORA, Best, Rounds, need, peak_rss, table

from framing.pipeline.engine import BATCH_CHARS

CURVE = (200, 2_000, 20_000)
BATCHES = (16_000, 32_000, 64_000, 128_000, 256_000, 512_000)
PEERS = (matchers.AhoCorasick, matchers.FlashText, matchers.Liwc, matchers.Alternation)
Row = dict[str, object]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=2000)
    parser.add_argument("--data", type=Path, default=CORPORA / "bench" / "articles.parquet")
    parser.add_argument("--megabytes", type=float, default=30.0, help="of articles, for every tool but re")
    parser.add_argument("--slow-megabytes", type=float, default=0.1, help="for the re alternation")
    parser.add_argument("--compare-megabytes", type=float, default=2.0, help="to compare the spans on")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batch", type=int, default=BATCH_CHARS, help="characters matched in one pass")
    parser.add_argument(
        "--curve", action="store_true", help="ours by number of entries, and the shipped ones"
    )
    parser.add_argument("--batches", action="store_true", help="ours by size of the batch")
    parser.add_argument("--memory-only", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--json", type=Path, help="write every number to this file")
    options = parser.parse_args()
    need(options.data)
    return options


def prefix(texts: list[str], megabytes: float) -> list[str]:
    """Return the first texts, up to so many megabytes."""
    left, kept = megabytes * 1e6, 0
    while kept < len(texts) and left > 0:
        left -= size(texts[kept])
        kept += 1
    return texts[:kept]


def race(tools: list[tuple[matchers.Tool, list[str]]], rounds: int, batch: int) -> list[Row]:
    """Time the tools in turns, so that whatever else the machine does hits all of them."""
    runs = [batches(texts, batch) for _, texts in tools]
    speeds = [Rounds(sum(map(size, texts)) / 1e6) for _, texts in tools]
    hits = [0] * len(tools)
    for _ in range(rounds):
        for n, (tool, _) in enumerate(tools):
            hits[n] = speeds[n].run(tool.count, runs[n])
    rows = []
    for (tool, _), speed, found in zip(tools, speeds, hits, strict=True):
        per_kb = round(found / speed.megabytes / 1e3, 2)
        row = {
            "tool": tool.name,
            "MB": round(speed.megabytes, 1),
            **speed.row(),
            "hits": found,
            "per kB": per_kb,
        }
        rows.append(row | {"limits": tool.limits})
    return rows


def show(title: str, rows: list[Row]) -> None:
    print(f"\n{title}\n{table(list(rows[0]), [list(row.values()) for row in rows])}", flush=True)


def build(kind: type, entries: Entries) -> tuple[matchers.Tool, float]:
    best = Best()
    tool: matchers.Tool = best.run(kind, entries)
    return tool, round(best.cpu, 2)


def peers(options: argparse.Namespace, entries: Entries, texts: list[str]) -> Row:
    tools, compiled = [], []
    for kind in (matchers.Ours, *PEERS):
        tool, seconds = build(kind, entries)
        slow = kind is matchers.Alternation
        tools.append((tool, prefix(texts, options.slow_megabytes) if slow else texts))
        compiled.append(seconds)
    rows = race(tools, options.rounds, options.batch)
    for row, seconds in zip(rows, compiled, strict=True):
        row["compile s"] = seconds
        row["ours is"] = f"{float(str(rows[0]['MB/s quiet'])) / float(str(row['MB/s quiet'])):.1f}x"
        row["limits"] = row.pop("limits")
    forms_in_all = sum(map(len, entries))
    show(
        f"Matching {len(entries):,} entries ({forms_in_all:,} forms), {options.rounds} rounds in turns", rows
    )
    sample, forms = prefix(texts, options.compare_megabytes), set(matchers.literals(entries))
    compared = [against(tools[0][0], tool, forms, sample) for tool, _ in tools[1:-1]]
    return {"speed": rows, "differences": compared}


def against(ours: matchers.Tool, peer: matchers.Tool, forms: set[str], sample: list[str]) -> Row:
    found = differences.compare(ours, peer, forms, sample)
    only = {"ours": found.ours, "theirs": found.theirs}
    totals = ", ".join(f"{counts.total():,} only {side}" for side, counts in only.items())
    print(f"\n{peer.name}: {found.same:,} spans equal, {totals}")
    rows = [
        (side, f"{count:,}", reason, found.examples[side, reason])
        for side, reasons in only.items()
        for reason, count in reasons.most_common(8)
    ]
    for side, count, reason, example in rows:
        print(f"  only {side:<6} {count:>7}  {reason}: {example}")
    return {"tool": peer.name, "same": found.same, **{f"only {k}": dict(v) for k, v in only.items()}}


def curve(options: argparse.Namespace, texts: list[str]) -> list[Row]:
    rows = []
    made = [make_entries(count, texts) for count in CURVE]
    made += [shipped_entries(cues=False), shipped_entries(cues=True)]
    names = [*("generated" for _ in CURVE), "shipped framing lexicons", "and the cues"]
    built = [build(matchers.Ours, entries) for entries in made]
    timed = race([(tool, texts) for tool, _ in built], options.rounds, options.batch)
    for name, entries, (_, seconds), row in zip(names, made, built, timed, strict=True):
        sizes = {"which": name, "entries": f"{len(entries):,}", "forms": f"{sum(map(len, entries)):,}"}
        kept = {key: value for key, value in row.items() if key not in ("tool", "limits")}
        rows.append({**sizes, **kept, "compile s": seconds})
    show("Ours by number of entries", rows)
    show(
        "The shipped lexicons against that curve",
        [against_curve(row, rows[: len(CURVE)]) for row in rows[-2:]],
    )
    return rows


def against_curve(row: Row, points: list[Row]) -> Row:
    """Compare a speed with the curve at as many entries: straight lines over the logarithm of the number."""
    counts, speeds = ([float(str(p[c]).replace(",", "")) for p in points] for c in ("entries", "MB/s quiet"))
    at = float(str(row["entries"]).replace(",", ""))
    expected = float(np.interp(np.log(at), np.log(counts), speeds))
    share = float(str(row["MB/s quiet"])) / expected
    return {
        "which": row["which"],
        "MB/s quiet": row["MB/s quiet"],
        "curve": round(expected, 1),
        "share": round(share, 2),
    }


def by_batch(options: argparse.Namespace, entries: Entries, texts: list[str]) -> list[Row]:
    tool = matchers.Ours(entries)
    megabytes = sum(map(size, texts)) / 1e6
    runs = {batch: batches(texts, batch) for batch in BATCHES}
    speeds = {batch: Rounds(megabytes) for batch in BATCHES}
    for _ in range(options.rounds):
        for batch, speed in speeds.items():
            speed.run(tool.count, runs[batch])
    rows = [{"batch": f"{batch:,}", **speed.row()} for batch, speed in speeds.items()]
    show("Ours by characters matched in one pass", rows)
    return rows


def memory(options: argparse.Namespace) -> Row:
    """Measure ours alone in a process of its own."""
    line = [sys.executable, __file__, "--memory-only"]
    line += [f"--{name}={getattr(options, name)}" for name in ("entries", "data", "megabytes", "batch")]
    row: Row = json.loads(subprocess.run(line, check=True, capture_output=True, text=True).stdout)
    show("Memory of ours (MB): texts and entries read, entries compiled, all matched (peak)", [row])
    return row


def main() -> None:
    options = arguments()
    texts = read_texts(options.data, options.megabytes)
    entries = make_entries(options.entries, texts)
    if options.memory_only:
        row = {"read": round(peak_rss())}
        ours = matchers.Ours(entries)
        row["compiled"] = round(peak_rss())
        for batch in batches(texts, options.batch):
            ours.count(batch)
        print(json.dumps({**row, "matched": round(peak_rss())}))
        return
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    amount = f"{len(texts):,} articles, {sum(map(size, texts)) / 1e6:.1f} MB"
    print(f"{amount}, batches of {options.batch:,} characters; {machine}")
    result: Row = {
        "machine": machine,
        "articles": len(texts),
        "entries": len(entries),
        "batch": options.batch,
    }
    result |= peers(options, entries, texts)
    result["memory"] = memory(options)
    if options.curve:
        result["curve"] = curve(options, texts)
    if options.batches:
        result["batches"] = by_batch(options, entries, texts)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
