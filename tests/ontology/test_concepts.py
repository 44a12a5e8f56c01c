"""The code lists: complete by the contract, and each code well formed."""

from collections import Counter

import pytest
from rdflib import URIRef
from rdflib.namespace import RDF, SKOS

from kg.model import SLOTS
from kg.vocab import CK, CODES, code, codes, concepts, notation
from tests.ontology.validate import breaches, ontology

# The lists of the contract (its section 3 and, for contexts and sectors, PLOVER's), typed here
# once more so that a code cannot vanish or appear unseen.
ACTS = """say claim report confirm deny accuse condemn request order promise agree reject warn
    threaten support apologise ask"""
MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release return disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "REJECT": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "THREATEN": "restrict ban arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": """seize restrict ban censor curfew martial-law arrest deport withhold
        misinformation cyber""",
    "ASSAULT": """abduct beat torture sexual targeted destroy primitive firearms explosives
        suicide-attack aerial drone heavy-weapons crowd-control unconventional""",
}
QUADS = {
    "verbal-cooperation": "AGREE CONSULT SUPPORT CONCEDE",
    "material-cooperation": "COOPERATE AID RETREAT",
    "verbal-conflict": "REQUEST ACCUSE REJECT THREATEN",
    "material-conflict": "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}
FACTUALITY = "asserted alleged negated requested planned hypothetical"
CONTEXTS = """military intelligence executive legislative election political_institutions
    pro_democracy pro_autocracy economic legal reparations human_rights rights_freedoms repression
    human_security gender lgbt religion_ethnicity inequality diplomatic territory peacekeeping
    health asylum migration disasters natural_resource environment technology terrorism cbrn cyber
    misinformation crime corruption illegal_drugs trafficking"""
SECTORS = """COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF
    OPP PRE REL SOC IGO NGO MNC"""
LITERALS = {
    "place-precision": "point settlement district region country area vague",
    "judgement": "accept reject correct same different unsure undo",
    "review": "machine accepted corrected",
    "status": "single-source corroborated disputed denied",
    "slot": " ".join(SLOTS),
}


def expected() -> dict[str, str]:
    modes = [f"{kind}/{mode}" for kind, listed in MODES.items() for mode in listed.split()]
    return {
        "act": ACTS,
        "event-type": " ".join(MODES),
        "mode": " ".join(modes),
        "quad-class": " ".join(QUADS),
        "factuality": FACTUALITY,
        "context": CONTEXTS,
        "sector": SECTORS,
        **LITERALS,
    }


def test_there_are_no_other_lists() -> None:
    assert set(concepts()) == set(expected())


@pytest.mark.parametrize(("scheme", "listed"), expected().items(), ids=list(expected()))
def test_a_list_is_complete(scheme: str, listed: str) -> None:
    assert sorted(codes(scheme)) == sorted(listed.split())


def test_every_concept_is_well_formed() -> None:
    assert breaches(ontology("concepts.ttl")) == []


def test_every_concept_says_something_of_its_own() -> None:
    all_of_them = [concept for listed in concepts().values() for concept in listed.values()]
    assert max(Counter(concept.definition for concept in all_of_them).values()) == 1
    for concept in all_of_them:
        assert concept.definition.endswith("."), concept
        assert len(concept.definition.split()) > 2, concept


def test_a_concept_is_named_by_its_scheme_and_code() -> None:
    graph = ontology("concepts.ttl")
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        scheme = str(graph.value(concept, SKOS.inScheme))
        assert str(concept).startswith(f"{scheme}/")
        assert str(graph.value(concept, SKOS.notation)) == notation(str(concept))


def test_every_event_type_has_its_quad_class() -> None:
    found = {name: concept.quad for name, concept in concepts()["event-type"].items()}
    assert found == {kind: quad for quad, kinds in QUADS.items() for kind in kinds.split()}


def test_only_modes_are_narrower_and_then_than_their_type() -> None:
    graph = ontology("concepts.ttl")
    found = {(str(narrow), str(broad)) for narrow, broad in graph.subject_objects(SKOS.broader)}
    assert found == {
        (code("mode", name)[1:-1], code("event-type", name.split("/")[0])[1:-1])
        for name in codes("mode")
    }


def test_a_foreign_code_matches_one_type_or_mode_at_most() -> None:
    listed = [*concepts()["event-type"].values(), *concepts()["mode"].values()]
    found = Counter(match for concept in listed for match in concept.matches)
    assert max(found.values()) == 1
    assert {match.removeprefix(CODES).split("/")[0] for match in found} == {
        "cameo",
        "acled",
        "ucdp",
    }


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("cameo/092", "ACCUSE/investigate"),
        ("cameo/112", "ACCUSE/allege"),
        ("cameo/0871", "RETREAT/ceasefire"),
        ("cameo/194", "ASSAULT/heavy-weapons"),
        ("acled/air-drone-strike", "ASSAULT/aerial"),
        ("acled/riots", "PROTEST/riot"),
        ("ucdp/3", "ASSAULT/targeted"),
    ],
)
def test_a_foreign_code_leads_to_ours(foreign: str, ours: str) -> None:
    assert CODES + foreign in concepts()["mode"][ours].matches


def test_a_drone_strike_is_a_kind_of_what_others_code() -> None:
    drone = concepts()["mode"]["ASSAULT/drone"]
    assert drone.wider == (f"{CODES}acled/air-drone-strike",)


def test_driving_back_a_crowd_is_no_more_than_a_protest_to_acled() -> None:
    found = concepts()["mode"]["ASSAULT/crowd-control"]
    assert (found.matches, found.wider) == ((), (f"{CODES}acled/protests",))


def test_what_is_matched_exists_or_is_of_a_named_foreign_list() -> None:
    graph = ontology("concepts.ttl")
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    for relation in (SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch):
        for match in graph.objects(None, relation):
            listed = URIRef(str(match).rsplit("/", 1)[0])
            assert (match, RDF.type, SKOS.Concept) in graph or listed in schemes, match


def test_acts_match_plover() -> None:
    graph = ontology("concepts.ttl")
    act = URIRef(code("act", "accuse")[1:-1])
    assert (act, SKOS.closeMatch, URIRef(code("event-type", "ACCUSE")[1:-1])) in graph


def test_only_known_properties_describe_a_concept() -> None:
    graph = ontology("concepts.ttl")
    used = {p for s in graph.subjects(RDF.type, SKOS.Concept) for p in graph.predicates(s)}
    ours = {str(p) for p in used if not str(p).startswith(str(SKOS)) and p != RDF.type}
    assert ours == {CK + "quadClass"}
