"""To whom, when and by what means something was said: what stands beside a cue."""

import re
from typing import Final

from kg.extract import syntax
from kg.extract.dates import bearing, touching
from kg.extract.lexicon import media
from kg.extract.statements.finds import Find, Reading
from kg.extract.tree import Word
from kg.model import DateRange, Span

_NEXT: Final = re.compile(r"\s(?:(?:on|in|at|late|early|late on|earlier)\s)?")
BY_ITSELF: Final = frozenset({"tweet", "telephone", "phone", "email"})
"""Cues that name their medium."""
TOLD: Final = frozenset(
    {"tell", "ask", "assure", "reassure", "remind", "inform", "notify", "alert"}
)
"""Cues whose object is spoken to."""
PERFECT: Final = frozenset({"has", "have", "'ve", "’ve"})
MEANS: Final = frozenset({"in", "on", "at", "by", "to", "during", "via", "through", "over"})


def addressee(find: Find) -> Word | None:
    """Who is spoken to: told whom, said to whom."""
    verb = find.cue
    if find.frame.lemma in TOLD:
        who = _told(find)
    elif (find.frame.frame, find.frame.act) == ("for", "request") and verb.lemma != "appeal":
        who = _pressed(find)
    else:
        who = syntax.first(c for c in syntax.children(verb, "obl") if syntax.case_of(c) == "to")
    return who if who is not None and not find.says(who.idx) else None


def _pressed(find: Find) -> Word | None:
    """ "Called on Kesh for an inquiry", "pressed Kesh for talks"; not "for aid to Kesh"."""
    verb = find.cue
    links = {"with"} if verb.lemma == "plead" else {"on", "upon"}
    beside = syntax.children(verb, "obl")
    on = [c for c in beside if syntax.case_of(c) in links]
    to = [c for c in beside if c.left_edge.i == verb.i + 1 and syntax.case_of(c) == "to"]
    return syntax.first([*on, *to, *syntax.objects(verb)])


def _told(find: Find) -> Word | None:
    if find.passive:
        return syntax.child(find.cue, "nsubj:pass")
    return syntax.first(syntax.objects(find.cue))


def date(reading: Reading, find: Find) -> DateRange | None:
    """The date of the saying: in the cue's clause, outside what is said; the nearest one."""
    if find.dated is not None:
        return next(iter(touching(reading.dates, find.dated.start, find.dated.end)), None)
    sent = find.cue.sent
    near = [
        (abs(d.span.start - find.cue.idx), n, d)
        for n, d in enumerate(touching(reading.dates, sent.start_char, sent.end_char))
        if d.span
        and sent.start_char <= d.span.start
        and bearing(reading.text, d) == "on"
        and not any(s.touches(d.span) for s in find.content)
        and _dates_cue(reading, d.span.start, find)
    ]
    return min(near, key=lambda found: found[:2])[2] if near else None


def _dates_cue(reading: Reading, start: int, find: Find) -> bool:
    """Whether a date hangs on the cue rather than on a noun or clause beside it."""
    words = reading.tree.of(find.cue.sent)
    token = next((t for t in words if t.idx <= start < t.end), None)
    if token is None:
        return False
    first = min((s.start for s in find.content), default=0)
    if start > find.cue.end and syntax.auxiliaries(find.cue) & PERFECT:
        return False  # "has denied shelling the town in March": the shelling was in March
    if find.cue.idx < start < first or _NEXT.fullmatch(reading.text[find.cue.end : start]):
        return True
    for node in (token, *syntax.ancestors(token)):
        if node == find.cue:
            return True
        if node.dep in syntax.CLAUSES | {"acl", "appos"} or node.pos == "VERB":
            return False
    return False


def medium(reading: Reading, find: Find) -> tuple[str, Span] | None:
    """The medium, and the words that name it: "in a statement", "on Telegram", "by telephone"."""
    for phrase in _means(find):
        name = _medium_of(phrase)
        if name is not None:
            short = syntax.subtree(phrase, without=syntax.CLAUSES | {"nmod"})
            return name, syntax.trim(reading.text, syntax.char_span(short))
    if find.cue.lemma in BY_ITSELF:
        return media()[find.cue.lemma], find.cue_span
    return None


def _means(find: Find) -> list[Word]:
    """The phrases that may name a medium: a document, an audience, in/on/by something."""
    verb = find.cue
    found = [find.document] if find.document is not None else []
    told = _told(find) if find.frame.lemma == "tell" else None
    found.extend([told] if told is not None else [])
    phrases = syntax.children(verb, "obl", "obl:unmarked", "nmod")
    found.extend(
        phrase
        for phrase in (*phrases, *syntax.children(verb, "obj"))
        if syntax.case_of(phrase) in MEANS and not find.says(phrase.idx)
    )
    return found


def _medium_of(phrase: Word) -> str | None:
    """The medium: the platform of a post or statement rather than its form."""
    names = [" ".join(t.lower for t in syntax.phrase(phrase)[-2:]), phrase.lower]
    names.extend(t.lower for t in syntax.children(phrase, "compound", "amod", "nmod", "conj"))
    found = [media()[name] for name in names if name in media()]
    if phrase.pos == "PROPN":
        found = [name for name in found if name[0].isupper()]  # "told the Kesh Post"
    return next((medium for medium in found if medium[0].isupper()), syntax.first(found))
