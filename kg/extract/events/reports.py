"""Event reports: what an article says was done, read off trigger words and the tree.

A trigger of ``triggers.tsv`` (a verb or an event noun) becomes a report when the text gives it a
party, a toll, or makes it the very thing that somebody calls for, promises or denies.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from kg.extract import dates, syntax
from kg.extract.actors import naming
from kg.extract.actors.pronouns import is_first_person
from kg.extract.confidence import confidence
from kg.extract.events import (
    background,
    denial,
    factuality,
    merging,
    nouns,
    parties,
    quoted,
    rising,
    triggers,
    when,
    where,
)
from kg.extract.events.standing import TIES, is_main, stands
from kg.extract.events.tellings import Scenes, Telling, refs, unique
from kg.extract.statements import Told
from kg.extract.tree import Word
from kg.model import DateRange, EventReport, Mention, Span, Statement

TO_COME: Final = frozenset({"planned", "requested", "hypothetical"})
"""Factuality of what lies ahead, so that its "May" is the next one."""
YIELDED: Final = TIES | {"CONCEDE", "AGREE"}
"""Types of what a refusal keeps from being."""
TRIED: Final = frozenset({"try", "attempt", "seek"})
AROUND: Final = syntax.CLAUSES | {"conj", "acl", "appos", "cc"}
BESIDE: Final = AROUND | {"case", "mark"}
OUTSIDE: Final = BESIDE | {"nsubj"}
"""What hangs on an event's word and is no part of its telling, or is taken up by itself."""
BRANCHES: Final = frozenset({"acl:relcl", "advcl", "parataxis"})
_JOINED: Final = re.compile(r"(?:(?:and|but|or|while|as)\s+|\d{1,2}[.)]\s+|[-•*–]\s+)", re.I)


def find(scenes: Scenes, published: DateRange | None) -> list[EventReport]:
    """All reports of a parsed article, in the order of their triggers."""
    scenes.open.update((telling.token.i, telling) for telling in triggers.find(scenes.tree))
    for telling in scenes.open.values():
        parties.read(scenes, telling)
    quoted.leave_out(scenes)
    merging.merge(scenes)
    for telling in scenes.open.values():
        where.locate(scenes, telling)
    where.hand_up(scenes)
    when.date(scenes)
    when.share(scenes)
    when.inherit(scenes)
    rising.read(scenes)
    quoting = {told.find.cue.i for told in scenes.told if told.statement.quoted}
    kept = [t for t in scenes.open.values() if t.token.i not in quoting and stands(scenes, t)]
    standing = {telling.token.i: telling for telling in kept}
    reports = [_finish(scenes, telling, _about(telling, standing), published) for telling in kept]
    aside = {telling.key for telling in kept if background.is_aside(telling.token)}
    remote = {telling.key for telling in kept if background.is_remote(telling.token)}
    return background.mark(reports, scenes.text, published, aside=aside, remote=remote)


# -- the report --------------------------------------------------------------------------


def _finish(
    scenes: Scenes, telling: Telling, about: tuple[str, ...], published: DateRange | None
) -> EventReport:
    _mediate(telling)
    acting = refs(telling.actors)
    told_as = _factuality(scenes, telling)
    date = telling.date
    if date is not None and told_as in TO_COME and not _is_behind(scenes, telling, date):
        date = dates.ahead(date, published)
    return EventReport(
        key=telling.key,
        whole=_whole(scenes, telling),
        cue=telling.cue,
        event_type=telling.trigger.event_type,
        mode=telling.mode,
        factuality=told_as,
        actors=unique(telling.actors),
        recipients=unique(m for m in telling.recipients if m.ref not in acting),
        mediators=unique(telling.mediators),
        targets=tuple(dict.fromkeys(naming.phrase_span(word) for word in telling.targets)),
        place=telling.place,
        date=date,
        killed=telling.killed,
        injured=telling.injured,
        about=about,
        confidence=confidence("report", confidence_rules(telling)),
    )


