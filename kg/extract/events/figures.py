"""Words of an armed act that tell of something else: criticism, sport, trade, a parade.

What decides is who does it and to what: a newspaper attacks a minister in words, a company takes
a factory over by buying it, one country beats another at games.
"""

from collections.abc import Set
from typing import Final

from kg.extract import syntax
from kg.extract.actors import naming
from kg.extract.actors.drafts import Draft
from kg.extract.events import means
from kg.extract.events.tellings import ARMED, FIGHTERS, Scenes, Telling
from kg.extract.lexicon import things, verbs
from kg.extract.tree import Word

OFFICES: Final = frozenset({"GOV", "JRN", "JUD", "LEG", "OPP", "PTY"})
"""Sectors of those who attack one another in words, a ruler where one person does it."""
TALKERS: Final = OFFICES | {"BUS", "EDU", "IGO", "LAB", "REL", "SOC"}
"""Sectors of those who do so, and of those who clash in words where nobody else does."""
RULING: Final = frozenset({"GOV", "JUD", "LEG"})
AIMED: Final = frozenset({"on", "against", "of", "over"})
SERVED: Final = frozenset({"former", "ex", "retired", "veteran", "veterans", "demobilised"})
SHOT: Final = frozenset({None, "firearms"})
"""Modes of what photographers do to people: "shot children", "captured a soldier"."""
BURSTING: Final = frozenset({"blast", "explosion"})


def is_figure(scenes: Scenes, telling: Telling) -> bool:
    """Whether the words of an act tell of something else: nobody is killed or hurt in it."""
    if telling.killed or telling.injured:
        return False
    doers = [scenes.cast.of(mention) for mention in telling.actors]
    sectors = {doer.sector for doer in doers}
    if telling.trigger.event_type == "PROTEST":  # soldiers march in parades
        drilled = telling.trigger.lemma == "march" and bool(sectors & FIGHTERS)
        return drilled and not (_is_defiant(telling) or all(map(_has_served, doers)))
    if not telling.is_assault:
        return False
    hit = [scenes.cast.of(mention) for mention in telling.recipients]
    spoken = _is_spoken(telling, doers, hit) or _is_worded(telling)
    spoken = spoken or (_is_of_matters(telling) and not _comes_to_blows(telling, sectors))
    bought = telling.trigger.lemma in verbs("acquiring") and sectors == {"BUS"}
    filmed = sectors == {"JRN"} and telling.is_verb and telling.mode in SHOT
    return spoken or bought or filmed or _is_game(telling, hit) or _is_outburst(telling)


def _is_defiant(telling: Telling) -> bool:
    """ "Soldiers marched against the government": not on a town of its."""
    return bool(syntax.obliques(telling.token, "against"))


def _has_served(one: Draft) -> bool:
    """ "Veterans", "former rebels": they march as others do."""
    words = one.label.lower().replace("-", " ").split()
    return not SERVED.isdisjoint(words)


def _is_spoken(telling: Telling, doers: list[Draft], hit: list[Draft]) -> bool:
    """ "Critics attacked the minister", "the senator's attack on the press"."""
    if telling.mode or telling.targets or telling.trigger.lemma in verbs("bodily"):
        return False
    if any(_is_press(word) for word in syntax.obliques(telling.token, "in")):
        return True
    used = syntax.obliques(telling.token, "with") if telling.is_verb else []
    bodily = any(map(means.is_weapon, used)) or _is_hunted(telling, doers, hit)
    if not doers or bodily or not (hit or telling.trigger.mutual):
        return False
    critics = {doer.label.rpartition(" ")[2].lower() for doer in doers} <= verbs("criticising")
    return (critics or all(map(_talks, doers))) and all(
        one.sector in OFFICES and one.kind != "State" for one in hit
    )


def _is_hunted(telling: Telling, doers: list[Draft], hit: list[Draft]) -> bool:
    """ "Activists attacked a reporter in Varn": a crowd somewhere, and neither side rules."""
    crowd = all(one.kind == "Group" and one.sector not in RULING for one in doers)
    somewhere = telling.is_verb and telling.place is not None
    return crowd and somewhere and {(one.sector, one.kind) for one in hit} == {("JRN", "Person")}


def _talks(one: Draft) -> bool:
    """Whether it attacks in words: no state, and of a government one person."""
    ruling = one.sector == "GOV" and one.kind != "Person"
    return one.sector in TALKERS and one.kind != "State" and not ruling


def _is_press(word: Word) -> bool:
    """ "Was attacked in the press"."""
    noun = naming.noun_at(word)
    return noun is not None and noun.sector == "JRN" and noun.kind == "Organization"


def _is_of_matters(telling: Telling) -> bool:
    """ "An attack on the budget", "clashed over the budget": on what no weapon reaches."""
    aimed = {"over"} if telling.is_verb else AIMED
    behind = [c for c in telling.token.rights if syntax.case_of(c) in aimed]
    return any(word.lemma in verbs("mattering") for word in behind)


def _comes_to_blows(telling: Telling, sectors: Set[str | None]) -> bool:
    """ "Protesters clashed with police over the budget": with those in arms, and no ministry."""
    return telling.trigger.mutual and bool(sectors & ARMED) and not sectors & RULING


def _is_outburst(telling: Telling) -> bool:
    """ "A blast of cold air": of nothing that explodes."""
    if telling.is_verb or telling.token.lemma not in BURSTING:
        return False
    inside = [c for c in telling.token.rights if syntax.case_of(c) == "of" and c.pos == "NOUN"]
    return any(word.lemma not in things() and not means.is_weapon(word) for word in inside)


def _is_worded(telling: Telling) -> bool:
    """ "Bombarded the minister with questions"."""
    used = syntax.obliques(telling.token, "with") if telling.is_verb else []
    used += syntax.objects(telling.token) if telling.is_verb else []
    return any(_whole(word).lemma in verbs("wording") for word in used)


def _whole(word: Word) -> Word:
    """ "A stream of questions": the questions."""
    inner = (c for c in syntax.children(word, "nmod") if syntax.case_of(c) == "of")
    return next(inner, word)


def _is_game(telling: Telling, hit: list[Draft]) -> bool:
    """ "Kesh beat Varn": only people are beaten with fists."""
    kinds = {one.kind for one in hit}
    return telling.mode == "beat" and bool(kinds) and not kinds & {"Person", "Group"}
