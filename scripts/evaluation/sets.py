"""The gold sets that are measured, which metrics of each, and what others reach."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of ``score.py`` with its name in the page, and the best figure known elsewhere."""

    key: str
    name: str
    peer: str = ""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A part of a gold file: the records of some sources, scored together.

    ``sources`` and ``without`` are prefixes of a record's source; ``slow`` sets take a minute
    or more; of sets with ``causes`` the page says what went wrong. What is not
    ``product`` measures what could be, and has no floor.
    """

    name: str
    task: str
    metrics: tuple[Metric, ...]
    sources: tuple[str, ...] = ("",)
    without: tuple[str, ...] = ()
    slow: bool = False
    causes: bool = False
    product: bool = True

    def has(self, source: str) -> bool:
        """Whether records of this source belong to the set."""
        return source.startswith(self.sources) and not (
            self.without and source.startswith(self.without)
        )


CITRON: Final = "Citron on PARC 3, trained on it"
PETRARCH: Final = "UniversalPetrarch, same sentences"
CAMCODER: Final = "CamCoder, given the names"
SAID: Final = (
    Metric("relation_soft", "relation, soft"),
    Metric("source_soft", "source, soft", f"0.853 overlap ({CITRON})"),
    Metric("content_soft", "content, soft", f"0.833 overlap ({CITRON})"),
    Metric("content_exact", "content, exact", f"0.593 ({CITRON})"),
)
DATED: Final = (
    Metric("value", "value", "0.776 (HeidelTime on TempEval-3)"),
    Metric("strict", "strict span", "0.81 (HeidelTime on TempEval-3)"),
)
PLACED: Final = (
    Metric("end_to_end_161", "found and within 161 km"),
    Metric("detect_overlap", "found"),
    Metric("accuracy_at_161km", "within 161 km, of those with a pin"),
)


def _placed(peer: str) -> tuple[Metric, ...]:
    *others, last = PLACED
    return (*others, Metric(last.key, last.name, peer))


SETS: Final[tuple[GoldSet, ...]] = (
    GoldSet("GUM/news", "attribution", SAID, ("GUM/news",)),
    GoldSet("GUM/interview", "attribution", SAID[:1], ("GUM/interview",)),
    GoldSet(
        "GUM/news and interview", "attribution", SAID, ("GUM/news", "GUM/interview"), causes=True
    ),
    GoldSet("GUM, six genres", "attribution", SAID[:1], slow=True),
    GoldSet("GUM/news", "dates", DATED, ("GUM/news",)),
    GoldSet("GUM, six genres", "dates", DATED[:1], causes=True),
    GoldSet(
        "PLOVER",
        "event-coding",
        (
            Metric("code_root", "type", f"0.333 ({PETRARCH})"),
            Metric("code_exact", "type as of 0.5b1", f"0.222 ({PETRARCH})"),
            Metric("triple_loose", "type and both sides", f"0.133 ({PETRARCH})"),
        ),
        ("PLOVER",),
        causes=True,
    ),
    GoldSet(
        "PLOVER",
        "event-coding-inferred",
        (Metric("triple_loose", "type and both sides, countries inferred by the converter"),),
        ("PLOVER",),
        product=False,
    ),
    GoldSet(
        "CAMEO",
        "event-coding",
        (
            Metric(
                "code_root", "root code", "0.755 (UniversalPetrarch on parses that come with it)"
            ),
        ),
        ("UniversalPetrarch",),
    ),
    GoldSet("PETRARCH unit tests", "event-coding-unit", (Metric("code_root", "root code"),)),
    GoldSet(
        "re3d without BBC",
        "entities",
        (Metric("core_exact", "exact"), Metric("core_overlap", "overlap, same type")),
        without=("re3d/BBC",),
        causes=True,
    ),
    GoldSet("TR-News", "geoparse", PLACED, ("TR-News",), slow=True, causes=True),
    GoldSet("GeoVirus", "geoparse", _placed(f"0.82 ({CAMCODER})"), ("GeoVirus",), slow=True),
    GoldSet("LGL", "geoparse", _placed(f"0.76 ({CAMCODER})"), ("LGL",), slow=True),
    GoldSet("GeoWebNews", "geoparse", _placed(f"0.95 ({CAMCODER})"), ("GeoWebNews",), slow=True),
    GoldSet(
        "MUC-3/4",
        "events",
        (
            Metric("filler_merged_head", "fillers, actor and patient", "0.545 (GRIT, five roles)"),
            Metric("detect", "text tells an event"),
        ),
        slow=True,
        causes=True,
    ),
)
"""Peers from memory or from their model cards, as the README of each gold folder says."""
