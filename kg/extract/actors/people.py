"""Persons and their posts: "Ada Lane, the envoy", "spokesman Ned Holt", "the envoy".

A first pass over an article, so that a mention may be explained by a later one.
"""

from typing import Final

from kg import header
from kg.extract import syntax
from kg.extract.actors import naming, offices
from kg.extract.actors.drafts import Draft, Register, Scene
from kg.extract.lexicon import Noun, known_body, ranks, things
from kg.extract.tree import Name, Word, line
from kg.model import Membership, Span

CORE: Final = frozenset({"nsubj", "nsubj:pass", "obj", "iobj"})
NAME_LINKS: Final = frozenset({"appos", "flat", "nmod:desc", "compound", "nmod"})
BESIDE: Final = frozenset({"appos", "compound", "nmod:desc"})
SHORTENED: Final = frozenset({"minister", "secretary", "commissioner", "general", "colonel"})
"""Posts that are named in full once and in short then: the justice minister, the minister."""
OTHER: Final = (
    "prime ",
    "deputy ",
    "vice ",
    "press ",
    "first ",
    "attorney ",
    "secretary ",
    "director ",
)
"""What makes a post another than the one it is short for."""
BEFORE_POST: Final = frozenset({"compound", "nmod:poss", "amod", "nmod:desc"})


def read(scene: Scene) -> None:
    """Register the persons of an article, and the posts that stand beside their names."""
    register = scene.register
    names = scene.tree.names
    for entity in names:
        if entity.label == "PERSON" and naming.is_rank(entity):
            entity.root.entity = None
    bodies = {naming.clean(e.text) for e in names if naming.is_body(e) or naming.is_outlet(e)}
    entities = [
        entity
        for entity in scene.tree.names
        if entity.label == "PERSON"
        and not scene.nations.is_country(entity)
        and naming.clean(entity.text) not in bodies
        and known_body(naming.clean(entity.text)) is None
        and not naming.is_rank(entity)
        and not naming.is_spot(entity)
    ]
    known: dict[naming.Call, list[int]] = {}
    people: list[Draft] = []
    for entity in sorted(entities, key=lambda e: (-min(e.end - e.start, 2), e.start)):
        draft = _person(register, entity, known, people)
        for at in range(entity.start, entity.end):
            register.at[at] = draft.key
        register.meet(entity.root, draft.key)
    _half_names(scene)
    for entity in entities:
        _posts_of(scene, entity)
    offices.read(scene)
    _unnamed_posts(scene)


def _half_names(scene: Scene) -> None:
    """ "Lane" or "Ada" alone is Ada Lane, whatever the analyser takes it for."""
    halves: dict[str, set[str]] = {}
    for draft in scene.register.of_kind("Person"):
        words = (draft.name or "").split()
        for word in {words[0], words[-1]} if len(words) > 1 else ():
            halves.setdefault(word, set()).add(draft.key)
    for token in [token for token in scene.tree if token.text in halves]:
        keys = halves[token.text]
        if len(keys) == 1 and token.i not in scene.register.at and _stands_alone(token):
            (scene.register.at[token.i],) = keys
            scene.register.meet(token, *keys)


def _stands_alone(token: Word) -> bool:
    """Whether a single proper noun does or undergoes something, and is no place of it."""
    alone = token.entity is None or token.entity.end - token.entity.start == 1
    return alone and token.tag == "NNP" and token.dep in CORE and not syntax.case_of(token)


def _person(
    register: Register, entity: Name, known: dict[naming.Call, list[int]], people: list[Draft]
) -> Draft:
    """The person a name stands for: one known by a longer form of it, or a new one."""
    name = naming.untitled(naming.clean(entity.text))
    words = name.split()
    before = register.tree.words[entity.start - 1].lower if entity.start else ""
    gender = ranks().get(before.rstrip("."))
    meant = sorted(at for called in naming.called(words) for at in known.get(called, ()))
    for draft in (people[at] for at in meant):
        if gender and draft.gender not in {None, gender}:
            continue  # "Mrs Lane" is not Ned Lane
        draft.gender = draft.gender or gender
        if name != draft.name:
            draft.aliases.add(name)
        return draft
    start = entity.start_char + entity.text.index(name)
    draft = register.new(entity.root, "Person", Span(start, start + len(name)), name=name)
    draft.gender = gender
    for called in naming.known_as(words):
        known.setdefault(called, []).append(len(people))
    people.append(draft)
    return draft


def _posts_of(scene: Scene, entity: Name) -> None:
    """Posts that stand beside a name, or that the name stands beside."""
    root = entity.root
    draft = scene.register.drafts[str(scene.register.at[root.i])]
    for child in root.children:
        if child.entity is None and child.dep in BESIDE:
            _add_post(scene, draft, child)
    head = root
    while head.dep == "conj" and head.head != head:
        head = head.head
    above = head.head
    if head.dep == "nsubj" and above.pos == "NOUN" and syntax.child(above, "cop"):
        _add_post(scene, draft, above)  # "Ada Lane is the mayor"
    if stands_beside(head) and above != head and _is_post(head, above):
        _add_post(scene, draft, above, person=root)
        scene.register.at.setdefault(above.i, draft.key)


