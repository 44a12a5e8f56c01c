"""An article's graph as people have reviewed it: rejected findings left out, slots corrected.

A pure function of the graph and of what stands (``kg.judgements.standing``). Everything that only
rejected findings or replaced values led to goes with them; each corrected slot has the words that
the person pointed at as its evidence.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg import iri, terms
from kg.edtf import bounds
from kg.judgements.record import Judgement, Named
from kg.judgements.seen import TOLLS, seen
from kg.judgements.slots import SLOTS, Slot, count
from kg.judgements.standing import Reviewed
from kg.judgements.triples import TYPE
from kg.model import Span
from kg.terms import Triple, boolean, day, integer, literal, value
from kg.vocab import code, notation, term

EVIDENCE: Final = term("ck:evidence")
REVIEW: Final = term("ck:review")
CONTESTED: Final = term("ck:contested")

_BODY: Final = term("schema:articleBody")
_DERIVED: Final = term("prov:wasDerivedFrom")
_LABEL: Final = term("rdfs:label")
_NAME: Final = term("schema:name")
_CUE: Final = term("ck:cueEvidence")
_FINDINGS: Final = frozenset({term("ck:Statement"), term("ck:EventReport")})
_SLOT_EVIDENCE: Final = frozenset(
    {*(term(slot.evidence) for slot in SLOTS.values() if slot.evidence), _CUE}
    | {term("ck:contentEvidence")}
)
_DATE: Final = tuple(map(term, ("ck:edtf", "ck:dateText", "ck:earliest", "ck:latest")))
_MODE: Final = term("ck:mode")
_TYPE: Final = term("ck:eventType")
_TEXT: Final = term("ck:text")
_TOLL: Final = term("ck:Toll")
_EXACT: Final = term("oa:exact")

Said = set[tuple[str, str]]
"""Property and object of each triple of a subject."""


def reviewed(
    article: str, triples: Sequence[Triple], found: Mapping[str, Reviewed]
) -> Sequence[Triple]:
    """The graph of an article (its IRI, its triples) after review, sorted.

    ``found`` is what stands of its findings, by IRI; of a finding that is not there nothing is
    said, nor by who accepted or rejected one that said something else.
    """
    if not found or not triples:
        return triples
    graph = _Graph(article, triples)
    before = graph.reached()
    for subject, review in graph.as_seen(found).items():
        graph.review(subject, review)
    graph.forget(before - graph.reached())
    return graph.triples()


class _Graph:
    """The triples of an article's graph by subject, while they are changed."""

    def __init__(self, article: str, triples: Iterable[Triple]) -> None:
        self.article = article
        self.node = f"<{article}>"
        self.nodes: dict[str, Said] = {}
        for subject, predicate, thing in triples:
            self.nodes.setdefault(subject, set()).add((predicate, thing))

    @property
    def text(self) -> str:
        """The text of the article."""
        return next((value(o) for p, o in self.nodes.get(self.node, ()) if p == _BODY), "")

    def triples(self) -> list[Triple]:
        """What is left, sorted."""
        return sorted((s, p, o) for s, said in self.nodes.items() for p, o in said)

    def reached(self) -> set[str]:
        """What the article and its findings lead to."""
        waiting = [self.node] if self.node in self.nodes else []
        waiting += [s for s, said in self.nodes.items() if any(o in _FINDINGS for _, o in said)]
        reached = set(waiting)
        while waiting:
            things = {thing for _, thing in self.nodes[waiting.pop()] if thing in self.nodes}
            waiting.extend(things - reached)
            reached |= things
        return reached

    def forget(self, gone: Collection[str]) -> None:
        """Leave out these subjects, and whatever leads to them."""
        for node in gone:
            self.nodes.pop(node, None)
        for said in self.nodes.values():
            said.difference_update([pair for pair in said if pair[1] in gone])

    def as_seen(self, found: Mapping[str, Reviewed]) -> dict[str, Reviewed]:
        """What was found of the findings that are there (terms), each as it is before review."""
        there = {f"<{subject}>": review for subject, review in found.items()}
        return {
            subject: review.of(seen(subject, self.nodes))
            for subject, review in there.items()
            if subject in self.nodes
        }

    def review(self, subject: str, review: Reviewed) -> None:
        """Make of a finding what people found of it."""
        if subject not in self.nodes:
            return
        if review.rejected:
            self.forget({subject, *(f"{subject[:-1]}{part}" for part in TOLLS)})
            return
        corrected = [one for one in _in_order(review.corrections) if self._correct(subject, one)]
        if corrected or (review.accepted and not review.contested):
            word = "corrected" if corrected else "accepted"
            self.nodes[subject].add((REVIEW, literal(word)))
        if review.contested:
            self.nodes[subject].add((CONTESTED, boolean(True)))

    def _fits(self, subject: str, one: Judgement) -> bool:
        """Whether the values of a correction can stand where they are put."""
        slot = SLOTS.get(one.slot or "")
        length = len(self.text)
        if slot is None or subject not in self.nodes or one.article != self.article:
            return False
        if any(not 0 <= span.start < span.end <= length for span in one.spans):
            return False
        if slot.name == "mode" and one.values:
            return self._type(subject) == one.values[0].partition("/")[0]
        named = {name.iri for name in one.named}
        parties = one.values if slot.holds in ("actor", "place") else ()
        return all(party in named or f"<{party}>" in self.nodes for party in parties)

    def _correct(self, subject: str, one: Judgement) -> bool:
        """Put the values of a correction in a slot, if they fit."""
        if not self._fits(subject, one):
            return False
        slot = SLOTS[one.slot or ""]
        self._clear(subject, slot)
        said = self.nodes[subject]
        for text in one.values:
            said.update(self._filled(subject, slot, text, one.spans))
        for name in one.named:
            self._name(name, one.spans)
        if slot.evidence and one.values:
            said.update((term(slot.evidence), node) for node in self._shown(subject, one.spans))
        if slot.name == "event_type" and (kind := self._type(subject)):
            fitting = code("mode", kind)[:-1] + "/"
            said -= {pair for pair in said if pair[0] == _MODE and not pair[1].startswith(fitting)}
        return True

    def _type(self, subject: str) -> str:
        return next((notation(o) for p, o in self.nodes[subject] if p == _TYPE), "")

    def _clear(self, subject: str, slot: Slot) -> None:
        """Empty a slot; its words go too, where they fill no other slot and are not the whole."""
        said = self.nodes[subject]
        names = _DATE if slot.holds == "date" else (term(slot.property),)
        gone = {pair for pair in said if pair[0] in names}
        words = {pair for pair in said if slot.evidence and pair[0] == term(slot.evidence)}
        if slot.holds == "toll":
            words = self._counting(subject, slot, words)
            self.forget({f"{subject[:-1]}#{slot.name}>"})
        whole = self._whole(said)
        said -= gone | words
        filled = {thing for name, thing in said if name in _SLOT_EVIDENCE}
        said -= {(EVIDENCE, o) for _, o in words if o not in filled and o != whole}

    def _counting(self, subject: str, slot: Slot, words: Said) -> Said:
        """Of the words that count, those of this toll alone: killed and injured share a slot."""
        texts = {
            name: {o for p, o in self.nodes.get(f"{subject[:-1]}#{name}>", ()) if p == _TEXT}
            for name in ("killed", "injured")
        }
        own = texts.pop(slot.name)
        (others,) = texts.values()
        return {pair for pair in words if self._exact(pair[1]) in own - others}

    def _exact(self, evidence: str) -> str:
        return next((o for p, o in self.nodes.get(evidence, ()) if p == _EXACT), "")

    def _whole(self, said: Said) -> str | None:
        """The words that are the finding as a whole, where they fill a slot too."""
        pieces = {thing for name, thing in said if name == EVIDENCE}
        filled = {thing for name, thing in said if name in _SLOT_EVIDENCE}
        if pieces - filled:
            return None
        return max(pieces, key=lambda one: (len(self._exact(one)), one), default=None)

    def _filled(
        self, subject: str, slot: Slot, text: str, spans: Sequence[Span]
    ) -> Iterator[tuple[str, str]]:
        if slot.holds == "code":
            yield term(slot.property), code(slot.scheme, text)
        elif slot.holds == "date":
            yield from zip(_DATE, (literal(text), literal(self._words(spans))), strict=False)
            yield from (
                (name, day(one))
                for name, one in zip(_DATE[2:], bounds(text), strict=True)
                if one is not None
            )
        elif slot.holds == "toll":
            node = f"{subject[:-1]}#{slot.name}>"
            yield term(slot.property), node
            self.nodes[node] = set(_toll(text, self._words(spans)))
        else:
            yield term(slot.property), terms.iri(text)

    def _name(self, one: Named, spans: Sequence[Span]) -> None:
        """An actor or place that a person names, as an article's own graph would have it."""
        node = terms.iri(one.iri)
        said = self.nodes.setdefault(node, set())
        said |= {(_DERIVED, self.node), (_LABEL, literal(one.label))}
        if one.kind == "Place":
            said |= {(TYPE, term("ck:Place")), (term("ck:placePrecision"), literal("vague"))}
        else:
            said |= {(TYPE, term("ck:Actor")), (TYPE, term(f"ck:{one.kind}"))}
            if is_name(one.label):
                said.add((_NAME, literal(one.label)))
        self._shown(node, spans)

    def _shown(self, owner: str, spans: Sequence[Span]) -> list[str]:
        """The evidence at these spans, given to its owner."""
        found = []
        for span in spans:
            node = f"<{iri.char_iri(self.article, span.start, span.end)}>"
            self.nodes[node] = {
                (term("oa:start"), integer(span.start)),
                (term("oa:end"), integer(span.end)),
                (_EXACT, literal(span.of(self.text))),
                (term("oa:hasSource"), self.node),
            }
            self.nodes[owner].add((EVIDENCE, node))
            found.append(node)
        return found

    def _words(self, spans: Sequence[Span]) -> str:
        return " ".join(span.of(self.text) for span in spans)


def is_name(label: str) -> bool:
    """Whether a label is a proper name and no description: it begins and ends in capitals.

    >>> is_name("Union of Observers"), is_name("An army spokesman"), is_name("Бишкек")
    (True, False, True)
    """
    words = label.split()
    return bool(words) and not (words[0][0].islower() or words[-1][0].islower())


def _in_order(corrections: Iterable[Judgement]) -> list[Judgement]:
    """A mode comes after the type it belongs to."""
    return sorted(corrections, key=lambda one: (one.slot == "mode", one.slot or ""))


def _toll(text: str, words: str) -> Iterator[tuple[str, str]]:
    bound = count(text)
    yield TYPE, _TOLL
    yield _TEXT, literal(words)
    for name, number in (("min", bound.least), ("best", bound.best), ("max", bound.most)):
        if number is not None:
            yield term(f"ck:{name}"), integer(number)
