"""Model files: written in one place, and refused when they are too large or do not fit."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from framing import archive
from framing.archive import pack_arrays, read_checked, require_shapes, unpack_arrays, write_model
from framing.errors import InputError

ARRAYS = {"one": np.arange(5), "two": np.eye(2)}


def written(folder: Path) -> tuple[Path, Path]:
    raw = pack_arrays(ARRAYS)
    card = {"format": 1, "sha256": hashlib.sha256(raw).hexdigest()}
    arrays = write_model(folder, "made", raw, card, tell=lambda line: None)
    return arrays, arrays.with_suffix(".json")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    told: list[str] = []
    folder, raw = tmp_path / "a" / "b", pack_arrays(ARRAYS)
    card = {"name": "made", "format": 3, "sha256": hashlib.sha256(raw).hexdigest()}
    arrays = write_model(folder, "made", raw, card, tell=told.append)
    assert [str(arrays) in line and f"{len(raw):,} bytes" in line for line in told] == [True]
    assert sorted(path.name for path in folder.iterdir()) == ["made.json", "made.npz"]
    found, facts = read_checked(arrays, folder / "made.json", name="made", version=3)
    assert (found, facts) == (raw, card)
    assert (folder / "made.json").read_bytes() == (
        json.dumps(card, indent=1, sort_keys=True).encode() + b"\n"
    )


@pytest.mark.parametrize(("number", "limit"), [(0, archive.MOST_PACKED), (1, archive.MOST_CARD)])
def test_a_file_above_the_limit_is_refused_without_being_opened(
    number: int, limit: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = written(tmp_path)
    os.truncate(files[number], limit + 1)
    opened: list[Path] = []
    real = Path.open

    def watched(path: Path, *rest: str) -> object:
        opened.append(path)
        return real(path, *rest)

    monkeypatch.setattr(Path, "open", watched)
    with pytest.raises(InputError, match="a file of the made model is too large") as caught:
        read_checked(*files, name="made", version=1)
    assert files[number] not in opened
    assert str(files[number]) in str(caught.value)
    assert f"got:     {limit + 1:,} bytes" in str(caught.value)
    assert f"allowed: {limit:,} bytes" in str(caught.value)


def test_a_file_that_hides_its_size_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays, card = written(tmp_path)
    packed = tmp_path / "package.zip"
    with zipfile.ZipFile(packed, "w") as package:
        package.write(arrays, "made.npz")
    monkeypatch.setattr(archive, "MOST_PACKED", 100)
    with pytest.raises(InputError, match="too large") as caught:
        read_checked(zipfile.Path(packed, "made.npz"), card, name="made", version=1)
    assert "more than 100 bytes" in str(caught.value)


def test_a_file_of_just_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arrays, card = written(tmp_path)
    size = arrays.stat().st_size
    monkeypatch.setattr(archive, "MOST_PACKED", size)
    assert len(read_checked(arrays, card, name="made", version=1)[0]) == size
    monkeypatch.setattr(archive, "MOST_PACKED", size - 1)
    with pytest.raises(InputError, match="too large"):
        read_checked(arrays, card, name="made", version=1)


def test_a_card_that_nests_without_end_is_refused(tmp_path: Path) -> None:
    arrays, card = written(tmp_path)
    card.write_text("[" * 200_000)
    with pytest.raises(InputError, match="the made model cannot be read"):
        read_checked(arrays, card, name="made", version=1)


def test_arrays_without_number_and_arrays_that_unpack_to_too_much_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = pack_arrays({f"array {number}": np.zeros(1) for number in range(archive.MOST_ARRAYS + 1)})
    with pytest.raises(InputError, match="cannot be read") as caught:
        unpack_arrays(many, "file", "made")
    assert "holds 1001 arrays, more than 1000" in str(caught.value)
    monkeypatch.setattr(archive, "MOST_BYTES", 10_000)
    with pytest.raises(InputError, match="cannot be read") as caught:
        unpack_arrays(pack_arrays({"zeros": np.zeros(10_000, np.int8)}), "file", "made")
    assert "unpacks to more than 10000 bytes" in str(caught.value)


def test_a_bomb_is_refused_before_a_header_is_read() -> None:
    """The header of this array says that it is 60 MB long: it must not be unpacked to be looked at."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "one.npy", b"\x93NUMPY\x02\x00" + (60_000_000).to_bytes(4, "little") + b" " * 60_000_000
        )
    with pytest.raises(InputError, match="cannot be read") as caught:
        unpack_arrays(packed.getvalue(), "file", "made")
    assert "unpacks to more than" in str(caught.value)


def test_arrays_that_do_not_fit_are_named() -> None:
    require_shapes({"good": (np.zeros((2, 3)), (2, 3))})
    with pytest.raises(ValueError, match=r"bad has the shape \(2,\), not \(2, 1\)"):
        require_shapes({"good": (np.zeros(2), (2,)), "bad": (np.zeros(2), (2, 1))})