def _is_behind(scenes: Scenes, telling: Telling, date: DateRange) -> bool:
    """Whether the day is past: "may have attacked on Monday", "an attempt was seen on Monday"."""
    verb = telling.token
    if "have" in syntax.auxiliaries(verb):
        return True
    if verb.dep == "xcomp" and verb.head.lemma in TRIED and verb.head.tag == "VBD":
        return True
    if date.edtf.startswith("../") and date.span is not None and date.span.start > verb.idx:
        return False  # "agreed to a truce until May": until then it is to last
    token = scenes.tree.root_of(date.span.start, date.span.end) if date.span else None
    above = syntax.clause_of(token) if token is not None else verb
    return above is not verb and (
        above.tag == "VBD" or bool(syntax.auxiliaries(above) & {"was", "were"})
    )


def _mediate(telling: Telling) -> None:
    """Who mediates is no party besides."""
    between = refs(telling.mediators)
    telling.actors = [actor for actor in telling.actors if actor.ref not in between]


def _factuality(scenes: Scenes, telling: Telling) -> str:
    told = scenes.said_in(telling)
    denied = told is not None and told.statement.act in {"deny", "reject"}
    words = (telling.light, telling.token) if telling.light else (telling.token,)
    hedges = (factuality.of_words(word, scenes.cues, denied=denied) for word in words)
    hedge = next((hedge for hedge in hedges if hedge), None)
    if told is None or _is_narrated(telling.token, told):
        return hedge or "asserted"
    said = told.statement
    main = is_main(scenes, telling)
    own = any(_is_own(scenes, said, actor) for actor in telling.actors)
    lasting = telling.trigger.event_type in YIELDED
    if own and not denied and hedge == "hypothetical" and _is_foretold(scenes, telling, told):
        return "planned"
    own = own and not _is_passed_on(scenes, telling, said)
    given = factuality.in_statement(said.act, main=main, own=own, lasting=lasting)
    if main and said.act in factuality.BINDING:
        return "hypothetical" if hedge == "negated" else given  # "urged them not to attack"
    return hedge or given


def _is_passed_on(scenes: Scenes, telling: Telling, said: Statement) -> bool:
    """ "Police say the rebels claimed the raid": they do so only in the words of another."""
    own = said.speaker.ref if said.speaker is not None else None
    told = (one.statement.speaker for one in scenes.contents.at(telling.token.idx))
    return any(speaker is not None and speaker.ref != own for speaker in told)


def _is_own(scenes: Scenes, said: Statement, actor: Mention) -> bool:
    """Whether the speaker tells of itself, or as "we" of the body it speaks for.

    Not so in "the rebels say we shelled it": "we" are whose paper, or whose quotation, it is.
    """
    if said.speaker is not None and said.speaker.ref == actor.ref:
        return True
    word = scenes.tree.at(actor.span.start)
    if word is None or word.end != actor.span.end or not is_first_person(word):
        return False
    heard = scenes.cast.register.voices.at(word.idx)
    return not heard or (said.speaker is not None and heard[-1] == said.speaker.ref)


def _is_foretold(scenes: Scenes, telling: Telling, told: Told) -> bool:
    """ "Kesh said it would send aid": will, as a past saying has it, without an "if"."""
    verb = telling.light or telling.token
    cue = scenes.tree.root_of(told.statement.cue.start, told.statement.cue.end)
    marks = {c.lower for clause in syntax.children(verb, "advcl") for c in clause.lefts}
    would = "would" in syntax.auxiliaries(verb) and not marks & {"if", "unless"}
    return would and cue is not None and cue.tag == "VBD"


