"""Find every lexicon term in folded text: fast, whole words, exact offsets."""

from framing.matching.matcher import Hits, Matcher
from framing.matching.nodes import Pattern
from framing.matching.resolve import RawHit, Resolved, resolve

__all__ = ["Hits", "Matcher", "Pattern", "RawHit", "Resolved", "resolve"]
