"""Lemmas by rule over part of speech and form, as Universal Dependencies writes them.

Irregular forms come from two tables. A regular ending is taken off in every way English
spelling allows ("accus", "accuse"); the first candidate that is a known word wins, and spelling
decides between unknown ones. Known words are the whole words of the encoder's vocabulary.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.analyse.pieces import plain_word
from kg.analyse.tables import rows

_VOCABULARY: Final = Path(__file__).with_name("model") / "vocab.txt"
_KNOWN: Final = frozenset(
    word for word in _VOCABULARY.read_text("utf-8").splitlines() if word.isalpha()
)
_VERBS: Final = {
    form: base for base, forms in rows("irregular-verbs.tsv") for form in (*forms.split(), base)
}
_WORDS: Final = {
    (upos, form): base
    for upos, base, forms in rows("irregular-words.tsv")
    for form in (*forms.split(), base)
}
_SHORT: Final = re.compile(r"[^aeiouy]*[aeiouy][^aeiouywx]|[^aeiou]*qu[aeiou][^aeiouywx]")
_DOUBLED: Final = re.compile(r".*[aeiouy]([bdfgklmnprtvz])\1")
_SOFT: Final = re.compile(
    r".*(?:[aeiouy][cszvu]|[rnl][csvg]|dg|[^aeiou]g|[bcdfgkptz]l|u|v|"
    r"[^aeiou]at|[^aeiouy][aiu][rtk]|[aei]at|iz|[^aeiou]y[lpz]|aus|eas|ous)"
)
_VOWEL: Final = re.compile("[aeiouy]")
_PLURAL_TAGS: Final = frozenset({"NNS", "NNPS"})


def lemma(word: str, upos: str, xpos: str, feats: str, governor: str) -> str:
    """The lemma of a word; ``governor`` is the Penn tag of its head ('' for the root).

    >>> [lemma(w, "VERB", t, "_", "") for w, t in (("accusing", "VBG"), ("fled", "VBD"))]
    ['accuse', 'flee']
    >>> lemma("’s", "AUX", "VBZ", "_", "VBN"), lemma("parties", "NOUN", "NNS", "_", "VBD")
    ('have', 'party')
    """
    if upos in {"PROPN", "X", "SYM", "PUNCT"}:
        return _plural(word) if xpos == "NNPS" else word
    form = plain_word(word).lower()
    if upos == "AUX" and form in {"'s", "s", "'d", "d"}:
        return _contracted(form, governor)
    if upos in {"VERB", "AUX"}:
        return _verb(form, xpos)
    return _WORDS.get((upos, form)) or _regular(form, upos, xpos, feats)


def _regular(form: str, upos: str, xpos: str, feats: str) -> str:
    if upos == "NOUN":
        return _plural(form) if xpos in _PLURAL_TAGS else form
    if upos in {"ADJ", "ADV"} and ("Degree=Cmp" in feats or "Degree=Sup" in feats):
        return _positive(form)
    return form


def _contracted(form: str, governor: str) -> str:
    if governor == "VBN":
        return "have"
    return "be" if form.endswith("s") else "would"


@lru_cache(maxsize=1 << 14)
def _verb(form: str, xpos: str) -> str:
    if xpos in {"VB", "VBP", "MD"} and (form in _KNOWN or form not in _VERBS):
        return _VERBS.get(form, form) if form in {"am", "are", "ca", "wo", "sha"} else form
    if form in _VERBS:
        return _VERBS[form]
    if xpos == "VBZ" or (form.endswith("s") and xpos == "VBP"):
        return _third_person(form)
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
        if rest != stem and stem not in _KNOWN and stem + "e" not in _KNOWN and len(rest) > 3:
            return prefix + _inflected(rest, ending)
    return next((word for word in _verb_candidates(stem) if word in _KNOWN), None) or next(
        _verb_candidates(stem)
    )


def _verb_candidates(stem: str) -> Iterator[str]:
    """Verbs a stem may come from, the likeliest spelling first."""
    if _SHORT.fullmatch(stem):
        yield stem + "e"
        yield stem
    elif _DOUBLED.fullmatch(stem) and stem[-3:] not in {"ell", "all", "ill", "oll", "ull"}:
        yield stem[:-1]
        yield stem
    elif _SOFT.fullmatch(stem):
        yield stem + "e"
        yield stem
    else:
        yield stem
        yield stem + "e"
        yield stem[:-1]


def _third_person(form: str) -> str:
    return _without_s(form)


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
    if len(form) < 3 or not form.endswith("s") or form.endswith(("ss", "'s", "ous")):
        return form
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith("es"):
        return next((word for word in _es_candidates(form) if word.lower() in _KNOWN), None) or (
            next(_es_candidates(form))
        )
    return form[:-1]


def _es_candidates(form: str) -> Iterator[str]:
    if form.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        yield form[:-2]
        yield form[:-1]
    else:
        yield form[:-1]
        yield form[:-2]


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
