"""What tests ask of a page, in JavaScript."""

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
