"""Digests and versions that travel with every output."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def package_version() -> str:
    """Return the installed version, or ``0+unknown`` in a checkout that was never installed."""
    try:
        return version("framing-analyzer")
    except PackageNotFoundError:
        return "0+unknown"


def digest(parts: Iterable[bytes | str]) -> str:
    """Return a sha256 over length-prefixed parts, so that ('ab', 'c') differs from ('a', 'bc').

    Examples
    --------
    >>> digest(["ab", "c"]) == digest(["a", "bc"])
    False
    """
    total = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(raw).to_bytes(8, "little"))
        total.update(raw)
    return total.hexdigest()


def digest_of(value: object) -> str:
    """Return the digest of a plain value (dict, list, number, text) in canonical JSON."""
    return digest([json.dumps(value, sort_keys=True, ensure_ascii=True, default=str)])


def stamp(lexicons: Iterable[Mapping[str, object]]) -> str:
    """Return name, version and the head of the digest of each lexicon, as one line for a table or a screen.

    Examples
    --------
    >>> stamp([{"id": "conflict-en", "version": "0.2.0", "sha256": "1a2b3c4d5e6f7a8b"}])
    'conflict-en 0.2.0 sha256:1a2b3c4d5e6f'
    """
    return "; ".join(f"{x['id']} {x['version']} sha256:{str(x['sha256'])[:12]}" for x in lexicons)


def file_digest(path: Path) -> str:
    """Return the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
