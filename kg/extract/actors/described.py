"""Actors known by a noun, a people or a body's name: "the army", "Chadians", "the Rapid Guard"."""

from bisect import bisect_left
from typing import Final

from kg.extract import syntax
from kg.extract.actors import capitals, naming, several
from kg.extract.actors.drafts import Draft, Register, Scene
from kg.extract.actors.people import body_of
from kg.extract.lexicon import Body, Noun, known_body, nouns, quantifiers, things
from kg.extract.tree import Name, Word, line
from kg.model import ActorKind, Membership, Span

WORLDLY: Final = frozenset({"IGO", "NGO", "MNC"})
"""Sectors of bodies that are of no country, whatever their names."""
ONE: Final = frozenset({"a", "an", "another", "one"})


def described(scene: Scene, token: Word) -> str | None:
    """The key of the actor that a noun, a people or a proper name (of no country) stands for."""
    entity = None if capitals.is_opening_weapon(token) else token.entity
    noun = naming.noun_at(token)
    if scene.nations.is_people(token) and (entity is None or entity.end - entity.start == 1):
        return scene.register.merge(_people(scene, token))
    whole = _told_whole(token) if noun is not None and noun.kind == "Organization" else None
    if whole is not None:
        return scene.resolve(whole)
    if entity is not None or (noun is None and capitals.is_proper(token)):
        return _organization(scene, token, entity, noun)
    if noun is None and token.lower in quantifiers("part") and token.tag == "NNS":
        return scene.register.merge(group(scene, token, "CVL"))  # "thousands marched"
    if noun is None:
        return _owner(scene, token)
    return _beside(scene, token, noun) or _by_noun(scene, token, noun)


def _people(scene: Scene, token: Word) -> Draft:
    """A people, or one of them: "Chadians", "a Chadian"."""
    before = {child.lower for child in token.lefts}
    if before.isdisjoint(ONE):
        draft = group(scene, token, "CVL")
    else:
        draft = _new(scene, token, Noun(token.lower, "Person", "CVL", token.lower))
    if "ethnic" not in before:
        draft.country = scene.nations.at(token)  # ethnic Serbs need not be Serbia's
    return draft


def _beside(scene: Scene, token: Word, noun: Noun) -> str | None:
    """Who is named beside the noun, or holds the post that it names."""
    named = body_beside(token) if noun.kind == "Organization" else None
    if named is not None:
        return scene.resolve(named)
    post = naming.plural_post(token)
    return _holders(scene, token, post) if post is not None else None


def _told_whole(token: Word) -> Word | None:
    """ "The Front": the one body told before whose name has that word, "Keshi Liberation Front"."""
    if not token.text[:1].isupper() or len(token.children) != 1 or not naming.is_definite(token):
        return None
    told = token.tree.qualified.get(token.text, ())
    at = bisect_left(told, (token.i,)) - 1
    if at < 0 or not told[at][1]:
        return None
    whole = token.tree.words[told[at][0]]
    return whole if whole.entity is not None else None


def body_beside(token: Word) -> Word | None:
    """The name right behind a body's noun: "the charity Hopeline"."""
    beside = syntax.children(token, "appos", "flat", "nmod:desc")
    behind = token.tree.words[token.i + 1 : token.i + 4]
    right = [w for w in behind if w.text != "," and w.lower != "the"][:1]
    found = syntax.first(
        c for c in beside if c.entity is not None and right and c.entity is right[0].entity
    )
    if found is None or found.entity is None or found.entity.label == "LOC":
        return None
    return found if found.entity.label == "ORG" or naming.is_body(found.entity) else None


def group(scene: Scene, token: Word, sector: str | None) -> Draft:
    """A new group with the words of the phrase as its label."""
    noun = naming.noun_at(token)
    words = syntax.phrase(token)
    words = words[1:] if naming.is_pair(token) and words[0].lower == "the" else words
    if not naming.is_pair(token):
        words = naming.bare(words, token)
    draft = scene.register.new(token, "Group", syntax.char_span(words))
    draft.sector = sector or (noun.sector if noun else None)
    draft.country = scene.country(token)
    return draft


