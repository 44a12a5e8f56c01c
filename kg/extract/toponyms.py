"""Names of places as a text writes them, and what it says on the spot of where they lie."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from kg.extract import syntax
from kg.extract.actors.naming import clean, is_outlet, name_span
from kg.extract.tree import Name, Tree, Word
from kg.gazetteer import Gazetteer, Toponym
from kg.gazetteer.names import SETTLED, TYPES
from kg.model import Span

WITHIN: Final = re.compile(r",\s+|\s+in\s+(?:the\s+)?")
"""What stands between a place and what it lies in: "Paris, Texas", "Orm in Kesh"."""
STATE: Final = re.compile(r",\s+((?:[A-Z][a-z]*\.\s?){1,2})")
"""A state in news style, which the analyser may not take for a name: "Paris, Tex."."""
TITLE: Final = re.compile(r"\s+([A-Za-z]+)")
TITLES: Final = {
    **{word: word for word in TYPES},
    **{"counties": "county", "territories": "territory"},
    **{f"{word}s": word for word in TYPES if not word.endswith("y")},
    **{"gov": "state", "governor": "state"},
}
"""Words behind a division's name, and the division each says it is."""
LOCATIVE: Final = frozenset(
    ["in", "at", "near", "from", "to", "of", "outside", "around", "inside", "across", "into"]
)
DATELINE: Final = re.compile(
    r"^[ \t]*([A-Z][A-Z'’ .-]{2,30}?)(?:, ([A-Z][A-Za-z. ]{1,20}?))?"
    r" *(?:\([^()\n]{2,40}\) *)?(?:--|[-–—]) ",
    re.MULTILINE,
)
"""Where a report was written: "KABUL, Afghanistan (AP) — "."""
LONGEST: Final = 4
"""Words of a place's name in a longer one."""
BESIDE: Final = frozenset({"appos", "compound", "flat", "nmod:desc"})
"""How a name hangs on the noun that says what it is, beside "of"."""
LISTED: Final = re.compile(r"(?:,|\s+and|,\s+and|\s+or)\s+")


Found = list[tuple[Span, Toponym]]


def places(tree: Tree) -> list[tuple[Name, Toponym]]:
    """The names of places, with what the text says beside each."""
    outlets = _outlets(tree)
    names = [
        name
        for name in tree.names
        if name.label == "LOC" and clean(name.text) not in outlets and not _is_person(name)
    ]
    at = {name.start_char: name for name in names}
    whole = {name.start: found for name in names if (found := _whole(tree.text, name, at))}
    part = {found.start: name for name in names if (found := whole.get(name.start))}
    titles = _titles(tree.text, names, at)
    return [
        (
            name,
            Toponym(
                _bare(name),
                title=titles[name.start] or _settled(name),
                within=_words(whole.get(name.start)) or _state(tree.text, name),
                holding=_words(part.get(name.start)),
            ),
        )
        for name in names
    ]


def _outlets(tree: Tree) -> set[str]:
    """Names taken for places that are those of media: "the Xinhua news agency"."""
    return {clean(name.text) for name in tree.names if name.label == "LOC" and is_outlet(name)}


def _is_person(name: Name) -> bool:
    """Whether the article has a person of that name, and nothing is told to be there."""
    return clean(name.text) in name.root.tree.persons and syntax.case_of(name.root) not in LOCATIVE


def others(tree: Tree, gazetteer: Gazetteer, named: Sequence[tuple[Name, Toponym]]) -> Found:
    """Places that stand in other names, or in what the analyser did not take for a place's.

    "University of Manitoba", "Kabul police"; "Oxford, Ohio"; the place before the dash that a
    report begins with.
    """
    known = {asked.name for _, asked in named}
    at = {name.start_char: name for name, _ in named}
    found = list(_datelines(tree.text, gazetteer, known))
    for name in tree.names:
        if name.start_char in at and (name.end - name.start == 1 or gazetteer.lookup(name.text)):
            continue
        told = _told(tree.text, name, at) if name.label != "LOC" else None
        if told is not None and gazetteer.is_told(told):
            found.append((name_span(name), told))
        if name.label != "PERSON":
            for words in _in_body(name, gazetteer, known):
                span = Span(words[0].idx, words[-1].end)
                found.append((span, Toponym(clean(span.of(tree.text)))))
    return _apart(found)


