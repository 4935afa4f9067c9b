"""Where the shipped data lives: in the wheel, or beside the package in a checkout.

``lexicons/`` stands at the top level of the repository and inside ``framing/_data`` in a wheel.
Resources are :class:`importlib.resources.abc.Traversable`, not paths: a package may be zipped.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from framing.errors import InputError


def _package() -> Traversable:
    return files("framing")


def lexicon_root() -> Traversable:
    """Return the folder that holds the shipped lexicons.

    Raises
    ------
    InputError
        If neither the installed package nor a checkout beside it holds them.
    """
    packaged = _package() / "_data" / "lexicons"
    if packaged.is_dir():
        return packaged
    root = Path(__file__).resolve().parent.parent
    if (root / "pyproject.toml").is_file() and (root / "lexicons").is_dir():
        return root / "lexicons"
    raise InputError(
        "the shipped lexicons were not found",
        where=f"{packaged} and {root / 'lexicons'}",
        fix="install the package again (pip install framing-analyzer) or run from a complete checkout",
    )


def demo_articles() -> Traversable:
    """Return the shipped demo corpus (JSON Lines, fictional outlets, written for this project)."""
    return _package() / "_data" / "demo" / "articles.jsonl"


def house_style_file() -> Traversable:
    """Return the words that tell the house style of an outlet (TOML)."""
    return _package() / "_data" / "house_style.toml"


def reading_file(name: str) -> Traversable:
    """Return a file of the stand-off readings that the lexicons are evaluated with."""
    return _package() / "_data" / "readings" / name


def model_file(name: str) -> Traversable:
    """Return a file of the shipped models."""
    return _package() / "_data" / "models" / name
