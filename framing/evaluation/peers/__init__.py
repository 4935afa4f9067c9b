"""Other ways to find attributed words, measured beside ours: quotation marks alone, and rules."""

from framing.evaluation.peers.rules import by_quotation_marks, by_rules

__all__ = ["by_quotation_marks", "by_rules"]
