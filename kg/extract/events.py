"""Event reports: what an article says was done, read off trigger words and the tree.

A trigger of ``triggers.tsv`` (a verb or an event noun) becomes a report when the text gives it a
party, a toll, or makes it the very thing that somebody calls for, promises or denies.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from kg.extract import factuality, syntax, tolls
from kg.extract.actors import Cast
from kg.extract.lexicon import Trigger, nouns, rows, triggers
from kg.extract.places import Places
from kg.extract.tree import Tree, Word
from kg.model import DateRange, EventReport, Mention, Span, Statement, Toll

KILLING: Final = frozenset({"kill", "slay", "die", "perish"})
DYING: Final = frozenset({"die", "perish"})
HURTING: Final = frozenset({"injure", "wound", "hurt", "maim"})
VIOLENT: Final = frozenset({"ASSAULT", "COERCE", "SANCTION"})
VICTIM: Final = frozenset({"of", "on", "against", "at", "upon"})
AROUND: Final = syntax.CLAUSES | {"conj", "acl", "appos", "cc"}
MAX_WHOLE: Final = 400


@dataclass(slots=True)
class Draft:
    """A report in the making."""

    token: Word
    trigger: Trigger
    actors: list[Mention] = field(default_factory=list)
    recipients: list[Mention] = field(default_factory=list)
    mediators: list[Mention] = field(default_factory=list)
    place: Mention | None = None
    date: DateRange | None = None
    killed: Toll | None = None
    injured: Toll | None = None
    light: Word | None = None
    cue: Span = Span(0, 0)
    words: list[Word] = field(default_factory=list)
    taken: list[Word] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Unique in the article: a token tells one event."""
        return f"r{self.token.i}"

    @property
    def parties(self) -> list[Mention]:
        """Everyone in it."""
        return [*self.actors, *self.recipients]


