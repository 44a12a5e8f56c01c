"""Words and properties of a Markdown note: what is quoted stays text, whatever it looks like.

https://spec.commonmark.org/0.31.2/#backslash-escapes, https://help.obsidian.md/syntax
"""

import json
import re
from typing import Final

_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<>#!|~=$%^&]")
"""What Markdown, Obsidian or its plugins may read as more than a sign."""
_LISTED: Final = re.compile(r"^(\d{1,9})(?=[.)])|^(?=[-+])")
"""What may begin a list, or be a line under a heading."""
_NOT_YAML: Final = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML does not hold as it is, or may take for the end of a line."""


class Link(str):
    """A link to a note: alone among texts it may look like one."""

    __slots__ = ()


def escaped(line: str) -> str:
    r"""Words that stay words: no link, picture, tag or list.

    >>> print(escaped("![x](http://a.example) [[Other]] #tag"))
    \!\[x\](http://a.example) \[\[Other\]\] \#tag
    >>> print(escaped("1. May"), escaped("- no"))
    1\. May \- no
    """
    return _LISTED.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", line))


def yaml(value: object) -> str:
    r"""A value of YAML 1.2, of which JSON is a part; words that look like a link are none.

    >>> print(yaml("a\x85b"), yaml(["[[Other]]"]))
    "a\u0085b" ["[ [Other]]"]
    """
    if isinstance(value, list):
        return f"[{', '.join(map(yaml, value))}]"
    if isinstance(value, str) and not isinstance(value, Link):
        value = value.replace("[[", "[ [")
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
