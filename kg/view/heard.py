"""Statements linked anew where something changed: with those of the same words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from kg.link.facts import StatementFacts
from kg.link.quotations import Quoted, link_quotations, overruled_quotations
from kg.view.kinds import Relinked, Spoken
from kg.view.ties import Ties

Heard = tuple[Sequence[StatementFacts], Sequence[Quoted]]
"""All statements of an article, and those that can be known again by their words."""


def rehear(ties: Ties, heard: Mapping[str, Heard], spoken: Spoken) -> Relinked:
    """Put the statements of articles (by IRI) in the place of what they held, and link them."""
    subjects = {end for end in spoken.ends if "/statement/" in end}
    words: set[str] = set()
    for article, (said, quoted) in heard.items():
        short = ties.short(f"<{article}>")
        for iri, its in ties.rows("SELECT iri, words FROM statement WHERE article = ?", short):
            subjects.add(ties.long(iri))
            words |= {its} if its else set()
        ties.held.execute("DELETE FROM statement WHERE article = ?", (short,))
        put_statements(ties, article, (said, quoted))
        subjects.update(one.iri for one in said)
        words.update(map(_digest, quoted))
    told = (*spoken.before, *spoken.now)
    pairs = [[f"<{end}>" for end in one.pair] for one in told]
    subjects.update(end for pair in pairs if not subjects.isdisjoint(pair) for end in pair)
    alone = "SELECT words FROM statement WHERE words IS NOT NULL AND iri IN {}"
    words.update(one for (one,) in ties.of_each(alone, set(map(ties.short, subjects))))
    alike = list(_alike(ties, words))
    subjects.update(one.iri for one in alike)
    found = overruled_quotations(link_quotations(alike), _there(ties, pairs), spoken.now)
    return Relinked(subjects, [one for one in found if f"<{one.subject}>" in subjects])


def put_statements(ties: Ties, article: str, heard: Heard) -> None:
    """Write the statements of an article that has none."""
    said, quoted = heard
    known = {one.iri: (_digest(one), one.published, one.quoted, one.speaker) for one in quoted}
    short = ties.short(f"<{article}>")
    ties.put(
        "INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?)",
        (
            (ties.short(one.iri), short, *known.get(one.iri, (None, None, False, None)))
            for one in said
        ),
    )


def _digest(one: Quoted) -> str:
    """The words, and what kind of telling it is, as a text that takes little room."""
    return sha256("\0".join(one.words).encode()).hexdigest()[:32]


def _alike(ties: Ties, words: Iterable[str]) -> Iterator[Quoted]:
    text = "SELECT iri, published, words, quoted, speaker FROM statement WHERE words IN {}"
    for iri, published, its, quoted, speaker in ties.of_each(text, words):
        yield Quoted(ties.long(iri), published, (its, ""), bool(quoted), speaker)


def _there(ties: Ties, pairs: Iterable[Sequence[str]]) -> set[str]:
    """Those of the ends of pairs that are statements in the store."""
    ends = {ties.short(end) for pair in pairs for end in pair}
    found = ties.of_each("SELECT iri FROM statement WHERE iri IN {}", ends)
    return {ties.long(iri) for (iri,) in found}