class Events:
    """Reads the event reports of one parsed article, after its statements."""

    def __init__(
        self,
        tree: Tree,
        cast: Cast,
        places: Places,
        dates: tuple[DateRange, ...],
        statements: Sequence[Statement],
        mains: Mapping[str, Sequence[Word]],
    ) -> None:
        self.tree = tree
        self.text = tree.text
        self.cast = cast
        self.places = places
        self.dates = dates
        self.statements = statements
        self._heads = mains
        self._hosts: dict[int, Draft] = {}

    def find(self) -> list[EventReport]:
        """All reports, in the order of their triggers."""
        drafts = {token.i: Draft(token, trigger) for token, trigger in self._triggers()}
        for draft in drafts.values():
            draft.cue = self._cue(draft)
        for draft in drafts.values():
            if draft.trigger.pos == "verb":
                self._read_verb(draft)
            else:
                self._read_noun(draft)
        for index in sorted(drafts):
            self._absorb(drafts[index], drafts)
        for draft in drafts.values():
            self._locate(draft)
        self._date_all(drafts)
        kept = [draft for _, draft in sorted(drafts.items()) if self._stands(draft)]
        return self._about([self._finish(draft) for draft in kept], kept)

    # -- triggers ------------------------------------------------------------------------

    def _triggers(self) -> Iterator[tuple[Word, Trigger]]:
        for token in self.tree:
            if token.pos == "VERB" and token.dep != "amod":
                found = self._verb(token)
            elif token.pos in {"NOUN", "PROPN"} and not (
                token.entity and token.entity.label == "PERSON"
            ):
                found = self._noun(token)
            else:
                continue
            if found is not None:
                yield token, found

    def _verb(self, token: Word) -> Trigger | None:
        table, lemma = triggers(), token.lemma
        particle = syntax.first(c.lower for c in token.children if c.dep == "compound:prt")
        thing = syntax.first(c.lower for c in syntax.children(token, "obj"))
        for name in (f"{lemma} {particle}", f"{lemma} {thing}", lemma):
            if (found := table.get((name, "verb"))) is not None:
                return found
        return None

    def _noun(self, token: Word) -> Trigger | None:
        if token.dep in {"compound", "amod"} or token.entity:
            return None
        table = triggers()
        for start in range(max(token.sent.start, token.i - 3), token.i + 1):
            left = self.text[self.tree.words[start].idx : token.idx].lower()
            words = left + token.lower
            base = token.lemma if token.pos == "NOUN" else token.lower.removesuffix("s")
            lemma = left + base
            found = table.get((words, "noun")) or table.get((lemma, "noun"))
            if found is not None:
                return found
        return None

    def _cue(self, draft: Draft) -> Span:
        """The trigger's characters: for "cease-fire" or "car bomb" the whole phrase."""
        end = draft.token.idx + len(draft.token)
        if draft.trigger.pos == "verb" or " " not in draft.trigger.lemma.replace("-", " "):
            return Span(draft.token.idx, end)
        start = draft.token.i
        size = len(draft.trigger.lemma) - 2
        while start > draft.token.sent.start and end - self.tree.words[start].idx < size:
            start -= 1
        return Span(self.tree.words[start].idx, end)

    # -- parties -------------------------------------------------------------------------

    def _read_verb(self, draft: Draft) -> None:
        verb, trigger = draft.token, draft.trigger
        subject = syntax.subject(verb)
        given = syntax.objects(verb) or _shared_objects(verb)
        if verb.lemma in DYING:
            given, subject = [subject] if subject is not None else [], None
        elif syntax.is_passive(verb):
            given = [subject] if subject is not None else []
            subject = syntax.agent(verb)
        draft.words, draft.taken = [verb, *given], list(given)
        self._count(draft, given)
        if subject is not None:
            draft.actors.extend(self._parties(subject))
            draft.words.append(subject)
        if trigger.mutual:
            others = syntax.obliques(verb, "with", "against")
            draft.actors.extend(m for other in others for m in self._parties(other))
            draft.actors.extend(m for thing in given for m in self._parties(thing))
            return
        takers = given
        if trigger.recipient:
            takers = syntax.obliques(verb, *trigger.recipient)
        elif verb.lemma in {"seize", "capture", "take"}:
            takers = [*given, *syntax.obliques(verb, "from")]
        draft.recipients.extend(m for taker in takers for m in self._parties(taker))

    def _read_noun(self, draft: Draft) -> None:
        noun, trigger = draft.token, draft.trigger
        draft.words = [noun]
        after = _phrases_after(noun)
        for child in (*noun.children, *after):
            case = syntax.case_of(child)
            mentions = self._parties(child) if child.dep != "amod" else ()
            if (
                child.dep == "nmod:poss"
                or case == "by"
                or (trigger.mutual and case in {"between", "with", "of", "among"})
            ):
                draft.actors.extend(mentions)
            elif case in (trigger.recipient or VICTIM):
                draft.recipients.extend(mentions)
            else:
                continue
            draft.words.append(child)
        self._modifiers(draft)
        self._broker(draft)
        self._lend(draft)

    def _modifiers(self, draft: Draft) -> None:
        """ "A Russian airstrike", "Kesh-brokered truce": adjectives that name a party."""
        for child in syntax.children(draft.token, "amod", "compound"):
            if child.pos == "VERB":
                owner = syntax.first(t for t in child.children if t.i == child.i - 2)
                key = self.cast.resolve(owner) if owner is not None else None
                if owner is not None and key and _light().get(child.lemma) == "mediator":
                    draft.mediators.append(Mention(key, syntax.char_span([owner])))
                elif owner is not None and key and child.lower == "led":
                    draft.actors.append(Mention(key, syntax.char_span([owner])))
            elif self.cast.gazetteer.is_demonym(child.text) and not draft.actors:
                country = self.cast.gazetteer.country_of(child.text)
                if country:
                    key = self.cast.state(child, country)
                    draft.actors.append(Mention(key, syntax.char_span([child])))

    def _broker(self, draft: Draft) -> None:
        """ "A truce brokered by Kesh": who stands behind "by" lends a hand in it."""
        noun = draft.token
        behind = [noun.head] if noun.dep == "obl" and noun.i < noun.head.i else []
        for verb in (*syntax.children(noun, "acl", "acl:relcl"), *behind):
            role = _light().get(verb.lemma)
            helper = syntax.agent(verb) if role is not None and verb.tag == "VBN" else None
            if helper is not None:
                mentions = self._parties(helper)
                (draft.mediators if role == "mediator" else draft.actors).extend(mentions)
                draft.words.extend([verb, helper])

    def _lend(self, draft: Draft) -> None:
        """A light verb's subject acts in its noun's event: "Kesh launched an offensive"."""
        noun, verb = draft.token, draft.token.head
        role = _light().get(verb.lemma) if verb.pos == "VERB" else None
        if role is None or noun.dep not in {"obj", "nsubj:pass", "obl", "nsubj"}:
            return
        passive = syntax.is_passive(verb)
        if passive != (noun.dep in {"nsubj:pass", "nsubj"}) and noun.dep != "obj":
            return
        if noun.dep == "obl" and verb.lemma != "carry":
            return
        subject = syntax.agent(verb) if passive else syntax.subject(verb)
        draft.light = verb
        draft.words.append(verb)
        if subject is None:
            return
        mentions = self._parties(subject)
        (draft.mediators if role == "mediator" else draft.actors).extend(mentions)
        draft.words.append(subject)

    def _parties(self, token: Word) -> tuple[Mention, ...]:
        """Actors only: no documents, and no place where an act happens."""
        mentions = self.cast.parties(token)
        return tuple(
            m
            for m in mentions
            if self.cast.drafts[m.ref].kind != "Document"
            and not (self.places.is_place(token) and self.cast.drafts[m.ref].kind != "State")
        )

    def _count(self, draft: Draft, victims: Sequence[Word]) -> None:
        lemma = draft.token.lemma
        if lemma not in KILLING | HURTING:
            return
        toll = syntax.first(t for victim in victims if (t := tolls.of(victim)) is not None)
        if lemma in KILLING:
            draft.killed = toll
        else:
            draft.injured = toll

    # -- one event, one report -----------------------------------------------------------

    def _absorb(self, draft: Draft, drafts: dict[int, Draft]) -> None:
        """Fold words that tell the same event into one draft.

        A toll goes to what caused it ("shelled the town, killing five", "clashes that killed
        five"); an event noun to the verb of its own type ("met for talks").
        """
        host = self._host(draft, drafts)
        if host is None or host is draft:
            return
        host.killed = host.killed or draft.killed
        host.injured = host.injured or draft.injured
        for mine, theirs in (
            (host.recipients, draft.recipients),
            (host.mediators, draft.mediators),
            (host.actors, [a for a in draft.actors if a.ref not in _refs(host.recipients)]),
        ):
            if mine is host.actors and host.actors:
                continue
            if mine is host.recipients and (draft.killed or draft.injured) and mine:
                continue
            mine.extend(m for m in theirs if m.ref not in _refs(mine))
        host.words.extend(draft.words)
        self._hosts[draft.token.i] = host
        del drafts[draft.token.i]

    def _host(self, draft: Draft, drafts: dict[int, Draft]) -> Draft | None:
        token = draft.token
        above = drafts.get(token.head.i) or self._hosts.get(token.head.i)
        if token.head == token:
            above = None
        if token.lemma in KILLING | HURTING:
            if above is not None and token.dep in {"advcl", "xcomp", "conj"} and _violent(above):
                return above
            return self._cause(token, drafts)
        if draft.trigger.pos == "verb" and token.dep == "conj" and above is not None:
            alike = above.trigger.event_type == draft.trigger.event_type
            own = syntax.children(token, "nsubj", "nsubj:pass")
            shared = _refs(above.recipients) & _refs(draft.recipients)
            return above if alike and not own and shared else None
        if draft.trigger.pos == "verb" and token.dep in {"advcl", "xcomp"} and above is not None:
            alike = above.trigger.event_type == draft.trigger.event_type
            return above if alike and not syntax.children(token, "nsubj", "nsubj:pass") else None
        same = above is not None and above.trigger.event_type == draft.trigger.event_type
        if same and draft.trigger.pos == "noun" and token.dep in {"obj", "obl"}:
            return above
        return None

    def _cause(self, verb: Word, drafts: dict[int, Draft]) -> Draft | None:
        """The event that killed: subject of the verb, or the noun behind "in"."""
        candidates: list[Word] = []
        subject = syntax.agent(verb) if syntax.is_passive(verb) else syntax.subject(verb)
        if subject is not None:
            candidates.append(subject)
        candidates.extend(syntax.obliques(verb, "in", "during", "when"))
        for candidate in candidates:
            found = drafts.get(candidate.i) or self._hosts.get(candidate.i)
            if found is not None and candidate.pos == "NOUN" and _violent(found):
                return found
        relative = syntax.children(verb, "nsubj")
        if verb.dep == "acl:relcl" and relative and relative[0].pos == "PRON":
            told = {**drafts, **self._hosts}
            before = [i for i in told if verb.sent.start <= i < verb.i and _violent(told[i])]
            if before and not self.cast.resolve(verb.head):
                return told[max(before)]
        return None

    # -- where and when ------------------------------------------------------------------

    def _locate(self, draft: Draft) -> None:
        heads = [draft.token, *([draft.light] if draft.light is not None else [])]
        for head in heads:
            place = self.places.of(head)
            if place is not None:
                draft.place = place
                return
        if draft.trigger.event_type in VIOLENT:
            for word in draft.taken:
                mention = self.places.at(word) or self._inside(word)
                if mention is not None:
                    draft.place = mention
                    return
        if draft.trigger.mode == "visit":
            goals = [p for taken in syntax.objects(draft.token) if (p := self.places.at(taken))]
            draft.place = goals[0] if goals else None
        noun = draft.token
        if draft.trigger.pos == "noun" and (found := self._after(noun)):
            draft.place = found

    def _inside(self, taken: Word) -> Mention | None:
        """The place behind what was hit: "positions along the border"."""
        for child in syntax.subtree(taken, without=syntax.CLAUSES | {"acl", "conj"}):
            if child.dep == "nmod" and syntax.case_of(child) in {"in", "at", "along", "near", "on"}:
                return self.places.at(child)
        return None

    def _after(self, noun: Word) -> Mention | None:
        for child in _phrases_after(noun):
            if syntax.case_of(child) in {"in", "near", "at", "on", "along", "over", "of"}:
                mention = self.places.at(child)
                if mention is not None:
                    return mention
        return None

    def _date_all(self, drafts: dict[int, Draft]) -> None:
        """Give each date of the text to the event whose clause it stands in."""
        taken = {s.date.span for s in self.statements if s.date}
        cues = {s.cue.start for s in self.statements}
        for date in self.dates:
            if date.span is None or date.span in taken:
                continue
            draft = self._owner(date.span, drafts, cues)
            if draft is not None and draft.date is None:
                draft.date = date

    def _owner(self, span: Span, drafts: dict[int, Draft], cues: set[int]) -> Draft | None:
        token = self.tree.root_of(span.start, span.end)
        if token is None:
            return None
        lights = {d.light.i: d for d in drafts.values() if d.light is not None}
        for node in (token, *syntax.ancestors(token)):
            found = drafts.get(node.i) or lights.get(node.i)
            if found is not None:
                return self._nearer(found, token, drafts)
            if node.idx in cues:
                return None
            if node.dep == "acl:relcl" and node != token:
                return None
        sentence = [d for i, d in drafts.items() if token.sent.start <= i < token.sent.end]
        return sentence[0] if len(sentence) == 1 else None

    def _nearer(self, owner: Draft, token: Word, drafts: dict[int, Draft]) -> Draft:
        """The event word right before a date, where the parser passed it over."""
        for at in range(token.i - 1, owner.token.i, -1):
            if at in drafts and drafts[at].trigger.pos == "verb":
                return drafts[at]
            if self.tree.words[at].pos not in {"ADP", "DET", "ADV", "ADJ", "PROPN", "NUM"}:
                break
        return owner

    # -- what stands ---------------------------------------------------------------------

    def _stands(self, draft: Draft) -> bool:
        """Whether the text says enough of it to be a report."""
        trigger = draft.trigger
        if draft.token.lemma in DYING:
            return False
        if trigger.pos == "verb":
            wants = trigger.event_type in VIOLENT or trigger.mode == "release"
            if wants and not self._hits(draft):
                return False
            return bool(draft.actors or draft.recipients) or self._is_main(draft)
        if draft.parties or draft.mediators or draft.killed or draft.injured:
            return True
        return self._is_main(draft) or bool(draft.date and draft.place)

    def _hits(self, draft: Draft) -> bool:
        """Whether a violent verb has something to be done to: "struck a deal" has not."""
        if draft.recipients or draft.killed or draft.injured or draft.trigger.mutual:
            return True
        given = syntax.objects(draft.token) or _shared_objects(draft.token)
        if syntax.is_passive(draft.token):
            subject = syntax.subject(draft.token)
            given = [subject] if subject is not None else []
        if not given:
            return draft.place is not None or bool(draft.trigger.recipient)
        return any(g.lemma in _things() or self.places.is_place(g) for g in given)

    def _is_main(self, draft: Draft) -> bool:
        innermost = self._statement_of(draft)
        heads = self._heads[innermost.key] if innermost else ()
        return any(factuality.is_main(t, heads) for t in (draft.token, draft.light) if t)

    def _statement_of(self, draft: Draft) -> Statement | None:
        """The innermost statement in whose content the event is told."""
        holders = [
            s for s in self.statements if any(c.start <= draft.token.idx < c.end for c in s.content)
        ]
        return min(holders, key=lambda s: sum(c.end - c.start for c in s.content), default=None)

    def _factuality(self, draft: Draft) -> str:
        said = self._statement_of(draft)
        token = draft.light or draft.token
        hedge = factuality.of_words(token) or factuality.of_words(draft.token)
        if said is None:
            return hedge or "asserted"
        main = self._is_main(draft)
        speaker = said.speaker.ref if said.speaker else None
        own = speaker is not None and speaker in _refs(draft.actors)
        if main and said.act in factuality.REQUESTS | factuality.PROMISES:
            return factuality.in_statement(said.act, main=True, own=own)
        return hedge or factuality.in_statement(said.act, main=main, own=own)

    def _finish(self, draft: Draft) -> EventReport:
        mode = draft.trigger.mode
        return EventReport(
            key=draft.key,
            whole=self._whole(draft),
            cue=draft.cue,
            event_type=draft.trigger.event_type,
            mode=mode,
            factuality=self._factuality(draft),
            actors=_unique(draft.actors),
            recipients=_unique(m for m in draft.recipients if m.ref not in _refs(draft.actors)),
            mediators=_unique(draft.mediators),
            place=draft.place,
            date=draft.date,
            killed=draft.killed,
            injured=draft.injured,
            confidence=confidence(draft),
        )

    def _whole(self, draft: Draft) -> Span:
        """The words that tell the event: trigger, parties and circumstances of its clause."""
        sent = draft.token.sent
        tokens = syntax.subtree(draft.token, without=AROUND | {"nsubj", "case", "mark"})
        for word in draft.words:
            if word != draft.token and sent.start <= word.i < sent.end:
                own = syntax.subtree(word, without=AROUND | {"case", "mark"})
                tokens.extend(own if word != draft.light else [word])
        spans = [syntax.char_span(t for t in tokens if not t.is_space)]
        spans.extend(m.span for m in draft.parties)
        spans.extend(t.span for t in (draft.killed, draft.injured) if t)
        spans = [s for s in spans if sent.start_char <= s.start < sent.end_char]
        hull = syntax.trim(self.text, Span(min(s.start for s in spans), max(s.end for s in spans)))
        joined = re.match(r"(?:and|but|or|while|as)\s+", hull.of(self.text), re.I)
        if joined:
            hull = Span(hull.start + joined.end(), hull.end)
        said = self._statement_of(draft)
        for part in said.content if said else ():
            if part.start <= draft.token.idx < part.end:
                hull = Span(max(hull.start, part.start), min(hull.end, part.end))
        return syntax.trim(self.text, hull)

    def _about(self, reports: list[EventReport], drafts: list[Draft]) -> list[EventReport]:
        """An inquiry points to the events that stand inside its own phrase."""
        done = []
        for report, draft in zip(reports, drafts, strict=True):
            about: tuple[str, ...] = ()
            if report.event_type == "ACCUSE":
                near = frozenset({"acl:relcl", "advcl", "parataxis"})
                inside = syntax.subtree(draft.token, without=near) + [
                    t
                    for part in _phrases_after(draft.token)
                    for t in syntax.subtree(part, without=near)
                ]
                indices = {t.i for t in inside} - {draft.token.i}
                about = tuple(d.key for d in drafts if d.token.i in indices)
            done.append(replace(report, about=about))
        return done


