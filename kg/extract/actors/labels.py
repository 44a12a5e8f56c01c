"""One name, one kind: an article means the same by a name wherever it stands.

The analyser labels each mention by itself. Mentions of one name vote; where one stands behind
"in" or "near" it is a place. What the whole of the article says of a name counts for each.
"""

from collections import Counter, defaultdict
from dataclasses import replace
from typing import Final

from kg import header
from kg.extract import syntax
from kg.extract.actors import naming
from kg.extract.lexicon import nouns, triggers
from kg.extract.mending_names import is_struck
from kg.extract.tree import Name, Tree, Word
from kg.gazetteer import Gazetteer

GOING: Final = frozenset({"advance", "march", "move", "go", "return", "retreat", "withdraw"}) | {
    *("deploy", "travel", "fly", "drive", "rush", "head", "flee", "come", "visit", "trip"),
}


def hush(tree: Tree) -> None:
    """Let no words above the text name a person: "title: Khan Shaykhun: …" is no name and post."""
    begins = header.end(tree.text)
    above = [name for name in tree.names if name.start_char < begins and name.label == "PERSON"]
    for name in above:
        for word in tree.words[name.start : name.end]:
            word.entity = None
    if above:
        tree.names = [name for name in tree.names if name not in above]


def settle(tree: Tree, gazetteer: Gazetteer) -> None:
    """Give the mentions of each name the label that most of them have; a tie changes nothing."""
    named: defaultdict[str, list[Name]] = defaultdict(list)
    for name in tree.names:
        named[naming.clean(name.text).removeprefix("the ")].append(name)
    whole = {
        word
        for words, names in named.items()
        if " " in words and names[0].label == "PERSON"
        for word in words.split()
    }
    labels = {words: _majority(names, gazetteer) for words, names in named.items()}
    changed = {
        id(name): label
        for words, names in named.items()
        if words not in whole and (label := labels[words] or _of_surname(labels, words, names))
        for name in names
        if name.label != label
    }
    if changed:
        tree.names = [_labelled(one, changed.get(id(one), one.label)) for one in tree.names]


def _majority(names: list[Name], gazetteer: Gazetteer) -> str | None:
    spots = (naming.is_spot(name) or _is_under_fire(name, gazetteer) for name in names)
    labels = ("ORG" if _is_body(name) else name.label for name in names)
    votes = Counter("LOC" if spot else label for spot, label in zip(spots, labels, strict=True))
    (label, most), *others = votes.most_common()
    return label if not others or most > others[0][1] else None


def _is_body(name: Name) -> bool:
    """ "A depot of the National Front": a body of its own, and no place on the front."""
    known = nouns().get(name.text.rpartition(" ")[2].lower())
    body = known is not None and known.kind == "Organization" and known.sector in {"REB", "PTY"}
    link, verb = syntax.case_of(name.root), name.root.head.lemma
    if link == "to" and verb in GOING:
        return False  # "advanced to the Southern Front"
    several = name.end - name.start > 1 and name.label == "LOC"
    return several and body and link in {"", "of", "by", "to", "with", "from"}


def _is_under_fire(name: Name, gazetteer: Gazetteer) -> bool:
    """ "Fired on Karsa", "the airstrike on Karsa": a town of that name, and nobody called so."""
    root = name.root
    if name.label != "PERSON" or name.end - name.start > 1 or syntax.case_of(root) != "on":
        return False
    return _is_fired_on(root) and bool(gazetteer.lookup(naming.clean(name.text)))


def _is_fired_on(root: Word) -> bool:
    if root.dep == "nmod":
        return is_struck(root)
    lemma = root.head.lemma
    trigger = triggers().get((lemma, "verb")) or triggers().get((f"{lemma} on", "verb"))
    return root.dep == "obl" and trigger is not None and trigger.event_type == "ASSAULT"


def _of_surname(labels: dict[str, str | None], words: str, names: list[Name]) -> str | None:
    """ "Ada Paris", once a person and once a place, is one where "Paris" alone is."""
    first, _, surname = words.rpartition(" ")
    person = first and labels.get(surname) == "PERSON"
    return "PERSON" if person and any(name.label == "PERSON" for name in names) else None


def _labelled(name: Name, label: str) -> Name:
    if name.label == label:
        return name
    new = replace(name, label=label)
    for word in name.root.tree.words[name.start : name.end]:
        if word.entity is name:
            word.entity = new
    return new