def _is_narrated(token: Word, told: Told) -> bool:
    """Whether the article itself tells it, before an answer or in an aside of a request.

    "Demanded the release of Ada Lane, who was arrested in March": the arrest is no demand.
    """
    if told.find.aside and told.find.refers is None:
        return True  # "they shelled the town, which the army denied"
    if told.statement.quoted or told.statement.act not in denial.REQUESTS:
        return False
    words = token.tree.words
    for node in (token, *syntax.ancestors(token)):
        if node in told.heads:
            return False
        if node.dep == "acl:relcl":
            edge = node.left_edge.i
            return "," in {words[edge].text, words[edge - 1].text if edge else ""}
    return False


def _whole(scenes: Scenes, telling: Telling) -> Span:
    """The words that tell the event: trigger, parties and circumstances of its clause."""
    sent = telling.token.sent
    tokens = syntax.subtree(telling.token, without=OUTSIDE)
    for word in telling.words:
        if word != telling.token and sent.start <= word.i < sent.end:
            own = syntax.subtree(word, without=BESIDE)
            tokens.extend(own if word != telling.light else [word])
    spans = [syntax.char_span(t for t in tokens if not t.is_space)]
    spans.extend(m.span for m in telling.parties)
    spans.extend(t.span for t in (telling.killed, telling.injured) if t)
    spans = [s for s in spans if sent.start_char <= s.start < sent.end_char]
    hull = Span(min(s.start for s in spans), max(s.end for s in spans))
    first = min(tokens, key=lambda word: word.i)
    if first.idx == hull.start:
        hull = Span(_opening(first, telling.token).idx, hull.end)
    return _within_speech(scenes, telling, syntax.trim(scenes.text, hull))


def _opening(first: Word, event: Word) -> Word:
    """ "On Friday, the mayor met them": the preposition that belongs to the first phrase."""
    before = first.tree.words[first.i - 1] if first.i > first.sent.start else first
    own = before.dep == "case" and before.head is not event
    inside = before.head is first or first in syntax.ancestors(before)
    joined = first in syntax.subtree(before.head) and event in syntax.ancestors(before.head)
    return before if own and (inside or joined) else first


def _within_speech(scenes: Scenes, telling: Telling, hull: Span) -> Span:
    """Without a conjunction in front, and no further than the content it is told in."""
    joined = _JOINED.match(hull.of(scenes.text))
    if joined:
        hull = Span(hull.start + joined.end(), hull.end)
    said = scenes.said_in(telling)
    for part in said.statement.content if said is not None else ():
        if part.start <= telling.token.idx < part.end:
            hull = Span(max(hull.start, part.start), min(hull.end, part.end))
    return _closed(scenes.text, syntax.trim(scenes.text, hull))


def _closed(text: str, span: Span) -> Span:
    """With the mark that closes a quotation opened inside, or opens one that is closed inside."""
    words, mark = span.of(text), text[span.end : span.end + 1]
    odd, more = words.count('"') % 2 == 1, words.count("”") - words.count("“")
    if (mark == "”" and more < 0) or (mark == '"' and odd):
        return Span(span.start, span.end + 1)
    before = text[span.start - 1 : span.start]
    if (before == "“" and more > 0) or (before == '"' and odd):
        return Span(span.start - 1, span.end)
    return span


def _about(telling: Telling, kept: Mapping[int, Telling]) -> tuple[str, ...]:
    """The events that stand inside an inquiry's own phrase: what it looks into."""
    if telling.trigger.event_type != "ACCUSE":
        return ()
    parts = [c for c in telling.token.children if c.dep not in BRANCHES | {"conj"}]
    roots = [*parts, *nouns.phrases_after(telling.token)]
    inside = {word.i for root in roots for word in syntax.subtree(root, without=BRANCHES)}
    inside.discard(telling.token.i)
    return tuple(kept[i].key for i in sorted(inside & kept.keys()))


def confidence_rules(telling: Telling) -> Iterator[str]:
    """Which rules of the table of confidence hold."""
    yield "verb" if telling.is_verb else "noun"
    if telling.actors and (telling.recipients or telling.trigger.mutual):
        yield "parties"
    if telling.date is not None:
        yield "dated"
