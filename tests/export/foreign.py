"""Programs that are not ours, to open our files with: found, fetched, or skipped and why."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def modules() -> Path:
    """The npm packages of this folder's lock file, fetched once into a cache of the user's."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not on the PATH: what is written for them cannot be run")
    lock = HERE / "package-lock.json"
    digest = str(lock.stat().st_size) + "-" + lock.read_text("utf-8")[-64:].encode().hex()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = cache / "conflict-kg-tests" / f"export-{digest}"
    if (folder / "node_modules" / ".package-lock.json").exists():
        return folder / "node_modules"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm ci cannot fetch its packages here: {done.stderr.strip()[-300:]}")
    return folder / "node_modules"


def by_node(program: str, *files: Path) -> Any:
    """What a program of this folder makes of files, by the packages of its lock file."""
    command = ["node", *map(str, (HERE / program, modules(), *files))]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def run(*command: str | Path, needs: str) -> str:
    """What a program of the system prints; ``needs`` is the package that has it."""
    if not shutil.which(str(command[0])):
        pytest.skip(f"{command[0]} is not on the PATH (Debian: {needs})")
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    return done.stdout
