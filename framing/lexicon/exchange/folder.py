"""Write a lexicon folder: card, entries, changelog; whole and sound, or not at all."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from framing.errors import LexiconError
from framing.lexicon.examples import COLUMNS, FILE
from framing.lexicon.load import load_lexicon
from framing.lexicon.model import Lexicon

SECTIONS = ("categories", "referents", "sources")


def write_folder(
    folder: str | Path,
    card: Mapping[str, object],
    header: Sequence[str],
    rows: Iterable[Mapping[str, str]],
    *,
    examples: Iterable[Sequence[str]] = (),
    changes: str = "",
) -> Lexicon:
    """Write a lexicon folder, load it, and only then put it in its place.

    Raises
    ------
    LexiconError
        If the folder exists already, cannot be made, or the lexicon is not sound.
    """
    target = Path(folder)
    if target.exists():
        raise LexiconError("the folder exists already", where=str(target), fix="name a new one")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise LexiconError("the folder cannot be made", where=str(target), got=reason) from error
    try:
        (work / "lexicon.toml").write_text(toml_of(card), encoding="utf-8")
        with (work / "entries.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        given = list(examples)
        if given:
            with (work / FILE).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([COLUMNS, *given])
        (work / "CHANGELOG.md").write_text(
            f"# Changelog of {card['id']}\n\n## {card['version']}\n{changes or '- First version.'}\n", "utf-8"
        )
        load_lexicon(work)
        work.chmod(0o755)  # a temporary folder is private, a lexicon is not
        work.rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return load_lexicon(target)


def toml_of(card: Mapping[str, object]) -> str:
    r"""Return a card as TOML: plain fields first, then the sections.

    Examples
    --------
    >>> print(toml_of({"id": "x", "categories": {"a b": 'says "no"'}}))
    id = "x"
    <BLANKLINE>
    [categories]
    "a b" = "says \"no\""
    <BLANKLINE>
    """
    plain = [f"{name} = {_quoted(value)}\n" for name, value in card.items() if name not in SECTIONS]
    parts = ["".join(plain)]
    for section in SECTIONS:
        content = card.get(section)
        if isinstance(content, Mapping) and content:
            lines = "".join(f"{_quoted(key)} = {_quoted(value)}\n" for key, value in content.items())
            parts.append(f"[{section}]\n{lines}")
    return "\n".join(parts)


def _quoted(value: object) -> str:
    """Quote as a TOML basic string; JSON escapes are a part of TOML's, but for the delete sign."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_quoted(item) for item in value)}]"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
