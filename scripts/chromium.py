"""A headless chromium driven by the DevTools protocol over a pipe; nothing but the browser needed.

>>> Browser.installed() in (True, False)
True
"""

import base64
import json
import os
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from select import select
from typing import Any, Final, Self
from urllib.parse import urlsplit

FLAGS: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-default-apps", "--disable-extensions", "--disable-dev-shm-usage"),
    *("--hide-scrollbars", "--force-color-profile=srgb", "--font-render-hinting=none"),
    "--remote-debugging-pipe",
)
SECONDS: Final = 60.0


@dataclass
class Page:
    """One tab: where it asked for things, and what the console said."""

    browser: "Browser"
    session: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, url: str) -> Self:
        """Go to an address and wait until it has loaded."""
        found = self.ask("Page.navigate", url=url)
        if "errorText" in found:
            raise RuntimeError(f"{url}: {found['errorText']}")
        return self.loaded()

    def loaded(self) -> Self:
        """Wait for the page that is being loaded."""
        self.browser.until(lambda told: told.get("method") == "Page.loadEventFired")
        return self

    def value(self, expression: str) -> Any:
        """What a JavaScript expression gives in the page."""
        found = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in found:
            raise RuntimeError(str(found["exceptionDetails"]))
        return found["result"].get("value")

    def follow(self, selector: str) -> Self:
        """Click the first element that a CSS selector finds, and wait for where it leads."""
        words = json.dumps(selector)
        found = self.value(f"(e => e ? (e.click(), true) : false)(document.querySelector({words}))")
        if not found:
            raise RuntimeError(f"nothing on {self.value('location.href')} is {selector!r}")
        return self.loaded()

    def wide(self, width: int, height: int = 900) -> Self:
        """A window of another size, in CSS pixels."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        return self

    def media(self, **features: str) -> Self:
        """Media features as a person may have set them, e.g. ``prefers_color_scheme="dark"``."""
        given = [{"name": k.replace("_", "-"), "value": v} for k, v in features.items()]
        self.ask("Emulation.setEmulatedMedia", features=given)
        return self

    def scripts(self, allowed: bool) -> Self:
        """With or without JavaScript, from the next page on."""
        self.ask("Emulation.setScriptExecutionDisabled", value=not allowed)
        return self

    def picture(self) -> bytes:
        """What the window shows, as PNG."""
        return base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"])

    def hosts(self) -> set[str]:
        """The hosts that were asked for anything."""
        return {urlsplit(url).hostname or "" for url in self.requests if url.startswith("http")}

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command to this tab and wait for its answer."""
        return self.browser.ask(method, session=self.session, **params)


class Browser:
    """A chromium process with a profile of its own; a context manager."""

    @staticmethod
    def installed() -> bool:
        """Whether there is a chromium here."""
        return Browser.where() is not None

    @staticmethod
    def where() -> str | None:
        """The path of chromium, or nothing."""
        return shutil.which("chromium") or shutil.which("chromium-browser")

    def __enter__(self) -> Self:
        self.profile = tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        orders, self.out = os.pipe()
        self.inn, answers = os.pipe()
        command = shlex.join(
            [self.where() or "chromium", *FLAGS, f"--user-data-dir={self.profile.name}"]
        )
        self.process = subprocess.Popen(
            ["bash", "-c", f"exec {command} 3<&{orders} 4>&{answers}"],
            pass_fds=(orders, answers),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(orders)
        os.close(answers)
        self.number, self.held, self.pages = 0, b"", dict[str, Page]()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=SECONDS)
        os.close(self.out)
        os.close(self.inn)
        self.profile.cleanup()

    def page(self) -> Page:
        """A new tab."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self.pages[session] = Page(self, session)
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.ask(f"{domain}.enable")
        return page

    def ask(self, method: str, *, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        self.number += 1
        order = {"id": self.number, "method": method, "params": params}
        text = json.dumps(order | ({"sessionId": session} if session else {}))
        os.write(self.out, text.encode() + b"\0")
        number = self.number
        answer = self.until(lambda told: told.get("id") == number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        found: dict[str, Any] = answer["result"]
        return found

    def until(self, fits: Any) -> dict[str, Any]:
        """The first message that fits; what the tabs tell meanwhile is kept with them."""
        for told in self._messages():
            self._note(told)
            if fits(told):
                return told
        raise RuntimeError("chromium has ended")

    def _messages(self) -> Iterator[dict[str, Any]]:
        end = time.monotonic() + SECONDS
        while True:
            while b"\0" in self.held:
                text, self.held = self.held.split(b"\0", 1)
                yield json.loads(text)
            ready, _, _ = select([self.inn], [], [], max(end - time.monotonic(), 0))
            if not ready:
                raise TimeoutError(f"chromium said nothing for {SECONDS:g} s")
            data = os.read(self.inn, 1 << 20)
            if not data:
                return
            self.held += data

    def _note(self, told: dict[str, Any]) -> None:
        page = self.pages.get(told.get("sessionId", ""))
        params = told.get("params", {})
        if page is None:
            return
        match told.get("method"):
            case "Network.requestWillBeSent":
                page.requests.append(params["request"]["url"])
            case "Log.entryAdded":
                page.complaints.append(f"{params['entry']['level']}: {params['entry']['text']}")
            case "Runtime.consoleAPICalled":
                page.complaints.append(f"console.{params['type']}")
            case "Runtime.exceptionThrown":
                page.complaints.append("an exception")


@contextmanager
def opened() -> Iterator[Page]:
    """A tab of a new browser."""
    with Browser() as browser:
        yield browser.page()