def state(scene: Scene, token: Word, country: str) -> str:
    """The key of a country as an actor; the token is where it is named."""
    entity = token.entity
    words = naming.clean(entity.text) if entity is not None else token.text
    for known in scene.register.of_kind("State"):
        if known.country == country:
            known.aliases.add(words)
            return known.key
    named = scene.tree.words[entity.start : entity.end] if entity is not None else [token]
    label = scene.nations.name(country)
    draft = scene.register.new(token, "State", syntax.char_span(named), name=label)
    scene.register.call(draft, label)
    draft.country, draft.sector = country, "GOV"
    draft.aliases.add(words)
    return draft.key


def sides(scene: Scene, token: Word) -> str:
    """ "Both sides": a group of the two states that the text has spoken of most so far."""
    top = scene.nations.foremost(token.i)
    if len(top) < 2 or _speaks_to(scene, token, top):
        return group(scene, token, None).key
    words = scene.tree.words
    members = tuple(state(scene, words[scene.nations.first(code)], code) for code in top)
    return _group_with(scene, token, members, None)


def _speaks_to(scene: Scene, token: Word, countries: list[str]) -> bool:
    """ "Kenya and Ethiopia urged both sides": they are none of the sides."""
    subject = syntax.subject(token.head) if token.dep not in syntax.SUBJECTS else None
    named = syntax.conjuncts(subject) if subject is not None else []
    return any(scene.nations.at(part) in countries for part in named)


def _group_with(scene: Scene, token: Word, members: tuple[str, ...], sector: str | None) -> str:
    """The group of these members, named by the phrase if it is new."""
    known = scene.register.group_of(members)
    if known is not None:
        return known
    draft = group(scene, token, sector)
    scene.register.join(draft, members)
    return draft.key


def singled(scene: Scene, token: Word) -> str | None:
    """ "One of the survivors": a person of whom no more is told; the body named beside "groups"."""
    many = syntax.first(c for c in token.rights if syntax.case_of(c) == "of")
    if many is None or many.tag not in {"NNS", "NNPS"}:
        return None
    named = syntax.children(many, "appos") if token.lower == "one" else []
    if (beside := syntax.first(c for c in named if scene.resolve(c))) is not None:
        return scene.resolve(beside)
    key, noun = scene.resolve(many), nouns().get(many.lemma)
    if key is None or token.lower != "one" or noun is None or noun.kind != "Person":
        return key
    all_of_them = scene.register.drafts[key]
    draft = scene.register.new(token, "Person", Span(token.idx, many.right_edge.end))
    draft.sector, draft.country = all_of_them.sector, all_of_them.country
    scene.register.meet(token, draft.key)
    return draft.key


def _owner(scene: Scene, token: Word) -> str | None:
    """ "Army positions": the thing is no actor, its owner is."""
    if token.lemma not in things():
        return None
    for child in token.lefts:
        if child.dep not in {"compound", "nmod:poss"}:
            continue
        if child.entity is not None and child.entity.label in {"ORG", "LOC"}:
            return scene.resolve(child)
        noun = naming.noun_at(child)
        if noun is not None and noun.kind in {"Organization", "Group"}:
            return _owning(scene, token, child, noun)
    return None


def _owning(scene: Scene, token: Word, owner: Word, noun: Noun) -> str:
    """The owner, with the people that the whole phrase opens with ("Kesh army positions")."""
    draft = _new(scene, owner, noun)
    draft.country = draft.country or scene.country(token)
    lead = [c for c in token.lefts if c.dep == "amod" and scene.nations.at(c)]
    if lead and lead[0].i < owner.i:
        draft.span = syntax.char_span([*lead[:1], owner])
        scene.register.call(draft, line(draft.span.of(scene.tree.text)))
    return scene.register.merge(draft)


def _holders(scene: Scene, token: Word, post: Noun) -> str | None:
    """ "The foreign ministers of the two countries": the persons who hold that post."""
    members = tuple(draft.key for draft in scene.register.holders(post.post))
    if len(members) < 2 or not naming.is_definite(token):
        return None
    return _group_with(scene, token, members, post.sector)


