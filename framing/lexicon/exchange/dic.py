r"""LIWC ``.dic``: a header of numbered categories between two ``%``, then a term and its numbers a line.

Files in the wild separate by tabs, blanks or both, hold blank lines and comments, name conditional
categories (``kind <of>131/464 135``: category 131 before *of*, else 464; ``like (2 134)125/464``:
125 after a word of category 2 or 134, else 464) and sometimes weights (``good 12:0.8``). All of it is
read; what has no equal here is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from framing.errors import LexiconError
from framing.lexicon.exchange.model import Dictionary, Term, Unfit

MAX_LINE = 2000
"""Longest line that is read: real ones are far shorter, and no pattern may stall on a hostile one."""

_NUMBER = re.compile(r"(\d+)(?::([-+]?\d*\.?\d+(?:[eE][-+]?\d+)?))?\Z")
_FOLLOWED = re.compile(r"<([^>]*)>\s*(\d+)?(?:/(\d+))?")
_PRECEDED = re.compile(r"\(([\d\s]*)\)\s*(\d+)(?:/(\d+))?")
_COMMENT = re.compile(r"\((?![\d\s]*\)\s*\d)[^)]*\)|\{[^}]*\}")
_NUMBERS_AT_END = re.compile(r"((?:\s+\d+(?::[-+]?[\d.]+(?:[eE][-+]?\d+)?)?)+)\s*\Z")


def parse_dic(text: str, name: str) -> tuple[Dictionary, list[Unfit]]:
    r"""Read the text of a ``.dic`` file.

    Raises
    ------
    LexiconError
        If there is no header of categories between two lines ``%``.

    Examples
    --------
    >>> found, unfit = parse_dic("%\n1\tposemo\n2 negemo\n%\n\nhate*\t2\nkind <of>1/2\n", "x.dic")
    >>> [(t.pattern, t.category) for t in found.terms]
    [('hate*', 'negemo'), ('kind of', 'posemo'), ('kind', 'negemo')]
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    marks = [number for number, line in enumerate(lines) if line.strip() == "%"]
    if len(marks) < 2:
        raise LexiconError(
            "this is not a LIWC dictionary",
            where=name,
            got=f"{len(marks)} lines that hold only %",
            allowed="categories between two lines %, then the terms",
        )
    numbers, unfit = _header(lines[marks[0] + 1 : marks[1]], name, marks[0] + 2)
    terms: list[Term] = []
    for line, content in enumerate(lines[marks[1] + 1 :], start=marks[1] + 2):
        if len(content) > MAX_LINE:
            unfit.append(Unfit(f"{name}:{line}", content[:40], f"longer than {MAX_LINE} characters"))
        elif content.strip():
            for found in _line(content, numbers, f"{name}:{line}"):
                if isinstance(found, Term):
                    terms.append(found)
                else:
                    unfit.append(found)
    ordered = tuple(dict.fromkeys(numbers.values()))
    return Dictionary(name, ordered, tuple(dict.fromkeys(terms))), unfit


def _header(lines: list[str], name: str, first: int) -> tuple[dict[int, str], list[Unfit]]:
    numbers: dict[int, str] = {}
    unfit: list[Unfit] = []
    for line, content in enumerate(lines, start=first):
        parts = content.split(None, 1)
        if not parts:
            continue
        if len(parts) < 2 or not parts[0].isdecimal():
            unfit.append(Unfit(f"{name}:{line}", content.strip(), "not a number and a category"))
        elif int(parts[0]) in numbers:
            unfit.append(Unfit(f"{name}:{line}", content.strip(), "its number is taken"))
        else:
            numbers[int(parts[0])] = parts[1].strip()
    return numbers, unfit


def _line(content: str, numbers: dict[int, str], where: str) -> Iterator[Term | Unfit]:
    """Yield the terms of one line and what could not be read of it."""
    rest = _COMMENT.sub(" ", content)
    pattern = ""
    conditional: list[Term | Unfit] = []
    while match := _FOLLOWED.search(rest) or _PRECEDED.search(rest):
        pattern = pattern or " ".join(rest[: match.start()].split("\t")[0].split())
        pattern = _NUMBERS_AT_END.sub("", pattern)
        conditional.extend(_condition(match, pattern, numbers, where))
        rest = f"{rest[: match.start()].rstrip()} {rest[match.end() :]}"
    tail = _NUMBERS_AT_END.search(rest)
    plain = rest[: tail.start()] if tail else rest
    pattern = " ".join((pattern or plain).split())
    if tail is None and not conditional:
        yield Unfit(where, content.strip(), "no category number stands behind the term")
    yield from conditional
    for number in tail[1].split() if tail else ():
        parsed = _NUMBER.match(number)
        if parsed is None or int(parsed[1]) not in numbers:
            yield Unfit(where, f"{pattern} in {number}", "the header has no such category")
        else:
            yield Term(pattern, numbers[int(parsed[1])], float(parsed[2] or 1))


def _condition(
    match: re.Match[str], pattern: str, numbers: dict[int, str], where: str
) -> Iterator[Term | Unfit]:
    condition, then, otherwise = match.groups()
    followed = match[0].startswith("<")
    if then and int(then) in numbers:
        if followed and condition.strip():
            yield Term(f"{pattern} {' '.join(condition.split())}", numbers[int(then)])
        else:
            category = numbers[int(then)]
            yield Unfit(where, f"{pattern} in {category}", f"only after a word of category {condition}")
    if otherwise and int(otherwise) in numbers:
        yield Term(pattern, numbers[int(otherwise)])
    for number in (then, otherwise):
        if number and int(number) not in numbers:
            yield Unfit(where, f"{pattern} in {number}", "the header has no such category")


def dump_dic(dictionary: Dictionary) -> tuple[str, list[Unfit]]:
    r"""Return the text of a ``.dic`` file; weights other than 1 are written as ``number:weight``.

    Examples
    --------
    >>> print(dump_dic(Dictionary("d", ("a", "b"), (Term("x y", "b", 0.5),)))[0].expandtabs(4))
    %
    1   a
    2   b
    %
    x y 2:0.5
    <BLANKLINE>
    """
    number = {category: index for index, category in enumerate(dictionary.categories, start=1)}
    lines = ["%", *(f"{index}\t{category}" for category, index in number.items()), "%"]
    unfit = []
    for pattern, terms in dictionary.by_pattern().items():
        if (
            set(pattern) & set("<>(){}%\t\n\r")
            or _NUMBERS_AT_END.search(f"{pattern} ")
            or " " + pattern != (" " + " ".join(pattern.split()))
        ):
            unfit.append(
                Unfit(dictionary.name, pattern, "a LIWC dictionary would read these signs otherwise")
            )
            continue
        cells = [f"{number[t.category]}{'' if t.weight == 1 else f':{t.weight!r}'}" for t in terms]
        lines.append("\t".join([pattern, *cells]))
    return "\n".join([*lines, ""]), unfit
