"""Digests and versions that travel with every output."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version


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
