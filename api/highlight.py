"""An article's text with its evidence marked, as HTML.

Findings (statements, event reports) become ``<mark>`` elements that lead to their pages, the
slots inside them (speaker, cue, date …) become ``<span>`` elements. Every marked span carries
the id ``c{start}-{end}`` and, so that an evidence IRI opened in a browser leads to its words,
the id ``char={start},{end}``. Spans that cross are cut where they cross; the text between the
tags is the article's text, character for character.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple

from markupsafe import Markup, escape

SLOT_ORDER: Final = (
    *("cue", "speaker", "actor", "target", "recipient", "addressee", "mediator"),
    *("toll", "date", "place", "role", "content"),
)

HEADING: Final = re.compile(r"^#{1,6}[ \t]+(?=\S)", re.MULTILINE)
"""The sign of a heading in Markdown: it stays in the text, and the page does not draw it."""

_Span = tuple[int, int]


class _Piece(NamedTuple):
    """A part of the span ``of``; sorts by start, the longest first."""

    start: int
    minus_end: int
    of: _Span

    @property
    def end(self) -> int:
        return -self.minus_end

    @property
    def at(self) -> _Span:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement or report to mark: the number it has on the page, its page and its words."""

    number: int
    kind: str
    href: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """The characters that fill one slot."""

    start: int
    end: int
    slot: str


def anchor(start: int, end: int) -> str:
    """The id of a marked span.

    >>> anchor(12, 40)
    'c12-40'
    """
    return f"c{start}-{end}"


def marked(
    text: str,
    findings: Sequence[Finding],
    words: Iterable[Words],
    *,
    fold: tuple[int, str] = (0, ""),
) -> Markup:
    """The text as HTML with its findings and slots marked.

    ``fold`` says how many characters at its beginning are folded away, and under what words.

    >>> print(marked("He said no.", [], [Words(3, 7, "cue")]))
    He <span id="c3-7" class="cue"><span id="char=3,7"></span>said</span> no.
    """
    page = _Page(text, findings, words)
    end, summary = fold
    if not end:
        return page.html(0, len(text))
    head = Markup('<details class="front"><summary>{}</summary>{}</details>')
    return head.format(summary, page.html(0, end)) + page.html(end, len(text))


class _Page:
    def __init__(self, text: str, findings: Sequence[Finding], words: Iterable[Words]) -> None:
        self.text = text
        self.signs = [one.span() for one in HEADING.finditer(text)]
        self.findings: dict[_Span, list[Finding]] = {}
        for found in findings:
            self.findings.setdefault((found.start, found.end), []).append(found)
        self.slots: dict[_Span, set[str]] = {}
        for word in words:
            if (word.start, word.end) not in self.findings:
                self.slots.setdefault((word.start, word.end), set()).add(word.slot)
        self.marks = _queue(self.findings)
        self.spans = _queue(self.slots)

    def html(self, start: int, end: int) -> Markup:
        """The characters [start, end); parts are asked for in order."""
        return _nest((start, end), self.marks, self._mark, lambda at: self._run(at, None))

    def _mark(self, piece: _Piece) -> Markup:
        found = self.findings[piece.of]
        inner = _nest(piece.at, self.marks, self._mark, lambda at: self._run(at, found[0]))
        notes = (_note(one) for one in found if piece.end == piece.of[1])
        return _element("mark", piece, found[0].kind, inner + Markup("").join(notes))

    def _run(self, at: _Span, found: Finding | None) -> Markup:
        body = _nest(at, self.spans, self._slot, self._plain)
        if found is None:
            return body
        return Markup('<a href="{}" title="{}">{}</a>').format(found.href, found.title, body)

    def _slot(self, piece: _Piece) -> Markup:
        slots = self.slots[piece.of]
        kind = next((slot for slot in SLOT_ORDER if slot in slots), "other")
        return _element("span", piece, kind, _nest(piece.at, self.spans, self._slot, self._plain))

    def _plain(self, at: _Span) -> Markup:
        here, out = at[0], Markup("")
        for start, end in self.signs:
            if at[0] <= start and end <= at[1]:
                sign = Markup('<span class="sign">{}</span>').format(self.text[start:end])
                out += escape(self.text[here:start]) + sign
                here = end
        return out + escape(self.text[here : at[1]])


def _queue(spans: Iterable[_Span]) -> list[_Piece]:
    queue = [_Piece(start, -end, (start, end)) for start, end in spans if start < end]
    heapify(queue)
    return queue


def _nest(
    at: _Span,
    queue: list[_Piece],
    wrap: Callable[[_Piece], Markup],
    leaf: Callable[[_Span], Markup],
) -> Markup:
    """The characters ``at``: queued pieces wrapped, what crosses the end cut and put back."""
    here, end = at
    out: list[Markup] = []
    while queue and queue[0].start < end:
        piece = heappop(queue)
        if piece.end > end:
            heappush(queue, piece._replace(start=end))
            piece = piece._replace(minus_end=-end)
        if here < piece.start:
            out.append(leaf((here, piece.start)))
        out.append(wrap(piece))
        here = piece.end
    if here < end:
        out.append(leaf((here, end)))
    return Markup("").join(out)


def _element(tag: str, piece: _Piece, kind: str, body: Markup) -> Markup:
    start, end = piece.of
    if piece.start != start:
        return Markup('<{0} class="{1}">{2}</{0}>').format(tag, kind, body)
    return Markup('<{0} id="{1}" class="{2}"><span id="char={3},{4}"></span>{5}</{0}>').format(
        tag, anchor(start, end), kind, start, end, body
    )


def _note(found: Finding) -> Markup:
    return Markup('<a class="note" href="#f{0}" data-n="{0}" aria-label="Finding {0}"></a>').format(
        found.number
    )