def _organization(scene: Scene, token: Word, entity: Name | None, noun: Noun | None) -> str | None:
    if scene.is_dated(token) or (noun is not None and noun.kind == "Document"):
        return None
    if naming.is_affair(token, entity):
        return None
    words = naming.clean(entity.text) if entity is not None else token.text
    span = syntax.char_span(naming.named(naming.bare(syntax.phrase(token), token), token))
    label, country = line(span.of(scene.tree.text)), scene.country(token)
    known = _known_body(scene.register, words, label, country)
    if known is not None:
        known.aliases.add(words)
        return known.key
    kind: ActorKind = "Group" if noun and noun.kind == "Group" else "Organization"
    draft = scene.register.new(token, kind, span, name=naming.proper_name(words, label))
    draft.country, draft.sector = country, noun.sector if noun else None
    _place_body(draft, words)
    if entity is not None and draft.country is None and draft.sector not in WORLDLY:
        draft.country = _named_after(scene, entity)
    draft.aliases |= naming.short_names(scene.tree.text, span)
    return draft.key


def _named_after(scene: Scene, entity: Name) -> str | None:
    """The one country that a body's own name names: "Kenyan Dockers' League", "Bank of Chad"."""
    words = scene.tree.words[entity.start : entity.end]
    found = {scene.nations.word(word) for word in words if word.text[:1].isupper()} - {None}
    worldly = any(known is not None and known.country is None for known in map(_known, words))
    return found.pop() if len(found) == 1 and not worldly else None


def _known(word: Word) -> Body | None:
    return known_body(word.text)


def _place_body(draft: Draft, words: str) -> None:
    """Sector and country of a body known by its name, unless the text gives it another country."""
    known = known_body(draft.label) or known_body(words)
    if known is not None and draft.country in {None, known.country}:
        draft.country, draft.sector = known.country, known.sector or draft.sector


def _known_body(register: Register, words: str, label: str, country: str | None) -> Draft | None:
    """The body already known by this name, by its label or by its initials."""
    for draft in register.of_kind("Organization"):
        if country and draft.country and country != draft.country:
            continue
        known = {draft.label, draft.name or draft.label, *draft.aliases}
        lowered = {name.lower() for name in known}
        if words.lower() in lowered or label.lower() in lowered:
            return draft
        short = naming.acronym(words)
        if any(naming.acronym(name) == words or short == name for name in known):
            return draft
    return None


def _by_noun(scene: Scene, token: Word, noun: Noun) -> str:
    if token.tag in {"NNS", "NNPS"} and (told := _told_of(scene, token)):
        return told
    if members := several.members(scene, token, noun):
        return _group_with(scene, token, members, noun.sector)
    if noun.kind == "Person" and token.tag in {"NNS", "NNPS"}:
        return scene.register.merge(group(scene, token, noun.sector))
    return scene.register.merge(_new(scene, token, noun))


def _told_of(scene: Scene, token: Word) -> str | None:
    """ "The farmers": the three farmers, or whatever farmers the text told of last."""
    words = naming.bare(syntax.phrase(token), token)
    if len(words) > 1 or not any(c.dep == "det" and c.lower == "the" for c in token.lefts):
        return None
    known = [
        draft
        for draft in scene.register.ending("Group", token.lower)
        if draft.span.start < token.idx
    ]
    return max(known, key=lambda draft: draft.span.start).key if known else None


def _new(scene: Scene, token: Word, noun: Noun) -> Draft:
    """A new actor that the phrase describes."""
    span = syntax.char_span(naming.bare(syntax.phrase(token), token))
    draft = scene.register.new(token, noun.kind, span)
    draft.sector, draft.country = noun.sector, scene.country(token)
    _place_body(draft, draft.label)
    if noun.kind == "Person":
        scene.register.serve(draft, noun.post)
        draft.gender = naming.gender(token.lower)
        scene.register.meet(token, draft.key)
    _belong(scene, token, draft)
    return draft


def _belong(scene: Scene, token: Word, draft: Draft) -> None:
    """Whose they are: a post's or a group's body, and the country that it gives them."""
    owner = body_of(scene, token)
    owning = scene.register.drafts[owner] if owner and owner != draft.key else None
    if owning is None:
        return
    country = draft.country or owning.country
    if draft.kind in {"Person", "Group"}:
        draft.posts.append(Membership(draft.label, draft.span, owner, country))
    elif owning.sector == "IGO":
        draft.sector = "IGO"  # a court of the UN's
    if draft.kind != "Person":
        draft.country = country
