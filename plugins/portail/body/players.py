"""Videos and sounds: a link alone on its line becomes a card, then a player if the reader asks.

Until then the page loads nothing from the video site, which would track its reader.
"""

from __future__ import annotations

from html import escape
from typing import NamedTuple
from urllib.parse import parse_qs
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from portail.late import expression
from portail.text.addresses import address_parts
from portail.text.hosts import is_host
from portail.text.markup import without_tags
from portail.text.normalise import is_number

SOUND_SUFFIX = ".mp3"

_ID = expression(r"[A-Za-z0-9_-]{6,24}")
# The two forms of a PeerTube address: short identifier (base 57 of a UUID) or whole UUID.
_PEERTUBE = expression(
    r"/(?:w/([1-9A-HJ-NP-Za-km-z]{20,22})|videos/watch/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))"
)
_FRAME = expression(r' data-cadre="(https://[^/"]+)/')
_WAIT = "La vidéo ne se charge que si vous la demandez\u00a0; {site} le saura alors."


class Video(NamedTuple):
    """A video of elsewhere: name of its site, address (https) of the frame that plays it."""

    site: str
    cadre: str


def video_frame(url: str) -> Video | None:
    """The video that an address of elsewhere leads to; ``None`` when it is none that we know.

    >>> video_frame("https://youtu.be/aqz-KE-bpKQ").cadre
    'https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ'
    >>> video_frame("https://tube.example.org/w/4h6uXHW8FqBRMGkjyFyvmH").site
    'tube.example.org'
    """
    parts = address_parts(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = parts.path.rstrip("/")
    if parts.scheme not in ("http", "https") or parts.port or not is_host(host):
        return None
    if host in ("youtube.com", "youtube-nocookie.com", "youtu.be"):
        return _youtube(host, path, parts.query)
    folder, _, name = path.rpartition("/")
    if host == "vimeo.com" and not folder and is_number(name) and 5 <= len(name) <= 12:
        return Video("Vimeo", f"https://player.vimeo.com/video/{name}?dnt=1")
    is_code = name.isascii() and name.isalnum() and name[:1] == "x"
    if host == "dailymotion.com" and folder == "/video" and is_code:
        return Video("Dailymotion", f"https://geo.dailymotion.com/player.html?video={name}")
    if match := _PEERTUBE.fullmatch(path):
        return Video(host, f"https://{host}/videos/embed/{match[1] or match[2]}")
    return None


def _youtube(host: str, path: str, query: str) -> Video | None:
    folder, _, last = path.rpartition("/")
    if host == "youtu.be":
        name = path.removeprefix("/")
    elif folder in ("/shorts", "/live", "/embed"):
        name = last
    else:
        name = ""
        if path == "/watch":
            name = parse_qs(query).get("v", [""])[0]
    if not _ID.fullmatch(name):
        return None
    return Video("YouTube", f"https://www.youtube-nocookie.com/embed/{name}")


def place_player(paragraph: Element, scheme: str) -> None:
    """Make a figure of a paragraph that is one link to a video, or to a sound of ours.

    ``scheme`` is that of internal addresses, which ``resolve`` replaces later.
    """
    if len(paragraph) != 1 or (paragraph.text or "").strip() or paragraph.get("class"):
        return
    link = paragraph[0]
    if link.tag != "a" or (link.tail or "").strip():
        return
    address = link.get("href", "")
    if address.startswith(f"{scheme}:") and address.lower().endswith(SOUND_SUFFIX):
        paragraph.tag = "figure"
        link.tail = None
        paragraph.set("class", "audio")
    elif video := video_frame(address):
        paragraph.tag = "figure"
        link.tail = None
        paragraph.set("class", "video")
        if "".join(link.itertext()).strip().startswith(("http://", "https://", "www.")):
            for child in list(link):
                link.remove(child)
            link.text = AtomicString(f"Vidéo sur {video.site}")
        SubElement(paragraph, "figcaption").text = AtomicString(_WAIT.format(site=video.site))


def sound(url: str, title: str) -> str:
    """The player of a sound of ours, and its file; ``title`` is sanitised HTML."""
    name = without_tags(title).replace('"', "&quot;")
    return (
        f'<audio controls preload="none" src="{escape(url)}" aria-label="{name}"></audio>'
        f"<figcaption>{title} · "
        f'<a href="{escape(url)}" download>Télécharger le son<span class="visually-hidden">'
        f"\u00a0: {name}</span></a></figcaption>"
    )


def frame_origins(html: str) -> tuple[str, ...]:
    """Sites whose frames a resolved body may open, each once: ``https://player.vimeo.com``."""
    return tuple(dict.fromkeys(_FRAME.findall(html)))
