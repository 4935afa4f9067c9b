"""Charts: a table goes in, an Altair chart comes out; nothing is computed here.

Altair takes a second to import, so it is loaded when a chart is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.figures.forest import forest_plot
    from framing.figures.heatmap import rate_heatmap

__all__ = ["forest_plot", "rate_heatmap"]

_HOMES = {"forest_plot": "framing.figures.forest", "rate_heatmap": "framing.figures.heatmap"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(
            f"module 'framing.figures' has no attribute {name!r}; it has: {', '.join(__all__)}"
        )
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
