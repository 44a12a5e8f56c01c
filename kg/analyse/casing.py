"""Text in capitals as it would be written otherwise: telex, headlines.

"TROOPS KILLED A MAYOR IN KESH" becomes "Troops killed a mayor in Kesh", so that a model and rules
made for ordinary text can read it. Nothing moves: the restored text has a character for each one
of the original. A word is written as the rest of the article writes it, else as the word list of
:mod:`kg.analyse.spelling` has it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.analyse.spelling import LIST, forms, is_common
from kg.analyse.tables import words

_MONTHS: Final = words(LIST, "month")
_TITLES: Final = words(LIST, "title")
_DOUBTFUL: Final = words(LIST, "doubtful")
_FULL: Final = words(LIST, "full")
_DOING: Final = words(LIST, "doing")
_PARTICLES: Final = words(LIST, "particle")
_ENDINGS: Final = words(LIST, "ending")
_LEADING: Final = words(LIST, "leading")
_SMALL: Final = words(LIST, "small")
_KNOWN_NAMES: Final = sorted(tuple(name.split("-")) for name in words(LIST, "name"))
_SAYING: Final = words("sentences.tsv", "verb")
_ABBREVIATED: Final = frozenset(word.lower() for word in words("sentences.tsv", "before"))

_WORD: Final = re.compile(r"[^\W\d_]+")
_STOP: Final = re.compile(r"[.!?…][\"'”’)\]]*\s|:\s+[\"“]|\n\s*\n|\n[ \t]{2,}")
_NUMBERED: Final = re.compile(r"\d")
_DASH: Final = re.compile(r"\s(?:--|—|–)\s")
_APOSTROPHES: Final = frozenset("'’")
_NOT: Final = frozenset({"'t", "’t"})
_DATELINE_WORDS: Final = 14
_HEADLINE: Final = 16
_CODE_LETTERS: Final = 6
_TAIL: Final = 6
_LEAST: Final = 3
_LEAST_COMMON: Final = 2
_REACH: Final = 9
_SIZES: Final = range(2, _REACH + 1)
"""How many words the name may have that an acronym stands for."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One word, in small letters; ``gap`` is what stands before it, ``tail`` right behind."""

    start: int
    end: int
    word: str
    gap: str
    tail: str


Stretch = Sequence[_Piece]


def restored(text: str) -> str:
    """The text with its stretches in capitals written as other text is.

    >>> restored("UN CONDEMNS THE KILLING OF MR LANE IN TOLVESK")
    'UN condemns the killing of Mr Lane in Tolvesk'
    >>> restored("The UN and NATO met. MSF, ICRC and WFP did not.")
    'The UN and NATO met. MSF, ICRC and WFP did not.'
    """
    stretches = list(_stretches(text))
    if not stretches:
        return text
    speller = _Speller(text, stretches)
    letters = list(text)
    for stretch in stretches:
        for piece, written in zip(stretch, speller.written(stretch), strict=True):
            if len(written) == piece.end - piece.start:
                letters[piece.start : piece.end] = written
    return "".join(letters)


def _stretches(text: str) -> Iterator[Stretch]:
    """The runs of words in capitals that say something: no name, no list of acronyms."""
    run: list[_Piece] = []
    end = 0
    for match in _WORD.finditer(text):
        if match[0].isupper():
            gap, tail = text[end : match.start()], text[match.end() : match.end() + _TAIL]
            run.append(_Piece(match.start(), match.end(), match[0].lower(), gap, tail))
        else:
            yield from [run] if _is_telling(run) else []
            run = []
        end = match.end()
    yield from [run] if _is_telling(run) else []


def _is_telling(run: Stretch) -> bool:
    long = [piece.word for piece in run if len(piece.word) > 1]
    common = sum(map(is_common, long))
    return len(long) >= _LEAST and common >= _LEAST_COMMON and 3 * common >= len(long)


