"""Pages: complete without scripts, nothing from another host, every row leads to its words."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient

from api.showing import CALL, DENY, SAY, groups
from kg.filters import KINDS
from kg.store import Store
from tests.api.conftest import BROWSER, paths

VOID = {"meta", "link", "input", "br", "img", "hr"}
SVG_VOID = {"line", "circle", "rect", "path", "use", "stop"}
LISTS = [
    "/",
    *(f"/{kind}" for kind in KINDS),
    "/timeline",
    "/map",
    "/judgements",
    "/graph",
    "/queries",
    "/sparql",
    "/docs",
    "/docs/shapes",
    "/ontology",
    "/.well-known/void",
]
LARGEST = 100_000


class Page(HTMLParser):
    """Tags that nest, ids, links and what is forbidden."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.labelled: set[str] = set()
        self.fields: set[str] = set()
        self.inline: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if given.get("id"):
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in ("link", "img", "script", "iframe"):
            self.loaded.append(given.get("href") or given.get("src") or "")
        if tag == "label":
            self.labelled.add(given.get("for", ""))
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.fields.add(given.get("id", f"a {tag} without an id"))
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name[:2] == "on"]
        self.inline += [tag] if tag == "style" or (tag == "script" and "src" not in given) else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SVG_VOID, f"<{tag}/> is no void element"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def page(client: FlaskClient, path: str) -> Page:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200, path
    assert answer.mimetype == "text/html"
    return Page(answer.get_data(as_text=True))


def everything(store: Store) -> Iterator[str]:
    yield from LISTS
    yield "/queries/who-called-for"
    for kind in KINDS:
        yield from paths(store, kind)


def test_every_page_stands_on_its_own(client: FlaskClient, store: Store) -> None:
    for path in everything(store):
        found = page(client, path)
        assert found.open == []
        assert found.inline == []
        assert all(one.startswith("/static/") for one in found.loaded)
        assert len(found.ids) == len(set(found.ids))
        assert found.fields <= found.labelled
        assert found.words.count("conflict-kg") >= 1


def test_every_page_is_small_and_forbids_other_hosts(client: FlaskClient, store: Store) -> None:
    for path in everything(store):
        answer = client.get(path, headers=BROWSER)
        assert len(answer.data) < LARGEST
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "Accept" in answer.headers["Vary"]


def test_every_link_of_this_server_leads_somewhere(client: FlaskClient, store: Store) -> None:
    pages = {path: page(client, path) for path in everything(store)}
    opened = set(pages)
    for path, found in tuple(pages.items()):
        for link in found.links:
            target, _, fragment = urljoin(path, link).partition("#")
            if urlsplit(link).netloc or not target.startswith("/"):
                continue
            if target not in opened:
                opened.add(target)
                assert client.get(target, headers=BROWSER).status_code in (200, 303, 308), (
                    path,
                    link,
                )
            if fragment:
                if target not in pages:
                    pages[target] = page(client, target)
                assert fragment in pages[target].ids, (path, link)


def test_links_to_other_hosts_are_the_articles_own_and_the_gazetteers(
    client: FlaskClient, store: Store
) -> None:
    outside = {
        link
        for path in everything(store)
        for link in page(client, path).links
        if urlsplit(link).netloc
    }
    assert outside == {
        "https://harbour.example/2021/lorik",
        "https://wire.example/0505-lorik",
        "https://sws.geonames.org/2660646/",
    }


def test_home_answers_the_first_question(client: FlaskClient) -> None:
    found = page(client, "/")
    table = found.words.partition("Who called for investigations, and when?")[2]
    assert "Mira Tolen" in table
    assert "4 May 2021" in table
    words = [link for link in found.links if re.match(r"/article/\w+#c\d+-\d+$", link)]
    assert words
    path, _, ident = words[0].partition("#")
    marked = client.get(path, headers=BROWSER).get_data(as_text=True)
    passage = marked.partition(f'<mark id="{ident}"')[2]
    assert "investigation" in passage.partition("</mark>")[0]


