"""Where: the places of one article, a point or an extent only as exact as the text."""

from dataclasses import replace
from typing import Final

from kg.extract import syntax
from kg.extract.actors.naming import clean, name_span
from kg.extract.lexicon import place_nouns
from kg.extract.tree import Tree, Word
from kg.gazetteer import Gazetteer
from kg.model import Mention, Place, Span

AT: Final = frozenset({"in", "at", "inside", "within", "across", "throughout", "into", "to", "on"})
ABOUT: Final = frozenset(
    {"near", "outside", "around", "along", "between", "off", "over", "towards", "toward", "beyond"}
)


class Places:
    """The places of one parsed article, found when asked for."""

    def __init__(self, tree: Tree, gazetteer: Gazetteer) -> None:
        self.tree = tree
        self.gazetteer = gazetteer
        self.found: dict[str, Place] = {}
        self._names = {ent.root.i: ent for ent in tree.names if ent.label == "LOC"}
        self._resolved = gazetteer.resolve(
            dict.fromkeys(clean(entity.text) for entity in self._names.values())
        )

    def of(self, head: Word) -> Mention | None:
        """The place that a verb's or an event noun's own phrases name."""
        holders = [head, *syntax.children(head, "obj", "nsubj:pass", "xcomp")]
        for prepositions in (AT, ABOUT):
            for holder in holders:
                for child in holder.children:
                    if child.dep.startswith(("obl", "nmod")) and child.pos in syntax.NOMINAL:
                        case = syntax.case_of(child)
                        if case in prepositions and (mention := self.at(child)):
                            return mention
        return None

    def at(self, token: Word) -> Mention | None:
        """The place that the phrase headed by ``token`` names."""
        case = syntax.case_of(token)
        entity = self._names.get(token.i)
        if entity is not None:
            return self._named(clean(entity.text), name_span(entity), token, about=case in ABOUT)
        precision = place_nouns().get(token.lemma)
        if precision == "vague":
            return self._vague(token)
        return self._by_noun(token, precision) if precision is not None else None

    def is_place(self, token: Word) -> bool:
        """Whether the token heads a place's name."""
        return token.i in self._names

    def _named(self, name: str, span: Span, token: Word, *, about: bool) -> Mention:
        place = self._place(name, span)
        if not about:
            return Mention(self._keep(place), span)
        start = next(
            (c.idx for c in token.lefts if c.dep == "case" and c.lower in ABOUT), span.start
        )
        whole = Span(start, span.end)
        label = whole.of(self.tree.text)
        vague = replace(
            place,
            label=label,
            span=whole,
            name=None,
            precision="vague",
            point=None,
            extent=None,
            geonames=None,
        )
        return Mention(self._keep(vague), whole)

    def _place(self, name: str, span: Span) -> Place:
        known = self._resolved.get(name)
        if known is None:
            return Place("", name, span, "vague", name=name)
        return Place(
            "",
            name,
            span,
            known.precision,
            name=known.name,
            country=known.country,
            point=known.point,
            extent=known.extent,
            geonames=known.geonames,
        )

    def _vague(self, token: Word) -> Mention:
        words = syntax.phrase(token)
        between = [
            part
            for child in token.children
            if child.dep == "nmod" and syntax.case_of(child) in {"between", "with", "of", "near"}
            for part in syntax.subtree(child, without=syntax.CLAUSES)
        ]
        tokens = [*words, *between]
        while tokens[0].pos == "DET":
            tokens.pop(0)
        span = syntax.char_span(tokens)
        place = Place("", span.of(self.tree.text), span, "vague")
        return Mention(self._keep(place), span)

    def _by_noun(self, token: Word, precision: str) -> Mention | None:
        """ "The town": a named place it belongs to by apposition, else the last of its kind."""
        for child in syntax.children(token, "appos", "nmod", "flat", "compound", "nmod:desc"):
            of = child.dep != "nmod" or syntax.case_of(child) == "of"
            if of and self.is_place(child):
                return self.at(child)
        if not any(c.lower in {"the", "this", "that"} for c in token.children):
            return None
        span = syntax.char_span(syntax.phrase(token))
        for entity in reversed([e for i, e in sorted(self._names.items()) if i < token.i]):
            place = self._place(clean(entity.text), name_span(entity))
            if place.precision == precision:
                return Mention(self._keep(place), span)
        return None

    def _keep(self, place: Place) -> str:
        """One place for one name (or one phrase) of the article."""
        identity = (place.label if place.precision == "vague" else place.name, place.geonames)
        for key, known in self.found.items():
            other = (known.label if known.precision == "vague" else known.name, known.geonames)
            if other == identity:
                return key
        key = f"p{place.span.start}"
        while key in self.found:
            key += "x"
        self.found[key] = replace(place, key=key)
        return key
