"""Charts: a table goes in, an Altair chart comes out; nothing is computed here."""

from framing.figures.forest import forest_plot
from framing.figures.heatmap import rate_heatmap

__all__ = ["forest_plot", "rate_heatmap"]
