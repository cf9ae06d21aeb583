"""Pages in Chromium, as a first-time reader on a phone, then on a desk, meets them.

On one page of each shape, the longest: bytes and requests against its budget, nothing from a
third party, no error in the console, no breach of the page's policy, nothing that jumps; then
axe-core looks at the same page, in light and dark.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from audit_axe import (
    MILLISECONDS,
    axe_source,
    browser,
    examined,
    file_of,
    prove_axe_works,
    told,
)
from npm import ToolMissing
from pages import MAIL, address
from portail.model.kinds import FORMS
from portail.site.indexes import LISTS
from portail.site.redirections import is_owned
from portail_contribuer.contribuer.addresses import form_of
from portail_fonds.catalogue.page import TOOLS
from portail_fonds.classes.page import OFFERS
from serving import elsewhere, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, Route

SCREENS = ((390, 844), (1280, 900))
KB = 1000
MOST_SHIFT = 0.02
"""Cumulative layout shift (https://web.dev/articles/cls)."""
ORDINARY_RAW = 40 * KB
"""Bytes, before compression, of the HTML of a page of which a site has thousands."""
NUMEROUS = {"annonces", "articles", "auteurs", "evenements", "lieux", "ressources"}

PARTS = ("html", "css", "js", "fonts", "images", "total", "requests")
BUDGETS: Mapping[str, Sequence[float]] = yaml.safe_load(
    Path(__file__).with_name("budgets.yml").read_text(encoding="utf-8")
)["html_css_js_fonts_images_total_requests"]
NO_WORKER = "Service Worker registration blocked"
"""What Playwright says in a page of a portal read offline: a first visit has no worker."""
KINDS = {".css": "css", ".js": "js", ".woff2": "fonts", "": "html", ".html": "html"}
TEXTS = {".css", ".js", ".json", ".html", ".svg", ".webmanifest", ""}

_FORMS = {form_of(kind) for kind in FORMS}
_NARROWED = {liste.url.strip("/") for liste in (*LISTS, TOOLS, OFFERS)}

WATCH = """() => {
  window.__sauts = 0; window.__bouge = new Set(); window.__refus = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      if (one.hadRecentInput) continue;
      window.__sauts += one.value;
      for (const { node } of one.sources) {
        window.__bouge.add(`${node?.nodeName} ${node?.className ?? node?.parentNode?.className}`);
      }
    }
  }).observe({type: 'layout-shift', buffered: true});
  document.addEventListener('securitypolicyviolation', (event) => {
    window.__refus.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
}"""
BELOW = """() => [...document.images]
  .filter((one) => one.loading === 'lazy' && one.getBoundingClientRect().top > innerHeight)
  .map((one) => (one.currentSrc || one.src).split('#')[0])"""
WRONG = (
    '<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
    "<title>Faux</title><p>Texte<script>1</script><script>console.error(1)</script>"
)


@dataclass
class Visit:
    """What one visit asked for and said."""

    weights: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    texts: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    pictures: dict[str, int] = field(default_factory=dict)
    first_view: bool = True


def check_pages(output: Path, url: str, pages: list[Path]) -> tuple[list[str], list[str]]:
    """(findings, table of weights); a finding is ``/address/ (width) — text``.

    `url` is the address the site was built for: its pages are served from `output`. A mail has no
    budget. Raises ``ToolMissing`` without a browser, or when it does not see what is wrong in a
    page.
    """
    findings: list[str] = []
    table: list[str] = []
    source = axe_source()
    # Half of a visit is waiting: two go on beside the two of the other screen.
    middle = len(pages) // 2
    halves = pages[:middle], pages[middle:]
    with ThreadPoolExecutor() as pool:
        tasks = [
            [pool.submit(visits, (output, url), half, screen, source) for half in halves]
            for screen in SCREENS
        ]
        rows = [[visit for task in both for visit in task.result()] for both in tasks]
    for page, *both in zip(pages, *rows, strict=True):
        place = address(output, page)
        raw = page.stat().st_size
        numerous = place.split("/")[1] in NUMEROUS and not is_owned(place)
        if place.count("/") > 2 and numerous and raw > ORDINARY_RAW:
            findings.append(f"{place} — HTML of {raw / KB:.1f} kB raw, over 40")
        for (width, _), visit in zip(SCREENS, both, strict=True):
            heavy = [] if page.name == MAIL else over(visit, BUDGETS[budget_of(place)])
            findings += [f"{place} ({width} px) — {text}" for text in [*visit.texts, *heavy]]
            table.append(row(f"{place} {width}", visit))
    return findings, table


def visits(
    site: tuple[Path, str], pages: list[Path], screen: tuple[int, int], axe: str
) -> list[Visit]:
    """What one visit to each page sees, on one screen. Raises as ``check_pages`` does."""
    output, url = site
    with browser() as chromium, served(output, url) as host:
        prove_it_works(chromium)
        prove_axe_works(chromium, axe)
        return [visit(chromium, output, host, page, screen, axe) for page in pages]


def budget_of(place: str) -> str:
    """The name of the budget of a page, by the shape of its address."""
    first, _, rest = place.strip("/").partition("/")
    if not first:
        return "home"
    if first == "reseau" or (first == "lieux" and is_owned(place)):
        return "map"
    if first in _NARROWED and is_owned(place):
        return "facets"
    if place in _FORMS:
        return "form"
    if first in ("agenda", "plan-du-site"):
        return "agenda"
    key = f"{first}/*" if rest else first
    if rest.startswith("page/") or (key not in BUDGETS and first in ("themes", "sujets")):
        return "collection"
    return key if key in BUDGETS else "other"


def over(visit: Visit, budget: Sequence[float]) -> list[str]:
    """What weighs more than its budget, in words."""
    faults = []
    for part, most in zip(PARTS, budget, strict=True):
        value = visit.weights[part]
        if value > most * (1 if part == "requests" else KB):
            shown = str(value) if part == "requests" else f"{value / KB:.1f} kB"
            faults.append(f"{part}: {shown}, over {most}")
    return faults


def row(place: str, visit: Visit) -> str:
    """One line of the table of weights."""
    *weights, requests = (visit.weights[part] for part in PARTS)
    return f"{place:60.60}" + "".join(f"{weight / KB:8.1f}" for weight in weights) + f"{requests:5}"


def visit(
    chromium: Browser,
    output: Path,
    host: str,
    page: Path,
    screen: tuple[int, int],
    axe: str = "",
) -> Visit:
    """Open one page as a new reader does, its policy in force; then have ``axe``, the script of
    axe-core, look at it."""
    visit = Visit()
    width, height = screen
    visitor = chromium.new_context(
        viewport={"width": width, "height": height},
        locale="fr-FR",
        timezone_id="Europe/Paris",
        service_workers="block",
    )
    visitor.set_default_timeout(MILLISECONDS)
    tab = visitor.new_page()
    listen(tab, visit)
    weigh_what_is_asked(tab, visit, output, host, page.name == MAIL)
    tab.goto(host + address(output, page), wait_until="networkidle")
    tab.evaluate("document.fonts.ready")
    visit.first_view = False
    leave_out(visit, tab.evaluate(BELOW))
    settle(tab, visit)
    if axe:
        visit.texts += inaccessible(tab, axe)
    visitor.close()
    return visit


def weigh_what_is_asked(tab: Page, visit: Visit, output: Path, host: str, mail: bool) -> None:
    """Weigh each file that the page asks for, once; refuse what is elsewhere."""

    def refuse(route: Route) -> None:
        # The picture of a mail is at the address of the site, wherever it is read.
        if mail and route.request.url.endswith(("/une.png", "/une.jpg")):
            route.fulfill(content_type="image/png")
            return
        visit.texts.append(f"request elsewhere: {route.request.url}")
        route.abort()

    def answered(request: Request) -> None:
        path = file_of(output, host, request.url)
        if path is None and not elsewhere(host).match(request.url):
            visit.texts.append(f"missing file: {request.url}")
        elif path and visit.first_view and request.url not in visit.asked:  # else kept
            visit.asked.add(request.url)
            weigh(visit, path, request.url)

    tab.on("request", answered)
    tab.route(elsewhere(host), refuse)


def inaccessible(tab: Page, axe: str) -> list[str]:
    """What axe finds in a page that has been looked through, from its top."""
    from playwright.sync_api import Error

    tab.evaluate("() => window.scrollTo(0, 0)")
    try:
        found = examined(tab, axe)
    except Error as error:  # a page that cannot be examined has not passed
        return [f"not examined: {error.message.splitlines()[0]}"]
    return [
        f"{scheme}: {line}"
        for scheme, violations in found.items()
        for violation in violations
        for line in told(violation)
    ]


def leave_out(visit: Visit, below: list[str]) -> None:
    """Take off the pictures below the first view, which Chromium fetches well before need."""
    for url in below:
        size = visit.pictures.pop(url, None)
        if size is not None:
            visit.weights["images"] -= size
            visit.weights["total"] -= size
            visit.weights["requests"] -= 1


def weigh(visit: Visit, path: Path, url: str) -> None:
    """Add one file to what a visit weighs: texts compressed, as servers send them."""
    suffix = path.suffix
    data = path.read_bytes()
    size = len(gzip.compress(data, 9)) if suffix in TEXTS else len(data)
    kind = KINDS.get(suffix, "images")
    # Asked once for the whole site; that of offline reading, where a portal chose it, has its own
    # bound (plugins/portail_plus/tests/horsligne).
    if path.name.startswith(("favicon", "hors-ligne.")):
        return
    if suffix != ".webmanifest":
        visit.weights[kind] += size
    if kind == "images":
        visit.pictures[url] = size
    visit.weights["total"] += size
    visit.weights["requests"] += 1


def listen(tab: Page, visit: Visit) -> None:
    """Keep what the page says: errors, warnings, breaches of its policy."""

    def failed(request: Request) -> None:
        visit.texts.append(f"failed: {request.url}")

    tab.add_init_script(f"({WATCH})()")
    tab.on("pageerror", lambda error: visit.texts.append(f"script error: {error}"))
    tab.on("requestfailed", failed)
    tab.on(
        "console",
        lambda message: (
            visit.texts.append(f"console: {message.text}")
            if message.type in ("error", "warning") and NO_WORKER not in message.text
            else None
        ),
    )


def settle(tab: Page, visit: Visit) -> None:
    """Ask the page what moved and what its policy refused."""
    # Lazy pictures come into view: their room must have been kept.
    tab.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
    tab.wait_for_timeout(150)
    state: dict[str, Any] = tab.evaluate(
        "() => ({sauts: window.__sauts, bouge: [...window.__bouge], refus: window.__refus})"
    )
    if state["sauts"] > MOST_SHIFT:
        moved = ", ".join(state["bouge"])
        visit.texts.append(f"layout shift of {state['sauts']:.3f}, over {MOST_SHIFT}: {moved}")
    visit.texts += [f"policy: {refusal}" for refusal in state["refus"]]


def prove_it_works(chromium: Browser) -> None:
    """Raise ``ToolMissing`` unless a breach of policy is seen in ``WRONG``."""
    visit = Visit()
    tab = chromium.new_page()
    listen(tab, visit)
    tab.route("**/*", lambda route: route.fulfill(body=WRONG, content_type="text/html"))
    tab.goto("https://faux.invalid/")
    settle(tab, visit)
    tab.close()
    if not any(text.startswith("policy:") for text in visit.texts):
        raise ToolMissing("Chromium does not report breaches of a page's policy")