def test_an_article_shows_its_text_as_it_is(client: FlaskClient, store: Store) -> None:
    for path in paths(store, "articles"):
        text = client.get(path).get_json()["text"]
        html = client.get(path, headers=BROWSER).get_data(as_text=True)
        shown = html.partition('<div class="article">')[2].partition("</div>")[0]
        assert Page(shown).words == text


def test_an_article_lists_every_finding_and_each_leads_to_its_mark(
    client: FlaskClient, store: Store
) -> None:
    for path in paths(store, "articles"):
        record = client.get(path).get_json()
        found = page(client, path)
        number = len(record["statements"]) + len(record["reports"])
        assert {f"f{n}" for n in range(1, number + 1)} <= set(found.ids)
        html = client.get(path, headers=BROWSER).get_data(as_text=True)
        assert re.findall('data-n="([0-9]+)"', html) == [str(n) for n in range(1, number + 1)]
        for one in record["statements"] + record["reports"]:
            for piece in one["evidence"]:
                assert f"c{piece['start']}-{piece['end']}" in found.ids
                assert f"char={piece['start']},{piece['end']}" in found.ids


def disputed(client: FlaskClient) -> str:
    return str(client.get("/events?status=disputed").get_json()["items"][0]["id"])


def test_an_event_shows_reports_side_by_side_with_claim_and_denial(client: FlaskClient) -> None:
    words = " ".join(page(client, urlsplit(disputed(client)).path).words.split())
    assert "Told by 2 reports, side by side" in words
    assert "at least 12 / 15" in words
    claimed, _, denied = words.partition("Who says what about it")[2].partition("Deny it")
    assert "Union of Observers" in claimed
    assert "Keshi Defence Ministry" in denied
    told = words.partition("How many, and who says so")[2]
    assert "Union of Observers in Northern Wire" in told
    assert re.search("Killed, from least to most ?0 ?15", told)
    history = words.partition("When it happened and when it was spoken of")[2]
    assert "Keshi Defence Ministry denied — that its forces had shelled the town" in history


def test_what_is_not_known_is_not_shown(client: FlaskClient, store: Store) -> None:
    for path in everything(store):
        words = page(client, path).words
        assert "None" not in words
        assert "undefined" not in words


def test_a_filter_is_shown_and_can_be_taken_away(client: FlaskClient) -> None:
    found = page(client, "/statements?act=deny&publisher=The+Harbour+Post")
    assert "1 statement" in found.words
    assert "/statements?publisher=The+Harbour+Post" in found.links
    assert "/statements?act=deny" in found.links


def test_every_page_leads_to_what_people_judged(client: FlaskClient) -> None:
    assert "/judgements" in page(client, "/").links


def test_the_icon_is_where_it_is_looked_for(client: FlaskClient) -> None:
    with client.get("/favicon.ico", follow_redirects=True) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")


def test_an_empty_graph_has_pages(client: FlaskClient) -> None:
    found = page(client, "/statements?q=nothinglikethis")
    assert "No statement fits" in found.words


@pytest.mark.parametrize("path", ["/nowhere", "/actor/nobody", "/statements?act=mumble"])
def test_an_error_is_a_page_for_people_and_a_problem_for_programs(
    client: FlaskClient, path: str
) -> None:
    for_people = client.get(path, headers=BROWSER)
    for_programs = client.get(path)
    assert for_people.status_code == for_programs.status_code >= 400
    assert for_people.mimetype == "text/html"
    assert for_programs.mimetype == "application/problem+json"
    assert Page(for_people.get_data(as_text=True)).open == []
    assert for_programs.get_json()["detail"] in Page(for_people.get_data(as_text=True)).words


def test_the_sparql_page_answers_and_says_what_is_wrong(client: FlaskClient) -> None:
    asked = "/sparql?query=SELECT ?s { ?s a <https://w3id.org/conflict-kg%23Statement> }"
    found = page(client, asked)
    assert "6 rows" in found.words
    assert sum(link.startswith("/statement/") for link in found.links) == 6
    wrong = client.get("/sparql?query=SELECT * {", headers=BROWSER)
    assert wrong.status_code == 400
    assert wrong.get_data(as_text=True).count("line 1") == 1
    graph = page(client, "/sparql?query=CONSTRUCT {?s ?p ?o} {?s ?p ?o} LIMIT 1")
    assert "turtle" in graph.words


