"""Model files: arrays in an npz and a card in JSON. Reading one can run no code.

The same arrays give the same bytes. What is damaged, foreign, hostile or too large is refused with an error
that names the file.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import zipfile
import zlib
from collections.abc import Callable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from framing.errors import InputError

MOST_PACKED, MOST_BYTES, MOST_ARRAYS = 64_000_000, 50_000_000, 1_000
"""Bytes of an npz, bytes that its arrays unpack to, and arrays in it: files that have more are refused."""

MOST_CARD = 1_000_000
"""Bytes of a card; a larger one is refused."""

_DAMAGED = (
    ValueError, KeyError, OSError, EOFError, IndexError, MemoryError, RuntimeError, NotImplementedError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What damaged or hostile archives raise in zipfile, zlib and numpy."""

Arrays = Mapping[str, NDArray[np.generic]]


def pack_arrays(arrays: Arrays) -> bytes:
    """Return arrays as the bytes of an npz; the same arrays give the same bytes.

    Examples
    --------
    >>> raw = pack_arrays({"a": np.arange(3)})
    >>> unpack_arrays(raw, "memory", "test")["a"].tolist()
    [0, 1, 2]
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            # A fixed date: the file must not change when nothing else does.
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (2020, 1, 1, 0, 0, 0)), content.getvalue())
    return buffer.getvalue()


def require_shapes(wanted: Mapping[str, tuple[NDArray[np.generic], tuple[int, ...]]]) -> None:
    """Refuse arrays that do not fit together.

    Parameters
    ----------
    wanted
        Arrays by name, each with the shape that the others ask for.

    Raises
    ------
    ValueError
        If an array has another shape.

    Examples
    --------
    >>> require_shapes({"words": (np.zeros(3), (4,))})
    Traceback (most recent call last):
    ValueError: words has the shape (3,), not (4,)
    """
    for name, (array, shape) in wanted.items():
        if array.shape != shape:
            raise ValueError(f"{name} has the shape {array.shape}, not {shape}")


def write_model(
    folder: Path,
    name: str,
    raw: bytes,
    card: Mapping[str, object],
    *,
    tell: Callable[[str], None] = print,
) -> Path:
    """Write packed arrays and their card as ``NAME.npz`` and ``NAME.json`` into a folder.

    Parameters
    ----------
    folder
        Is made if it is not there.
    name
        Name of the model ("voice").
    raw
        The bytes of :func:`pack_arrays`.
    card
        What :func:`read_checked` reads: format, digest of the arrays, and facts about the model.
    tell
        Gets a line that names the file.

    Returns
    -------
    Path
        The file of the arrays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.npz"
    target.write_bytes(raw)
    text = json.dumps(card, indent=1, sort_keys=True)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    tell(f"written: {target} ({len(raw):,} bytes)")
    return target


def unpack_arrays(raw: bytes, where: str, name: str) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of an npz.

    Parameters
    ----------
    raw
        The bytes of the file.
    where
        Where they come from, for the error.
    name
        Name of the model, for the error ("voice").

    Raises
    ------
    InputError
        If it is no npz of plain arrays, has more than :data:`MOST_ARRAYS`, or unpacks to more than
        :data:`MOST_BYTES`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            items = archive.infolist()
            if len(items) > MOST_ARRAYS:
                raise ValueError(f"holds {len(items)} arrays, more than {MOST_ARRAYS}")
            if sum(item.file_size for item in items) > MOST_BYTES:
                raise ValueError(f"unpacks to more than {MOST_BYTES} bytes")
            for item in items:
                _require_honest(archive, item)
        with np.load(io.BytesIO(raw), allow_pickle=False) as file:
            return {key: file[key] for key in file.files}
    except _DAMAGED as error:
        raise unreadable(where, name, error) from error


def _require_honest(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> None:
    """Refuse an array whose header asks for another size than the file has: numpy would allocate it."""
    with archive.open(item) as file:
        version = np.lib.format.read_magic(file)
        read = (
            np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        )
        shape, _, dtype = read(file)
        if math.prod(shape) * dtype.itemsize != item.file_size - file.tell():
            raise ValueError(f"{item.filename}: the header does not fit the size of the file")


def unreadable(where: str, name: str, error: Exception) -> InputError:
    """Return the error for arrays that are not those of the model."""
    return InputError(
        f"the arrays of the {name} model cannot be read",
        where=where,
        got=f"{type(error).__name__}: {error}",
        fix=f"install the package again, or train it anew: framing train {name}",
    )


def read_checked(
    arrays: Traversable, card: Traversable, *, name: str, version: int
) -> tuple[bytes, dict[str, object]]:
    """Return the bytes of the arrays and the facts of the card, if they belong together.

    Raises
    ------
    InputError
        If a file is missing, too large (:data:`MOST_PACKED`, :data:`MOST_CARD`) or of another format, or the
        digest differs from the one on the card.
    """
    try:
        raw = _read_at_most(arrays, MOST_PACKED, name)
        facts = json.loads(_read_at_most(card, MOST_CARD, name).decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(
            f"the {name} model cannot be read",
            where=str(arrays),
            got=str(error),
            fix="install the package again",
        ) from error
    if not isinstance(facts, dict) or facts.get("format") != version:
        raise InputError(
            f"the {name} model has a format that this version does not read",
            where=str(card),
            got=str(facts.get("format") if isinstance(facts, dict) else type(facts).__name__),
            allowed=str(version),
            fix=f"use the model that came with this version, or train it anew: framing train {name}",
        )
    found = hashlib.sha256(raw).hexdigest()
    if found != facts.get("sha256"):
        raise InputError(
            f"the {name} model is not the one that its card describes",
            where=str(arrays),
            got=f"sha256 {found}",
            allowed=f"sha256 {facts.get('sha256')}",
            fix=f"install the package again, or train it anew: framing train {name}",
        )
    return raw, facts


def _read_at_most(file: Traversable, most: int, name: str) -> bytes:
    """Return the bytes of a file. One that has more than ``most`` is refused, and not read to its end."""
    size = file.stat().st_size if isinstance(file, Path) else 0
    if size <= most:
        with file.open("rb") as opened:
            raw: bytes = opened.read(most + 1)
        if len(raw) <= most:
            return raw
    raise InputError(
        f"a file of the {name} model is too large",
        where=str(file),
        got=f"{size:,} bytes" if size > most else f"more than {most:,} bytes",
        allowed=f"{most:,} bytes",
        fix=f"install the package again, or train it anew: framing train {name}",
    )


def require_golden(
    expected: object, answers: list[list[float]], *, tolerance: float, name: str, where: str
) -> None:
    """Compare what the model answers now with what it answered when it was trained.

    Raises
    ------
    InputError
        If an answer is missing or differs by more than ``tolerance``.
    """
    if not _close(expected, answers, tolerance):
        raise InputError(
            f"the {name} model does not answer as it did when it was trained",
            where=where,
            fix="install the package again; if it stays, report your platform: it computes differently",
        )


def _close(expected: object, answers: list[list[float]], tolerance: float) -> bool:
    if not isinstance(expected, list) or len(expected) != len(answers):
        return False
    return all(
        isinstance(old, list)
        and len(old) == len(new)
        and all(isinstance(a, float | int) and abs(a - b) <= tolerance for a, b in zip(old, new, strict=True))
        for old, new in zip(expected, answers, strict=True)
    )
