"""Words of an armed act that tell of something else: criticism, sport, trade, a parade.

What decides is who does it and to what: a newspaper attacks a minister in words, a company takes
a factory over by buying it, one country beats another at games.
"""

from typing import Final

from kg.extract import syntax
from kg.extract.actors.drafts import Draft
from kg.extract.events.tellings import Scenes, Telling
from kg.extract.lexicon import verbs
from kg.extract.tree import Word

FIGHTERS: Final = frozenset({"MIL", "PRM", "REB", "UAF"})
"""Sectors of those who fight with arms."""
OFFICES: Final = frozenset({"GOV", "JRN", "JUD", "LEG", "OPP", "PTY"})
"""Sectors of those who attack one another in words, a ruler where one person does it."""
AIMED: Final = frozenset({"on", "against"})


def is_figure(scenes: Scenes, telling: Telling) -> bool:
    """Whether the words of an act tell of something else: nobody is killed or hurt in it."""
    if telling.killed or telling.injured:
        return False
    doers = [scenes.cast.of(mention) for mention in telling.actors]
    sectors = {doer.sector for doer in doers}
    if telling.trigger.event_type == "PROTEST":  # soldiers march in parades
        return telling.trigger.lemma == "march" and bool(sectors & FIGHTERS)
    if not telling.is_assault:
        return False
    hit = [scenes.cast.of(mention) for mention in telling.recipients]
    spoken = _is_spoken(telling, doers, hit) or _is_of_matters(telling) or _is_worded(telling)
    bought = telling.trigger.lemma in verbs("acquiring") and sectors == {"BUS"}
    filmed = telling.token.lemma == "shoot" and sectors == {"JRN"}
    return spoken or bought or filmed or _is_game(telling, hit)


def _is_spoken(telling: Telling, doers: list[Draft], hit: list[Draft]) -> bool:
    """ "Critics attacked the minister", "the senator's attack on the press"."""
    if telling.mode or telling.targets or not doers or not hit:
        return False
    critics = {doer.label.rpartition(" ")[2].lower() for doer in doers} <= verbs("criticising")
    talkers = all(d.sector in OFFICES and (d.sector != "GOV" or d.kind == "Person") for d in doers)
    return (critics or talkers) and all(h.sector in OFFICES and h.kind != "State" for h in hit)


def _is_of_matters(telling: Telling) -> bool:
    """ "An attack on the budget", "a war on drugs": on what no weapon reaches."""
    behind = [c for c in telling.token.rights if syntax.case_of(c) in AIMED]
    return not telling.is_verb and any(word.lemma in verbs("mattering") for word in behind)


def _is_worded(telling: Telling) -> bool:
    """ "Bombarded the minister with questions"."""
    used = syntax.obliques(telling.token, "with") if telling.is_verb else []
    return any(_whole(word).lemma in verbs("wording") for word in used)


def _whole(word: Word) -> Word:
    """ "A stream of questions": the questions."""
    inner = (c for c in syntax.children(word, "nmod") if syntax.case_of(c) == "of")
    return next(inner, word)


def _is_game(telling: Telling, hit: list[Draft]) -> bool:
    """ "Kesh beat Varn": only people are beaten with fists."""
    kinds = {one.kind for one in hit}
    return telling.mode == "beat" and bool(kinds) and not kinds & {"Person", "Group"}
