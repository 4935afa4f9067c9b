"""The attribution labeller: which words of a paragraph are a source, a cue, or somebody's content.

A linear model over integer features of the words around each word, decoded by Viterbi, and a second
pass over the labels of the first. scikit-learn trains it (:mod:`framing.training`); numpy applies it.
The unit is the paragraph: what a paragraph gets depends on nothing outside of it, so that labelling
some paragraphs of an article equals labelling all of them.
"""

from framing.context.labeller.labels import BEGIN, CUE, INSIDE, LABELS, OUTSIDE, SOURCE
from framing.context.labeller.stream import Passage

__all__ = ["BEGIN", "CUE", "INSIDE", "LABELS", "OUTSIDE", "SOURCE", "Passage"]
