"""From the words of a clause or phrase to the characters that are said."""

from collections.abc import Sequence
from typing import Final

from kg.extract import syntax
from kg.extract.lexicon import Cue, media, verbs
from kg.extract.mending_said import DATELINE
from kg.extract.quotations import around
from kg.extract.statements.beside import answered, cited, unsaid
from kg.extract.statements.finds import Find, Reading
from kg.extract.tree import Word
from kg.model import Span

RUNNING_ON: Final = frozenset({"into", "over", "of", "by", "against", "about", "as", "at"})

CHARGING: Final = frozenset({"of", "for", "over"})
BARE: Final = frozenset({"WDT", "WP", "IN", ",", "``"})
SPELLS: Final = frozenset({"time", "sake", "minute", "hour", "day", "week", "month", "year"})
"""What one asks "for" without asking for it: "for the third time", "for weeks"."""
TAKING_TO: Final = frozenset({"end", "halt", "return", "stop", "answer", "solution", "access"})
"""Nouns that a phrase with "to" belongs to: "an end to the siege"."""


def from_clause(reading: Reading, verb: Word, frame: Cue, clause: Word) -> Find | None:
    """A find whose content is the clause, less the cue and its speaker."""
    own = {t.i for t in syntax.subtree(verb)} if verb.head == clause else set()
    stray = syntax.stray_subject(verb)
    own.update(t.i for t in (syntax.subtree(stray) if stray is not None else ()))
    tokens = [t for t in syntax.subtree(clause) if t.i not in own and not t.is_space]
    own.update(t.i for t in _day_of_saying(reading, verb, clause))
    beside = [*cited(clause), *answered(verb, clause), *unsaid(clause), *_further(verb, clause)]
    beside.extend(_done_besides(reading, verb, clause))
    own.update(t.i for t in beside)
    tokens = [t for t in tokens if t.i not in own]
    if around(reading.quotations, verb.idx) is not None:  # who is quoted says it in the quotation
        tokens = [t for t in tokens if around(reading.quotations, t.idx) is not None]
    mark = syntax.first(c for c in clause.lefts if c.dep == "mark" and c.lower == "that")
    outer = syntax.child(clause, "nsubj:outer")  # "the theory was that it would hold"
    if mark is not None and mark.i > verb.i and outer is None:
        tokens = [t for t in tokens if t.i >= mark.i]
    if stray is not None:
        after, edge = clause.i > verb.i, min(verb.i, stray.left_edge.i)
        tokens = [t for t in tokens if (t.i > verb.i if after else t.i < edge)]
    spans = _pieces(reading, verb, tokens, clause)
    return Find(verb, frame, None, spans, heads=[clause]) if spans else None


def _done_besides(reading: Reading, verb: Word, clause: Word) -> list[Word]:
    """'Said "we will win" and left': behind the quotation, what the speaker did."""
    quotation = around(reading.quotations, clause.idx)
    if quotation is None or not verb.idx < quotation.outer.start < clause.left_edge.end:
        return []
    after = (c for c in syntax.children(clause, "conj") if c.idx >= quotation.outer.end)
    done = (c for c in after if c.tag == "VBD" and not syntax.child(c, *syntax.SUBJECTS, "mark"))
    return [word for one in done for word in syntax.subtree(one)]


def _further(verb: Word, clause: Word) -> list[Word]:
    """ "I mean they fled, and we stayed": what is said next to what a comment opens."""
    if verb.dep != "parataxis" or not _begins(clause, verb):
        return []
    after = (c for c in syntax.children(clause, "conj", "parataxis") if c.i > clause.i)
    joined = (c for c in after if syntax.child(c, *syntax.SUBJECTS, "expl"))
    return [word for one in joined for word in syntax.subtree(one)]


def _day_of_saying(reading: Reading, verb: Word, clause: Word) -> list[Word]:
    """ "Said on Monday they would meet": the day is the cue's, though it hangs on the clause."""
    first = syntax.first(c for c in clause.lefts if not c.is_punct)
    if first is None or not first.dep.startswith("obl") or not reading.is_dated(first):
        return []
    subject = syntax.first(syntax.children(clause, "nsubj", "nsubj:pass", "expl"))
    words = syntax.subtree(first)
    told = [c.right_edge.i for c in syntax.children(verb, "obj", "iobj") if c.i > verb.i]
    next_to = (
        first.left_edge.i - 1 in {verb.i, *told} and subject is not None and subject.i > first.i
    )
    return words if next_to else []


def _pieces(reading: Reading, verb: Word, tokens: Sequence[Word], clause: Word) -> list[Span]:
    """The content as one span, or as two where the cue interrupts it."""
    left = _behind_colon([t for t in tokens if t.i < verb.i])
    right = [t for t in tokens if t.i > verb.i]
    subject = syntax.first(syntax.children(verb, "nsubj"))
    start = subject.left_edge.i if subject is not None else verb.i
    end = subject.right_edge.i if subject is not None else verb.i
    left = [t for t in left if t.i < min(verb.i, start)]
    right = [t for t in right if t.i > max(verb.i, end)]
    if left and all(reading.is_dated(t) or t.dep in {"case", "punct"} for t in right):
        right = []  # the day of the saying
    if right and all(t.tag in BARE for t in left):
        left = []  # "something that they say is lost"
    if left and right and _begins(clause, verb) and not _parted(verb, right[0]):
        left = []  # "in the novel I think what matters is …"
    spans = [widen(reading, syntax.char_span(part)) for part in (left, right) if part]
    return [span for span in spans if span.end > span.start]


