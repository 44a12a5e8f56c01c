"""Lemmas by rule over part of speech and form, as Universal Dependencies writes them.

Irregular forms come from two tables. A regular ending is taken off in every way English
spelling allows ("accus", "accuse"); the first candidate that is a known word wins, and spelling
decides between unknown ones. Known words are the whole words of the encoder's vocabulary.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kg.analyse.pieces import plain_word
from kg.analyse.tables import MODEL_FOLDER, rows

_KNOWN: Final = frozenset(
    word for word in (MODEL_FOLDER / "vocab.txt").read_text("utf-8").splitlines() if word.isalpha()
) | {word for row in rows("regular-words.tsv") for word in row[0].split()}
_VERBS: Final = {
    form: base for base, forms in rows("irregular-verbs.tsv") for form in (*forms.split(), base)
}
_WORDS: Final = {
    (upos, form): base
    for upos, base, forms in rows("irregular-words.tsv")
    for form in (*forms.split(), base)
}
_BASES: Final = frozenset(_VERBS.values())
_SHORT: Final = re.compile(r"[^aeiouy]*[aeiouy][^aeiouywx]|[^aeiou]*qu[aeiou][^aeiouywx]")
_DOUBLED: Final = re.compile(r".*[aeiouy]([bdfgklmnprtvz])\1")
_SOFT: Final = re.compile(
    r".*(?:[aeiouy][cgszvu]|[lnr][cgsv]|ps|dg|[^aeiou]g|[bcdfgkptz]l|u|v|"
    r"[^aeiouy](?:[ao]d|[iu]d|[sc]ed|in|[iou]l|am|um|im|[iou]b|[aiu]r|[aiou]k|ut|yp|yl)|"
    r"[^eo]at|iz|yz|eas|aus|ous|eav|eiv|iev)"
)
_VOWEL: Final = re.compile("[aeiouy]")
_POSSESSIVES: Final = {"mine": "my"}
_PLURAL_TAGS: Final = frozenset({"NNS", "NNPS"})


@lru_cache(maxsize=1 << 16)
def lemma(
    word: str, upos: str, xpos: str, feats: str = "_", *, perfect: bool = False, first: bool = False
) -> str:
    """The lemma of a word with its tags and features.

    ``perfect``: the word is the auxiliary of a perfect tense; ``first``: it stands first in its
    sentence, where a capital says nothing.

    >>> [lemma(word, "VERB", tag) for word, tag in (("accusing", "VBG"), ("fled", "VBD"))]
    ['accuse', 'flee']
    >>> lemma("’s", "AUX", "VBZ", perfect=True), lemma("parties", "NOUN", "NNS")
    ('have', 'party')
    """
    if upos in {"PROPN", "X", "SYM", "PUNCT"}:
        return _plural(word) if xpos == "NNPS" else plain_word(word)
    form = plain_word(word).lower()
    if upos == "AUX" and form in {"'s", "s", "'d", "d"}:
        return _contracted(form, perfect)
    if upos in {"VERB", "AUX"}:
        return _verb(form, xpos)
    if xpos == "PRP$":
        return _POSSESSIVES.get(form, form)
    found = _WORDS.get((upos, form)) or _regular(form, upos, xpos, feats)
    proper = upos == "ADJ" and word.istitle() and (xpos == "NNP" or not first)
    return word if proper and found == form else found


def _regular(form: str, upos: str, xpos: str, feats: str) -> str:
    if upos == "NOUN":
        return _plural(form) if xpos in _PLURAL_TAGS else form
    if upos in {"ADJ", "ADV"} and ("Degree=Cmp" in feats or "Degree=Sup" in feats):
        return _positive(form)
    return form


def _contracted(form: str, perfect: bool) -> str:
    if perfect:
        return "have"
    return "be" if form.endswith("s") else "would"


@lru_cache(maxsize=1 << 14)
def _verb(form: str, xpos: str) -> str:
    if xpos in {"VB", "VBP", "MD"} and (form in _KNOWN or form not in _VERBS):
        return _VERBS.get(form, form) if form in {"am", "are", "ca", "wo", "sha"} else form
    if form in _VERBS:
        return _VERBS[form]
    if xpos == "VBZ" or (form.endswith("s") and xpos == "VBP"):
        return _without_s(form)
    for ending in ("ing", "ed", "in'", "in"):
        stem = form.removesuffix(ending)
        if stem != form and _VOWEL.search(stem):
            return _inflected(stem, ending)
    return form


def _inflected(stem: str, ending: str) -> str:
    """The verb whose -ing or -ed form has this stem."""
    if ending == "ed" and stem.endswith("i"):
        return stem[:-1] + "y"
    for prefix in ("re", "over", "under", "mis", "out", "un", "dis"):
        rest = stem.removeprefix(prefix)
        if rest != stem and stem not in _KNOWN and stem + "e" not in _KNOWN and len(rest) > 2:
            return prefix + _inflected(rest, ending)
    return _first_known(*_verb_candidates(stem))


def _verb_candidates(stem: str) -> Iterator[str]:
    """Verbs a stem may come from, the likeliest spelling first."""
    doubled = _DOUBLED.fullmatch(stem) is not None
    if _SHORT.fullmatch(stem):
        yield stem + "e"
        return
    if doubled and (stem[:-1] in _BASES or stem[-2:] not in {"ll", "dd", "zz", "ff"}):
        yield stem[:-1]
        return
    if _SOFT.fullmatch(stem):
        yield stem + "e"
    yield stem
    yield stem + "e"
    if doubled:
        yield stem[:-1]


@lru_cache(maxsize=1 << 14)
def _plural(form: str) -> str:
    """The singular of a plural; capitals are kept."""
    irregular = _WORDS.get(("NOUN", form.lower()))
    if irregular is None and form.lower().endswith("men"):
        irregular = form.lower()[:-2] + "an"
    if irregular is not None:
        return irregular.capitalize() if form[0].isupper() else irregular
    return _without_s(form)


def _without_s(form: str) -> str:
    if (
        len(form) < 3
        or not form.endswith("s")
        or form.endswith(("ss", "'s", "ous"))
        or (form[-2].isdigit())
    ):
        return form
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return _first_known(form[:-2], form[:-1])
    return _first_known(form[:-1], form[:-2]) if form.endswith("ses") else form[:-1]


def _first_known(*candidates: str) -> str:
    return next((word for word in candidates if word.lower() in _KNOWN), candidates[0])


@lru_cache(maxsize=1 << 12)
def _positive(form: str) -> str:
    """The positive of a comparative or superlative."""
    for ending in ("er", "est"):
        stem = form.removesuffix(ending)
        if stem != form and len(stem) > 1:
            if stem.endswith("i"):
                return stem[:-1] + "y"
            return next((word for word in _verb_candidates(stem) if word in _KNOWN), stem)
    return form
