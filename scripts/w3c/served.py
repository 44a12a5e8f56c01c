"""A service of our own to put the suites to: ``kg serve`` on an empty store, all of it writable."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from scripts.w3c.client import Client

ROOT: Final = Path(__file__).resolve().parents[2]
TOKEN: Final = "conformance"
_SECONDS: Final = 30


@contextmanager
def service(folder: Path) -> Iterator[Client]:
    """A client of a service whose store stands in this folder, while it runs."""
    port = _free_port()
    environment = {
        **os.environ,
        "KG_BASE_IRI": f"http://127.0.0.1:{port}/",
        "KG_STORE": f"oxigraph:{folder / 'store'}",
        "KG_TOKEN": TOKEN,
        "KG_WRITABLE": "all",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--port", str(port)],
        env=environment,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            found = [line.split() for line in iter(process.stdout.readline, "stop with Ctrl-C\n")]
            site = next(words[1] for words in found if words[0] == "pages").rstrip("/")
            with Client(site, TOKEN) as client:
                yield client
        finally:
            process.terminate()
            process.wait(_SECONDS)


def _free_port() -> int:
    """A port nobody listens on: the base of a store is the address it is served at."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port
