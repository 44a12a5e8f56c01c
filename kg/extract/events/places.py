"""Where: the places of one article, a point or an extent only as exact as the text."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from kg.extract import bearings, syntax, toponyms
from kg.extract.actors.naming import clean, name_span
from kg.extract.bearings import Bearing
from kg.extract.events.words import missions
from kg.extract.lexicon import cues, place_nouns
from kg.extract.tree import Name, Tree, Word
from kg.gazetteer import Gazetteer, Toponym
from kg.gazetteer.weigh import weigh
from kg.model import Meaning, Mention, Place, Precision, Span

AT: Final = frozenset({"in", "at", "inside", "within", "across", "throughout", "into", "to", "on"})
TOWARDS: Final = frozenset({"to", "into"})
"""Behind an object these belong to it: "its envoy to Kesh" need not be there."""
ABOUT: Final = frozenset({"near", "outside", "around", "along", "off"}) | {
    *("towards", "toward", "beyond", "opposite", "past"),
}
BESIDE: Final = syntax.CLAUSES | {"acl", "conj", "appos"}
"""What hangs on a thing and does not tell where it is."""
HOLDING: Final = frozenset({"in", "at", "near", "on", "along", "of", "outside", "inside"})
SIDES: Final = (
    *("north", "south", "east", "west"),
    *(f"{a}{dash}{b}" for a in ("north", "south") for b in ("east", "west") for dash in ("", "-")),
)
COMPASS: Final = frozenset({"central", *SIDES, *(f"{side}ern" for side in SIDES)})
PARTLY: Final = frozenset({"suburbs", "outskirts", "edge", "parts", "fringes", "countryside"})
"""Words for so much of a place that its point would be a false one."""
PARTS: Final = frozenset({"appos", "nmod", "flat", "compound", "nmod:desc"})


REACH: Final = {"region": 5, "country": 5}
"""How many sentences back "the region" may have been named; two for "the town" and the like."""


class Places:
    """The places of one parsed article, found when asked for.

    ``near`` are the countries (ISO 3166-1 alpha-2) that it speaks of.
    """

    def __init__(self, tree: Tree, gazetteer: Gazetteer, near: Collection[str] = ()) -> None:
        self.tree = tree
        self.found: dict[str, Place] = {}
        named = toponyms.places(tree)
        self._names = {name.root.i: name for name, _ in named}
        self._asked = {name.root.i: asked for name, asked in named}
        beside = (asked for _, asked in toponyms.others(tree, gazetteer, named))
        asked = [*self._asked.values(), *beside]
        self._gazetteer, self._near = gazetteer, near
        self._resolved = gazetteer.resolve([*asked, *map(_uncompassed, asked)], near=near)

    def of(self, head: Word, also: str = "") -> Mention | None:
        """The place that a verb's or an event noun's own phrases name.

        ``also`` is a preposition that counts beside "in" and "at".
        """
        sided = [c for c in head.children if c.lower in bearings.BEARINGS]
        own = [c for c in head.children if c.dep.startswith(("obl", "nmod")) and c not in sided]
        held = [
            child
            for holder in syntax.children(head, "obj", "nsubj:pass", "xcomp")
            for child in holder.children
            if child.dep.startswith(("obl", "nmod")) and syntax.case_of(child) not in TOWARDS
        ]
        for prepositions in (AT | {also} - {""}, ABOUT) if own or held else ():
            for child in (*own, *held):
                if child.pos in syntax.NOMINAL and syntax.case_of(child) in prepositions:
                    mention = self.at(child) or self.in_(child)
                    if mention is not None:
                        return mention
        return syntax.first(place for side in sided if (place := self._beside(side)))

    def _beside(self, side: Word) -> Mention | None:
        """ "North of Kesh": what "of" names."""
        places = (self.at(c) for c in side.children if syntax.case_of(c) == "of")
        return syntax.first(place for place in places if place is not None)

    def in_(self, thing: Word, *, people: bool = False) -> Mention | None:
        """Where a thing is: "positions along the border", "a mosque in Kesh".

        ``people``: whether they are people, whom "of" gives a home and no place.
        """
        holding = HOLDING - {"of"} if people else HOLDING
        for child in syntax.subtree(thing, without=BESIDE):
            if child.lower in bearings.BEARINGS and (beside := self._beside(child)):
                return beside
            if child is thing or child.dep != "nmod" or _owns(child):
                continue
            if syntax.case_of(child) in holding:
                part = child.head if child.head.lower in PARTLY else None
                mention = self._at(child, part) if part is not None else self.at(child)
                if mention is not None:
                    return mention
        return None

    def at(self, token: Word) -> Mention | None:
        """The place that the phrase headed by ``token`` names."""
        return self._at(token, _about(token))

    def _at(self, token: Word, about: Word | None) -> Mention | None:
        if token.i in self._names:
            return self._named(token, about)
        precision = place_nouns().get(token.lemma)
        if precision == "vague":
            return self._vague(token)
        return self._by_noun(token, precision, about) if precision is not None else None

    def is_place(self, token: Word) -> bool:
        """Whether the token heads a place's name."""
        return token.i in self._names

    def _named(self, token: Word, about: Word | None) -> Mention:
        """A name; behind "near" no more than a phrase, behind "northern" no more than a part."""
        name = self._names[token.i]
        span = name_span(name)
        lead_away = bearings.bearing(self.tree.text, span.start)
        if lead_away is not None:
            return self._led_away(name, lead_away)
        side = syntax.first(c for c in token.lefts if c.lower in COMPASS and c.i < name.start)
        if about is None and side is None:
            place = self._place(name)
        else:
            lead = about if about is not None else side
            span = Span(min(lead.idx, span.start) if lead is not None else span.start, span.end)
            place = self._part(replace(self._place(name), span=span), vague=about is not None)
        return Mention(self._keep(place), span)

    def _led_away(self, name: Name, bearing: Bearing) -> Mention:
        """ "30 km north of Kesh": an area where the point of Kesh is known, never that point."""
        whole = self._place(name)
        span = Span(bearing.start, name_span(name).end)
        place = self._part(replace(whole, span=span), vague=not bearing.inside)
        area = None
        if bearing.km is not None and whole.point is not None:
            area = bearings.area(whole.point, bearing.degrees, bearing.km)
        if area is not None:
            place = replace(place, precision="area", extent=area)
        return Mention(self._keep(place), span)

    def _place(self, name: Name) -> Place:
        """The place of a name as the gazetteer knows it."""
        asked, words, span = self._asked[name.root.i], clean(name.text), name_span(name)
        whole = asked if asked in self._resolved else _uncompassed(asked)
        known = self._resolved.get(whole)
        if known is None:
            return Place("", words, span, "vague", name=words)
        place = Place(
            "",
            words,
            span,
            known.precision,
            name=known.name,
            country=known.country,
            point=known.point,
            extent=known.extent,
            geonames=known.geonames,
        )
        return place if whole == asked else self._part(place, vague=False)

    def _part(self, place: Place, *, vague: bool) -> Place:
        """A place that is only near or a part of a known one: no point of its own."""
        return replace(
            place,
            label=place.span.of(self.tree.text),
            name=None,
            precision="vague" if vague or place.precision == "vague" else "region",
            point=None,
            extent=None,
            geonames=None,
        )

    def _vague(self, token: Word) -> Mention:
        """ "The border between …": in its own words."""
        tokens = syntax.phrase(token)
        for child in syntax.children(token, "nmod"):
            if syntax.case_of(child) in {"between", "with", "of", "near", "from", "to"}:
                tokens.extend(syntax.subtree(child, without=syntax.CLAUSES))
        while tokens[0].pos == "DET":
            tokens.pop(0)
        span = syntax.char_span(tokens)
        return Mention(self._keep(Place("", span.of(self.tree.text), span, "vague")), span)

    def _by_noun(self, token: Word, precision: Precision, about: Word | None) -> Mention | None:
        """ "The town": a named place it belongs to by apposition, else the last of its kind."""
        for child in sorted(syntax.children(token, *PARTS), key=lambda one: one.i < token.i):
            of = child.dep != "nmod" or syntax.case_of(child) == "of"
            if of and self.is_place(child):
                return self._of_kind(child, precision, about)
        if not any(c.lower in {"the", "this", "that"} for c in token.children):
            return None
        before = [name for at, name in sorted(self._names.items(), reverse=True) if at < token.i]
        name = next((one for one in before if self._may_be(token, precision, one)), None)
        if name is None:
            return None
        return self._again(token, self._place(name), about)

    def _may_be(self, token: Word, precision: Precision, name: Name) -> bool:
        """Whether a name was brought in as such a place, or is one, and near by.

        Not a government, where it is a capital, nor where somebody only spoke.
        """
        if _kind_of(name) == token.lemma:
            return True
        root = name.root
        if root.sent.index < token.sent.index - REACH.get(precision, 2):
            return False
        told = root.head if root.head.dep in {"obj", "iobj", "obl"} else root
        if root.dep in syntax.SUBJECTS or told.head.lemma in cues() or root.head.lemma in cues():
            return False
        return self._place(name).precision == precision

    def _of_kind(self, token: Word, precision: Precision, about: Word | None) -> Mention | None:
        """ "The district of Kesh" is no town of that name, so not the town's point."""
        mention = self._at(token, about)
        found = self.found[mention.ref] if mention is not None else None
        if found is None or precision == "settlement" or found.precision != "settlement":
            return mention
        place = self._part(self._place(self._names[token.i]), vague=False)
        return Mention(self._keep(replace(place, precision=precision)), found.span)

    def _again(self, token: Word, place: Place, about: Word | None) -> Mention:
        """A place named before, meant by the phrase of this token."""
        span = syntax.char_span(syntax.phrase(token))
        if about is not None:
            span = Span(about.idx, span.end)
            place = self._part(replace(place, span=span), vague=True)
        return Mention(self._keep(place), span)

    def weighed(self, mention: Mention) -> tuple[Meaning, ...]:
        """What the name that a mention of a place holds can mean, the likeliest first."""
        within = (i for i, n in self._names.items() if mention.span.holds(name_span(n)))
        named = next(within, None)
        name = self.found[mention.ref].name or ""
        asked = self._asked[named] if named is not None else Toponym(name)
        return weigh(self._gazetteer, asked, self._resolved, self._near) if asked.name else ()

    def _keep(self, place: Place) -> str:
        """One place for one name (or one phrase) of the article."""
        for key, known in self.found.items():
            if _identity(known) == _identity(place):
                return key
        key = f"p{place.span.start}"
        while key in self.found:
            key += "x"
        self.found[key] = replace(place, key=key)
        return key


def _kind_of(name: Name) -> str:
    """What a name is called: "the town of Kesh", "the Keshi town of Orm", "Orm, a town"."""
    root = name.root
    if root.dep in PARTS and (root.dep != "nmod" or syntax.case_of(root) == "of"):
        return root.head.lemma
    apposed = syntax.child(root, "appos")
    return apposed.lemma if apposed is not None else ""


def _identity(place: Place) -> tuple[str, int | None]:
    return place.name or place.label, place.geonames


def _about(token: Word) -> Word | None:
    """The preposition that keeps a phrase from being the place itself: near, outside."""
    found = syntax.first(child for child in token.lefts if child.dep == "case")
    return found if found is not None and found.lower in ABOUT else None


def _owns(state: Word) -> bool:
    """The France of "the embassy of France", which is elsewhere."""
    return state.head.lemma in missions() and syntax.case_of(state) == "of"


def _uncompassed(asked: Toponym) -> Toponym:
    """A name without a point of the compass in front: "northern Kesh" is a part of Kesh."""
    first, _, rest = asked.name.partition(" ")
    return replace(asked, name=rest) if rest and first.lower() in COMPASS else asked
