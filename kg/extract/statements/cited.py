"""Whom a report cites: "…, the agency said, citing two officials" is what the officials say."""

from typing import Final

from kg.extract import syntax
from kg.extract.lexicon import Cue
from kg.extract.statements.beside import CITING
from kg.extract.statements.finds import Find, Reading
from kg.extract.statements.speaking import author
from kg.extract.tree import Word

CITED: Final = Cue("cite", "clause", "say", False, "actor")


def read(reading: Reading) -> None:
    """Add what those whom a statement cites have said: the same words."""
    for find in list(reading.finds):
        if find.frame.frame != "clause" or find.frame.act not in {"say", "report"}:
            continue
        for verb in (w for head in (find.cue, *find.heads) for w in syntax.children(head, "advcl")):
            source = _source(reading, verb) if verb.lower in CITING else None
            if source is not None and not find.says(verb.idx):
                reading.finds.append(Find(verb, CITED, source, list(find.content)))


def _source(reading: Reading, verb: Word) -> Word | None:
    """Who is cited, or speaks in the paper that is."""
    cited = syntax.first(syntax.objects(verb))
    if cited is None:
        return None
    key = reading.cast.resolve(cited)
    kind = reading.cast.register.drafts[key].kind if key else None
    return author(reading, cited) if kind in {None, "Document"} else cited