def _told(text: str, name: Name, at: dict[int, Name]) -> Toponym | None:
    """A name with what it is put in, if anything."""
    whole = _words(_whole(text, name, at)) or _state(text, name)
    return Toponym(clean(name.text), within=whole) if whole else None


def _datelines(
    text: str, gazetteer: Gazetteer, known: Collection[str]
) -> Iterator[tuple[Span, Toponym]]:
    for line in DATELINE.finditer(text):
        asked = Toponym(line[1].title(), within=line[2] or "")
        if asked.name in known or gazetteer.is_told(asked) or gazetteer.is_well_known(asked.name):
            yield Span(*line.span(1)), asked


def _apart(found: Found) -> Found:
    """Those that touch none before them."""
    kept: Found = []
    for span, asked in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        if not kept or kept[-1][0].end <= span.start:
            kept.append((span, asked))
    return kept


def _in_body(name: Name, gazetteer: Gazetteer, known: Collection[str]) -> Iterator[Sequence[Word]]:
    words = name.root.tree.words[name.start : name.end]
    first = 1 if words[0].lower == "the" else 0
    starts = [first, *(at + 1 for at, word in enumerate(words) if word.lower == "of")]
    spans = [(at, end) for at in starts for end in range(min(at + LONGEST, len(words)), at, -1)]
    spans += [(at, len(words)) for at in range(max(first, len(words) - LONGEST), len(words))]
    done = 0
    for start, end in spans:
        text = clean(name.root.tree.text[words[start].idx : words[end - 1].end])
        if start >= done and (text in known or gazetteer.is_well_known(text)):
            yield words[start:end]
            done = end


def spoken_of(tree: Tree, named: Iterable[tuple[int, str]]) -> set[str]:
    """Countries that an article names in other words than those of its places.

    What "Georgia" is, is not told by its being a country's name.
    """
    words = tree.words
    return {
        code for at, code in named if (entity := words[at].entity) is None or entity.label != "LOC"
    }


def _whole(text: str, name: Name, at: dict[int, Name]) -> Name | None:
    """What a name is put in; no subject of a clause ("In Orm, Kesh deployed troops")."""
    found = _next(text, name, at, WITHIN)
    return found if found is not None and found.root.dep not in syntax.SUBJECTS else None


def _next(text: str, name: Name, at: dict[int, Name], between: re.Pattern[str]) -> Name | None:
    found = between.match(text, name.end_char)
    return at.get(found.end()) if found is not None else None


def _words(name: Name | None) -> str:
    return clean(name.text) if name is not None else ""


def _state(text: str, name: Name) -> str:
    found = STATE.match(text, name.end_char)
    return found[1].strip() if found is not None else ""


def _titles(text: str, names: Sequence[Name], at: dict[int, Name]) -> dict[int, str]:
    """What the word behind each name, or behind the list it stands in, says that it is.

    "Orm and Kesh counties" are two counties; "Orm and Kesh county" need not be.
    """
    behind: dict[int, str] = {}
    titles = {}
    for name in reversed(names):
        after = _next(text, name, at, LISTED)
        found = TITLE.match(text, name.end_char)
        word = found[1].lower() if found is not None else ""
        behind[name.start] = behind[after.start] if after is not None else word
        alone = after is None or behind[name.start].endswith("s")
        titles[name.start] = TITLES.get(behind[name.start], "") if alone else ""
    return titles


def _settled(name: Name) -> str:
    """What kind of settlement a name is said to be: "the village of Orm", "Orm town"."""
    last = name.text.rpartition(" ")[2]
    if last in SETTLED:
        return last
    root = name.root
    while root.dep == "conj" and root.head.entity is not None:
        root = root.head
    of = syntax.case_of(root) == "of" if root.dep == "nmod" else root.dep in BESIDE
    return root.head.lemma if of and root.head.lemma in SETTLED else ""


def _bare(name: Name) -> str:
    """A name without "town" behind it, as a gazetteer has it."""
    words = clean(name.text)
    bare, _, last = words.rpartition(" ")
    return bare if bare and last in SETTLED else words
