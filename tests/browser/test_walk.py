"""What a person sees in a browser: the walk to the words, no scripts, no other host, any width."""

import io
import re
import struct
import zlib
from urllib.request import urlopen

import networkx as nx
import pytest

from kg.filters import KINDS
from kg.store import Store
from scripts.chromium import Page
from tests.api.conftest import paths

LISTS = ("/", *(f"/{kind}" for kind in KINDS), "/timeline", "/map", "/graph", "/queries", "/sparql")
NARROW = 360
SIDEWAYS = "document.documentElement.scrollWidth"
CUT = """[...document.querySelectorAll('.scroll')].filter(
  e => e.checkVisibility() && e.scrollWidth > e.clientWidth).map(e => e.ariaLabel)"""
"""Tables that a phone shows in part."""
TARGET = """(() => {
  const found = document.querySelector(':target');
  const box = found.getBoundingClientRect();
  return {text: found.textContent, shown: box.top >= 0 && box.bottom <= innerHeight,
          colour: getComputedStyle(found).backgroundColor};
})()"""


def every(store: Store) -> list[str]:
    return [*LISTS, "/queries/who-called-for", *(paths(store, kind)[0] for kind in KINDS)]


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_first_question_to_the_words_and_on_to_a_file(
    page: Page, site: str, scripts: bool
) -> None:
    page.scripts(scripts).open(f"{site}/")
    page.follow("table.records td a[href^='/statement/']")
    assert "Mira Tolen" in page.value("document.querySelector('h1').textContent")
    page.follow("blockquote a")
    words = page.value(TARGET)
    assert words["text"].startswith("The Vardanian ombudswoman, Mira Tolen, called on Tuesday")
    assert words["shown"]
    page.follow("aside.findings li.event a[href^='/event/']")
    page.follow("dl.facts dd a[href^='/event/']")
    told = page.value("document.querySelector('main').textContent")
    assert "Told by 2 reports, side by side" in told
    assert "Keshi Defence Ministry" in told
    page.follow("#reports + .side-by-side article:nth-child(2) blockquote a")
    assert "killing 15 people" in page.value(TARGET)["text"]
    page.open(f"{site}/graph?projection=actor-event")
    href = page.value("document.querySelector('a[download][href*=gexf]').href")
    with urlopen(href) as file:
        graph = nx.read_gexf(io.BytesIO(file.read()))
    assert any("Lorik" in data["label"] for _, data in graph.nodes(data=True))
    assert page.hosts() == {"127.0.0.1"}
    assert page.complaints == []


def test_no_page_asks_another_host_or_complains(page: Page, site: str, store: Store) -> None:
    for path in every(store):
        page.open(site + path)
        assert page.value("document.title").endswith("conflict-kg")
    assert page.hosts() == {"127.0.0.1"}
    assert page.complaints == []


def test_no_page_scrolls_sideways_on_a_phone(page: Page, site: str, store: Store) -> None:
    page.wide(NARROW, 740)
    for path in every(store):
        page.open(site + path)
        assert page.value(SIDEWAYS) <= NARROW, path
        assert page.value(CUT) == [], path


def test_names_in_a_drawing_can_be_read_on_a_phone(page: Page, site: str) -> None:
    page.wide(NARROW, 740)
    for path in ("/graph", "/map"):
        page.open(site + path)
        lowest = "Math.min(...[...document.querySelectorAll('svg.figure text')].map("
        assert page.value(f"{lowest}e => e.getBoundingClientRect().height))") >= 9, path
        told = "getComputedStyle(document.querySelector('figure'), '::before').content"
        assert "sideways" in page.value(told), path


def test_a_phone_leads_past_the_filters_to_the_list(page: Page, site: str) -> None:
    page.wide(NARROW, 740).open(f"{site}/events")
    page.value("document.querySelector('.past a').click()")
    assert page.value("location.hash") == "#list"
    assert page.value("document.querySelector('table').getBoundingClientRect().top") < 740
    page.wide(1060, 740).open(f"{site}/events")
    assert not page.value("document.querySelector('.past').checkVisibility()")


def test_a_highlight_leads_to_its_record_and_back(page: Page, site: str, store: Store) -> None:
    page.open(site + paths(store, "articles")[0])
    page.follow("mark.statement a")
    assert re.search(r"/statement/\w+$", page.value("location.href"))
    page.follow("tbody tr:first-child td a")
    assert page.value("location.hash").startswith("#c")
    assert page.value(TARGET)["colour"] not in ("rgba(0, 0, 0, 0)", "transparent")


def test_an_evidence_iri_opens_at_its_words(page: Page, site: str, store: Store) -> None:
    path = paths(store, "articles")[0]
    page.open(f"{site}{path}#char=57,64")
    assert page.value("document.querySelector(':target').parentElement.textContent") == "Tuesday"


def test_every_link_and_field_has_a_name(page: Page, site: str, store: Store) -> None:
    unnamed = """[...document.querySelectorAll('main a[href], button')].filter(
      e => !(e.textContent.trim() || e.getAttribute('aria-label'))).map(e => e.outerHTML)"""
    fields = """[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
      .filter(e => !e.labels.length).map(e => e.outerHTML)"""
    headings = "document.querySelectorAll('h1').length"
    for path in every(store):
        page.open(site + path)
        assert page.value(unnamed) == [], path
        assert page.value(fields) == [], path
        assert page.value(headings) == 1, path


CONTRAST = """(() => {
  const light = c => { const v = c.match(/[\\d.]+/g).map(Number).slice(0, 3).map(
    x => (x /= 255) <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
  const ground = e => { for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor;
    if (!/, 0\\)$|transparent/.test(c)) return c; } return 'rgb(255, 255, 255)'; };
  return [...document.querySelectorAll('main *, header *, footer *')].filter(e =>
    !e.closest('svg') && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
  ).filter(e => { const a = light(getComputedStyle(e).color), b = light(ground(e));
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5; }
  ).map(e => e.tagName + '.' + e.className + ': ' + e.textContent.slice(0, 40));
})()"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(
    page: Page, site: str, store: Store, scheme: str
) -> None:
    page.media(prefers_color_scheme=scheme)
    for path in every(store):
        page.open(site + path)
        assert page.value(CONTRAST) == [], path


def test_dark_and_light_differ(page: Page, site: str) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.media(prefers_color_scheme="light").open(f"{site}/").value(ground)
    dark = page.media(prefers_color_scheme="dark").open(f"{site}/").value(ground)
    assert light != dark


def test_a_picture_is_of_the_page(page: Page, site: str) -> None:
    png = page.wide(800, 600).open(f"{site}/").picture()
    assert struct.unpack(">II", png[16:24]) == (800, 600)
    start = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[start - 4 : start])
    rows = zlib.decompressobj().decompress(png[start + 4 : start + 4 + length])
    assert len(set(rows)) > 50
