"""Whom a pronoun stands for: the speaker of a quotation, who spoke last, who was named last."""

from bisect import bisect_left
from typing import Final

from kg.extract import syntax
from kg.extract.actors import naming
from kg.extract.actors.drafts import Draft, Register, Scene
from kg.extract.lexicon import cues, triggers, verbs
from kg.extract.quotations import around, beside
from kg.extract.tree import Word

GENDERS: Final = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
FIRST_PERSON: Final = frozenset({"i", "we", "us", "me", "our", "my", "ourselves", "myself"})
WE: Final = frozenset({"we", "us", "our", "ours", "ourselves"})
SERVING: Final = frozenset({"MIL", "COP", "REB", "SPY"})
"""Sectors in which who holds a post says "we" of the body, not of those around."""
MOUTHPIECES: Final = ("spokesperson", "spokesman", "spokeswoman")
BODIES: Final = frozenset({"Organization", "Group"})
POSTS: Final = 8
"""Mentions of posts that tell whom somebody speaks for; a long article repeats them."""
MEANT: Final = {
    "it": frozenset({"Organization", "State", "Group"}),
    "they": frozenset({"Organization", "Group"}),
}
"""Kinds of the accused that a pronoun may stand for, other than a person."""
DENIED: Final = frozenset({"it", "this", "that", "which"})
RECIPROCAL: Final = {"each": ("other",), "one": ("another",)}
THINGS: Final = frozenset({"Organization", "State", "Document"})
NAME_PARTS: Final = frozenset({"flat", "appos", "compound", "nmod:desc"})
SINGULAR: Final = frozenset({"NN", "NNP"})
PARTS: Final = syntax.SUBJECTS | {"obj", "iobj", "obl"}
LIKE_COUNTRIES: Final = ("ia", "land", "stan")
"""How a name ends that, with no first name and no post, may as well be a country's."""
REACH: Final = 4
"""Sentences back in which "he" may find whom it stands for."""


def is_pronoun(token: Word) -> bool:
    """Whether the token stands for somebody named elsewhere."""
    return token.pos == "PRON" or token.lower in GENDERS or is_reciprocal(token)


def is_first_person(token: Word) -> bool:
    """Whether the token is "I", "we" and the like, and not the US."""
    return token.lower in FIRST_PERSON and token.text != "US"


def is_reciprocal(token: Word) -> bool:
    """Whether the token is "each other" or "one another"."""
    return token.lower in RECIPROCAL and any(
        child.lower in RECIPROCAL[token.lower] for child in token.rights
    )


def antecedent(scene: Scene, token: Word) -> str | None:
    """The key of the actor that a pronoun stands for, or None."""
    if is_reciprocal(token):
        subject = syntax.subject(token.head)
        both = scene.speaker(subject) if subject is not None else None
        return both.ref if both is not None else None
    if is_first_person(token):
        return _voice(scene, token)
    found = _above(scene, token) or _accused(scene.register, token)
    found = found or _last_speaker(scene.register, token, _kinds_of(token))
    found = found or _named_before(scene, token)
    if found is None and token.lower == "they":  # a body of many speaks on: "they added"
        return _last_speaker(scene.register, token, frozenset({"Organization"}))
    return found


def _named_before(scene: Scene, token: Word) -> str | None:
    word = token.lower
    if word in GENDERS:
        return _person_before(scene, token, GENDERS[word])
    if word in {"it", "its", "itself"}:
        return _thing_before(scene, token)
    if word in {"they", "them", "their", "theirs"}:
        return _subject_before(scene, token, frozenset({"Group"}), plural=True)
    if token.tag in {"WDT", "WP"} and token.head.dep == "acl:relcl":
        return scene.resolve(token.head.head)
    return None


def voice(register: Register, token: Word) -> str | None:
    """Whose own words a token is part of."""
    heard = register.voices.at(token.idx)
    return heard[-1] if heard else None


