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
    from framing.analysis.covariates.covariates import adjusted_ratios
    from framing.analysis.events.event_table import event_table
    from framing.analysis.events.events import compare_within
    from framing.analysis.keyness.keyness import keyness
    from framing.analysis.measurement.measurement import corrected_rates
    from framing.analysis.naming.naming import naming
    from framing.analysis.naming.naming_overall import naming_test
    from framing.analysis.omnibus import omnibus
    from framing.analysis.ranking import ranking
    from framing.analysis.rates import rates
    from framing.analysis.robustness.robustness import robustness
    from framing.analysis.robustness.split_half import split_half
    from framing.analysis.robustness.wording import reading
    from framing.analysis.trends.before_after import before_after
    from framing.analysis.trends.change_points import change_points
    from framing.analysis.trends.decomposition import decompose
    from framing.analysis.trends.timeline import read_timeline
    from framing.analysis.trends.trends import trend
    from framing.config import Config
    from framing.corpus.demo import load_demo
    from framing.corpus.events import add_events, list_events
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
    "add_events": "framing.corpus.events",
    "adjusted_ratios": "framing.analysis.covariates.covariates",
    "analyze": "framing.pipeline",
    "before_after": "framing.analysis.trends.before_after",
    "change_points": "framing.analysis.trends.change_points",
    "compare": "framing.analysis.comparison",
    "compare_within": "framing.analysis.events.events",
    "concordance": "framing.analysis.concordance",
    "corrected_rates": "framing.analysis.measurement.measurement",
    "decompose": "framing.analysis.trends.decomposition",
    "event_table": "framing.analysis.events.event_table",
    "explain": "framing.report.article",
    "keyness": "framing.analysis.keyness.keyness",
    "list_events": "framing.corpus.events",
    "load_demo": "framing.corpus.demo",
    "load_lexicon": "framing.lexicon",
    "naming": "framing.analysis.naming.naming",
    "naming_test": "framing.analysis.naming.naming_overall",
    "omnibus": "framing.analysis.omnibus",
    "ranking": "framing.analysis.ranking",
    "rates": "framing.analysis.rates",
    "read_corpus": "framing.corpus.read",
    "read_timeline": "framing.analysis.trends.timeline",
    "reading": "framing.analysis.robustness.wording",
    "robustness": "framing.analysis.robustness.robustness",
    "split_half": "framing.analysis.robustness.split_half",
    "trend": "framing.analysis.trends.trends",
}

__all__ = [
    "ArticleView",
    "Config",
    "FramingError",
    "Lexicon",
    "Result",
    "add_events",
    "adjusted_ratios",
    "analyze",
    "before_after",
    "change_points",
    "compare",
    "compare_within",
    "concordance",
    "corrected_rates",
    "decompose",
    "event_table",
    "explain",
    "keyness",
    "list_events",
    "load_demo",
    "load_lexicon",
    "naming",
    "naming_test",
    "omnibus",
    "ranking",
    "rates",
    "read_corpus",
    "read_timeline",
    "reading",
    "robustness",
    "split_half",
    "trend",
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
