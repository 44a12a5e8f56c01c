"""Which act a statement performs: the cue decides, or the words of a neutral cue's content."""

from typing import Final

from kg.extract import negation, syntax
from kg.extract.actors import naming
from kg.extract.actors.cast import Cast
from kg.extract.actors.pronouns import is_first_person
from kg.extract.lexicon import Cue, verbs
from kg.extract.needs import OBLIGED, needed
from kg.extract.statements.finds import Find
from kg.extract.statements.lookup import frames_of
from kg.extract.statements.speaking import is_polite
from kg.extract.tree import Word
from kg.model import Mention

DONE: Final = frozenset({"had", "has", "have", "would", "will", "could", "might"})
TRUE: Final = frozenset({"true", "correct", "accurate"})
CLAIMS: Final = frozenset({"claim", "report", "allegation", "accusation", "charge", "rumour"}) | {
    *("rumor", "suggestion", "assertion", "this", "that", "information", "story", "news"),
}
NEEDING: Final = frozenset({"need", "have", "ought", "require"})


def act_of(find: Find, cast: Cast, speaker: Mention | None) -> str:
    """The act of a statement (a code of the scheme ``act``).

    A performative cue decides. A neutral one takes the act of a performative in the first
    person (or said by the speaker of himself), then of an obligation laid on somebody else.
    """
    frame, heads = find.frame, find.heads
    if frame.frame == "name":
        return "deny" if any(dismisses(head) for head in heads) else frame.act
    offers = (head for head in heads if head.pos == "NOUN" and head.lemma in verbs("offering"))
    if frame.act == "deny" and any(offers):
        return "reject"  # "denied a request", but "denied that it had offered arms"
    if not frame.neutral:
        return frame.act
    told = [main for head in heads for main in mains(head) if main is head or find.says(main.idx)]
    for main in (one for one in told if one in heads or one.tag == one.head.tag):
        act = _performative(main, cast, speaker)
        if act:
            return act
    if any(is_denial(main) for main in told):
        return "deny"
    return "request" if any(obliges(main, cast, speaker) for main in told) else frame.act


def mains(head: Word) -> list[Word]:
    """The main verbs of a content: its head and what is co-ordinated with it."""
    found = [head]
    for child in head.children:
        if child.dep in {"conj", "parataxis"} and child.pos in {"VERB", "AUX", "ADJ", "NOUN"}:
            found.extend(mains(child))
    return found


def _performative(verb: Word, cast: Cast, speaker: Mention | None) -> str | None:
    frames = frames_of(verb)
    act = next((cue.act for cue in frames if not cue.neutral and _fits(verb, cue)), None)
    if act is None or syntax.is_passive(verb) or any(map(negation.is_nobody, syntax.objects(verb))):
        return None
    if syntax.auxiliaries(verb) & DONE and not (act == "request" and is_polite(verb)):
        return None
    subject = syntax.first(syntax.children(verb, "nsubj"))
    subject = subject if subject is not None else syntax.subject(verb)
    if subject is None:
        return None
    if is_first_person(subject):
        return None if verb.tag == "VBD" else act
    return act if speaker is not None and cast.resolve(subject) == speaker.ref else None


def is_denial(main: Word) -> bool:
    """ "The reports are false", "it is not true that we fired": a claim is called untrue."""
    subjects = syntax.children(main, "nsubj", "csubj", "expl")
    if _lacks_truth(main) or _is_unreal(main, subjects):
        return True
    if not syntax.child(main, "cop") or not subjects:
        return False
    negated = negation.negated(main)
    untrue = (
        main.lemma in TRUE
        if negated
        else not verbs("dismissal").isdisjoint((main.lemma, main.lower))
    )
    claim = any(s.dep == "csubj" or s.lemma in CLAIMS for s in subjects) or (
        subjects[0].dep == "expl" and syntax.child(main, "ccomp", "csubj") is not None
    )
    return claim and untrue


