"""What ``q`` looks for: words compared whole, in any case and without accents; beginnings; phrases.

``investigation shell* "market of Lorik"`` means a text with the word "investigation", one with a
word that begins with "shell", and one with the phrase, perhaps three texts of the record. Signs
within a word part it as in names: "prosecutor's" is the phrase "prosecutor s".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from kg.filters import names

SNIPPET: Final = 240
"""Characters of a snippet at the most, without the dots that say that it is cut."""
_BEFORE: Final = 80
"""Characters of a snippet before the first word that was looked for."""
_ASKED: Final = re.compile(r'"([^"]*)"(\*?)|(\S+)')
_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")

Match = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other; of the last of them perhaps only the beginning."""

    words: tuple[str, ...]
    begins: bool = False

    def holds(self, variable: str) -> str:
        """The SPARQL test whether a variable's text has it."""
        return names.phrase(variable, self.words, begins=self.begins)


@lru_cache(maxsize=1024)
def asked(text: str) -> tuple[Term, ...]:
    """The terms of ``q``, each once; none where it has no word.

    >>> asked('Shell* "Market of Lorik" — investigation')
    (Term(words=('shell',), begins=True), Term(words=('market', 'of', 'lorik'), begins=False), \
Term(words=('investigation',), begins=False))
    """
    found = []
    for phrase, star, word in _ASKED.findall(text):
        words = names.words(phrase or word)
        if words:
            begins = bool(star) or (phrase or word).endswith("*")
            found.append(Term(words, begins))
    return tuple(dict.fromkeys(found))


def match(texts: Iterable[str], wanted: Sequence[Term]) -> Match | None:
    """``{"text", "marks"}``: a piece of the text that has most of the terms, and where they stand.

    ``marks`` are ``[start, end)`` in code points of the piece. None where no text has any.

    >>> match(["The shelling of the market."], asked("MARKET shell*"))
    {'text': 'The shelling of the market.', 'marks': [[4, 12], [20, 26]]}
    """
    best: tuple[int, str, list[tuple[int, int]]] | None = None
    for text in texts:
        spans: list[tuple[int, int]] = []
        held = 0
        laid = _laid(text)
        for term in wanted:
            stands = list(_stands(laid, term))
            held += bool(stands)
            spans += stands
        if held and (best is None or held > best[0]):
            best = held, text, sorted(set(spans))
    return _snippet(best[1], best[2]) if best else None


def _laid(text: str) -> list[tuple[str, int, int]]:
    """The words of a text as they are compared, and where each stands."""
    return [
        (word, found.start(), found.end())
        for found in _WORD.finditer(text)
        for word in names.words(found[0])
    ]


def _stands(laid: Sequence[tuple[str, int, int]], term: Term) -> Iterator[tuple[int, int]]:
    length = len(term.words)
    for at in range(len(laid) - length + 1):
        here = [word for word, _, _ in laid[at : at + length]]
        last = here[-1].startswith(term.words[-1]) if term.begins else here[-1] == term.words[-1]
        if last and tuple(here[:-1]) == term.words[:-1]:
            yield laid[at][1], laid[at + length - 1][2]


def _snippet(text: str, spans: Sequence[tuple[int, int]]) -> Match:
    """The piece around the first place where most of the spans stand together."""
    begin, end = 0, len(text)
    if end > SNIPPET:
        first = max(spans, key=lambda one: (_within(spans, one[0]), -one[0]))[0]
        begin = max(0, min(first - _BEFORE, end - SNIPPET))
        end = min(end, begin + SNIPPET)
        begin, end = _at_words(text, begin, end, first)
    head, tail = "…" if begin else "", "…" if end < len(text) else ""
    shown = [
        [start - begin + len(head), stop - begin + len(head)]
        for start, stop in spans
        if begin <= start and stop <= end
    ]
    return {"text": f"{head}{text[begin:end]}{tail}", "marks": _joined(shown)}


def _within(spans: Sequence[tuple[int, int]], first: int) -> int:
    return sum(first <= start and stop <= first + SNIPPET - _BEFORE for start, stop in spans)


def _at_words(text: str, begin: int, end: int, first: int) -> tuple[int, int]:
    """A cut that falls between words."""
    if begin:
        blank = text.find(" ", begin, first)
        begin = blank + 1 if blank >= 0 else begin
    if end < len(text):
        blank = text.rfind(" ", first, end)
        end = blank if blank > first + 1 else end
    return begin, end


def _joined(marks: Sequence[list[int]]) -> list[list[int]]:
    """Marks that do not overlap."""
    found: list[list[int]] = []
    for start, end in marks:
        if found and start < found[-1][1]:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return found
