"""Islands: scripts that make the graph, the map and the SPARQL form livelier, where they are there.

They are bundled from ``web/`` when a wheel is built (docs/web.md); without them every page is
complete all the same. What they need of a page, their words among it, stands in one ``meta``.
"""

import json
from pathlib import Path
from typing import Final

from flask import current_app, request, url_for

from api.strings import ISLANDS

FOLDER: Final = Path(__file__).parent / "static" / "bundle"


def bundled(name: str) -> bool:
    """Whether an island's script is there."""
    return (FOLDER / f"{name}.js").is_file()


def island(name: str) -> str | None:
    """The address of an island's script, or nothing where it was not bundled."""
    return url_for("static", filename=f"bundle/{name}.js") if bundled(name) else None


def for_islands() -> str:
    """What islands are given, as JSON: their words, where records are, and the coasts."""
    return json.dumps(
        {
            "words": dict(ISLANDS),
            "base": current_app.config["KG_BASE"],
            "root": request.script_root,
            "land": url_for("static", filename="bundle/land.json"),
        },
        ensure_ascii=False,
    )
