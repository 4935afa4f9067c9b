"""Which format a file has, and reading and writing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from framing.errors import LexiconError
from framing.lexicon.exchange.dic import dump_dic, parse_dic
from framing.lexicon.exchange.dicx import dump_dicx, parse_dicx
from framing.lexicon.exchange.model import Dictionary, Unfit
from framing.lexicon.exchange.quanteda import dump_yaml, parse_yaml

FORMATS = ("dic", "dicx", "yaml", "csv", "xlsx")
SUFFIXES: Mapping[str, str] = {
    ".dic": "dic",
    ".dicx": "dicx",
    ".yml": "yaml",
    ".yaml": "yaml",
    ".csv": "csv",
    ".xlsx": "xlsx",
}

MAX_BYTES = 50_000_000

_PARSE: Mapping[str, Callable[[str, str], tuple[Dictionary, list[Unfit]]]] = {
    "dic": parse_dic,
    "dicx": parse_dicx,
    "yaml": parse_yaml,
}
_DUMP: Mapping[str, Callable[[Dictionary], tuple[str, list[Unfit]]]] = {
    "dic": dump_dic,
    "dicx": dump_dicx,
    "yaml": dump_yaml,
}


def format_of(path: Path, given: str | None = None) -> str:
    """Return the format that was asked for, or the one that the name of a file tells."""
    found = given or SUFFIXES.get(path.suffix.lower(), "")
    if found not in FORMATS:
        raise LexiconError(
            "the format of the lexicon is not known",
            where=str(path),
            got=found or path.suffix or "a name without an ending",
            allowed=", ".join(SUFFIXES),
            fix="give the file one of these endings or name the format with --format",
        )
    return found


def read_dictionary(path: str | Path, *, file_format: str | None = None) -> tuple[Dictionary, list[Unfit]]:
    """Read a LIWC or quanteda dictionary; the second value lists what could not be read as it stands.

    Raises
    ------
    LexiconError
        If the file cannot be read, or is not of the format.
    """
    path = Path(path)
    kind = format_of(path, file_format)
    data = read_file(path)
    text = decode(data, path)
    dictionary, unfit = _PARSE[kind](text, path.name)
    if text.encode("utf-8") not in (data, data.removeprefix(b"\xef\xbb\xbf")):
        unfit = [Unfit(path.name, "the encoding", "it is not UTF-8 and was read as Windows-1252"), *unfit]
    return dictionary, unfit


def write_dictionary(
    dictionary: Dictionary, path: str | Path, *, file_format: str | None = None
) -> list[Unfit]:
    """Write a LIWC or quanteda dictionary and return what the format could not hold."""
    path = Path(path)
    text, unfit = _DUMP[format_of(path, file_format)](dictionary)
    path.write_text(text, encoding="utf-8", newline="")
    return unfit


def read_file(path: Path) -> bytes:
    """Return the bytes of a file, or say why not."""
    try:
        if (size := path.stat().st_size) > MAX_BYTES:
            raise LexiconError(
                "the file is too large for a lexicon",
                where=str(path),
                got=f"{size:,} bytes",
                allowed=f"at most {MAX_BYTES:,}",
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise LexiconError("the file cannot be read", where=str(path), got=reason) from error


def decode(data: bytes, path: Path) -> str:
    """Decode UTF-8 (with or without a mark), else Windows-1252, the encoding of old LIWC files."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise LexiconError(
            "the file is neither UTF-8 nor Windows-1252", where=str(path), got=str(error),
            fix="save it as UTF-8",
        ) from error  # fmt: skip