class _Speller:
    """How the words of one article are written."""

    def __init__(self, text: str, stretches: Sequence[Stretch]) -> None:
        self._seen = _seen(text, stretches)
        self._names: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._codes = {code for run in stretches for code in _bracketed(run)}
        for name in _KNOWN_NAMES:
            self._names[name[0]].append(name)
        for code, name in _spelled_out(stretches):
            self._codes.add(code)
            self._names[name[0]].append(name)

    def written(self, stretch: Stretch) -> list[str]:
        """The words of a stretch, restored."""
        plain = [self._alone(piece) for piece in stretch]
        done = [_beside(stretch, plain, at) for at in range(len(stretch))]
        for at, piece in enumerate(stretch):
            for name in self._names.get(piece.word, ()):
                here = stretch[at : at + len(name)]
                if tuple(other.word for other in here) == name:
                    done[at : at + len(name)] = [_titled(word) for word in name]
        return _opened(stretch, done)

    def _alone(self, piece: _Piece) -> str:
        """How a word is written, whatever stands beside it; the small form of one that is both."""
        word = piece.word
        if piece.gap[-1:].isdigit():
            return word  # "4th"
        if len(word) == 1:
            return _letter(piece)
        if word in self._codes:
            return word.upper()
        known = self._seen.get(word) or max(forms(word), key=_smallness)
        return known if len(known) == len(word) else word


def _letter(piece: _Piece) -> str:
    """A letter alone: the article, what an apostrophe cuts off, else an initial."""
    cut = piece.gap[-1:] in _APOSTROPHES and piece.word in {"s", "t", "d", "m"}
    return piece.word if cut or piece.word == "a" else piece.word.upper()


def _smallness(form: str) -> tuple[bool, bool]:
    return form.islower(), form.isupper()


def _titled(word: str) -> str:
    return word if word in _SMALL else word.capitalize()


def _beside(stretch: Stretch, plain: Sequence[str], at: int) -> str:
    """How a word is written that its neighbours make a name, or part of one."""
    piece, word, here = stretch[at], stretch[at].word, plain[at]
    before = stretch[at - 1].word if at else ""
    if piece.tail[:2].lower() in _NOT:
        return word  # "don't"
    if word in _PARTICLES and piece.tail[:1] in "- \n":
        return word if _is_inner(stretch, plain, at) else word.capitalize()
    if word in _MONTHS:
        return word.capitalize() if _NUMBERED.search(f"{piece.gap[-4:]} {piece.tail}") else here
    if word == "us" and (before in {"", "the"} or _is_headline(stretch, at)):
        return "US"
    named = _is_title(stretch, plain, at) or _is_surname(stretch, plain, at)
    joined = piece.gap == "-" and before in _PARTICLES  # "al-Dar"
    return word.capitalize() if named or joined else here


def _is_inner(stretch: Stretch, plain: Sequence[str], at: int) -> bool:
    """Whether a particle stands within a name: "San Luis de la Orla", "al-Dar"."""
    if stretch[at].tail[:1] == "-":
        return True
    behind = at > 0 and not stretch[at].gap.strip()
    return behind and (stretch[at - 1].word in _PARTICLES or _is_name(plain[at - 1]))


def _is_title(stretch: Stretch, plain: Sequence[str], at: int) -> bool:
    """Whether the word is a title before a name: "General Lane", "Mr. Lane"."""
    word, after = stretch[at].word, stretch[at + 1] if at + 1 < len(stretch) else None
    if word not in _TITLES | _ABBREVIATED or after is None or after.gap.strip(" \n."):
        return False
    return word in _ABBREVIATED or _is_name(plain[at + 1]) or _is_surname(stretch, plain, at + 1)


def _is_surname(stretch: Stretch, plain: Sequence[str], at: int) -> bool:
    """Whether a word that is both, or ends names, goes on with the name or title before it."""
    piece = stretch[at]
    if at == 0 or piece.gap.strip(" \n."):
        return False
    before, both = stretch[at - 1].word, piece.word.capitalize() in forms(piece.word)
    if before in _ABBREVIATED:
        return piece.word not in _SMALL
    if piece.gap.strip() or not (_is_name(plain[at - 1]) or before in _TITLES):
        return False
    if piece.word in _ENDINGS:
        return before not in _TITLES
    last = at + 1 == len(stretch) or bool(stretch[at + 1].gap.strip()) or plain[at + 1] in _SAYING
    titled = at > 1 and stretch[at - 2].word in _TITLES
    if before in _TITLES - _DOUBTFUL and not last:
        titled = titled or _does(plain[at + 1])
    return both and (last or titled or _is_name(plain[at + 1]))


def _does(word: str) -> bool:
    """Whether a word may be what somebody named before it does: "denies", "was", "to"."""
    return word in _DOING or word.endswith(("s", "ed"))


