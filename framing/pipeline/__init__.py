"""The only package that knows all stages: documents in, tables out."""

from framing.pipeline.article import Article, Mention
from framing.pipeline.engine import Engine
from framing.pipeline.result import Result
from framing.pipeline.run import analyze, analyze_text

__all__ = ["Article", "Engine", "Mention", "Result", "analyze", "analyze_text"]