def test_an_answer_shows_records_by_a_part_of_their_keys(client: FlaskClient) -> None:
    asked = (
        "/sparql?query=PREFIX ck: <https://w3id.org/conflict-kg%23> "
        "SELECT ?s ?day { ?s a ck:Event ; ck:earliest ?day }"
    )
    html = client.get(asked, headers=BROWSER).get_data(as_text=True)
    shown = re.findall(r'href="/event/([^"]+)" title="http[^"]+">event/([^<]+)</a>', html)
    assert shown
    for whole, brief in shown:
        assert brief == f"{whole[:-24]}…"
    assert re.search(r'class="when">2021-05-0\d</td>', html)


def test_a_question_is_answered_with_links_to_its_words(client: FlaskClient) -> None:
    found = page(client, "/queries/who-called-for?mode=ACCUSE/investigate")
    assert "Mira Tolen" in found.words
    assert any(re.match(r"/article/\w+#char=\d+,\d+$", link) for link in found.links)


@pytest.mark.parametrize(
    ("act", "factuality", "heading"),
    [
        ("deny", "alleged", DENY),
        ("reject", "alleged", DENY),
        ("reject", "planned", CALL),
        ("accuse", "alleged", SAY),
        ("request", "requested", CALL),
    ],
)
def test_to_reject_what_is_past_is_to_deny_it(act: str, factuality: str, heading: str) -> None:
    said = {"act": act, "about": [{"factuality": factuality}]}
    assert groups([said]) == [(heading, [said])]


def test_the_map_says_of_which_places_no_coordinates_are_known(client: FlaskClient) -> None:
    words = " ".join(page(client, "/map").words.split())
    assert "No coordinates known: the gazetteer has no such place" in words
    assert words.index("Not on the map") < words.rindex("Lorik")


HEADING = re.compile(r"h[1-6]$")


class Outline(HTMLParser):
    """What a page is to those who do not see it: its title, headings, landmarks and tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.landmarks: list[str] = []
        self.title = ""
        self.tables = self.captions = self.unscoped = 0
        self.language = ""
        self.within = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.within = tag
        if tag == "html":
            self.language = given.get("lang") or ""
        if HEADING.fullmatch(tag):
            self.levels.append(int(tag[1]))
        if tag in ("header", "main", "footer"):
            self.landmarks.append(tag)
        if tag == "nav":
            self.landmarks.append(given.get("aria-label") or "a nav without a name")
        self.tables += tag == "table"
        self.captions += tag == "caption"
        self.unscoped += tag == "th" and given.get("scope") not in ("row", "col")

    def handle_data(self, data: str) -> None:
        if self.within == "title" and not self.title:
            self.title = data


def test_every_page_can_be_found_its_way_about_in_without_seeing_it(
    client: FlaskClient, store: Store
) -> None:
    titles: dict[str, str] = {}
    for path in (*everything(store), "/statements?act=deny", "/search?q=shelled", "/nowhere"):
        found = Outline(client.get(path, headers=BROWSER).get_data(as_text=True))
        same = titles.setdefault(found.title, path)
        namesakes = same.startswith("/actor/") and path.startswith("/actor/")
        assert same == path or namesakes, found.title
        assert found.language == "en"
        assert found.levels.count(1) == 1 == found.levels[0], path
        steps = zip(found.levels, found.levels[1:], strict=False)
        assert all(after - before <= 1 for before, after in steps), (path, found.levels)
        assert found.landmarks.count("main") == found.landmarks.count("footer") == 1
        assert "a nav without a name" not in found.landmarks, path
        assert len(found.landmarks) == len(set(found.landmarks)), path
        assert found.tables == found.captions, path
        assert not found.unscoped, path


def test_json_that_a_page_offers_is_json(client: FlaskClient, store: Store) -> None:
    for path in everything(store):
        for link in page(client, path).links:
            if "format=json" in link and not link.startswith(("/export", "/.well-known")):
                answer = client.get(urljoin(path, link), headers=BROWSER)
                assert "json" in (answer.mimetype or ""), (path, link)
