"""The key of a dataset changes with everything its numbers depend on, and with nothing else."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd

import framing
from framing.config import Config
from framing.dashboard.datasets import KEPT, Dataset, Opened, dataset_of, open_demo, open_folder, open_upload

FRAME = pd.DataFrame(
    {"doc_id": ["a", "b"], "outlet": ["A", "B"], "text": ["The regime fell.", "A junta rose."]}
)


def key(result: framing.Result, stamp: str = "") -> str:
    return dataset_of("x", result, stamp=stamp).key


def test_the_key_follows_corpus_options_and_lexicons() -> None:
    result = framing.analyze(FRAME)
    other_text = framing.analyze(FRAME.assign(text=["The regime fell!", "A junta rose."]))
    other_options = framing.analyze(FRAME, config=Config(near_duplicate=1))
    lexicons = [{**x, "sha256": "0"} for x in result.run["lexicons"]]  # type: ignore[attr-defined]
    other_lexicon = dataclasses.replace(result, run={**result.run, "lexicons": lexicons})
    keys = {key(r) for r in (result, other_text, other_options, other_lexicon)} | {key(result, "touched")}
    assert len(keys) == 5
    assert key(framing.analyze(FRAME.iloc[::-1])) == key(result)


def test_the_demo_is_scored_once() -> None:
    assert open_demo() is open_demo()
    assert len(open_demo().outlets) == 5
    assert len(open_demo().result.texts) == len(open_demo().result.documents)


def test_a_folder_is_found_as_people_write_it(tmp_path: Path) -> None:
    folder = framing.analyze(FRAME).save(tmp_path / "my corpus")
    first = open_folder(str(folder))
    assert first.label == "my corpus"
    assert open_folder(f'  "{folder}" ').key == first.key


def test_an_upload_is_scored_by_its_content() -> None:
    data = FRAME.to_csv(index=False).encode()
    first = open_upload("a.csv", data)
    assert first.outlets == ["A", "B"]
    assert open_upload("a.csv", data) is first
    assert open_upload("a.csv", data + b"c,C,More.\n").key != first.key


def test_the_register_forgets_the_oldest() -> None:
    register = Opened()
    result = framing.analyze(FRAME)
    made = [Dataset(str(n), f"{n:064x}"[::-1], result) for n in range(KEPT + 1)]
    shorts = [register.add(dataset) for dataset in made[:KEPT]]
    register.add(made[0])  # used again
    shorts.append(register.add(made[KEPT]))
    assert register.get(shorts[0]) is made[0]
    assert register.get(shorts[1]) is None
    assert register.get(shorts[-1]) is made[-1]
