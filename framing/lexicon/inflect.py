"""Regular English forms of a pattern; irregular ones stand in the ``variants`` column."""

from __future__ import annotations

INFLECTIONS = ("noun", "verb", "none")

_VOWELS = "aeiou"


def forms(pattern: str, inflect: str) -> tuple[str, ...]:
    """Return the pattern and its regular forms.

    ``noun`` adds the plural of the last word, ``verb`` the -s, -ed and -ing forms of the first,
    ``none`` nothing. A hyphenated pattern also gets its joined form, because a soft hyphen in a
    text vanishes when it is folded. Regular expressions and wildcards stay as they are.

    Examples
    --------
    >>> forms("foreign-backed army", "noun")
    ('foreign-backed army', 'foreign-backed armies', 'foreignbacked army', 'foreignbacked armies')
    >>> forms("neutralise", "verb")
    ('neutralise', 'neutralises', 'neutralised', 'neutralising')
    """
    if pattern.startswith("re:"):
        return (pattern,)
    made = [pattern]
    if inflect == "noun" and not pattern.endswith("*"):
        head, _, last = pattern.rpartition(" ")
        made.append(f"{head} {plural(last)}".strip())
    elif inflect == "verb":
        first, _, rest = pattern.partition(" ")
        made.extend(f"{form} {rest}".strip() for form in verb_forms(first))
    if "-" in pattern:
        made.extend([form.replace("-", "") for form in made])
    return tuple(dict.fromkeys(made))


def plural(word: str) -> str:
    """Return the regular plural of a noun, or the word itself if it already ends in one s.

    Examples
    --------
    >>> [plural(w) for w in ("regime", "militancy", "gunman", "witness", "forces", "stooge")]
    ['regimes', 'militancies', 'gunmen', 'witnesses', 'forces', 'stooges']
    """
    if word.endswith(("ss", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("s"):
        return word
    if word.endswith("y") and word[-2:-1] not in (*_VOWELS, ""):
        return word[:-1] + "ies"
    if word.endswith("man") and word not in ("human", "german", "ottoman", "roman"):
        return word[:-3] + "men"
    return word + "s"


def verb_forms(word: str) -> tuple[str, str, str]:
    """Return the regular -s, -ed and -ing forms; doubled consonants belong into ``variants``.

    Examples
    --------
    >>> verb_forms("deny"), verb_forms("urge"), verb_forms("press")
    (('denies', 'denied', 'denying'), ('urges', 'urged', 'urging'), ('presses', 'pressed', 'pressing'))
    """
    if word.endswith("e"):
        return word + "s", word + "d", (word if word.endswith("ee") else word[:-1]) + "ing"
    if word.endswith("y") and word[-2:-1] not in (*_VOWELS, ""):
        return word[:-1] + "ies", word[:-1] + "ied", word + "ing"
    return plural(word) if not word.endswith("s") else word + "es", word + "ed", word + "ing"
