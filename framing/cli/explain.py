"""``framing explain``: one article, each mention with the rule that fired."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.cli.options import ADD_LEXICON, CLASSIFIER, LEXICON, chosen_lexicons

if TYPE_CHECKING:
    import pandas as pd

    from framing.pipeline.article import Mention
    from framing.report.article import ArticleView
    from framing.scoring.loaded.explain import Contribution


@click.command("explain")
@click.argument("source")
@click.option("--title", default="", help="Headline.")
@click.option("--outlet", default="", help="Name of the outlet, to recognise it at the head of the text.")
@LEXICON
@ADD_LEXICON
@CLASSIFIER
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True
)
def command(
    source: str,
    title: str,
    outlet: str,
    lexicons: tuple[str, ...],
    added: tuple[str, ...],
    classifier: Path | None,
    form: str,
) -> None:
    """Explain SOURCE: a text in quotes, the name of a text file, or - for standard input."""
    from html import escape

    from framing.provenance import stamp
    from framing.report.article import explain

    text = _text_of(source)
    chosen = chosen_lexicons(lexicons, added)
    view = explain(text, title=title, outlet=outlet, lexicons=chosen, classifier=classifier)
    made_with = stamp(lexicon.facts() for lexicon in chosen)
    answered = f"sha256:{view.classifier[:12]}" if view.classifier else ""
    for note in view.notes:
        click.echo(f"note: {note}", err=True)
    if form == "json":
        table = view.mentions.assign(contributions=_columns(view), lexicons=made_with, classifier=answered)
        click.echo(table.to_json(orient="records", force_ascii=False, indent=2))
        return
    if answered:
        made_with += f"; classifier {answered}"
    if form == "html":
        page = f"{view._repr_html_()}<p><small>{escape(made_with)}</small></p>"
        click.echo(f'<!doctype html><meta charset="utf-8"><title>framing</title>{page}')
    else:
        _print(view)
        click.echo(made_with)


def _text_of(source: str) -> str:
    from framing.corpus.read import read_bytes
    from framing.errors import InputError

    if source == "-":
        data, name = sys.stdin.buffer.read(), "standard input"
    elif len(source) < 1024 and "\n" not in source and Path(source).is_file():
        data, name = Path(source).read_bytes(), source
    else:
        if len(source) < 200 and " " not in source.strip() and ("/" in source or source.endswith(".txt")):
            raise InputError("no such file", got=source, fix="check the path, or put a text in quotes")
        return source
    row = read_bytes(data, "article.txt", where=name).iloc[0]
    if row["status"]:
        raise InputError("the text is not UTF-8", where=name, got=row["problem"], fix="save it as UTF-8")
    return str(row["text"])


def _columns(view: ArticleView) -> pd.Series[Any]:
    """Return the parts of ``p_loaded`` of each mention as lists of records."""
    import pandas as pd

    from framing.scoring.loaded.explain import top

    parts = [
        [{"part": part.what, "log_odds": part.value} for part in top(found)] for found in view.contributions
    ]
    return pd.Series(parts, dtype=object)


def _print(view: ArticleView) -> None:
    article = view.article
    if article.status != "ok":
        click.echo(f"status {article.status}: {article.message}")
    words = article.words
    click.echo(f"{article.n_words} words ({words.get('own', 0)} own, {words.get('direct', 0)} quoted, "
               f"{words.get('indirect', 0)} reported, {words.get('unknown', 0)} unknown), "
               f"{words.get('removed', 0)} removed, {len(article.mentions)} mentions")  # fmt: skip
    for removal, count in zip(article.removals, article.removal_words, strict=True):
        stretch = " ".join(article.document.text[removal.span.start : removal.span.end].split())
        click.echo(f"  removed ({removal.reason}, {count} words): {stretch[:70]}")
    for m, found in zip(article.mentions, view.contributions, strict=True):
        said_by = f" by {m.speaker}" if m.speaker else ""
        cue = f", cue {m.cue!r}" if m.cue else ""
        place = "title" if m.in_title else f"{m.span.start}-{m.span.end}"
        surface = " ".join(m.surface.split())
        click.echo(f"\n{surface}  [{place}]")
        click.echo(
            f"  entry     {m.entry_id}"
            + (f" (holds {', '.join(n.entry_id for n in m.nested)})" if m.nested else "")
        )
        click.echo(f"  category  {m.category}" + (f", names {m.referent}" if m.referent else ""))
        click.echo(f"  voice     {m.voice}{said_by}")
        click.echo(f"  rule      {m.evidence}{cue}")
        flags = [
            name
            for name, on in (
                ("negated", m.negated),
                ("hedged", m.hedged),
                ("in scare quotes", m.scare_quoted),
            )
            if on
        ]
        click.echo(
            f"  score     {m.rule_score:.2f} = {m.score_parts}" + (f"  ({', '.join(flags)})" if flags else "")
        )
        _print_why(m, found)
        click.echo(f"  neutral   {m.neutral_alternative}")


def _print_why(mention: Mention, found: list[Contribution]) -> None:
    from framing.scoring.loaded.explain import top

    if not found:
        return
    total = sum(part.value for part in found)
    click.echo(f"  p_loaded  {mention.p_loaded:.2f} ({mention.loaded}), log odds {total:+.2f} =")
    for part in top(found):
        click.echo(f"            {part.value:+.2f}  {part.what}")
