"""Evidence and honest statistics on how news outlets frame the same world with different words.

>>> import framing
>>> article = framing.explain("The foreign-backed terrorists attacked, state media said.")
>>> article.mentions["entry_id"].tolist()
['foreign-backed-terrorist']

Names are loaded when they are first used, so that ``import framing`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.analysis.comparison import compare
    from framing.analysis.concordance import concordance
    from framing.analysis.rates import rates
    from framing.config import Config
    from framing.corpus.demo import load_demo
    from framing.corpus.read import read_corpus
    from framing.errors import FramingError
    from framing.lexicon import Lexicon, load_lexicon
    from framing.pipeline import Result, analyze
    from framing.report.article import ArticleView, explain

    __version__: str

_HOMES = {
    "ArticleView": "framing.report.article",
    "Config": "framing.config",
    "FramingError": "framing.errors",
    "Lexicon": "framing.lexicon",
    "Result": "framing.pipeline",
    "analyze": "framing.pipeline",
    "compare": "framing.analysis.comparison",
    "concordance": "framing.analysis.concordance",
    "explain": "framing.report.article",
    "load_demo": "framing.corpus.demo",
    "load_lexicon": "framing.lexicon",
    "rates": "framing.analysis.rates",
    "read_corpus": "framing.corpus.read",
}

__all__ = [
    "ArticleView",
    "Config",
    "FramingError",
    "Lexicon",
    "Result",
    "analyze",
    "compare",
    "concordance",
    "explain",
    "load_demo",
    "load_lexicon",
    "rates",
    "read_corpus",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module("framing.provenance").package_version()
    if name not in _HOMES:
        raise AttributeError(
            f"module 'framing' has no attribute {name!r}; public names: {', '.join(__all__)}"
        )
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
