"""Problems of a lexicon that loads: forms that stand twice, exceptions that cannot apply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from framing.errors import LexiconError
from framing.lexicon.model import Lexicon
from framing.lexicon.pattern import PatternToken, tokens_of


def find_problems(lexicon: Lexicon) -> Iterator[LexiconError]:
    """Yield what is wrong between the entries of a lexicon.

    * two entries of a framing or referent lexicon share a form, so that one of them never counts
      (cues may share one: "alleged" both reports and hedges);
    * a form with a ``*`` covers a form of another entry of as many words: only one of them counts;
    * a form is an exception of its own entry, so that it never counts;
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
        removed = forms & {tokens_of(e) for e in entry.exception_forms() if not e.startswith("re:")}
        for tokens in sorted(removed):
            yield LexiconError(
                "the entry's own exception removes this form",
                where=f"{file}:{entry.line}, column exceptions",
                got=repr(_text(tokens)),
                fix="remove the exception or the form",
            )
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
    if lexicon.kind != "cues":
        for tokens, ids in owners.items():
            if len(set(ids)) > 1:
                yield LexiconError(
                    "two entries share a form",
                    where=f"{file}: " + ", ".join(f"{i} (line {lines[i]})" for i in ids),
                    got=repr(_text(tokens)),
                    fix="keep it in one of them",
                )
        for wide, narrow in _overlaps(owners):
            first, second = owners[wide][0], owners[narrow][0]
            yield LexiconError(
                "a pattern with * covers another entry",
                where=f"{file}: {first} (line {lines[first]}), {second} (line {lines[second]})",
                got=f"{_text(wide)!r} and {_text(narrow)!r}",
                fix="make the wider one an entry without *, or merge the two",
            )


def find_shared_forms(lexicons: Sequence[Lexicon]) -> Iterator[LexiconError]:
    """Yield each form and each entry_id that stands in two lexicons.

    A run with both counts such a form in the first lexicon alone, and refuses such an entry_id.
    """
    homes: dict[str, str] = {}
    for lexicon in lexicons:
        for entry in lexicon.entries:
            home = homes.setdefault(entry.entry_id, lexicon.lexicon_id)
            if home != lexicon.lexicon_id:
                yield LexiconError(
                    "two lexicons define the same entry",
                    where=f"{home}; {lexicon.path}/entries.csv:{entry.line}",
                    got=repr(entry.entry_id),
                    fix="give it another entry_id in one of them",
                )
    owners: dict[tuple[PatternToken, ...], tuple[str, str]] = {}
    for lexicon in lexicons:
        here: dict[tuple[PatternToken, ...], tuple[str, str]] = {}
        for entry in lexicon.entries:
            for form in entry.surface_forms():
                if not form.startswith("re:"):
                    here.setdefault(tokens_of(form), (lexicon.lexicon_id, entry.entry_id))
        for tokens in sorted(here.keys() & owners.keys()):
            (first, entry_a), (second, entry_b) = owners[tokens], here[tokens]
            yield LexiconError(
                "two lexicons share a form",
                where=f"{first}, entry {entry_a}; {second}, entry {entry_b}",
                got=repr(_text(tokens)),
                fix="keep it in the lexicon where it belongs",
            )
        owners = {**here, **owners}


def _overlaps(
    owners: Mapping[tuple[PatternToken, ...], Sequence[str]],
) -> Iterator[tuple[tuple[PatternToken, ...], tuple[PatternToken, ...]]]:
    """Yield forms with a ``*`` and other entries' forms of as many words that they also match."""
    for wide in owners:
        if any(token.open_ended for token in wide):
            for narrow in owners:
                same_size = len(narrow) == len(wide) and narrow != wide
                if same_size and set(owners[narrow]) - set(owners[wide]) and all(
                    n.text.startswith(w.text) if w.open_ended else n == w
                    for w, n in zip(wide, narrow, strict=True)
                ):  # fmt: skip
                    yield wide, narrow


def _text(tokens: tuple[PatternToken, ...]) -> str:
    return " ".join(t.text + "*" * t.open_ended for t in tokens)


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