def _voice(scene: Scene, token: Word) -> str | None:
    """ "I": whoever's words these are; "we": the body that the one speaks for."""
    speaker = voice(scene.register, token)
    if speaker is None or token.lower not in WE:
        return speaker
    return _spoken_for(scene, scene.register.drafts[speaker])


def _spoken_for(scene: Scene, speaker: Draft) -> str | None:
    """For whom somebody says "we": the one body served, else nobody known if a mouthpiece."""
    posts = speaker.posts[:POSTS]
    bodies = {post.organization for post in posts if post.organization}
    mouthpiece = any(post.endswith(MOUTHPIECES) for post in speaker.post_kinds)
    if len(bodies) == 1 and (mouthpiece or speaker.sector in SERVING):
        return bodies.pop()
    if not mouthpiece:
        return speaker.key
    stretches = (speaker.span, *(post.span for post in posts))
    words = (w for span in stretches for w in scene.tree.within(span.start, span.end))
    nouns = ((word, naming.noun_at(word)) for word in words if word.dep == "compound")
    owner = syntax.first(word for word, noun in nouns if noun is not None and noun.kind in BODIES)
    return scene.resolve(owner) if owner is not None else None


def _above(scene: Scene, token: Word) -> str | None:
    """ "Lane does not: she has demanded …": the subject of the clause that hers hangs on."""
    clause = token.head
    if token.dep not in syntax.SUBJECTS or clause.dep != "parataxis" or token.lower not in GENDERS:
        return None
    subject = syntax.first(syntax.children(clause.head, *syntax.SUBJECTS))
    key = scene.resolve(subject) if subject is not None and subject.i < token.i else None
    draft = scene.register.drafts[key] if key else None
    if draft is None or draft.kind != "Person" or draft.gender not in {None, GENDERS[token.lower]}:
        return None
    return key


def _accused(register: Register, token: Word) -> str | None:
    """ "France accused Chad of it. It denies …": who is accused, where somebody denies."""
    known = token.lower in MEANT or token.lower in GENDERS
    if not known or token.dep not in syntax.SUBJECTS or not _denies(token.head):
        return None
    here = token.sent.index
    charged = [*register.charged.get(here - 1, ()), *register.charged.get(here, ())]
    key = next((key for at, key in reversed(charged) if at < token.i), None)
    draft = register.drafts.get(key) if key else None
    if draft is None or draft.kind not in MEANT.get(token.lower, {"Person"}):
        return None
    if token.lower not in GENDERS or draft.gender in {None, GENDERS[token.lower]}:
        return key
    return None


def _is_said_by(register: Register, word: Word, token: Word) -> bool:
    """ "“They killed his son,” he said": "he" is nobody of whom only his own words tell.

    Nor is who speaks inside a quotation the one who has spoken last outside of it.
    """
    if token.dep not in syntax.SUBJECTS or token.head.lemma not in cues():
        return False
    told, speech = around(register.quotations, word.idx), around(register.quotations, token.idx)
    if speech is not None or told is None:
        return False
    return told.outer.end > token.sent.start_char and told.outer.start < token.idx


def _claimant(register: Register, token: Word) -> str | None:
    """ "Lane said it fell. She denies this": who said it is not who denies it."""
    verb = token.head
    taken = {c.lower for c in syntax.children(verb, "obj", "nsubj:pass")}
    aside = verb.dep == "acl:relcl" and not taken
    if not _denies(verb) or not (aside or taken & DENIED):
        return None
    here = token.sent.index
    spoke = [one for one in register.spoke(here - 1, here) if one[0] < token.i]
    return max(spoke)[1] if spoke else None


def _denies(verb: Word) -> bool:
    found = cues().get(verb.lemma, ())
    return any(cue.act == "deny" and not cue.held for cue in found) or verb.lemma == "reject"


