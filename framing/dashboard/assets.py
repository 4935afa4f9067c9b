"""Scripts and styles of the components, read from the package (which may be zipped)."""

from __future__ import annotations

from importlib.resources import files


def asset(name: str) -> str:
    """Return the text of a file in ``framing/dashboard/assets``.

    Examples
    --------
    >>> "innerHTML" in asset("article.js") + asset("table.js")
    False
    """
    return (files("framing.dashboard") / "assets" / name).read_text(encoding="utf-8")
