"""Parts of pages that Streamlit has not: an article with marks, a table with links.

Their scripts receive texts as data and put them in with ``textContent``; markup in an article
stays text. The HTML that Streamlit gets from here is the same for every article.
"""

from __future__ import annotations

from importlib.resources import files

ROOT = '<div class="root"></div>'
"""The one element that a script fills."""


def asset(name: str) -> str:
    """Return the text of a script or style beside this file.

    Examples
    --------
    >>> "innerHTML" in asset("article.js") + asset("table.js")
    False
    """
    return (files(__name__) / name).read_text(encoding="utf-8")
