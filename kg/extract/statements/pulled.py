"""Pull quotes: what is said, and behind it who said it, without a reporting word.

"We held the bridge." — Ada Lane, mayor. The mark before the name is the cue.
"""

import re
from typing import Final

from kg.extract import syntax
from kg.extract.actors import naming
from kg.extract.lexicon import Cue
from kg.extract.quotations import around
from kg.extract.statements import speech
from kg.extract.statements.finds import Find, Reading
from kg.extract.tree import Name, Word
from kg.model import Span

PULLED: Final = Cue("pulled", "clause", "say", True, "any")
LONGEST: Final = 12
"""Words of a name with its post."""
SHORTEST: Final = 5
"""Words of what is said."""
ENDS: Final = frozenset('.?!…”"’]')
DASHES: Final = frozenset({"—", "–", "-", "―"})
_LINE: Final = re.compile(r"[^\n]+")
_FIRST_PERSON: Final = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|[Uu]s|I['’]m)\b")


def read(reading: Reading) -> None:
    """Add the pull quotes that no reporting word has claimed."""
    opening = {name.start_char: name for name in reading.tree.names if name.label == "PERSON"}
    lines = list(_LINE.finditer(reading.text)) if opening else []
    for at, line in enumerate(lines):
        name = _credited(reading, line, opening)
        if name is not None:
            before = lines[at - 1] if at else None
            find = _pulled(reading, name, line, before)
            if find is not None:
                reading.finds.append(find)


def _credited(reading: Reading, line: re.Match[str], opening: dict[int, Name]) -> Name | None:
    """The name that ends a line, alone or with its post, and no full stop behind it."""
    text = line[0].rstrip()
    if text[-1:] in '.?!:;,”"':
        return None
    words = reading.tree.within(line.start(), line.end())
    tail = words[-LONGEST:]
    names = [w for w in tail if w.idx in opening]
    for word in names:
        name = opening[word.idx]
        rest = [w for w in words if w.i >= name.end]
        if not any(w.pos in {"VERB", "AUX"} for w in rest) and _is_post(rest):
            return name
    return None


def _has_post(reading: Reading, name: Name) -> bool:
    """Whether a post stands behind the name, and not a photographer's."""
    behind = reading.tree.words[name.end : name.end + LONGEST]
    line = [w for w in behind if "\n" not in reading.text[name.end_char : w.idx]]
    found = [naming.noun_at(word) for word in line if naming.names_post(word)]
    return any(noun is not None and noun.sector != "JRN" for noun in found)


def _is_post(rest: list[Word]) -> bool:
    """Whether nothing or a post follows the name: "Ada Lane, mayor of Kesh"."""
    if not rest:
        return True
    return rest[0].text == "," and any(naming.names_post(word) for word in rest)


def _pulled(
    reading: Reading, name: Name, line: re.Match[str], before: re.Match[str] | None
) -> Find | None:
    """The words before a credited name: of its line, or a quotation on the line before."""
    text = reading.text
    said = text[line.start() : name.start_char].rstrip()
    dash = said[-1:] in DASHES and (len(said) == 1 or said[-2:-1].isspace() or said[-2] in ENDS)
    said = said[:-1].rstrip() if dash else said
    start, end = line.start(), line.start() + len(said)
    if not said and before is not None:
        if name.start_char - line.start() > 3 or "\n\n" in text[before.end() : line.start()]:
            return None
        start, end = before.start(), before.start() + len(before[0].rstrip())
    if end <= start or text[end - 1] not in ENDS:
        return None
    return _find(reading, name, Span(start, end), dash=dash)


def _find(reading: Reading, name: Name, said: Span, *, dash: bool) -> Find | None:
    text = reading.text
    quotation = around(reading.quotations, said.start)
    marked = quotation is not None and quotation.outer == said
    words = reading.tree.within(said.start, said.end)
    sure = marked or dash or _has_post(reading, name)
    if len(words) < SHORTEST or not (sure or _FIRST_PERSON.search(said.of(text))):
        return None
    if quotation is not None and quotation in reading.claimed:
        return None
    if words[0].sent.index in reading.tree.quiet or name.root.sent.index in reading.tree.quiet:
        return None
    span = quotation.inner if marked and quotation is not None else syntax.trim(text, said)
    cue = reading.tree.words[name.start - 1] if dash else words[-1]
    find = Find(cue, PULLED, name.root, [span], quoted=True)
    find.heads = speech.mains(reading.tree.within(span.start, span.end), span.start, span.end)
    if quotation is not None:
        reading.claimed[quotation] = find
    return find if syntax.first(find.heads) is not None else None
