"""Kept graphs stay as they are, byte for byte, whatever update a user sends."""

import contextlib
import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import BadQuery, Forbidden, KgError
from kg.store import Store, open_store
from kg.store.text.updates import Rights, prepare
from kg.store.text.written import Written
from tests.store.dice import BASE, KEPT, OWN, Made

ENDPOINT = f"{BASE}sparql/update"
FEW = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = open_store("memory:", base=BASE)
    yield made
    made.close()


def fill(store: Store) -> None:
    """Kept graphs as they always are, one own graph with a triple, no others."""
    for graph in store.graphs():
        if graph not in KEPT:
            store.remove(graph)
    for graph in [*KEPT, OWN[0]]:
        if not store.read(graph):
            store.replace([(graph, [(f"<{BASE}s>", f"<{BASE}p>", f'"{graph}"')])])


def kept(store: Store) -> dict[str, object]:
    """Every graph that is not a user's, and how many quads are in none."""
    found = {graph: store.read(graph) for graph in store.graphs()}
    nameless = store.size() - sum(map(len, found.values()))
    kept = {
        g: triples
        for g, triples in found.items()
        if g.startswith((f"{BASE}article/", f"{BASE}graph/"))
    }
    return {**kept, "": nameless}


def prepared(text: str, *, own: bool = True) -> Written:
    return prepare(text, Rights(BASE, own=own), endpoint=ENDPOINT)


@FEW
@given(st.integers(min_value=0))
def test_own_graphs_may_be_written_and_no_others(store: Store, seed: int) -> None:
    fill(store)
    before = kept(store)
    made = Made(seed)
    try:
        written = prepared(made.text)
    except Forbidden:
        assert not made.own, made.text
        return
    assert made.own, made.text
    store.update(written.text)
    assert kept(store) == before, made.text