def confidence(draft: Draft) -> float:
    """How sure the rules are of a report; the table stands in ``docs/model.md``."""
    score = 0.8 if draft.trigger.pos == "verb" else 0.7
    if draft.actors and (draft.recipients or draft.trigger.mutual):
        score += 0.1
    if draft.date is not None:
        score += 0.05
    return round(score, 2)


def mark_background(
    reports: list[EventReport], tree: Tree, published: DateRange | None
) -> list[EventReport]:
    """Mark history told in passing: events long before the article, and what hangs on them."""
    latest = [r.date.latest for r in reports if r.date and r.date.latest]
    now = published.earliest if published and published.earliest else max(latest, default=None)
    if now is None:
        return reports
    past: list[EventReport] = []
    done = []
    for report in reports:
        old = bool(report.date and report.date.latest and (now - report.date.latest).days > 365)
        undated = report.date is None and _recalls(report, past, tree.text)
        if old or undated:
            report = replace(report, background=True)
            past.append(report)
        done.append(report)
    return done


def _recalls(report: EventReport, past: Sequence[EventReport], text: str) -> bool:
    """Whether an undated report goes on with a past event: its paragraph, or "the truce"."""
    if report.factuality != "asserted":
        return False
    for other in past:
        if other.cue.end > report.cue.start:
            continue
        if "\n" not in text[other.cue.end : report.cue.start]:
            return True
        start = text.rfind("\n", 0, report.cue.start) + 1
        if re.search(
            rf"\bthe {re.escape(other.cue.of(text))}\b", text[start : report.cue.start], re.I
        ):
            return True
    return False