def _begins(clause: Word, verb: Word) -> bool:
    """Whether the clause has its subject behind the cue."""
    subject = syntax.child(clause, "nsubj", "nsubj:pass", "expl", "csubj")
    return subject is not None and subject.i > verb.i


def _parted(verb: Word, word: Word) -> bool:
    """Whether a comma or dash stands between the cue and the word."""
    return any(one.is_punct for one in verb.tree.words[verb.i + 1 : word.i])


def _behind_colon(left: list[Word]) -> list[Word]:
    """ "She was clear: the army, she said, …": a new clause begins behind the colon."""
    colon = max((t.i for t in left if t.text == ":"), default=-1)
    behind = [t for t in left if t.i > colon]
    return behind if any(not t.is_punct for t in behind) else left


def from_phrase(reading: Reading, verb: Word, frame: Cue, head: Word) -> Find:
    """A find whose content is a noun phrase and the phrases that run on from it."""
    opening = {c.i for c in head.lefts if c.dep in {"case", "mark"}}
    tokens = [t for t in syntax.subtree(head) if not t.is_space and t.i not in opening]
    tokens = _without_means(head, tokens)
    if frame.frame in {"target", "blame"} and len(tokens) > 1:
        tokens = [t for t in tokens if t.i > tokens[0].i or t.lower not in CHARGING] or tokens
    parts = _run_on(reading, verb, frame, head)
    parts[0] = [*tokens, *parts[0]]
    spans = [widen(reading, syntax.char_span(part)) for part in parts]
    return Find(verb, frame, None, spans, heads=[head])


def _without_means(head: Word, tokens: list[Word]) -> list[Word]:
    """ "Denied involvement through its leader, in a message": by what means is no content."""
    means = [
        c
        for c in syntax.children(head, "nmod")
        if (case := syntax.case_of(c)) in {"through", "via"}
        or (case == "in" and c.lemma in media())
    ]
    own = {t.i for c in means if c.i > head.i for t in syntax.subtree(c)}
    return [t for t in tokens if t.i not in own]


def _run_on(reading: Reading, verb: Word, frame: Cue, head: Word) -> list[list[Word]]:
    """Phrases the parser hung on the verb though they continue the content.

    "Called for an inquiry into the videos": ``into`` may hang on ``called``. A day between
    them parts the content: "demanded an inquiry on Monday into the raid".
    """
    found: list[list[Word]] = [[]]
    edge = head.right_edge.i
    parted = False
    for child in verb.children:
        if child.i < head.i or child.dep not in {"obl", "nmod", "acl", "xcomp"}:
            continue
        if child.left_edge.i != edge + 1:
            continue
        if not reading.is_dated(child) and not (_runs_on(child, head) or _asks(frame, child)):
            continue
        edge = child.right_edge.i
        if reading.is_dated(child):
            parted = True
            continue
        words = [t for t in syntax.subtree(child) if not t.is_space]
        if parted:
            found.append(words)
        else:
            found[-1].extend(words)
    return found


def _runs_on(phrase: Word, head: Word) -> bool:
    """Whether a phrase of the verb belongs to the noun before it: by its preposition."""
    case = syntax.case_of(phrase)
    sums = case == "in" and head.pos in {"NUM", "SYM"}  # "$5 million in aid"
    asked = case == "for" and head.lemma in verbs("offering")  # "a call for a truce"
    return case in RUNNING_ON or sums or asked or (case == "to" and head.lemma in TAKING_TO)


def _asks(frame: Cue, phrase: Word) -> bool:
    """ "Called for aid to Kesh", "demanded an apology to the dead from the army": all is asked."""
    links = {"for", "from"} if frame.lemma == "appeal" else {"for", "from", "to"}
    return frame.act == "request" and syntax.case_of(phrase) in links and phrase.lemma not in SPELLS


def widen(reading: Reading, span: Span) -> Span:
    """Trimmed, but with a quotation's end kept where the span cuts into it."""
    trimmed = syntax.trim(reading.text, _past_dateline(reading.text, span))
    quotation = around(reading.quotations, trimmed.end - 1) if trimmed.end else None
    if quotation is not None and quotation.outer.start >= trimmed.start:
        whole = quotation.outer.start > trimmed.start
        end = quotation.outer.end if whole else quotation.inner.end
        trimmed = Span(trimmed.start, max(trimmed.end, end))
    opening = around(reading.quotations, trimmed.start)
    if opening is None or trimmed.start > opening.inner.start or trimmed.end <= opening.outer.end:
        return trimmed
    return Span(opening.outer.start, trimmed.end)  # a borrowed word first: "cowardly" bombing


def _past_dateline(text: str, span: Span) -> Span:
    """ "(Nairobi) – The army …": without the place that opens a report."""
    start = text.rfind("\n", 0, span.start) + 1
    match = DATELINE.match(text, start) if span.start - start < 3 else None
    return Span(match.end(), span.end) if match and match.end() < span.end else span