PIECES = [
    *("DROP ALL", "DROP ALL ;", "; DROP ALL", "CLEAR DEFAULT", f"DROP GRAPH <{KEPT[0]}>"),
    *(";", "{", "}", "GRAPH", f"<{KEPT[1]}>", f"GRAPH <{KEPT[1]}> {{", '"', "'", '"""', "'''", "#"),
    *("\n", "\r", "<", ">", "<a:b>", "<a:b#", "<?a", "?a", "?g", "GRAPH ?g {", "\\", "\\u0022"),
    *("\\u003E", "\\u007D", "\\u0020", "\\u000A", "\u00a0", "\u2028", "\ufeff", "(", ")", "[", "]"),
    *("<<", ">>", "<<(", ")>>", "{|", "|}", "~", "^", "^^", "@en", "@", "_:b", "a", "1", "1.", "."),
    *(
        "1e",
        "=",
        "&&",
        "USING",
        "WITH",
        f"WITH <{KEPT[1]}>",
        "WHERE",
        "WHERE {",
        "DELETE",
        "INSERT",
    ),
    *("DATA", "TO", "PREFIX a: <b:>", f"BASE <{BASE}graph/>", "<view>", "a:", "a:b", "BIND("),
    *(f"PREFIX : <{BASE}>", ":article\\/1", "VALUES ?g {", "SELECT", "UNION", "MINUS", "SERVICE"),
    *("LOAD", "INTO", "SILENT", "DEFAULT", "COPY", "MOVE", "ADD", "CREATE", "ALL", "NAMED", "true"),
    *("trueDROP", "/* */", "--", "//", "%7D"),
]
_QUADS = "{ <a:a> <a:b> 1 }"
HOSTILE = [
    # A parser without tokens takes the IRI for "less than" and the rest of its line for a comment.
    f"INSERT {{ GRAPH <{OWN[0]}> {{ ?a ?b ?c }} }} WHERE {{ FILTER(?a<?b#>0) }} ; INSERT DATA {{ "
    f'GRAPH <{OWN[0]}> {{ <a:a> <a:b> """\n ) }} ; DROP ALL; #""" }} }}',
    f"INSERT DATA {{ GRAPH <{OWN[0]}> {{ }} GRAPH <{KEPT[0]}> {_QUADS} }}",
    f"INSERT DATA {{ GRAPH <{OWN[0]}> {{ <a:a> <a:b> 1 . GRAPH <{KEPT[0]}> {_QUADS} }} }}",
    f"INSERT DATA {{ <{KEPT[0]}> {_QUADS} }}",
    f"WITH <{OWN[0]}> INSERT {{ GRAPH ?g {{ ?s ?p 1 }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    f"WITH <{OWN[0]}> DELETE {{ ?s ?p ?o }} INSERT {{ GRAPH <{KEPT[1]}> {_QUADS} }} WHERE {{}}",
    f"WITH <{KEPT[1]}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    f"DELETE {{ GRAPH <{OWN[0]}> {{ ?s ?p ?o }} ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    f"DELETE WHERE {{ GRAPH <{OWN[0]}> {{ ?s ?p ?o }} . ?s ?p ?o }}",
    "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
    f"CLEAR GRAPH <{OWN[0]}> DROP ALL",
    f"CREATE GRAPH <{OWN[1]}> ; DROP GRAPH <{KEPT[0]}>",
    f"INSERT DATA {{ GRAPH <{OWN[0]}> {_QUADS} }} DROP ALL",
    f"INSERT DATA {{ GRAPH <{OWN[0]}> {_QUADS} }} }} ; DROP ALL ; INSERT DATA {{ {{",
    f"MOVE <{KEPT[1]}> TO <{OWN[0]}>",
    f"COPY <{OWN[0]}> TO DEFAULT",
    f"ADD <{OWN[0]}> TO <{KEPT[1]}>",
    f"BASE <{BASE}graphs/> DROP GRAPH <../graph/view>",
    "DROP GRAPH <../graph/view>",
    f"BASE <{BASE}> PREFIX v: <graph/> DROP GRAPH v:view",
    f"PREFIX v: <{OWN[0]}> CREATE SILENT GRAPH v: ; PREFIX v: <{KEPT[1]}> DROP GRAPH v:",
    f"DROP GRAPH <{BASE}graph\\u002Fview>",
    f"DROP GRAPH <{BASE}graph\\U0000002fview>",
    *("DROP ALL", "DROPALL", "drop#\nall", "D\\u0052OP ALL", "CLEAR NAMED", "CLEAR SILENT DEFAULT"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_known_ways_in_are_shut(store: Store, text: str) -> None:
    fill(store)
    before = kept(store)
    with pytest.raises((Forbidden, BadQuery)):
        store.update(prepared(text).text)
    assert kept(store) == before


def troubled(seed: int) -> str:
    """An update with pieces of trouble thrown into it, most of them between words."""
    dice = random.Random(seed)
    text = dice.choice(HOSTILE) if dice.random() < 0.1 else Made(seed).text
    for piece in dice.choices(PIECES, k=dice.randrange(1, 4)):
        gaps = [at for at, sign in enumerate(text) if sign in " \n;{}"]
        at = dice.choice(gaps) if gaps and dice.random() < 0.8 else dice.randrange(len(text) + 1)
        text = f"{text[:at]}{piece}{text[at:]}"
    return text


@FEW
@given(st.integers(min_value=0))
def test_whatever_is_let_through_harms_nothing(store: Store, seed: int) -> None:
    fill(store)
    before = kept(store)
    text = troubled(seed)
    with contextlib.suppress(KgError):
        store.update(prepared(text).text)
    assert kept(store) == before, text


def test_the_dice_do_harm_where_nothing_guards() -> None:
    """The other side of the tests above: what they throw changes a store that is open."""
    harmed = 0
    for seed in range(100):
        store = open_store("memory:", base=BASE)
        fill(store)
        before = kept(store)
        made = Made(seed)
        if not made.own:
            store.update(prepared(made.text, own=False).text)
            harmed += kept(store) != before
    assert harmed > 10


def test_the_engine_makes_the_same_of_what_is_written() -> None:
    """Where it reads the update as it came: it knows declarations at the start only."""
    compared = 0
    for seed in range(200):
        text, found = Made(seed).text, []
        for one in (f"BASE <{ENDPOINT}> {text}", prepared(text, own=False).text):
            store = open_store("memory:", base=BASE)
            fill(store)
            with contextlib.suppress(BadQuery):
                store.update(one)
                found.append({graph: store.read(graph) for graph in store.graphs()})
        assert len(found) in (1, 2)
        compared += len(found) == 2
        assert found[0] == found[-1], text
    assert compared > 50


@pytest.mark.parametrize("body", ["a\\u0041", 'a\\"', "\\\\u0022", "\\\\\\\\U0000007D", "\\t\\r"])
def test_strings_mean_the_same_in_their_one_spelling(body: str) -> None:
    text, found = f'INSERT DATA {{ GRAPH <a:g> {{ <a:a> <a:b> "{body}" }} }}', []
    for one in (text, prepared(text).text):
        store = open_store("memory:", base=BASE)
        store.update(one)
        found.append(store.read("a:g"))
    assert found[0] == found[1]
