"""Nothing published asks another site for anything, nor says who took a picture and where."""

import re
from email import message_from_bytes, policy
from html import unescape

import pytest
from PIL import Image

from pages import LOCAL_ADDRESS

pytestmark = pytest.mark.site

LOADED = re.compile(
    r"<(?!a\b|form\b)[a-z:]+\b[^<>]*?\s(?:src|srcset|poster|data|background|imagesrcset)\s*=\s*"
    r"[\"']([^\"'<>]*)[\"']",
    re.IGNORECASE,
)
LINK = re.compile(r"<link\b([^<>]*)>", re.IGNORECASE)
NO_REQUEST = re.compile(
    r"rel=[\"']?(?:canonical|alternate|license|me|author|self|next|prev|search)"
)
SHEET = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")
DRAWN = re.compile(r"<(?:image|use|feImage|script)\b[^<>]*?href\s*=\s*[\"']([^\"'<>]*)")
ENCLOSED = re.compile(
    r"<(?:enclosure|media:\w+|itunes:image|logo|icon)\b[^<>]*?(?:url|href)=\"([^\"]*)"
    r"|<(?:logo|icon|url)>([^<]*)<"
)
ATTACHED = re.compile(r"^(?:ATTACH|IMAGE)\b[^:]*:(.*)$", re.MULTILINE)
FAR = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
OURS = (f"{LOCAL_ADDRESS}/", "http://www.w3.org/")
FROZEN = ("https://portail.example.org/", "https://vitrine.example.org/")
"""Addresses of the portals when their letters were sent: a letter keeps its own."""


def loaded(path, text):
    """Addresses that are asked for as soon as a file is shown, read or taken."""
    if path.suffix in (".html", ".xml", ".json", ".svg"):
        if path.suffix in (".xml", ".json"):
            text = unescape(text).replace('\\"', '"').replace("\\/", "/")
        for value in LOADED.findall(text):
            yield from (part.split()[0] for part in value.split(",") if part.split())
        for attributes in LINK.findall(text):
            found = re.search(r"href=[\"']?([^\"'\s>]+)", attributes)
            if found and not NO_REQUEST.search(attributes):
                yield found[1]
        yield from DRAWN.findall(text)
    if path.suffix in (".css", ".html", ".svg"):
        yield from (one or other for one, other in SHEET.findall(text))
    if path.suffix == ".xml":
        yield from (one or other for one, other in ENCLOSED.findall(text))
    if path.suffix == ".ics":
        yield from ATTACHED.findall(text.replace("\r\n ", "").replace("\r", ""))


def texts(path):
    """What a file says; of a mail, each of its parts."""
    if path.suffix != ".eml":
        yield path, path.read_text("utf-8", "replace")
        return
    for part in message_from_bytes(path.read_bytes(), policy=policy.default).walk():
        if part.get_content_type() == "text/html":
            yield path.with_suffix(".html"), part.get_content()


def test_no_file_asks_another_site(each_site):
    found = {}
    seen = 0
    for path in sorted(each_site.rglob("*")):
        if path.suffix not in (".html", ".xml", ".json", ".css", ".svg", ".ics", ".eml"):
            continue
        for kind, text in texts(path):
            for url in loaded(kind, text):
                seen += 1
                mail = kind.name == "courriel.html"
                if FAR.match(url) and not url.startswith((*OURS, *(FROZEN if mail else ()))):
                    found[str(path.relative_to(each_site))] = url
    assert found == {}
    assert seen > 5_000


def test_no_picture_says_more_than_its_pixels(each_site):
    marks = re.compile(
        rb"Exif\0\0[IM]|http://ns\.adobe\.com|x:xmpmeta|Photoshop 3\.0|ICC_PROFILE|MakerNote"
        rb"|/Author\s*[(<](?!FEFF>|\))|/(?:GoToR|Launch|JavaScript|SubmitForm|ImportData)\b"
    )
    said = {}
    pictures = 0
    for path in sorted(each_site.rglob("*")):
        if path.suffix not in (".jpg", ".png", ".webp", ".gif", ".avif", ".ico", ".pdf", ".mp3"):
            continue
        if mark := marks.search(path.read_bytes()):
            said[path.name] = mark[0]
        if path.suffix not in (".pdf", ".mp3"):
            pictures += 1
            with Image.open(path) as image:
                texts_of = {key for key, one in image.info.items() if isinstance(one, str | bytes)}
                texts_of -= {"version", "transparency", "background", "dpi", "duration"}
                if texts_of or len(image.getexif()):
                    said[path.name] = texts_of
    assert said == {}
    assert pictures > 20
