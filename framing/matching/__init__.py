"""Find every lexicon term in folded text: fast, whole words, exact offsets."""

from framing.matching.cover import Cover
from framing.matching.matcher import Hits, Matcher
from framing.matching.nodes import Pattern
from framing.matching.resolve import RawHit, Resolved, resolve, without_exceptions

__all__ = ["Cover", "Hits", "Matcher", "Pattern", "RawHit", "Resolved", "resolve", "without_exceptions"]
