"""Take the pictures of the documentation from the running demonstration.

``python -m scripts.pictures`` serves the sample articles (``kg serve --demo``) from a store of
its own, opens the pages in chromium and writes ``docs/img/*.png``. With ``--url`` it takes them
from a server that is already running.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import urlopen

from scripts.browser import Seen, browsing, chromium

FOLDER: Final = Path(__file__).parents[1] / "docs" / "img"
SIZE: Final = (1060, 740)
LARGEST: Final = 200_000
"""Bytes of one picture."""


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of ``kg serve --demo`` over a store that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "kg", "serve", "--demo", "--port", "0"]
        with subprocess.Popen(
            [*command, "--store", f"oxigraph:{folder}/store"], stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield _address(process)
            finally:
                process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        words = line.split()
        if words[:1] == ["pages"]:
            return words[1].rstrip("/")
    raise SystemExit(f"kg serve ended with status {process.wait()} and gave no address")


def get(url: str) -> Any:
    """An answer of the JSON API."""
    with urlopen(url) as answer:
        return json.load(answer)


def views(site: str) -> dict[str, str]:
    """Picture → address: the article most was read out of, the event most speak about, the rest."""
    articles = get(f"{site}/articles")["items"]
    richest = max(articles, key=lambda one: (one["statement_count"], one["id"]))
    events = get(f"{site}/events?limit=1000")["items"]
    told = max(
        events,
        key=lambda one: (
            len({report["article"]["id"] for report in one["reports"]}),
            one["status"] in ("disputed", "denied"),
            len(one["statements"]),
            one["id"],
        ),
    )
    (speaker, *_) = get(f"{site}/statements?facets=speaker&limit=1")["facets"]["speaker"]
    return {
        "home": f"{site}/",
        "article": site + urlsplit(richest["id"]).path,
        "event": site + urlsplit(told["id"]).path,
        "actor": site + urlsplit(speaker["value"]).path,
        **{name: f"{site}/{name}" for name in ("statements", "timeline", "map", "sparql")},
        "graph": f"{site}/graph?projection=actor-statement-event",
    }


def take(seen: Seen, url: str, path: Path) -> None:
    """One picture; it must not be larger than the documentation bears."""
    png = seen.open(url).page.screenshot()
    if len(png) > LARGEST:
        raise SystemExit(f"{path.name} has {len(png):,} bytes; at most {LARGEST:,} are allowed")
    path.write_bytes(png)
    print(f"{path.name}  {len(png):,} bytes  {url}")


def all_of_them(site: str, folder: Path) -> None:
    """Every picture into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    width, height = SIZE
    with browsing() as browser:
        for name, url in views(site).items():
            with Seen.tab(browser, width=width, height=height) as seen:
                take(seen, url, folder / f"{name}.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a server that is already running")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the pictures go")
    given = parser.parse_args()
    if not chromium():
        raise SystemExit("no chromium here; install it (Debian: apt-get install chromium)")
    if given.url:
        all_of_them(given.url.rstrip("/"), given.out)
    else:
        with demonstration() as site:
            all_of_them(site, given.out)


if __name__ == "__main__":
    main()