def _is_headline(stretch: Stretch, at: int) -> bool:
    """Whether a word stands in a short line without the small words that headlines leave out."""
    first = last = at
    while at - first < _HEADLINE and first and not _parts(stretch[first].gap):
        first -= 1
    while last - at < _HEADLINE and last + 1 < len(stretch) and not _parts(stretch[last + 1].gap):
        last += 1
    line = {piece.word for piece in stretch[first : last + 1]}
    return last - first < _HEADLINE and line.isdisjoint(_FULL)


def _parts(gap: str) -> bool:
    return "\n" in gap or _STOP.search(gap) is not None


def _is_name(written: str) -> bool:
    """Whether a word is written as names are; its neighbours may be part of it."""
    return len(written) > 1 and written[0].isupper() and not written.isupper()


def _opened(stretch: Stretch, written: Sequence[str]) -> list[str]:
    """The words, those that open a sentence with a capital, also behind an aside in brackets."""
    done: list[str] = []
    fresh, inside, since = True, False, 0
    for at, (piece, word) in enumerate(zip(stretch, written, strict=True)):
        since += 1
        if at and _opens(piece.gap, stretch[at - 1].word):
            fresh, since = True, 0
        elif _DASH.search(piece.gap) and since < _DATELINE_WORDS:
            fresh = True
        opening = piece.gap[-1:] == "["
        inside = opening or (inside and "]" not in piece.gap)
        first = fresh and (opening or not inside)
        done.append(word[0].upper() + word[1:] if first else word)
        fresh = fresh and inside
    return done


def _opens(gap: str, before: str) -> bool:
    """Whether a sentence opens behind a gap, as far as marks and the word before it tell."""
    if not _STOP.search(gap):
        return False
    return not (gap.lstrip()[:1] == "." and (len(before) == 1 or before in _ABBREVIATED))


def _seen(text: str, stretches: Sequence[Stretch]) -> dict[str, str]:
    """Word in small letters → how the article mostly writes it where it is not in capitals."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    edges = [(run[0].start, run[-1].end) for run in stretches]
    opening = [0, *(end for _, end in edges)]
    closing = [*(start for start, _ in edges), len(text)]
    for start, end in zip(opening, closing, strict=True) if stretches else ():
        last = start
        for match in _WORD.finditer(text, start, end):
            gap = text[last : match.start()]
            if last > start and not _STOP.search(gap) and not set(gap) & set('"“‘:'):
                counts[match[0].lower()][match[0]] += 1
            last = match.end()
    return {word: max(sorted(forms), key=forms.__getitem__) for word, forms in counts.items()}


def _bracketed(stretch: Stretch) -> Iterator[str]:
    """Short words that no list knows, alone in round brackets."""
    for piece, after in pairwise(stretch):
        alone = piece.gap[-1:] == "(" and after.gap[:1] == ")"
        unknown = forms(piece.word) == (piece.word.capitalize(),)
        if alone and unknown and len(piece.word) <= _CODE_LETTERS:
            yield piece.word


def _spelled_out(stretches: Sequence[Stretch]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Acronyms, each with the name beside it that it stands for: "Rapid Guard Union (RGU)"."""
    for stretch in stretches:
        for at, piece in enumerate(stretch):
            mark = piece.gap.strip()
            unspoken = len(piece.word) <= _CODE_LETTERS and forms(piece.word)[0].isupper()
            if at and (mark in {"[", "("} or (mark == "," and unspoken)):
                before = [other.word for other in stretch[max(0, at - _REACH) : at]]
                after = [other.word for other in stretch[at : at + _REACH]]
                spelled = list(_named(piece.word, (before[-size:] for size in _SIZES)))
                yield from spelled or (_since_article(piece.word, before) if unspoken else ())
                yield from _named(before[-1], (after[:size] for size in _SIZES))


def _named(code: str, phrases: Iterable[Sequence[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The first phrase that an acronym can stand for, in whatever order its letters come."""
    for phrase in phrases:
        initials = Counter(word[0] for word in phrase if word not in _SMALL)
        spare = initials.total() - len(code)
        near = spare == 0 or (spare == 1 and phrase[0][0] == code[0])
        short = 1 < len(code) <= _CODE_LETTERS and phrase[0] not in _SMALL
        if near and short and initials >= Counter(code):
            yield code, tuple(phrase)
            return


def _since_article(code: str, before: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """An acronym of another language: "the Karsa Workers Party (KLP)"."""
    opening = max((at for at, word in enumerate(before) if word in _LEADING), default=-1)
    name = tuple(before[opening + 1 :])
    if opening >= 0 and len(name) > 1 and not all(map(is_common, name)):
        yield code, name
