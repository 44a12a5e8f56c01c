"""What people judge of what a machine read: accepted, rejected, corrected, same, different.

Judgements are only ever added; an undo is a judgement too. Which of them stand is a pure function
of all of them (``standing``), and so is what they make of an article's graph (``reviewed``). Their
own graph (``{base}graph/judgements``) is their only home: article graphs are never touched.
"""

from kg.judgements.record import Judgement, Named, Verdict, minted
from kg.judgements.review import reviewed
from kg.judgements.standing import Identity, Reviewed, Standing, standing
from kg.judgements.triples import read, written
from kg.judgements.waiting import waiting

__all__ = [
    "Identity",
    "Judgement",
    "Named",
    "Reviewed",
    "Standing",
    "Verdict",
    "minted",
    "read",
    "reviewed",
    "standing",
    "waiting",
    "written",
]
