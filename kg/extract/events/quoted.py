"""What "he" and "they" did and suffered: "“They shot at us,” said a farmer"."""

from typing import Final

from kg.extract import negation, syntax
from kg.extract.actors.pronouns import is_first_person, is_pronoun
from kg.extract.events import following
from kg.extract.events.tellings import ARMED, Scenes, Telling, refs
from kg.extract.lexicon import verbs
from kg.extract.tree import Word
from kg.model import Mention

RAIDERS: Final = frozenset({"settlers", "herders", "herdsmen", "vigilantes", "attackers"})
HELD: Final = frozenset({"arrest", "abduct"})


def leave_out(scenes: Scenes) -> None:
    """Take out of attacks whom only "he", "she" or "they" of a quotation would make a doer.

    They are whoever the quotation has named, else those who bear arms, were told before to have
    attacked, or stand accused; of others the sentence before may just have spoken.
    """
    suspects: set[str] = set()
    held: Telling | None = None
    for telling in scenes.open.values():
        if telling.mode in HELD:
            held = telling
        elif telling.mode == "release" and held is not None:
            _free(scenes, telling, held)
        told = scenes.said_in(telling)
        if told is not None and told.statement.quoted:
            speaker = told.statement.speaker
            own = speaker.ref if speaker is not None else ""
            telling.actors = [m for m in telling.actors if not _is_third(scenes, m, own)]
            telling.recipients = [m for m in telling.recipients if not _is_third(scenes, m, own)]
        if not telling.is_assault:
            continue
        if told is not None and told.statement.speaker and telling.killed is None:
            _spare(scenes, telling, told.statement.speaker.ref)
        telling.actors = [m for m in telling.actors if _may_do(scenes, telling, m, suspects)]
        suspects |= refs(telling.actors)


def _free(scenes: Scenes, release: Telling, arrest: Telling) -> None:
    """ "Soldiers arrested 14 men. They were freed": the men were, not who arrested them."""
    captors, told = refs(arrest.actors), scenes.said_in(release)
    if told is not None and told.statement.speaker is not None:
        captors.add(told.statement.speaker.ref)  # "police said they were freed"
    pronouns = [one for one in release.recipients if _pronoun(scenes, one) and one.ref in captors]
    if pronouns and release.token.sent.index <= arrest.token.sent.index + 1:
        captives = [Mention(one.ref, pronouns[0].span) for one in arrest.recipients]
        others = [one for one in release.recipients if one not in pronouns]
        release.recipients = [*others, *captives]


def _spare(scenes: Scenes, telling: Telling, speaker: str) -> None:
    """ "The family accused him of killing them": whoever speaks has not been killed."""
    if telling.token.lemma in verbs("killing") and _is_done(telling.token):
        telling.recipients = [m for m in telling.recipients if not _is_third(scenes, m, speaker)]


def _is_done(verb: Word) -> bool:
    """Whether it tells of it as over: not "would kill him", "is killing them", "tried to"."""
    tried = verb.dep == "xcomp" and verb.head.lemma not in verbs("charging")
    lasting = verb.tag == "VBG" and bool(syntax.auxiliaries(verb))
    unreal = bool(syntax.auxiliaries(verb) & following.UNREAL)
    return not (tried or lasting or unreal or negation.negated(verb))


def _is_third(scenes: Scenes, who: Mention, speaker: str) -> bool:
    """ "“He hit him,” Lane said": Lane would say "me"."""
    word = _pronoun(scenes, who) if who.ref == speaker else None
    return word is not None and not is_first_person(word)


def _pronoun(scenes: Scenes, who: Mention) -> Word | None:
    word = scenes.tree.at(who.span.start)
    alone = word is not None and word.end == who.span.end and is_pronoun(word)
    return word if alone else None


def _may_do(scenes: Scenes, telling: Telling, doer: Mention, suspects: set[str]) -> bool:
    told, word = scenes.said_in(telling), _pronoun(scenes, doer)
    if told is None or not told.statement.quoted or word is None:
        return True
    if is_first_person(word) or doer.ref in suspects or _is_raider(scenes, doer):
        return True
    if _is_other_of_two(scenes, word, doer, told.statement.speaker):
        return True
    charged = scenes.cast.register.charged.values()
    if scenes.cast.of(doer).sector in ARMED or any(doer.ref == k for c in charged for _, k in c):
        return True
    spans = told.statement.content
    return any(
        _names(scenes, one, doer.ref)
        for span in spans
        for one in scenes.tree.within(span.start, min(span.end, word.idx))
    )


def _is_raider(scenes: Scenes, doer: Mention) -> bool:
    """ "Settlers entered Orm. “They shot him”": people who bear arms as often as not."""
    return scenes.cast.of(doer).label.lower().rpartition(" ")[2] in RAIDERS


def _is_other_of_two(scenes: Scenes, he: Word, doer: Mention, speaker: Mention | None) -> bool:
    """ "Holt met Lane. “He beat me,” Lane said": of two whom the sentence before names."""
    persons = scenes.cast.register.persons
    before = {key for at, key in persons if scenes.tree.words[at].sent.index == he.sent.index - 1}
    return speaker is not None and before == {doer.ref, speaker.ref}


def _names(scenes: Scenes, word: Word, key: str) -> bool:
    return scenes.cast.register.at.get(word.i) == key and not is_pronoun(word)
