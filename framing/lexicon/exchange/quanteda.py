"""quanteda YAML: categories, nested at will, over lists of glob patterns."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from framing.errors import LexiconError
from framing.lexicon.exchange.model import Dictionary, Term, Unfit

MAX_DEPTH = 50
MAX_ITEMS = 1_000_000
"""Most words and categories of a file: aliases can make a short file endless."""


def parse_yaml(text: str, name: str) -> tuple[Dictionary, list[Unfit]]:
    r"""Read a dictionary as ``quanteda::dictionary(file = "x.yml")`` does.

    The loader is the safe one: a file can build lists, mappings and texts, and run nothing.

    Raises
    ------
    LexiconError
        If the text is not YAML, or not a mapping of categories.

    Examples
    --------
    >>> found, _ = parse_yaml("emotion:\n  anger: [hate*, 'fed up']\nelite: [elit*]\n", "x.yml")
    >>> [(t.pattern, t.category) for t in found.terms]
    [('hate*', 'emotion/anger'), ('fed up', 'emotion/anger'), ('elit*', 'elite')]
    """
    try:
        # Every scalar stays text: in a word list `no`, `1984` and `2020-01-01` are words.
        content = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise LexiconError("the file is not valid YAML", where=name, got=str(error)) from error
    if not isinstance(content, dict) or not content:
        raise LexiconError(
            "this is not a quanteda dictionary", where=name,
            got="an empty file" if content in (None, "") else type(content).__name__,
            allowed="a mapping of categories to lists of words",
        )  # fmt: skip
    categories: dict[str, None] = {}
    terms: list[Term] = []
    unfit: list[Unfit] = []
    for count, found in enumerate(_walk(content, (), name)):
        if count >= MAX_ITEMS:
            raise LexiconError(
                "the dictionary has too many items", where=name, got=f"more than {MAX_ITEMS:,}",
                fix="split it; a short file that is this large repeats itself by YAML aliases",
            )  # fmt: skip
        if isinstance(found, Term):
            categories[found.category] = None
            terms.append(found)
        elif isinstance(found, Unfit):
            unfit.append(found)
        else:
            categories[found] = None
    return Dictionary(name, tuple(categories), tuple(dict.fromkeys(terms))), unfit


def _walk(node: object, path: tuple[str, ...], name: str) -> Iterator[Term | Unfit | str]:
    """Yield terms, what is not one, and the names of categories without terms."""
    category = "/".join(path)
    if len(path) > MAX_DEPTH:
        raise LexiconError("the categories are nested too deep", where=name, allowed=f"{MAX_DEPTH} levels")
    if isinstance(node, dict):
        for key, below in node.items():
            yield from _walk(below, (*path, str(key)), name)
    elif isinstance(node, list):
        if not node:
            yield category
        for item in node:
            yield from (_walk(item, path, name) if isinstance(item, dict) else _term(item, category, name))
    elif node:
        yield from _term(node, category, name)
    else:
        yield category


def _term(item: object, category: str, name: str) -> Iterator[Term | Unfit]:
    pattern = " ".join(item.split()) if isinstance(item, str) else ""
    if pattern:
        yield Term(pattern, category)
    else:
        yield Unfit(f"{name}, {category}", repr(item), "neither a word nor a list of words")


def dump_yaml(dictionary: Dictionary) -> tuple[str, list[Unfit]]:
    r"""Return quanteda YAML; categories joined by ``/`` are nested again.

    Weights are listed as not carried over: the format has none. So is the term list of a category
    that is also the parent of another, because one key cannot hold both.

    Examples
    --------
    >>> print(dump_yaml(Dictionary("d", ("a/b",), (Term("x*", "a/b"),)))[0])
    a:
      b:
      - x*
    <BLANKLINE>
    """
    tree: dict[str, object] = {}
    unfit: list[Unfit] = []
    lists: dict[str, list[str]] = {}
    for category in dictionary.categories:
        has_children = any(other.startswith(f"{category}/") for other in dictionary.categories)
        place = None if has_children else _place(tree, category)
        if place is None:
            unfit.append(Unfit(dictionary.name, category, "a category above or below it holds terms too"))
            continue
        lists[category] = place
    for term in dictionary.terms:
        if term.category not in lists:
            unfit.append(
                Unfit(dictionary.name, f"{term.pattern} in {term.category}", "its category is left out")
            )
            continue
        lists[term.category].append(term.pattern)
        if term.weight != 1:
            unfit.append(
                Unfit(dictionary.name, f"weight {term.weight!r} of {term.pattern} in {term.category}",
                      "quanteda YAML has no weights")
            )  # fmt: skip
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=10_000), unfit


def _place(tree: dict[str, object], category: str) -> list[str] | None:
    """Make the nested keys of a category and return its list, or None if a list is in the way."""
    *above, last = category.split("/")
    node = tree
    for key in above:
        below = node.setdefault(key, {})
        if not isinstance(below, dict):
            return None
        node = below
    if isinstance(node.get(last), dict):
        return None
    found = node.setdefault(last, [])
    return found if isinstance(found, list) else None
