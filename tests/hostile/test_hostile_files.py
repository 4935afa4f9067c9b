"""Every hostile file is read or refused in words; what is read goes through the engine."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hostile_files import GOOD, HEADER, File, files
from invariants import assert_same_rows, assert_sound

import framing
from framing import FramingError, Result

FILES = files()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Result:
    path = tmp_path_factory.mktemp("good") / "x.csv"
    path.write_text(HEADER + GOOD, encoding="utf-8")
    return framing.analyze(framing.read_corpus(path))


def test_there_are_many_different_files() -> None:
    assert len({file[:2] for file in FILES.values()}) == len(FILES) >= 75


@pytest.mark.parametrize("name", [name for name, file in FILES.items() if not file.error])
def test_a_broken_row_is_a_row_and_the_others_stay(name: str, alone: Result, tmp_path: Path) -> None:
    file = write(FILES[name], tmp_path)
    begin = time.process_time()
    found = framing.analyze(framing.read_corpus(tmp_path / file.name))
    assert time.process_time() - begin < 20
    assert found.documents["status"].tolist() == list(file.statuses)
    assert_sound(Result.load(found.save(tmp_path / "out")))
    if "good" in found.documents["doc_id"].tolist():
        own = list(alone.documents.columns)
        trimmed = Result(found.documents[own], found.mentions, found.counts, found.removals, found.texts)
        assert_same_rows(trimmed, alone, ["good"])


@pytest.mark.parametrize("name", [name for name, file in FILES.items() if file.error])
def test_a_file_that_is_no_corpus_is_refused_in_words(name: str, tmp_path: Path) -> None:
    file = write(FILES[name], tmp_path)
    with pytest.raises(FramingError, match=r"\S") as caught:
        framing.read_corpus(tmp_path / file.name)
    shown = str(caught.value)
    assert file.error in shown
    assert file.name in shown
    assert len(shown) < 1000
    assert shown.isprintable() or "\n" in shown


def test_folders_in_place_of_files(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(FramingError, match="the folder holds no"):
        framing.read_corpus(tmp_path / "x.csv")
    (tmp_path / "x.txt").mkdir()
    (tmp_path / "x.txt" / "y.txt").write_text("The regime fell.", encoding="utf-8")
    found = framing.analyze(framing.read_corpus(tmp_path))
    assert found.documents[["doc_id", "outlet"]].to_numpy().tolist() == [["x.txt/y", "x.txt"]]
    assert_sound(found)


def test_a_folder_of_hostile_texts_is_read_to_its_end(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    for number, file in enumerate(f for f in FILES.values() if f.name.endswith(".txt")):
        (folder / f"outlet {number}").mkdir(parents=True)
        write(file, folder / f"outlet {number}")
    found = framing.analyze(framing.read_corpus(folder))
    expected = [f.statuses[0] for f in FILES.values() if f.name.endswith(".txt")]
    assert found.documents["status"].tolist() == [s.replace("no_outlet", "ok") for s in expected]
    assert_sound(found)


def write(file: File, folder: Path) -> File:
    (folder / file.name).write_bytes(file.data)
    return file
