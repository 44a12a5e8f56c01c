"""What a person asks, made a judgement: names become IRIs, words become spans, all checked."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from kg import iri, terms
from kg.errors import BadInput, NotFound
from kg.iri import key_of
from kg.judgements.asked import Asked, Filler, Words
from kg.judgements.record import OF_IDENTITY, Judgement, Named, minted
from kg.judgements.seen import seen_today
from kg.judgements.slots import SLOTS, Slot, check
from kg.judgements.things import MEMBERS, there
from kg.judgements.triples import stored_last, stored_of_value, stored_one
from kg.model import Span
from kg.sparql import select
from kg.store.base import Queryable
from kg.vocab import notation

FINDINGS: Final = ("statement", "report")

_KEY: Final = re.compile(r"[0-9a-f]{32}")
_NAMES: Final = "rdfs:label|schema:name|skos:altLabel"
_SHOWN: Final = 5


def resolve(store: Queryable, asked: Asked, when: datetime) -> Judgement:
    """The judgement that a person asks for, made at a time.

    It comes after all that this person judged before, though the clock was put back meanwhile.
    A record of the view (``actor/{slug}-{key}``) stands for the article's own thing whose key it
    has; an event for its only report. Raises NotFound for what is not there, BadInput for what
    cannot be judged so.
    """
    last = stored_last(store, asked.by)
    after = max(when, last + timedelta(microseconds=1)) if last else when
    return _Resolving(store, asked, after).judgement()


class _Resolving:
    def __init__(self, store: Queryable, asked: Asked, when: datetime) -> None:
        self.store = store
        self.base = store.base
        self.asked = asked
        self.when = when

    def judgement(self) -> Judgement:
        if self.asked.verdict == "undo":
            return self._undo()
        if self.asked.verdict in OF_IDENTITY:
            return self._identity()
        return self._finding()

    def _made(self, subject: str, **more: object) -> Judgement:
        asked = self.asked
        told = {"by": asked.by, "when": self.when, "why": asked.why}
        return minted(self.base, asked.verdict, subject, **told, **more)  # type: ignore[arg-type]

    def _undo(self) -> Judgement:
        node = f"{self.base}judgement/{key_of(self.asked.subject)}"
        found = stored_one(self.store, node)
        if found is None:
            raise NotFound(f"no judgement {self.asked.subject!r}; kg judge list names them")
        return self._made(
            *(found.subject,), object=found.object, article=found.article, undoes=found.id
        )

    def _identity(self) -> Judgement:
        one, other = self._named(self.asked.subject), self._named(self.asked.object or "")
        kinds = [self._kind(thing) for thing in (one, other)]
        if kinds[0] != kinds[1]:
            raise BadInput(f"{one} and {other} are of two kinds ({kinds[0]}, {kinds[1]})")
        if one == other:
            raise BadInput(
                f"both are {one}: to split a record, name a member of it; its links name them"
            )
        if self.asked.verdict == "same" and kinds[0] == "report":
            self._one_type(one, other)
        return self._made(one, object=other)

    def _one_type(self, one: str, other: str) -> None:
        found = [self._type(thing) for thing in (one, other)]
        if found[0] != found[1] and all(found):
            raise BadInput(
                f"{one} is {found[0]} and {other} {found[1]}; correct the event_type of one first"
            )

    def _finding(self) -> Judgement:
        subject = self._named(self.asked.subject, FINDINGS)
        self._only_report(subject)
        article = self._article(subject)
        if self.asked.verdict != "correct":
            saw = seen_today(self.store, [(subject, article)])[subject]
            return self._made(subject, article=article, saw=saw)
        slot = SLOTS[self.asked.slot or ""]
        if self._kind(subject) not in slot.of:
            raise BadInput(f"a {self._kind(subject)} has no {slot.name}; {_slots(subject, self)}")
        fill = _Filling(self.store, article, subject, slot)
        spans = fill.spans(self.asked.words)
        found, named = fill.values(self.asked.fillers, spans)
        return self._made(
            subject, article=article, slot=slot.name, values=found, named=named, spans=spans
        )

    def _only_report(self, subject: str) -> None:
        """An event stands for its report, where it has one only."""
        ident = self.asked.subject
        if self._kind(subject) != "report" or f"{self.base}event/" not in ident:
            return
        text = f"SELECT ?r {{ {terms.iri(subject)} ck:canonical ?e . ?e ck:report ?r }} ORDER BY ?r"
        found = [row["r"] for row in select(self.store, text)]
        if len(found) > 1:
            raise BadInput(f"{len(found)} reports tell this event; judge each: {_few(found)}")

    def _named(
        self, ident: str, kinds: Sequence[str] = ("statement", "report", "actor", "place")
    ) -> str:
        """What an article names, by its IRI, by that of its record, or by its key."""
        key = key_of(ident)
        rest = ident.removeprefix(self.base)
        if "://" in rest or not _KEY.fullmatch(key):
            raise NotFound(f"{ident!r} is nothing here; give an IRI, or the last part of one")
        kind = MEMBERS.get(rest.split("/")[0]) if "/" in rest else None
        if "/" in rest and kind not in kinds:
            raise BadInput(f"{ident} is none of {', '.join(kinds)}, and is not judged so")
        tried = [f"{self.base}{one}/{key}" for one in ([kind] if kind else kinds)]
        found = there(self.store, tried)
        if not found:
            raise NotFound(f"no article names {ident!r}; give an IRI, or the last part of one")
        return min(found)

    def _kind(self, thing: str) -> str:
        return thing.removeprefix(self.base).split("/")[0]

    def _article(self, finding: str) -> str:
        text = f"SELECT ?g {{ GRAPH ?g {{ {terms.iri(finding)} prov:wasDerivedFrom ?g }} }}"
        graphs = (row["g"] for row in select(self.store, text))
        found = min((one for one in graphs if one.startswith(f"{self.base}article/")), default="")
        if not found:
            raise NotFound(f"no article names {finding}")
        return found

    def _type(self, report: str) -> str:
        rows = select(self.store, f"SELECT ?t {{ {terms.iri(report)} ck:eventType ?t }}")
        return notation(rows[0]["t"]) if rows else ""


class _Filling:
    """The values and words of one correction, out of one article."""

    def __init__(self, store: Queryable, article: str, subject: str, slot: Slot) -> None:
        self.store = store
        self.base = store.base
        self.article = article
        self.subject = subject
        self.slot = slot

    def spans(self, words: Iterable[Words]) -> tuple[Span, ...]:
        """Where the words stand. BadInput where they do not, or where it cannot be told."""
        given = list(words)
        if not given:
            return ()
        node = terms.iri(self.article)
        text = f"SELECT ?t {{ GRAPH {node} {{ {node} schema:articleBody ?t }} }}"
        body = select(self.store, text)[0]["t"]
        return tuple(_span(one, body) for one in given)

    def values(
        self, fillers: Sequence[Filler], spans: Sequence[Span]
    ) -> tuple[tuple[str, ...], tuple[Named, ...]]:
        """The values, and those of them that a person names."""
        slot = self.slot
        if slot.needed and not fillers:
            raise BadInput(f"{slot.name} cannot be empty; reject the finding if it is none")
        if len(fillers) > 1 and not slot.several:
            raise BadInput(f"{slot.name} takes one value, not {len(fillers)}")
        if fillers and slot.evidence and not spans:
            raise BadInput(f"{slot.name} needs evidence: the words of the article that show it")
        if slot.holds not in ("actor", "place"):
            return tuple(check(slot, self._code(one.text)) for one in fillers), ()
        found = [self._thing(one, spans[0]) for one in fillers]
        named = tuple(one for one in found if isinstance(one, Named))
        return tuple(one.iri if isinstance(one, Named) else one for one in found), named

    def _code(self, text: str) -> str:
        """A mode may be given without its type."""
        if self.slot.name != "mode" or "/" in text:
            return text
        rows = select(self.store, f"SELECT ?t {{ {terms.iri(self.subject)} ck:eventType ?t }}")
        return f"{notation(rows[0]['t'])}/{text}" if rows else text

    def _thing(self, one: Filler, at: Span) -> str | Named:
        """An actor or place of the article, or somebody it names whom the machine did not find."""
        if one.label or one.same:
            return self._new(one.label, one.kind, one.same, at)
        if "://" in one.text or _KEY.fullmatch(key_of(one.text)):
            return self._known(one.text, at)
        return self._called(one.text)

    def _member(self, ident: str) -> str:
        """The IRI of the article-level actor or place that an IRI or key means."""
        key = key_of(ident)
        if not _KEY.fullmatch(key):
            raise BadInput(f"{ident!r} is no IRI here; they end in 32 hexadecimal digits")
        return f"{self.base}{self.slot.holds}/{key}"

    def _known(self, ident: str, at: Span) -> str | Named:
        """By IRI: the article's own, one that a person named here, or one of another article."""
        member = self._member(ident)
        node, article = terms.iri(member), terms.iri(self.article)
        text = (
            f"SELECT DISTINCT ?x {{ {{ GRAPH {article} {{ {node} prov:wasDerivedFrom {article} }} "
            f"BIND({node} AS ?x) }} UNION {{ {node} ck:canonical ?c . ?x ck:canonical ?c . "
            f"GRAPH {article} {{ ?x prov:wasDerivedFrom {article} }} }} }} ORDER BY ?x"
        )
        own = [row["x"] for row in select(self.store, text)]
        if own:
            return member if member in own else own[0]
        return self._named_before(node) or self._new("", "", member, at)

    def _named_before(self, node: str) -> Named | None:
        """Somebody whom a person named in this article."""
        told = stored_of_value(self.store, node)
        named = (name for one in told if one.article == self.article for name in one.named)
        return next((name for name in named if f"<{name.iri}>" == node), None)

    def _called(self, name: str) -> str:
        """By name: the article's own actor or place that is called so."""
        kind = "ck:Place" if self.slot.holds == "place" else "ck:Actor"
        text = (
            f"SELECT DISTINCT ?x ?name {{ GRAPH {terms.iri(self.article)} "
            f"{{ ?x a {kind} ; {_NAMES} ?name }} }} ORDER BY ?name ?x"
        )
        rows = select(self.store, text)
        found = {row["x"] for row in rows if row["name"].casefold() == name.casefold()}
        if len(found) == 1:
            return found.pop()
        what = "several are" if found else f"no {self.slot.holds} of the article is"
        names = _few(dict.fromkeys(row["name"] for row in rows))
        new = "Place: …" if self.slot.holds == "place" else "Person: … (or another type)"
        raise BadInput(
            f"{what} called {name!r}; give an IRI, one of its names ({names}), or somebody new as "
            f"{new}"
        )

    def _new(self, label: str, kind: str, same: str, at: Span) -> Named:
        """Somebody whom a person names; what is known from elsewhere says its own name and kind."""
        room = self.slot.holds
        if same:
            same = self._member(same)
            rows = select(
                self.store,
                f"SELECT ?label ?kind {{ {terms.iri(same)} ck:canonical ?c . "
                "?c rdfs:label ?label ; a ?kind } ORDER BY ?label ?kind",
            )
            if not rows:
                raise NotFound(f"no article names the {room} {same}")
            kinds = [row["kind"].rpartition("#")[2] for row in rows]
            label = label or rows[0]["label"]
            kind = kind or next(
                one for one in [*kinds, "Actor"] if one != "Actor" or room != "actor"
            )
        if (kind == "Place") != (room == "place"):
            holds = "a place" if room == "place" else "an actor"
            raise BadInput(f"{self.slot.name} holds {holds}; {label!r} is given as a {kind}")
        place = f"{at.start},{at.end}"
        node = iri.mint(self.base, room, self.article, "named", kind, label, place, same)
        return Named(node, label, kind, same or None)


def _span(words: Words, body: str) -> Span:
    if words.start is None or words.end is None:
        exact = words.exact or ""
        found = [one.start() for one in re.finditer(f"(?={re.escape(exact)})", body)]
        if len(found) == 1:
            return Span(found[0], found[0] + len(exact))
        if not found:
            raise BadInput(f"the article does not say {exact!r}; quote it as it stands there")
        places = _few(f"{start}-{start + len(exact)}" for start in found)
        raise BadInput(f"the article says {exact!r} {len(found)} times; give one of {places}")
    span = Span(words.start, words.end)
    if not 0 <= span.start < span.end <= len(body):
        raise BadInput(f"[{span.start}, {span.end}) lies outside the text's {len(body)} characters")
    if words.exact is not None and span.of(body) != words.exact:
        raise BadInput(f"at [{span.start}, {span.end}) stands {span.of(body)!r}")
    return span


def _slots(subject: str, by: _Resolving) -> str:
    kind = by._kind(subject)
    return f"it has {', '.join(name for name, slot in SLOTS.items() if kind in slot.of)}"


def _few(things: Iterable[str]) -> str:
    listed = list(things)
    more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    return ", ".join(listed[:_SHOWN]) + more
