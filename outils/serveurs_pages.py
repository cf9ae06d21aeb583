"""The main pages of a served site in Chromium: what its policy refuses, what its console says; a
video that the reader asks for; what other sites may frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from audit_axe import MILLISECONDS, browser
from audit_budget import WATCH, prove_it_works
from serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

FRAME = "https://tube.example.org/videos/embed/4h6uXHW8FqBRMGkjyFyvmH"
_FIGURE = f'<figure class="video" data-cadre="{FRAME}"><a href="{FRAME}">Une nuit</a></figure>'
VIDEO = "articles/essai-de-video/index.html"
"""A page with a video, written beside those of the site."""
_KNOWN = "'allowfullscreen'"
"""Chromium warns of it; others need it beside ``allow``."""
_READ = "url => fetch(url).then(answer => answer.ok, () => false)"
_FAMILIES = (
    "", "404.html", "agenda/", "articles/*/", "evenements/*/", "lieux/", "lieux/*/", "recherche/",
    "contribuer/evenement/", "newsletter/", "newsletter/*/", "carte/", "catalogue/",
    "embarquer/lieux/*/", "en-chiffres/*/", "territoires/*/", "donnees/",
)  # fmt: skip


@dataclass
class Looked:
    """What pages said, and how many were opened."""

    looked: int = 0
    findings: list[str] = field(default_factory=list)


def pages_of(site: Path) -> list[str]:
    """Addresses of a page of each family."""
    found: list[str] = []
    for family in _FAMILIES:
        pattern = f"{family}index.html" if family.endswith("/") or not family else family
        first = next((file for file in sorted(site.glob(pattern)) if not _leads_on(file)), None)
        if first:
            found.append(f"/{first.relative_to(site).as_posix()}".removesuffix("index.html"))
    return found


def _leads_on(file: Path) -> bool:
    return b'http-equiv="refresh"' in file.read_bytes()[:2000]


def with_video(site: Path) -> None:
    """Write the page with a video: an article whose policy has the origin, as a build writes it."""
    whole = next(site.glob("articles/*/index.html")).read_text(encoding="utf-8")
    origin = FRAME.partition("/videos")[0]
    text = whole.replace("frame-src 'none'", f"frame-src {origin}", 1)
    text = text.replace("</main>", f"{_FIGURE}</main>", 1)
    script = '<script type="module" src="/theme/js/video.js"></script>'
    text = text.replace("</head>", f"{script}</head>", 1)
    (site / VIDEO).parent.mkdir(exist_ok=True)
    (site / VIDEO).write_text(text, encoding="utf-8")


def look(host: str, site: Path) -> Looked:
    """Open the pages. Raises ``ToolMissing`` without a browser that sees breaches of a policy."""
    seen = Looked()
    with browser() as chromium:
        prove_it_works(chromium)
        for place in pages_of(site):
            _open(chromium, host, place, seen)
        _video(chromium, host, seen)
        _framed(chromium, host, site, seen)
    return seen


def _visitor(chromium: Browser) -> BrowserContext:
    visitor = chromium.new_context(locale="fr-FR", service_workers="block")
    visitor.set_default_timeout(MILLISECONDS)
    visitor.add_init_script(f"({WATCH})()")
    return visitor


def _tab(visitor: BrowserContext, place: str, seen: Looked) -> Page:
    tab = visitor.new_page()

    def say(message: ConsoleMessage) -> None:
        lost = place == "/404.html" and "404" in message.text
        if message.type in ("error", "warning") and not lost and _KNOWN not in message.text:
            seen.findings.append(f"{place} — console: {message.text[:200]}")

    tab.on("console", say)
    tab.on("pageerror", lambda error: seen.findings.append(f"{place} — script: {error}"))
    return tab


def _open(chromium: Browser, host: str, place: str, seen: Looked) -> None:
    visitor = _visitor(chromium)
    tab = _tab(visitor, place, seen)
    asked = host + ("/introuvable/" if place == "/404.html" else place)
    tab.goto(asked, wait_until="networkidle")
    tab.evaluate("document.fonts.ready")
    tab.evaluate("scrollTo(0, document.body.scrollHeight)")
    seen.findings += (f"{place} — policy: {one}" for one in tab.evaluate("[...window.__refus]"))
    if not tab.evaluate("document.styleSheets.length && document.styleSheets[0].cssRules.length"):
        seen.findings.append(f"{place} — no style sheet")
    seen.looked += 1
    visitor.close()


def _video(chromium: Browser, host: str, seen: Looked) -> None:
    """Nothing is asked of the site of a video before the reader asks; then it plays."""
    visitor, asked = _visitor(chromium), list[str]()
    tab = _tab(visitor, f"/{VIDEO}", seen)

    def answer(route: object) -> None:
        asked.append(FRAME)
        route.fulfill(body="<p>Lecteur</p>", content_type="text/html")  # type: ignore[attr-defined]

    tab.route("https://tube.example.org/**", answer)
    tab.goto(f"{host}/{VIDEO.removesuffix('index.html')}", wait_until="networkidle")
    before = len(asked)
    tab.get_by_role("button", name="Lire la vidéo ici").click()
    told = tab.frame_locator(".video iframe").locator("p").inner_text()
    if before or told != "Lecteur":
        seen.findings.append(f"/{VIDEO} — {before} requests before consent, then {told!r}")
    seen.looked += 1
    visitor.close()


def _framed(chromium: Browser, host: str, site: Path, seen: Looked) -> None:
    """Other sites show what is made for them, and nothing else; their scripts read open data."""
    made = next(site.glob("embarquer/lieux/*/index.html")).relative_to(site).as_posix()
    shown, refused = f"{host}/{made.removesuffix('index.html')}", f"{host}/agenda/"
    visitor = _visitor(chromium)
    tab = visitor.new_page()
    with TemporaryDirectory() as folder, served(Path(folder)) as other:
        page = f'<iframe name="a" src="{shown}"></iframe><iframe name="b" src="{refused}"></iframe>'
        Path(folder, "index.html").write_text(page, encoding="utf-8")
        tab.goto(f"{other}/", wait_until="networkidle")
        urls = {frame.name: frame.url for frame in tab.frames}
        read = {path: tab.evaluate(_READ, f"{host}{path}") for path in ("/api/v1/index.json", "/")}
    if urls["a"] != shown or urls["b"] == refused:
        seen.findings.append(f"frames elsewhere — {urls}")
    if [*read.values()] != [True, False]:
        seen.findings.append(f"read by a script elsewhere — {read}")
    visitor.close()
