"""Accessibility: axe-core, pinned, in Chromium, without a network."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote, urlsplit

from npm import ToolMissing, install, pinned

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

AXE = pinned("axe-core")
SCHEMES: Mapping[Literal["light", "dark"], list[str]] = {
    "light": [],
    "dark": ["color-contrast", "link-in-text-block"],
}
"""The rules of each colour scheme, none for all: the dark one sets nothing but colours
(``theme/static/css/tokens.css``), and axe is the longest part of a visit."""
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""No request leaves this machine."""
MILLISECONDS = 30_000
WRONG = (
    "<!DOCTYPE html><html><title>Faux</title><img src='x'><a href='x'></a>"
    "<p style='color:#888;background:#999'>Pâle</p></html>"
)
SEEN = {"light": {"image-alt", "html-has-lang", "link-name", "color-contrast"},
        "dark": {"color-contrast"}}  # fmt: skip
"""Rules that `WRONG` breaks, by colour scheme."""
RUN = """(root, rules) => axe.run(document, {
  resultTypes: ['violations'], ...(rules.length ? {runOnly: {type: 'rule', values: rules}} : {})
}).then(r => r.violations)"""


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium, as `outils/chromium.py` finds it."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise ToolMissing("Playwright is missing.\n  make .venv/.portail-dev") from None
    tool = Path(__file__).with_name("chromium.py")
    done = subprocess.run([sys.executable, str(tool)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ToolMissing(done.stderr.strip().removeprefix("portail: "))
    # Chromium's own sandbox refuses to start for root; the pages are ours.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [ALONE, "--no-sandbox"] if root else [ALONE]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=done.stdout.strip(), args=arguments)
        yield chromium
        chromium.close()


@contextmanager
def context(chromium: Browser, scheme: Any, width: int) -> Iterator[BrowserContext]:
    """A visitor with this colour scheme and width, who wants no animation."""
    visitor = chromium.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
        service_workers="block",
        bypass_csp=True,  # scripts of ours are added to the page
    )
    visitor.set_default_timeout(MILLISECONDS)
    yield visitor
    visitor.close()


def file_of(output: Path, url: str, request: str) -> Path | None:
    """The file of the built site that answers a request; None for what is not the site's."""
    base, asked = urlsplit(url), urlsplit(request)
    if (asked.scheme, asked.netloc) != (base.scheme, base.netloc):
        return None
    path = unquote(asked.path)
    if not (path + "/").startswith(base.path + "/"):
        return None
    target = output / path[len(base.path) :].lstrip("/")
    if path.endswith("/") or target.is_dir():
        target = target / "index.html"
    return target if target.is_file() and output in target.resolve().parents else None


def axe_source() -> str:
    """The script of axe-core. Raises `ToolMissing`."""
    return (install(AXE) / "axe.min.js").read_text(encoding="utf-8")


def examined(tab: Page, source: str) -> dict[str, list[dict[str, Any]]]:
    """The violations that axe finds in a loaded page, for each colour scheme."""
    page = tab.locator("html")
    tab.evaluate(f"{source};0")
    found: dict[str, list[dict[str, Any]]] = {}
    for scheme, rules in SCHEMES.items():
        tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found[scheme] = page.evaluate(RUN, [*rules], timeout=MILLISECONDS)
    return found


def told(violation: dict[str, Any]) -> Iterator[str]:
    """One line for each element that breaks a rule."""
    for node in violation["nodes"]:
        target = " ".join(map(str, node["target"]))
        yield f"{violation['id']} ({violation['impact']}): {violation['help']} [{target}]"


def prove_axe_works(chromium: Browser, source: str) -> None:
    """Raise `ToolMissing` unless axe sees what is wrong in `WRONG`."""
    tab = chromium.new_page()
    tab.set_content(WRONG)
    for scheme, violations in examined(tab, source).items():
        rules = {violation["id"] for violation in violations}
        if not SEEN[scheme] <= rules:
            raise ToolMissing(f"axe-core finds only {sorted(rules)} in a wrong page")
    tab.close()