def _phrases_after(noun: Word) -> list[Word]:
    """Phrases right after an event noun that the parser hung on its verb instead."""
    found: list[Word] = []
    edge = noun.right_edge.i
    verb = noun.head
    if verb.pos not in {"VERB", "AUX"} or noun.i < verb.i:
        return found
    for child in verb.children:
        if child.i > noun.i and child.dep in {"obl", "nmod"} and child.left_edge.i == edge + 1:
            if syntax.case_of(child) in {"by", "of", "on", "against", "into", "over", "between"}:
                found.append(child)
                edge = child.right_edge.i
    return found


def _shared_objects(verb: Word) -> list[Word]:
    """Objects of a co-ordinated verb that stand on the last one: "attacked and seized the hill"."""
    if syntax.is_passive(verb):
        return []
    for child in syntax.children(verb, "conj"):
        if child.pos == "VERB" and not syntax.children(child, "nsubj", "nsubj:pass"):
            return syntax.objects(child)
    return []


def _violent(draft: Draft) -> bool:
    return draft.trigger.event_type == "ASSAULT"


def _refs(mentions: Sequence[Mention]) -> set[str]:
    return {mention.ref for mention in mentions}


def _unique(mentions: Sequence[Mention] | Iterator[Mention]) -> tuple[Mention, ...]:
    found: dict[str, Mention] = {}
    for mention in mentions:
        found.setdefault(mention.ref, mention)
    return tuple(found.values())


@cache
def _light() -> dict[str, str]:
    return {row["lemma"]: row["role"] for row in rows("light_verbs.tsv")}


@cache
def _things() -> frozenset[str]:
    known = {row["thing"] for row in rows("things.tsv")}
    return frozenset(known | {n for n, noun in nouns().items() if noun.kind != "Document"})