def _lacks_truth(main: Word) -> bool:
    """ "There is no truth in the report", "the claims have no basis"."""
    held = syntax.children(main, "nsubj", "obj")
    truth = syntax.first(w for w in held if w.lemma in verbs("truth") and negation.is_nobody(w))
    if truth is None:
        return False
    beside = [*held, *syntax.children(main, "obl", "nmod"), *syntax.children(truth, "nmod")]
    return any(word.lemma in CLAIMS for word in beside)


def _is_unreal(main: Word, subjects: list[Word]) -> bool:
    """ "The reports do not correspond to reality"."""
    claim = any(subject.lemma in CLAIMS for subject in subjects)
    return claim and main.lemma in verbs("matching") and negation.negated(main)


def dismisses(name: Word) -> bool:
    """Whether what something is called makes it untrue: "baseless", "a lie"."""
    return any(
        word.lemma in verbs("dismissal") or word.lower in verbs("dismissal")
        for word in syntax.subtree(name)
    )


def _fits(verb: Word, cue: Cue) -> bool:
    """Whether the verb takes what the cue's frame asks for."""
    if cue.frame == "obj+inf" and not syntax.children(verb, "xcomp", "ccomp", "advcl"):
        return False
    frame = cue.frame.removesuffix("+inf")
    if frame in {"clause", "ing"}:
        return bool(syntax.children(verb, "ccomp", "xcomp"))
    if frame == "inf":
        return bool(syntax.children(verb, "xcomp"))
    if frame == "obj" and verb.lemma == "tell":
        return any(c.lower == "to" for x in syntax.children(verb, "xcomp") for c in x.lefts)
    if frame in {"np", "thing", "target", "obj", "blame"}:
        return bool(syntax.objects(verb))
    return bool(syntax.obliques(verb, frame))


def obliges(main: Word, cast: Cast, speaker: Mention | None) -> bool:
    """Whether the clause lays a concrete act on somebody other than the speaker.

    "They have to leave" does, "they have yet to leave" does not.
    """
    if needed(main) is not None:
        return True
    verb = main
    bound = bool(syntax.auxiliaries(verb) & OBLIGED) or _is_wished(verb)
    if not bound and verb.lemma in NEEDING and not any(c.lower == "yet" for c in verb.children):
        inner = syntax.first(c for c in syntax.children(verb, "xcomp") if c.pos == "VERB")
        if inner is not None and any(c.lower == "to" for c in inner.children):
            verb, bound = inner, True
    if not bound or verb.pos != "VERB" or verb.lemma in verbs("stative"):
        return False
    if "have" in syntax.auxiliaries(verb):
        return False
    subject = syntax.first(syntax.children(main, "nsubj", "nsubj:pass"))
    return subject is not None and not _is_own(subject, cast, speaker)


def _is_wished(verb: Word) -> bool:
    """ "Insisted that the reports be investigated": the base form without a helper."""
    marks = {child.lower for child in verb.lefts if child.dep == "mark"}
    helpers = [child for child in verb.lefts if child.dep in {"aux", "aux:pass", "cop"}]
    if "that" not in marks or len(helpers) > 1:
        return False
    return helpers[0].lower == "be" if helpers else verb.tag == "VB" and "to" not in marks


def _is_own(subject: Word, cast: Cast, speaker: Mention | None) -> bool:
    """Whether the subject is the speaker, or his own country or one of its arms."""
    if is_first_person(subject):
        return True
    if speaker is None:
        return False
    if cast.resolve(subject) == speaker.ref:
        return True
    noun = naming.noun_at(subject)
    if noun is None or not (noun.kind == "State" or naming.is_arm(subject)):
        return False
    owner = syntax.first(syntax.children(subject, "nmod:poss"))
    if owner is None:
        return False
    return is_first_person(owner) or cast.resolve(owner) == speaker.ref
