"""The tables of one run with where they came from; saved as a folder of Parquet files."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from framing import tables
from framing.errors import InputError
from framing.provenance import stamp

RUN_FILE = "run.json"
NAMES = ("documents", "mentions", "counts", "removals", "texts")
OPTIONAL = "words"
"""The one table that a run writes only when it is asked to, and that older folders do not have."""


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """Tables of one run.

    The columns of each table are listed in :mod:`framing.tables`. ``run`` holds versions, digests
    of corpus and lexicons, and the options. ``texts`` and ``words`` are empty if the run did not keep
    them.
    """

    documents: pd.DataFrame
    mentions: pd.DataFrame
    counts: pd.DataFrame
    removals: pd.DataFrame
    texts: pd.DataFrame
    run: dict[str, object] = field(default_factory=dict)
    words: pd.DataFrame = field(default_factory=lambda: tables.build(OPTIONAL, []))

    @property
    def lexicons(self) -> str:
        """Name, version and head of the digest of each lexicon of the run; empty if it does not say."""
        found = self.run.get("lexicons")
        return stamp(x for x in found if isinstance(x, dict)) if isinstance(found, list) else ""

    def save(self, folder: str | Path) -> Path:
        """Write the tables and ``run.json`` into ``folder`` and return it.

        Each file appears whole or not at all; ``run.json`` comes last and says that the rest is complete.
        """
        target = output_folder(folder)
        (target / RUN_FILE).unlink(missing_ok=True)
        (target / f"{OPTIONAL}.parquet").unlink(missing_ok=True)
        for name in (*NAMES, OPTIONAL) if len(self.words) else NAMES:
            table: pd.DataFrame = getattr(self, name)
            part = target / f".{name}.parquet.part"
            table.to_parquet(part, index=False, compression="zstd")
            part.replace(target / f"{name}.parquet")
        part = target / f".{RUN_FILE}.part"
        part.write_text(
            json.dumps(self.run, indent=2, ensure_ascii=False, default=str) + "\n", encoding="utf-8"
        )
        part.replace(target / RUN_FILE)
        return target

    @classmethod
    def load(cls, folder: str | Path) -> Result:
        """Read a folder that :meth:`save` or ``framing score`` wrote.

        Raises
        ------
        InputError
            If the folder is missing, incomplete or holds something else.
        TableError
            If a table lacks columns.
        """
        source = Path(folder)
        missing = [f for f in (*(f"{n}.parquet" for n in NAMES), RUN_FILE) if not (source / f).is_file()]
        if missing:
            raise InputError(
                "this is not a complete folder of scored articles",
                where=str(source),
                got="no such folder" if not source.is_dir() else f"without {', '.join(missing)}",
                allowed=", ".join([*(f"{n}.parquet" for n in NAMES), RUN_FILE]),
                fix="write it with: framing score articles.csv -o " + str(source),
            )
        written = (*NAMES, OPTIONAL) if (source / f"{OPTIONAL}.parquet").is_file() else NAMES
        try:
            loaded = {name: pd.read_parquet(source / f"{name}.parquet") for name in written}
            run = json.loads((source / RUN_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(
                "a file of the scored folder cannot be read",
                where=str(source),
                got=str(error),
                fix="score the corpus again",
            ) from error
        checked = {
            name: tables.check(name, table, where=f"{source}/{name}.parquet")
            for name, table in loaded.items()
        }
        return cls(**checked, run=run)


def output_folder(folder: str | Path) -> Path:
    """Make the folder for a result if need be and return it.

    Raises
    ------
    InputError
        If there cannot be a folder of that name.
    """
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            "the output folder cannot be made",
            where=str(target),
            got=error.strerror or str(error),
            fix="name a folder with -o, not a file, in a place that can be written to",
        ) from error
    return target
