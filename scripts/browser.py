"""A headless chromium, Debian's, driven by playwright: how tests and pictures see the pages.

>>> Seen.__name__
'Seen'
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route, sync_playwright

FLAGS: Final = ("--force-color-profile=srgb", "--font-render-hinting=none", "--disable-quic")
AXE: Final = Path(__file__).parents[1] / "web" / "node_modules" / "axe-core" / "axe.min.js"
"""The accessibility checker, from the packages of the bundle."""
SERIOUS: Final = ("serious", "critical")


def chromium() -> str | None:
    """The path of chromium, or nothing."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser of its own; playwright downloads none."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Seen:
    """One tab and everything it asked for or complained of; other hosts are out of reach."""

    page: Page
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def tab(
        cls,
        browser: Browser,
        *,
        scripts: bool = True,
        width: int = 1280,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
    ) -> Iterator[Self]:
        """A new tab with nothing remembered."""
        context = browser.new_context(
            java_script_enabled=scripts,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        try:
            seen = cls(context.new_page())
            seen.listen()
            yield seen
        finally:
            context.close()

    def listen(self) -> None:
        """Note what the console says, and stop whatever is asked of another host."""
        page = self.page
        page.route("**/*", self._pass)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on(
            "console",
            lambda told: (
                self.complaints.append(f"{told.type}: {told.text}")
                if told.type in ("error", "warning")
                else None
            ),
        )

    def _pass(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.scheme in ("data", "blob") or url.hostname == "127.0.0.1":
            route.continue_()
            return
        self.elsewhere.append(route.request.url)
        route.abort()

    def open(self, url: str) -> Self:
        """Go to an address, and wait for what its island asks for, where it has one."""
        self.page.goto(url)
        if self.page.locator("script[type=module]").count():
            self.page.wait_for_load_state("networkidle")
        return self

    def serious(self) -> list[str]:
        """What axe-core finds serious or critical: rule, why and where."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate("axe.run()")
        return [
            f"{one['id']}: {one['help']}: {node['html'][:160]}"
            for one in found["violations"]
            if one["impact"] in SERIOUS
            for node in one["nodes"]
        ]
