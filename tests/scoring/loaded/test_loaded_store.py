"""The classifier's file: what is damaged, foreign or hostile is refused and runs no code."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from framing.archive import MOST_PACKED, pack_arrays, unpack_arrays
from framing.errors import InputError
from framing.resources import model_file
from framing.scoring.loaded.store import pack, read_loaded, shipped_classifier


class Bomb:
    """Writes a file when it is unpickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.write_text, (self.target, "ran"))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    arrays, card = tmp_path / "loaded.npz", tmp_path / "loaded.json"
    arrays.write_bytes(model_file("loaded.npz").read_bytes())
    card.write_bytes(model_file("loaded.json").read_bytes())
    return arrays, card


def replace_arrays(files: tuple[Path, Path], raw: bytes) -> None:
    files[0].write_bytes(raw)
    facts = json.loads(files[1].read_text())
    files[1].write_text(json.dumps(facts | {"sha256": hashlib.sha256(raw).hexdigest()}))


def test_the_shipped_classifier_is_small_and_says_what_it_is() -> None:
    model = shipped_classifier()
    assert len(model_file("loaded.npz").read_bytes()) <= 5_000_000
    for name in ("trained_on", "error_rates", "validation", "threshold", "abstain", "criterion", "libraries"):
        assert name in model.card
    assert 0 < model.threshold < 1


def test_packing_what_was_read_gives_the_same_bytes() -> None:
    raw = model_file("loaded.npz").read_bytes()
    assert pack(shipped_classifier().weights) == raw


def test_a_changed_byte_is_refused(files: tuple[Path, Path]) -> None:
    raw = bytearray(files[0].read_bytes())
    raw[2000] ^= 1
    files[0].write_bytes(bytes(raw))
    with pytest.raises(InputError, match="not the one that its card describes"):
        read_loaded(*files)


def test_another_format_is_refused(files: tuple[Path, Path]) -> None:
    files[1].write_text(json.dumps(json.loads(files[1].read_text()) | {"format": 99}))
    with pytest.raises(InputError, match="format that this version does not read"):
        read_loaded(*files)


def test_other_answers_than_the_golden_ones_are_refused(files: tuple[Path, Path]) -> None:
    arrays = unpack_arrays(files[0].read_bytes(), "file", "loaded")
    arrays["numbers"] = arrays["numbers"] + 0.1
    replace_arrays(files, pack_arrays(arrays))
    with pytest.raises(InputError, match="does not answer as it did"):
        read_loaded(*files)


@pytest.mark.parametrize("name", ["columns", "table", "importance", "entry_scores", "frame_table"])
def test_tables_that_do_not_fit_together_are_refused(files: tuple[Path, Path], name: str) -> None:
    arrays = unpack_arrays(files[0].read_bytes(), "file", "loaded")
    arrays[name] = arrays[name][:-1]
    replace_arrays(files, pack_arrays(arrays))
    with pytest.raises(InputError, match="cannot be read"):
        read_loaded(*files)


@pytest.mark.parametrize("name", ["columns", "words", "numbers", "table_units"])
def test_a_missing_array_is_refused(files: tuple[Path, Path], name: str) -> None:
    arrays = unpack_arrays(files[0].read_bytes(), "file", "loaded")
    del arrays[name]
    replace_arrays(files, pack_arrays(arrays))
    with pytest.raises(InputError, match="cannot be read"):
        read_loaded(*files)


def test_a_hostile_file_runs_no_code(files: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "ran"
    for hostile in (pickle.dumps(Bomb(target)), _npz_with_objects(target)):
        replace_arrays(files, hostile)
        with pytest.raises(InputError):
            read_loaded(*files)
        assert not target.exists()


def _npz_with_objects(target: Path) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, columns=np.array([Bomb(target)], dtype=object))
    return buffer.getvalue()


def test_a_folder_without_a_model_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read") as caught:
        read_loaded(tmp_path / "loaded.npz", tmp_path / "loaded.json")
    assert "loaded.npz" in str(caught.value)


@pytest.mark.parametrize(
    "bounds", [{"abstain": [0.4]}, {"abstain": [0.9, 0.1]}, {"threshold": "high"}, {"abstain": None}]
)
def test_bounds_that_make_no_sense_are_refused(files: tuple[Path, Path], bounds: dict[str, object]) -> None:
    files[1].write_text(json.dumps(json.loads(files[1].read_text()) | bounds))
    with pytest.raises(InputError, match="classifier"):
        read_loaded(*files)


def test_a_header_that_asks_for_more_than_the_file_has_is_refused(files: tuple[Path, Path]) -> None:
    raw = io.BytesIO()
    np.lib.format.write_array(raw, np.zeros(4), allow_pickle=False)
    huge = raw.getvalue().replace(b"(4,)", b"(4000000000000,)").replace(b" " * 12 + b"\n", b"\n", 1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("columns.npy", huge)
    replace_arrays(files, packed.getvalue())
    with pytest.raises(InputError, match="cannot be read"):
        read_loaded(*files)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(files: tuple[Path, Path]) -> None:
    os.truncate(files[0], MOST_PACKED + 1)
    with pytest.raises(InputError, match="a file of the loaded model is too large") as caught:
        read_loaded(*files)
    assert str(files[0]) in str(caught.value)
    assert f"{MOST_PACKED:,} bytes" in str(caught.value)


def test_units_that_would_blow_up_a_table_are_refused(files: tuple[Path, Path]) -> None:
    arrays = unpack_arrays(files[0].read_bytes(), "file", "loaded")
    arrays["table"], arrays["table_units"] = np.zeros((10**6, 1), np.int8), np.ones(10**6, np.int16)
    replace_arrays(files, pack_arrays(arrays))
    with pytest.raises(InputError, match="cannot be read"):
        read_loaded(*files)