def _last_speaker(register: Register, token: Word, kinds: frozenset[str]) -> str | None:
    """Who spoke last, for a pronoun that speaks again: "…, the clinic said. … it added"."""
    if token.dep not in syntax.SUBJECTS or token.head.lemma not in cues():
        return None
    here, claimant = token.sent.index, _claimant(register, token)
    speech = around(register.quotations, token.idx)
    for at, key in register.spoke(here - 2, here):
        word = register.tree.words[at]
        if at >= token.i or key == claimant or _is_said_by(register, word, token):
            continue
        if speech is not None and around(register.quotations, word.idx) is not speech:
            continue  # "“They asked for money,” residents said": not the residents
        draft = register.drafts.get(key)
        if draft is None or draft.kind not in kinds:
            continue
        if draft.kind == "Person":
            if not _fits(draft, GENDERS[token.lower]) or _gives_way(register, draft, at, token):
                continue
            draft.gender = GENDERS[token.lower]
        return key
    return None


def _fits(draft: Draft, gender: str) -> bool:
    """Whether a person may be "he" or "she": not so "Tolvia", of which nothing else is told."""
    return draft.gender in {None, gender} and not _is_like_country(draft)


def _is_like_country(draft: Draft) -> bool:
    bare = draft.gender is None and _is_bare(draft)
    return bare and draft.label.endswith(LIKE_COUNTRIES)


def _answers_country(register: Register, token: Word) -> bool:
    """Whether who spoke last may be a country, so that whom it spoke of may be one, too."""
    here = token.sent.index
    before = (key for at, key in register.spoke(here - 2, here) if at < token.i)
    last = register.drafts.get(next(before, ""))
    return last is not None and last.kind == "Person" and _is_like_country(last)


def _is_bare(draft: Draft) -> bool:
    """Whether the text gives a person one name and nothing else."""
    return len((draft.name or draft.label).split()) == 1 and not draft.posts


def _gives_way(register: Register, spoke: Draft, at: int, token: Word) -> bool:
    """ "Kesh said no. Ada Lane, the envoy, left. … she said": the person named in full is she."""
    if spoke.gender is not None or not _is_bare(spoke):
        return False
    persons = register.persons
    for place, key in persons[bisect_left(persons, (at, "")) : bisect_left(persons, (token.i, ""))]:
        other = register.drafts.get(key)
        if other is None or other is spoke or _is_bare(other):
            continue
        if _fits(other, GENDERS[token.lower]) and _is_topic(register.tree.words[place]):
            return True
    return False


def _kinds_of(pronoun: Word) -> frozenset[str]:
    if pronoun.lower == "it":
        return THINGS
    if pronoun.lower == "they":
        return frozenset({"Group"})
    return frozenset({"Person"}) if pronoun.lower in GENDERS else frozenset()


def _person_before(scene: Scene, token: Word, gender: str) -> str | None:
    """The person of that gender mentioned last, the subject of a clause before others."""
    _meet_subjects(scene, token)
    register, doer = scene.register, _doer(scene, token)
    best: tuple[int, int] | None = None
    found = None
    first = scene.tree.sents[max(0, token.sent.index - REACH)].start
    persons, doubtful = register.persons, _answers_country(register, token)
    for at, key in persons[bisect_left(persons, (first, "")) : bisect_left(persons, (token.i, ""))]:
        draft = register.drafts.get(key)
        if draft is None or not _fits(draft, gender) or key == doer:
            continue
        if _is_said_by(register, register.tree.words[at], token):
            continue
        if doubtful and draft.gender is None and _is_bare(draft):
            continue
        distance = naming.sentences_between(register.tree, at, token.i)
        rank = (-distance, 1 if _is_topic(register.tree.words[at]) else 0)
        if best is None or rank >= best:
            best, found = rank, draft
    if found is None:
        return None
    found.gender = found.gender or gender
    return found.key


