"""What people judged: each judgement is whole, its words are in the text, what is rejected is gone.

Articles as reviewed are held to the promises as well as articles as read.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.judgements import Judgement, Standing
from kg.judgements.triples import strange
from kg.verify.breach import AGAIN, REBUILD, Breach, Laid, bare, v

_PEOPLES: Final = ("ck:review", "ck:judgement", "ck:contested")
_UNDO: Final = "undo it (kg judge undo), and judge again"


def check_untouched(graph: Laid) -> Iterator[Breach]:
    """What people judge written into an article's own graph, where it never is."""
    for subject, node in graph.nodes.items():
        for name in _PEOPLES:
            if v(name) in node:
                problem = f"its article's graph holds {name}, which people say elsewhere"
                yield Breach(4, "judged-article", bare(subject), problem, AGAIN)


def check_records(graph: Laid, base: str) -> Iterator[Breach]:
    """What looks like a judgement and is none; it does not count."""
    for iri in strange(base, graph.triples):
        problem = "it is not whole, or not what was judged: its content mints another IRI"
        yield Breach(4, "judgement", iri, problem, "judge again; what is written does not count")


def check_words(told: Iterable[Judgement], lengths: Mapping[str, int]) -> Iterator[Breach]:
    """Corrections shown by what is not in the text; ``lengths`` are those of the articles."""
    for one in told:
        length = lengths.get(one.article or "")
        for span in one.spans if length is not None else ():
            if not 0 <= span.start < span.end <= (length or 0):
                problem = f"[{span.start}, {span.end}) lies outside the text's {length}"
                yield Breach(1, "judged-words", one.id, problem, _UNDO)


def check_rejected(told: Standing, view: Laid) -> Iterator[Breach]:
    """Statements and reports that people reject and the view speaks of all the same."""
    gone = {
        f"<{subject}>"
        for found in told.findings.values()
        for subject, review in found.items()
        if review.rejected
    }
    if not gone:
        return
    shown = gone & {term for subject, _, thing in view.triples for term in (subject, thing)}
    for node in sorted(shown):
        yield Breach(
            2, "rejected", bare(node), "the view speaks of it, and it is rejected", REBUILD
        )
