"""Problems of a lexicon that loads: forms that stand twice, exceptions that cannot apply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from framing.errors import LexiconError
from framing.lexicon.model import Lexicon
from framing.lexicon.pattern import PatternToken, tokens_of


def find_problems(lexicon: Lexicon) -> Iterator[LexiconError]:
    """Yield what is wrong between the entries of a lexicon.

    * two entries of a framing lexicon share a form, so that one of them never counts (cues may
      share one: "alleged" both reports and hedges);
    * an exception does not contain the pattern that it is an exception of, so that it never applies;
    * an ambiguous entry has no exception.
    """
    file = f"{lexicon.path}/entries.csv"
    owners: dict[tuple[PatternToken, ...], list[str]] = defaultdict(list)
    lines = {entry.entry_id: entry.line for entry in lexicon.entries}
    for entry in lexicon.entries:
        forms = {tokens_of(form) for form in entry.surface_forms() if not form.startswith("re:")}
        for tokens in forms:
            owners[tokens].append(entry.entry_id)
        for exception in entry.exceptions:
            inside = tokens_of(exception)
            if not exception.startswith("re:") and not any(_contains(inside, form) for form in forms):
                yield LexiconError(
                    "the exception does not contain the entry",
                    where=f"{file}:{entry.line}, column exceptions",
                    got=repr(exception),
                    allowed=f"a phrase around {entry.pattern!r} or a variant",
                    fix="complete or remove it",
                )
        if entry.ambiguous and not entry.exceptions:
            yield LexiconError(
                "an ambiguous entry needs exceptions",
                where=f"{file}:{entry.line}, column exceptions",
                got="empty",
                fix="name phrases in which it does not count, or set ambiguous to no",
            )
    if lexicon.kind == "framing":
        for tokens, ids in owners.items():
            if len(set(ids)) > 1:
                form = " ".join(t.text + "*" * t.open_ended for t in tokens)
                where = ", ".join(f"{i} (line {lines[i]})" for i in ids)
                yield LexiconError(
                    "two entries share a form",
                    where=f"{file}: {where}",
                    got=repr(form),
                    fix="keep it in one of them",
                )


def _contains(phrase: tuple[PatternToken, ...], form: tuple[PatternToken, ...]) -> bool:
    size = len(form)
    return any(
        all(_covers(f, p) for f, p in zip(form, phrase[i : i + size], strict=True))
        for i in range(len(phrase) - size + 1)
    )


def _covers(form: PatternToken, word: PatternToken) -> bool:
    if form.open_ended or word.open_ended:
        return word.text.startswith(form.text) or form.text.startswith(word.text)
    return form.text == word.text
