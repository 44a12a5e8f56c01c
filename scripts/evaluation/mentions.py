"""Every actor and place that a text names, whether or not a finding uses it.

The extractor keeps those that a statement or a report leads to; gold data marks all. So the same
rooms are asked here, in the extractor's order, about every noun phrase.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract import dates, furniture, quotations, statements, syntax, toponyms
from kg.extract.actors import Cast
from kg.extract.actors.naming import bare, name_span
from kg.extract.events import Places
from kg.extract.lexicon import place_nouns, sites, things, weapons
from kg.extract.mending import mend
from kg.extract.tree import Name, Tree, Word
from kg.gazetteer import Candidate
from kg.model import DateRange, Span
from scripts.evaluation.reading import Reader

CORE: Final = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "nsubj:outer"})
PARTIES: Final = frozenset({"by", "with", "against", "between", "'s", "’s", "'"})
ELSEWHERE: Final = frozenset({"in", "on", "to", "from"})
HEADS: Final = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A read text: its tree, who is in it, where it is."""

    tree: Tree
    cast: Cast
    places: Places
    near: frozenset[str]


def scene(text: str, published: DateRange | None, reader: Reader) -> Scene:
    """The text as the extractor sees it once it has read who speaks ("we" is the speaker)."""
    tree = Tree(reader.parse(text), text)
    mend(tree)
    tree.quiet = furniture.quiet(tree)
    found_dates = dates.find(tree.text, published)
    gazetteer = reader.extractor.gazetteer
    cast = Cast(tree, gazetteer, found_dates)
    near = frozenset(toponyms.spoken_of(tree, cast.nations.named))
    places = Places(tree, gazetteer, near=near)
    statements.find(tree, cast, quotations.find(tree.text), found_dates)
    return Scene(tree, cast, places, near)


def entities(seen: Scene) -> list[tuple[Span, str]]:
    """The actors and places of a text as (span, person | org | place), none inside another."""
    found = sorted(
        (*_every(seen), *_titled(seen)), key=lambda one: (one[0].start - one[0].end, one[0])
    )
    kept: list[tuple[Span, str]] = []
    for span, kind in found:
        if not any(span.touches(other) for other, _ in kept):
            kept.append((span, kind))
    return sorted(kept)


def _every(seen: Scene) -> Iterator[tuple[Span, str]]:
    for word in seen.tree:
        if word.entity is not None and word.entity.root is not word:
            continue
        kind = _kind(word, seen)
        if kind is not None:
            yield _words(word), kind


def _titled(seen: Scene) -> Iterator[tuple[Span, str]]:
    """A person's name together with the post right before it: "Secretary of State Ada Lane"."""
    for name in seen.tree.names:
        draft = seen.cast.register.drafts.get(seen.cast.register.at.get(name.root.i) or "")
        for post in draft.posts if draft is not None and name.label == "PERSON" else ():
            between = seen.tree.text[post.span.end : name.start_char]
            if post.span.end < name.start_char and not between.strip():
                yield Span(post.span.start, name_span(name).end), "person"


def _kind(word: Word, seen: Scene) -> str | None:
    """Whether a word heads the mention of a person, a body or group, or a place."""
    if word.tag == "PRP":
        return _actor(word, seen)
    named = word.entity is not None
    if not named and (word.pos not in HEADS or word.dep in {"compound", "flat", "amod"}):
        return None
    if not named and (thing := _thing(word)):
        return "place" if thing in sites() or thing in place_nouns() else None
    if word.entity is not None and word.entity.label == "LOC":
        return "org" if _acts(word) and _is_state(word, seen) else "place"
    return _actor(word, seen) or ("place" if seen.places.at(word) else None)


def _thing(word: Word) -> str | None:
    """The ground, building, vehicle or weapon that a noun names."""
    known = things() | set(place_nouns()) | set(weapons())
    return next((form for form in (word.lower, word.lemma) if form in known), None)


def _actor(word: Word, seen: Scene) -> str | None:
    key = seen.cast.resolve(word)
    kind = seen.cast.register.drafts[key].kind if key else None
    return {"Person": "person", "Document": None, None: None}.get(kind, "org")


def _acts(word: Word) -> bool:
    """Whether a place's name stands where a party to something does: a government, not ground."""
    while word.dep == "conj" and word.head is not word:
        word = word.head
    return word.dep in CORE or syntax.case_of(word) in PARTIES


def _is_state(word: Word, seen: Scene) -> bool:
    key = seen.cast.resolve(word)
    return key is not None and seen.cast.register.drafts[key].kind == "State"


def _words(word: Word) -> Span:
    """The mention with its article, titles and "of" phrase, without where it is or whose it is."""
    entity = word.entity
    away = [c.left_edge.i for c in word.rights if syntax.case_of(c) in ELSEWHERE]
    end = min((at for at in away if at > word.i), default=len(word.tree.words))
    words = [one for one in syntax.phrase(word) if one.i < end]
    if entity is None and words and words[0].tag not in {"DT", "PRP$"}:
        words = bare(words, word)
    if entity is not None and entity.label in {"LOC", "PERSON"}:
        words = [one for one in words if one.i < entity.end]
        words += [*word.tree.words[entity.end : _last_of_place(entity).end]]
    while len(words) > 1 and words[-1].lower in {"'s", "’s", "'", "’"}:
        words.pop()
    return syntax.trim(word.tree.text, syntax.char_span(words))


def _last_of_place(name: Name) -> Name:
    """The last name of a place told with where it lies: "Karsa, Kesh"."""
    words = name.root.tree.words
    after = words[name.end : name.end + 2]
    if len(after) == 2 and after[0].text == "," and after[1].entity is not None:
        larger = after[1].entity
        if larger.label == "LOC" and larger.root.head is name.root and larger.root.dep != "conj":
            return larger
    return name


def place_names(seen: Scene, reader: Reader) -> list[tuple[Span, Candidate | None]]:
    """Every name of a place with what the gazetteer takes it for, all resolved together."""
    gazetteer = reader.extractor.gazetteer
    named = toponyms.places(seen.tree)
    names = toponyms.others(seen.tree, gazetteer, named)
    taken = {span.end for span, _ in names} | {span.start for span, _ in names}
    whole = [(name_span(name), asked) for name, asked in named]
    names += [one for one in whole if not taken & {one[0].start, one[0].end}]
    meant = gazetteer.resolve((asked for _, asked in names), near=seen.near)
    return sorted(((span, meant.get(asked)) for span, asked in names), key=lambda one: one[0])


def adjectives(seen: Scene, reader: Reader) -> list[tuple[Span, Candidate | None]]:
    """Every adjective or name of a country's people ("Chadian"), with the country."""
    gazetteer = reader.extractor.gazetteer
    found = []
    for at, country in seen.cast.nations.named:
        word = seen.tree.words[at]
        if gazetteer.is_demonym(word.text) and (word.entity is None or word.entity.label != "LOC"):
            state = gazetteer.lookup(gazetteer.country_name(country))
            found.append((Span(word.idx, word.end), state[0] if state else None))
    return found
