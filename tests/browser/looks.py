"""What tests ask of a page, in JavaScript, and how they get from one to the next."""

from playwright.sync_api import Locator

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
LOWEST = """Math.min(...[...document.querySelectorAll('svg.figure text')].map(
  e => e.getBoundingClientRect().height))"""
"""The height of the smallest words in a drawing, in pixels."""
FOCUS = """(() => {
  const look = getComputedStyle(document.activeElement);
  const seen = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
  return seen ? 'shown' : `${document.activeElement.outerHTML.slice(0, 80)}: ${look.outline}`;
})()"""
"""Whether what has the focus shows it."""
OPENED = "document.querySelectorAll('details').forEach(one => one.open = true)"
LINKS = """[...document.querySelectorAll('main a[href]')]
  .filter(one => !one.closest('svg')).map(one => one.getAttribute('href'))"""
"""Where the text of a page leads, without what is drawn."""
CLIPPED = """[...document.querySelectorAll('main *')].filter(
  one => ['auto', 'scroll', 'hidden'].includes(getComputedStyle(one).overflowY)
    && !one.matches('svg *') && one.scrollHeight > one.clientHeight + 1
).map(one => one.className)"""
"""What is only partly seen where nothing can be scrolled."""


def follow(link: Locator) -> None:
    """Click what leads elsewhere, and wait until that is there with its styles."""
    with link.page.expect_navigation(wait_until="load"):
        link.click()