def stands_beside(name: Word) -> bool:
    """Whether a name is whose the noun is: "the aide of Lane", "the Lane aide" are not Lane."""
    if name.dep not in NAME_LINKS:
        return False
    if syntax.case_of(name):
        return name.dep != "nmod"
    return name.i > name.head.i or name.dep not in {"compound", "nmod"}


def _is_post(name: Word, above: Word) -> bool:
    """Whether the noun a name hangs on is its post: one of the lexicon, or any it stands beside."""
    if naming.names_post(above):
        return True
    unknown = naming.noun_at(above) is None and above.tag == "NN" and above.lemma not in things()
    return unknown and name.dep == "appos" and bool(above.lefts)


def _add_post(scene: Scene, draft: Draft, token: Word, person: Word | None = None) -> None:
    noun = naming.plural_post(token) or naming.noun_at(token)
    if noun is None and person is not None and token.tag == "NN":
        noun = Noun(token.lower, "Person", None, token.lower)  # an office no list knows
    if noun is None or noun.kind not in {"Person", "Group"}:
        return
    words = _post_words(scene.register, draft, token)
    if not words:
        return
    span = syntax.char_span(words)
    named = person if person is not None else token.head
    body = body_of(scene, token, but=draft.key) or body_of(scene, named, but=draft.key)
    country = scene.register.drafts[body].country if body else scene.country(token)
    draft.posts.append(Membership(line(span.of(scene.tree.text)), span, body or None, country))
    scene.register.serve(draft, noun.post)
    draft.gender = draft.gender or naming.gender(token.lower)
    draft.sector = draft.sector or noun.sector
    draft.country = draft.country or country
    scene.register.at.setdefault(token.i, draft.key)


def _post_words(register: Register, draft: Draft, token: Word) -> list[Word]:
    """The words of a post without its holder's name and a leading article."""
    words = [t for t in syntax.phrase(token) if register.at.get(t.i) != draft.key]
    words = naming.left_of_person(words, token)
    while words and words[0].pos in {"DET", "PUNCT", "PRON"}:
        words.pop(0)
    return words


def body_of(scene: Scene, token: Word, but: str | None = None) -> str | None:
    """The organisation or state that a post belongs to, if its phrase names one."""
    left = [c for c in token.lefts if c.dep in BEFORE_POST]
    right = [
        c
        for c in token.rights
        if c.dep == "nmod" and syntax.case_of(c) in {"for", "of", "at", "from"}
    ]
    for child in [*left, *right]:
        entity = child.entity
        if entity is not None and entity.label in {"ORG", "LOC"}:
            seat = child.dep == "nmod" and scene.nations.is_seat(entity.root)
            if entity.label == "LOC" and (seat or not scene.nations.at(entity.root)):
                continue  # the mayor of a capital serves no state
            found = scene.resolve(entity.root)
            return found if found != but else None
        noun = naming.noun_at(child)
        if noun is not None and noun.kind == "Organization":
            return scene.resolve(child)
    return None


def _unnamed_posts(scene: Scene) -> None:
    """Posts without a name; those that a named person holds are that person."""
    begins = header.end(scene.tree.text)
    for token in scene.tree:
        if (
            token.idx < begins
            or token.tag not in {"NN", "NNP"}
            or token.pos not in {"NOUN", "PROPN"}
        ):
            continue
        noun = naming.noun_at(token) if token.i not in scene.register.at else None
        if noun is not None and noun.kind == "Person":
            key = _holder(scene, token, noun)
            if key is not None:
                scene.register.at[token.i] = key
                scene.register.meet(token, key)


def _holder(scene: Scene, token: Word, noun: Noun) -> str | None:
    """The person whose post this is: the same kind of post for the same body."""
    country, body = scene.country(token), body_of(scene, token)
    for draft in scene.register.holders(noun.post):
        bodies = {post.organization for post in draft.posts if post.organization}
        if body and body in bodies:
            return draft.key
        near = _has_post_of(draft, token) if country is None else country == draft.country
        if not body and near and naming.is_definite(token):
            return draft.key
    short = noun.post in SHORTENED and not body and country is None
    return _last_of_rank(scene.register, token, noun) if short else None


def _has_post_of(draft: Draft, post: Word) -> bool:
    """Whether a post of a place or body that is no known one is the very post of somebody.

    The representative of Kesh is not the envoy for Kesh; "the envoy" is.
    """
    whose = [c.text for c in post.children if c.pos == "PROPN" and c.dep in {"nmod", "nmod:poss"}]
    roles = [held.role.split() for held in draft.posts]
    return not whose or any({whose[0], post.text} <= set(role) for role in roles)


def _last_of_rank(register: Register, token: Word, noun: Noun) -> str | None:
    """ "The minister" is the justice minister named last before."""
    if not naming.is_definite(token) or len(syntax.phrase(token)) > 2:
        return None
    for at, key in reversed(register.persons):
        kinds = register.drafts[key].post_kinds if at < token.i else ()
        if any(kind.endswith(f" {noun.post}") and not kind.startswith(OTHER) for kind in kinds):
            return key
    return None
