"""The model file: what is damaged, foreign or hostile is refused with a clear error and runs no code."""

from __future__ import annotations

import io
import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from framing.context.labeller.store import read_model, shipped_model
from framing.errors import InputError
from framing.resources import model_file


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    arrays, card = tmp_path / "voice.npz", tmp_path / "voice.json"
    arrays.write_bytes(model_file("voice.npz").read_bytes())
    card.write_bytes(model_file("voice.json").read_bytes())
    return arrays, card


def with_digest(card: Path, raw: bytes) -> None:
    import hashlib

    facts = json.loads(card.read_text())
    card.write_text(json.dumps(facts | {"sha256": hashlib.sha256(raw).hexdigest()}))


def test_the_shipped_model_is_small_and_names_what_it_was_trained_on() -> None:
    model = shipped_model()
    assert len(model_file("voice.npz").read_bytes()) <= 3_000_000
    assert "polnear train" in model.card["trained_on"]  # type: ignore[operator]
    assert model.digest == model.card["sha256"]


def test_a_changed_file_is_refused(files: tuple[Path, Path]) -> None:
    raw = bytearray(files[0].read_bytes())
    raw[1000] ^= 1
    files[0].write_bytes(bytes(raw))
    with pytest.raises(InputError, match="not the one that its card describes"):
        read_model(*files)


def test_another_format_is_refused(files: tuple[Path, Path]) -> None:
    files[1].write_text(json.dumps(json.loads(files[1].read_text()) | {"format": 99}))
    with pytest.raises(InputError, match="format that this version does not read"):
        read_model(*files)


@pytest.mark.parametrize("content", ["", "[]", "{", "null"])
def test_a_card_that_is_none_is_refused(files: tuple[Path, Path], content: str) -> None:
    files[1].write_text(content)
    with pytest.raises(InputError, match="voice model"):
        read_model(*files)


def test_other_answers_are_refused(files: tuple[Path, Path]) -> None:
    facts = json.loads(files[1].read_text())
    facts["golden"][0][0] = 1 - facts["golden"][0][0]
    files[1].write_text(json.dumps(facts))
    with pytest.raises(InputError, match="does not answer as it did"):
        read_model(*files)


class Hostile:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (open, ("/tmp/framing-hostile-file-ran",))


@pytest.mark.parametrize("kind", ["pickle", "object array", "no zip", "huge"])
def test_a_hostile_file_runs_nothing(files: tuple[Path, Path], kind: str) -> None:
    buffer = io.BytesIO()
    if kind == "pickle":
        buffer.write(pickle.dumps(Hostile()))
    elif kind == "object array":
        np.savez(buffer, first_keys=np.array([Hostile()], dtype=object))
    elif kind == "huge":
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("first_keys.npy", bytes(60_000_000))
    else:
        buffer.write(b"nothing of the kind")
    files[0].write_bytes(buffer.getvalue())
    with_digest(files[1], buffer.getvalue())
    with pytest.raises(InputError, match="arrays of the voice model cannot be read"):
        read_model(*files)


def test_a_file_without_networks_is_refused(files: tuple[Path, Path]) -> None:
    buffer = io.BytesIO()
    with np.load(files[0]) as old:
        np.savez(buffer, **{name: old[name] for name in old.files if not name.startswith("network_")})
    files[0].write_bytes(buffer.getvalue())
    with_digest(files[1], buffer.getvalue())
    with pytest.raises(InputError, match="arrays of the voice model cannot be read"):
        read_model(*files)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_model(tmp_path / "voice.npz", tmp_path / "voice.json")
