"""Markdown: the text stays as it is; a title, and what front matter states, become metadata."""

import re
from typing import Final

from kg.header import front_matter

_HEADING: Final = re.compile(
    r"^#[ \t]+(\S.*?)[ \t]*#*[ \t\r]*$|^(\S.*?)[ \t\r]*\n=+[ \t\r]*$", re.M
)


def metadata(text: str) -> dict[str, str]:
    """What the document states of itself: fields of its front matter, else its first heading.

    >>> metadata("---\\ndate: 2022-10-04\\n---\\n# Truce *holds*\\n\\nThe town was calm.")
    {'date': '2022-10-04', 'title': 'Truce holds'}
    """
    front = front_matter(text)
    fields = dict(front.fields)
    heading = _HEADING.search(text, front.end)
    if heading and "title" not in fields:
        fields["title"] = _plain(heading[1] or heading[2])
    return fields


def _plain(heading: str) -> str:
    """A heading without its emphasis and links."""
    linked = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[*_`]{1,3}(\S(?:.*?\S)?)[*_`]{1,3}", r"\1", linked)
