"""Accessibility: axe-core, pinned, in Chromium, without a network."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from npm import ToolMissing, install, pinned
from pages import MAIL, address
from serving import elsewhere, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request, Response

AXE = pinned("axe-core")
WIDTHS = (390, 1280)
SCHEMES: Mapping[str, list[str]] = {"light": [], "dark": ["color-contrast", "link-in-text-block"]}
"""The rules of each colour scheme, none for all: the dark one sets nothing but colours
(``theme/static/css/tokens.css``), and axe is the longest part of an audit."""
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


def check_accessibility(output: Path, url: str, pages: list[Path]) -> tuple[list[str], int]:
    """(findings, number of visits); a finding is ``/address/ (scheme, width) — text``.

    `url` is the address the site was built for: its pages are served from `output`, and any
    request elsewhere is refused and is a finding. Raises `ToolMissing` without a browser, or
    when axe passes a page that is wrong.
    """
    source = (install(AXE) / "axe.min.js").read_text(encoding="utf-8")
    # A browser for each scheme: axe keeps one core, and is the longest part of an audit.
    with served(output, url) as host, ThreadPoolExecutor() as pool:
        places = [address(output, page) for page in pages]
        tasks = [pool.submit(examined, host, places, scheme, source) for scheme in SCHEMES]
        findings = [finding for task in tasks for finding in task.result()]
    return findings, len(SCHEMES) * len(WIDTHS) * len(pages)


def examined(host: str, places: list[str], scheme: str, source: str) -> list[str]:
    """What is found in the pages at ``places``, in a colour scheme, at each width."""
    findings: list[str] = []
    with browser() as chromium:
        prove_it_works(chromium, scheme, source)
        for width in WIDTHS:
            with context(chromium, scheme, width, source) as visitor:
                tab = visitor.new_page()
                for place in places:
                    texts = visit(tab, host, place, SCHEMES[scheme])
                    findings += [f"{place} ({scheme}, {width} px) — {text}" for text in texts]
    return findings


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
def context(
    chromium: Browser, scheme: Any, width: int, script: str = ""
) -> Iterator[BrowserContext]:
    """A visitor with this colour scheme and width, who wants no animation.

    Every page begins with ``script``, which is compiled once for all those of a tab.
    """
    visitor = chromium.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
        service_workers="block",
        bypass_csp=True,  # axe is injected as a script
    )
    visitor.set_default_timeout(MILLISECONDS)
    if script:
        visitor.add_init_script(script)
    yield visitor
    visitor.close()


def visit(tab: Page, host: str, place: str, rules: Sequence[str] = ()) -> list[str]:
    """What is wrong with one page: axe's violations of these rules, or of all; script errors,
    requests elsewhere."""
    from playwright.sync_api import Error

    texts: list[str] = []

    def told_asked(request: Request) -> None:
        # The picture of a mail is at the address of the site, wherever it is read.
        mail = place.endswith(f"/{MAIL}") and request.url.endswith(("/une.png", "/une.jpg"))
        if elsewhere(host).match(request.url) and not mail:
            texts.append(f"request to a third party: {request.url}")

    def told_missing(answer: Response) -> None:
        if answer.status >= 400:
            texts.append(f"missing file: {answer.url}")

    def told_error(error: Error) -> None:
        texts.append(f"script error: {error}")

    heard: dict[Any, Any] = {
        "request": told_asked,
        "response": told_missing,
        "pageerror": told_error,
    }
    for event, listener in heard.items():
        tab.on(event, listener)
    try:
        tab.goto(host + place, wait_until="load")
        texts += [line for violation in run_axe(tab, rules) for line in told(violation)]
    except Error as error:  # a page that cannot be examined has not passed
        texts.append(f"not examined: {error.message.splitlines()[0]}")
    for event, listener in heard.items():
        tab.remove_listener(event, listener)
    return texts


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


def run_axe(tab: Page, rules: Sequence[str]) -> list[dict[str, Any]]:
    """The violations that axe finds in a loaded page, whose first script it is."""
    page = tab.locator("html")
    violations: list[dict[str, Any]] = page.evaluate(RUN, [*rules], timeout=MILLISECONDS)
    return violations


def told(violation: dict[str, Any]) -> Iterator[str]:
    """One line for each element that breaks a rule."""
    for node in violation["nodes"]:
        target = " ".join(map(str, node["target"]))
        yield f"{violation['id']} ({violation['impact']}): {violation['help']} [{target}]"


def prove_it_works(chromium: Browser, scheme: str, source: str) -> None:
    """Raise `ToolMissing` unless axe sees what is wrong in `WRONG`."""
    with context(chromium, scheme, WIDTHS[0], source) as visitor:
        tab = visitor.new_page()
        tab.set_content(WRONG)
        rules = {violation["id"] for violation in run_axe(tab, SCHEMES[scheme])}
    if not SEEN[scheme] <= rules:
        raise ToolMissing(f"axe-core finds only {sorted(rules)} in a wrong page: it does not work")