def _meet_subjects(scene: Scene, token: Word) -> None:
    """Note whom this sentence and the last tell of without a name: "his deputy", "to the mayor"."""
    here = token.sent.index
    for sent in scene.tree.sents[max(0, here - 1) : here + 1]:
        for word in scene.tree.of(sent):
            if word.i >= token.i:
                return
            known = word.dep in syntax.SUBJECTS or naming.is_definite(word)
            if word.tag in SINGULAR and known and naming.names_post(word):
                scene.resolve(word)


def _is_topic(token: Word) -> bool:
    """Whether the name is the subject of its clause, or of the clause of its title."""
    return _top(token).dep in syntax.SUBJECTS


def _top(name: Word) -> Word:
    """The word by which a name, with its titles, hangs in its clause."""
    while name.dep in NAME_PARTS and name.head != name:
        name = name.head
    return name


def _thing_before(scene: Scene, token: Word) -> str | None:
    """ "It": the subject above it, else the last singular body, state or document."""
    doer = _doer(scene, token)
    if token.dep == "obj" and token.head.lemma in verbs("seizing"):
        return None  # "a year after rebels seized it": a town, rather than a body
    for above in syntax.ancestors(token):
        subject = syntax.first(syntax.children(above, "nsubj", "nsubj:pass"))
        if subject is not None and subject.i < token.i and subject != token:
            key = scene.resolve(subject)
            if key and key != doer and scene.register.drafts[key].kind in THINGS:
                return key
    return _subject_before(scene, token, THINGS, plural=False)


def _subject_before(
    scene: Scene, token: Word, kinds: frozenset[str], *, plural: bool
) -> str | None:
    """The first subject of such a kind in this sentence or the two before it, nearest first."""
    here = token.sent.index
    tree = scene.tree
    doer = _doer(scene, token)
    for sent in reversed(tree.sents[max(0, here - 2) : here + 1]):
        for other in tree.of(sent):
            known = other.dep in syntax.SUBJECTS and other.pos != "PRON"
            if other.i < token.i and known and not _is_another(scene.register, other, token):
                both = scene.speaker(other) if plural else None  # "Chad and Kenya … their talks"
                key = both.ref if both is not None else scene.resolve(other)
                draft = scene.register.drafts.get(key) if key else None
                if draft and draft.kind in kinds and draft.plural == plural and key != doer:
                    return key
    return None


def _is_another(register: Register, other: Word, token: Word) -> bool:
    """ "Two women were taken. “They asked for money,” he said": who does it is not who bore it."""
    if _is_said_by(register, other, token):
        return True
    speech = around(register.quotations, token.idx)
    apart = speech is not None and around(register.quotations, other.idx) is not speech
    quoted = beside(register.quotations, other.sent.start_char, other.sent.end_char)
    tells = bool(quoted) and other.head.lemma in cues()  # "“They left,” residents said"
    return apart and token.dep == "nsubj" and (other.dep == "nsubj:pass" or tells)


def _doer(scene: Scene, token: Word) -> str | None:
    """Who does what is done to the token, or said what it denies, and so is not the token."""
    if token.dep in syntax.SUBJECTS:
        return _claimant(scene.register, token)
    verb = token.head.head if _is_of_struck(token) else token.head
    if verb is token.head and token.dep not in PARTS:
        return None
    shared = verb.dep == "conj" and verb.head.dep == "ccomp"  # "said he was ill and asked him"
    subject = syntax.first(syntax.children(verb, *syntax.SUBJECTS))
    subject = subject if subject is not None or shared else syntax.subject(verb)
    return scene.resolve(subject) if subject is not None and subject != token else None


def _is_of_struck(token: Word) -> bool:
    """ "Kesh bombed its airport": not Kesh's, which would be "its own"."""
    thing = token.head
    if token.lower != "its" or thing.dep != "obj" or any(c.lower == "own" for c in thing.lefts):
        return False
    trigger = triggers().get((thing.head.lemma, "verb"))
    return trigger is not None and trigger.event_type == "ASSAULT"
