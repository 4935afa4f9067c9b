"""Datasets of the dashboard: the demo, a scored folder, an uploaded corpus; each has a digest."""

from __future__ import annotations

import json
import os
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import streamlit as st

from framing import analyze, load_demo
from framing.dashboard.launch import OPEN
from framing.dashboard.uploads import read_articles
from framing.errors import InputError
from framing.pipeline import Result
from framing.provenance import digest, digest_of, package_version
from framing.resources import demo_articles, lexicon_root

KEPT = 4
"""Datasets that stay in memory, the last ones used."""


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Tables with a name to show and a key to cache under.

    ``key`` changes whenever corpus, lexicons, options, version or files do.
    """

    label: str
    key: str
    result: Result

    @property
    def outlets(self) -> list[str]:
        """Outlets in alphabetical order; articles without one have none."""
        return sorted(set(self.result.documents["outlet"]) - {""})


def dataset_of(label: str, result: Result, *, stamp: str = "") -> Dataset:
    """Return a dataset with a key made of everything its numbers depend on."""
    parts = {name: result.run.get(name) for name in ("corpus_sha256", "lexicons", "config", "version")}
    return Dataset(label, digest_of([parts, stamp]), result)


def open_demo() -> Dataset:
    """Return the demo corpus, scored with the lexicons as they are now."""
    root = lexicon_root()
    files = [
        root / folder / name
        for folder in ("conflict-en", "cues-en")
        for name in ("lexicon.toml", "entries.csv")
    ]
    return _demo(
        digest([demo_articles().read_bytes(), *(file.read_bytes() for file in files), package_version()])
    )


@st.cache_resource(max_entries=2, show_spinner="Scoring the demo corpus")
def _demo(stamp: str) -> Dataset:
    return dataset_of("Demo corpus (fictional outlets)", analyze(load_demo()), stamp=stamp)


def open_folder(path: str) -> Dataset:
    """Return the tables of a folder that ``framing score`` wrote; read again when a file changed.

    Raises
    ------
    InputError, TableError
        As :meth:`framing.Result.load`.
    """
    folder = Path(path.strip().strip("\"'")).expanduser()
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    stats = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files if file.is_file()]
    return _folder(str(folder), json.dumps(stats))


@st.cache_resource(max_entries=KEPT, show_spinner="Reading the scored folder")
def _folder(path: str, stamp: str) -> Dataset:
    result = Result.load(path)
    if not isinstance(result.run, dict):
        raise InputError(
            "run.json does not describe a run",
            where=path,
            got=type(result.run).__name__,
            allowed="an object with corpus_sha256, lexicons and config",
            fix="score the corpus again",
        )
    return dataset_of(Path(path).name or path, result, stamp=stamp)


def open_upload(name: str, data: bytes) -> Dataset:
    """Score an uploaded corpus.

    Raises
    ------
    InputError
        If the file is no corpus or too large for the browser.
    """
    return _upload(name, digest([data]), data)


@st.cache_resource(max_entries=KEPT, show_spinner="Scoring the articles of the file")
def _upload(name: str, sha256: str, _data: bytes) -> Dataset:
    return dataset_of(name, analyze(read_articles(name, _data)), stamp=sha256)


def start_folder() -> str:
    """Return the folder that the command line asked for, empty if it asked for none."""
    return os.environ.get(OPEN, "")


class Opened:
    """The datasets that this server has opened, so that a link can name one by its key.

    A link never names a path: opening a path from an address would let any web page make this
    server read files.
    """

    def __init__(self) -> None:
        self._sets: OrderedDict[str, Dataset] = OrderedDict()
        self._lock = Lock()

    def add(self, dataset: Dataset) -> str:
        """Remember a dataset and return the short key for links."""
        short = dataset.key[:16]
        with self._lock:
            self._sets[short] = dataset
            self._sets.move_to_end(short)
            while len(self._sets) > KEPT:
                self._sets.popitem(last=False)
        return short

    def get(self, short: str) -> Dataset | None:
        """Return the dataset of a link, if it is still open."""
        with self._lock:
            return self._sets.get(short)


@st.cache_resource
def opened() -> Opened:
    """Return the one register of this server."""
    return Opened()
