"""Event reports: what an article says was done, read off trigger words and the tree.

A trigger of ``triggers.tsv`` (a verb or an event noun) becomes a report when the text gives it a
party, a toll, or makes it the very thing that somebody calls for, promises or denies.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract import dates, syntax
from kg.extract.actors import naming
from kg.extract.confidence import confidence
from kg.extract.events import background, factuality, merging, parties, triggers, when_where
from kg.extract.events.tellings import Scenes, Telling, refs, unique
from kg.extract.lexicon import nouns, things, verbs
from kg.extract.statements import Told
from kg.extract.tree import Word
from kg.model import DateRange, EventReport, Span

TO_COME: Final = frozenset({"planned", "requested", "hypothetical"})
"""Factuality of what lies ahead, so that its "May" is the next one."""
TIES: Final = frozenset({"RETREAT", "SUPPORT", "CONSULT", "COOPERATE", "AID"})
"""Types of what a sanction cuts off."""
LASTING: Final = frozenset({"RETREAT", "SUPPORT", "CONSULT", "COOPERATE", "COERCE", "SANCTION"})
"""Types of what lasts, so that its end is not the event."""
AROUND: Final = syntax.CLAUSES | {"conj", "acl", "appos", "cc"}
BRANCHES: Final = frozenset({"acl:relcl", "advcl", "parataxis"})
_JOINED: Final = re.compile(r"(?:(?:and|but|or|while|as)\s+|\d{1,2}[.)]\s+|[-•*–]\s+)", re.I)


def find(scenes: Scenes, published: DateRange | None) -> list[EventReport]:
    """All reports of a parsed article, in the order of their triggers."""
    scenes.open.update((telling.token.i, telling) for telling in triggers.find(scenes.tree))
    for telling in scenes.open.values():
        parties.read(scenes, telling)
    merging.merge(scenes)
    for telling in scenes.open.values():
        when_where.locate(scenes, telling)
    when_where.date(scenes)
    when_where.inherit(scenes)
    kept = [telling for telling in scenes.open.values() if _stands(scenes, telling)]
    reports = [_finish(scenes, telling, _about(telling, kept), published) for telling in kept]
    return background.mark(reports, scenes.text, published)


# -- what stands -------------------------------------------------------------------------


def _stands(scenes: Scenes, telling: Telling) -> bool:
    """Whether the text says enough of it to be a report."""
    over = telling.trigger.event_type in LASTING and _ends(telling.token)
    if over or telling.accident or telling.doerless or telling.token.lemma in verbs("dying"):
        return False
    if telling.is_verb:
        return _verb_stands(scenes, telling)
    return not _is_of_person(telling.token) and _noun_stands(scenes, telling)


def _noun_stands(scenes: Scenes, telling: Telling) -> bool:
    if telling.parties or telling.mediators or telling.killed or telling.injured:
        return True
    if telling.light is not None and (telling.date or telling.place):
        return True
    where = telling.place is not None and (telling.date is not None or telling.is_violent)
    return _is_main(scenes, telling) or where


def _is_of_person(noun: Word) -> bool:
    """Whether it only says who somebody is: "a veteran of the war"."""
    above = naming.noun_at(noun.head) if noun.dep == "nmod" else None
    return above is not None and above.kind == "Person" and syntax.case_of(noun) == "of"


def _ends(noun: Word) -> bool:
    """Whether the text tells of its end: "the truce collapsed"."""
    if noun.dep in {"obj", "nsubj:pass"} and noun.head.lemma in verbs("lifting"):
        return True
    return noun.dep in syntax.SUBJECTS and noun.head.lemma in verbs("ending")


def _verb_stands(scenes: Scenes, telling: Telling) -> bool:
    verb = telling.token
    if (telling.is_violent or telling.mode == "release") and not _hits(scenes, telling):
        return False
    if telling.mode == "visit" and not (telling.recipients or telling.place):
        return False
    if telling.trigger.mutual and telling.taken and not _has_party(scenes, telling):
        return False
    if verb.lemma in verbs("leaving") and telling.trigger.event_type == "RETREAT":
        behind = syntax.obliques(verb, "from")
        given = any(scenes.cast.resolve(word) for word in telling.taken)
        if not (telling.place or given) and (behind or syntax.objects(verb)):
            return False  # "withdrew the proposal", "withdrew from the race"
    known = telling.parties or telling.mediators or telling.killed or telling.injured
    return bool(known or (telling.is_violent and telling.place)) or _is_main(scenes, telling)


def _has_party(scenes: Scenes, telling: Telling) -> bool:
    """Whether it is done with somebody, or tells its event twice: not "met the deadline"."""
    return any(scenes.at(word) or scenes.cast.parties(word) for word in telling.taken)


def _hits(scenes: Scenes, telling: Telling) -> bool:
    """Whether a violent verb has something to be done to: "struck a deal" has not."""
    if telling.recipients or telling.killed or telling.injured or telling.trigger.mutual:
        return True
    ended = (scenes.at(word) for word in telling.taken if not telling.is_assault)
    if any(event is not None and event.trigger.event_type in TIES for event in ended):
        return True  # "suspended the talks"
    if not telling.taken:
        whole = " " in telling.trigger.lemma and not telling.trigger.recipient
        return whole or telling.place is not None
    return any(_is_thing(word.lemma) or scenes.places.is_place(word) for word in telling.taken)


def _is_thing(lemma: str) -> bool:
    """Whether the noun is one that an armed act can hit: a thing, or somebody."""
    noun = nouns().get(lemma)
    return lemma in things() or (noun is not None and noun.kind != "Document")


def _is_main(scenes: Scenes, telling: Telling) -> bool:
    """Whether it is itself what is called for, promised or denied."""
    said = scenes.said_in(telling)
    heads = said.heads if said is not None else ()
    return any(factuality.is_main(t, heads) for t in (telling.token, telling.light) if t)


# -- the report --------------------------------------------------------------------------


def _finish(
    scenes: Scenes, telling: Telling, about: tuple[str, ...], published: DateRange | None
) -> EventReport:
    _mediate(telling)
    acting = refs(telling.actors)
    told_as = _factuality(scenes, telling)
    date = telling.date
    if date is not None and told_as in TO_COME and not _is_perfect(telling.token):
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
        place=telling.place,
        date=date,
        killed=telling.killed,
        injured=telling.injured,
        about=about,
        confidence=confidence("report", _rules(telling)),
    )


def _is_perfect(verb: Word) -> bool:
    """Whether it may have been: "may have attacked on Monday"."""
    return "have" in syntax.auxiliaries(verb)


def _mediate(telling: Telling) -> None:
    """Who mediates is no party besides."""
    between = refs(telling.mediators)
    telling.actors = [actor for actor in telling.actors if actor.ref not in between]


def _factuality(scenes: Scenes, telling: Telling) -> str:
    hedge = factuality.of_words(telling.light or telling.token)
    hedge = hedge or factuality.of_words(telling.token)
    told = scenes.said_in(telling)
    if told is None or _is_narrated(telling.token, told):
        return hedge or "asserted"
    said = told.statement
    main = _is_main(scenes, telling)
    own = said.speaker is not None and said.speaker.ref in refs(telling.actors)
    given = factuality.in_statement(said.act, main=main, own=own)
    return given if main and said.act in factuality.BINDING else hedge or given


def _is_narrated(token: Word, told: Told) -> bool:
    """Whether the article itself tells it, in an aside of what somebody asks for.

    "Demanded the release of Ada Lane, who was arrested in March": the arrest is no demand.
    """
    if told.statement.quoted or told.statement.act not in factuality.REQUESTS:
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
    tokens = syntax.subtree(telling.token, without=AROUND | {"nsubj", "case", "mark"})
    for word in telling.words:
        if word != telling.token and sent.start <= word.i < sent.end:
            own = syntax.subtree(word, without=AROUND | {"case", "mark"})
            tokens.extend(own if word != telling.light else [word])
    spans = [syntax.char_span(t for t in tokens if not t.is_space)]
    spans.extend(m.span for m in telling.parties)
    spans.extend(t.span for t in (telling.killed, telling.injured) if t)
    spans = [s for s in spans if sent.start_char <= s.start < sent.end_char]
    hull = Span(min(s.start for s in spans), max(s.end for s in spans))
    return _within_speech(scenes, telling, syntax.trim(scenes.text, hull))


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
    """With the mark that closes a quotation opened inside."""
    words, mark = span.of(text), text[span.end : span.end + 1]
    still_open = (mark == "”" and words.count("“") > words.count("”")) or (
        mark == '"' and words.count('"') % 2 == 1
    )
    return Span(span.start, span.end + 1) if still_open else span


def _about(telling: Telling, kept: Sequence[Telling]) -> tuple[str, ...]:
    """The events that stand inside an inquiry's own phrase: what it looks into."""
    if telling.trigger.event_type != "ACCUSE":
        return ()
    roots = [telling.token, *parties.phrases_after(telling.token)]
    inside = {word.i for root in roots for word in syntax.subtree(root, without=BRANCHES)}
    inside.discard(telling.token.i)
    return tuple(other.key for other in kept if other.token.i in inside)


def _rules(telling: Telling) -> Iterator[str]:
    """Which rules of the table of confidence hold."""
    yield "verb" if telling.is_verb else "noun"
    if telling.actors and (telling.recipients or telling.trigger.mutual):
        yield "parties"
    if telling.date is not None:
        yield "dated"
