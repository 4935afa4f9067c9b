"""Corpora that do not ship: labelled and known data in a folder that the user names."""

from __future__ import annotations

from pathlib import Path

from framing.errors import InputError


def data_file(data: Path, name: str) -> Path:
    """Return ``data/name``; data that is missing is an error, never a skipped check.

    Raises
    ------
    InputError
        If the file is not there.
    """
    path = data / name
    if not path.is_file():
        raise InputError(
            "evaluation data is missing",
            where=str(path),
            fix="see README.md, 'Evaluation data', for how to get it",
        )
    return path
