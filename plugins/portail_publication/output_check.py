"""Output check: nothing runs in a reader's browser unless our own templates declared it.

Files are read tag by tag, as the HTML standard cuts tags, and refused for a raw ``<`` inside one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from lxml import etree
from msgspec import Struct

from portail.text.mail import header_faults


class OutputPolicy(Struct, frozen=True, dict=True):
    """What a site declares of itself."""

    # SITEURL (``https://exemple.org/portail``, or empty).
    site_url: str = ""
    # Folders of the site that scripts may come from.
    scripts: tuple[str, ...] = ("/theme/js/",)
    # The scripts written in our templates.
    inline: tuple[bytes, ...] = ()
    # Pattern of the paths of letters, and of feeds of letters, whose links stay as sent.
    letters: str = ""
    # URLs, besides those of the site, that forms may be sent to.
    forms: frozenset[str] = frozenset()

    @cached_property
    def prefix(self) -> str:
        host = self.site_url.partition("://")[2]
        return f"/{host.partition('/')[2]}".rstrip("/")

    @cached_property
    def webcal(self) -> str:
        """The beginning of the URL of a calendar of the site; ``""`` without SITEURL."""
        host = self.site_url.partition("://")[2].rstrip("/")
        if host:
            return f"webcal://{host}/"
        return ""

    def is_letter(self, path: str) -> bool:
        return bool(self.letters and re.fullmatch(self.letters, path))

    def owns(self, address: str, folder: str = "/") -> bool:
        """Whether ``address`` is below ``folder`` of the site itself."""
        if ".." in address or "\\" in address or "%2e" in address.lower():
            return False
        starts = self.prefix + folder, self.site_url.rstrip("/") + folder
        return address.startswith(starts) and not address.startswith("//")


# Folder that comes with the theme and is not checked.
TRUSTED = "theme/"
# Suffixes of the files that a browser, feed reader or mailer renders.
CHECKED = (".html", ".htm", ".xhtml", ".xml", ".atom", ".rss", ".svg", ".eml")

_FORBIDDEN = {"iframe", "frame", "frameset", "object", "embed", "applet", "base", "portal"}
_FORBIDDEN |= {"fencedframe", "foreignobject"}
_RELS = {"stylesheet", "preload", "modulepreload", "prefetch", "import", "manifest"}
_DATA_TYPES = {"application/ld+json", "application/json"}
_URL_ATTRIBUTES = {"href", "src", "action", "poster", "data", "cite", "background", "srcset"}
_URL_ATTRIBUTES |= {"longdesc", "manifest", "imagesrcset", "ping", "profile", "codebase"}
_URL_ATTRIBUTES |= {"classid", "values", "from", "to", "by"}
# Admitted schemes of URLs; ``webcal`` is for the calendars of the site itself.
_SCHEMES = {"http", "https", "mailto", "tel", "geo"}
_INERT_DIRECTIVES = {"content-type", "content-security-policy", "x-ua-compatible"}

# Elements of feeds that hold plain text, in RSS 2.0, Atom and Dublin Core.
_PLAIN = frozenset({"title", "subtitle", "category", "name", "creator"})
_XHTML = "{http://www.w3.org/1999/xhtml"

# In a style, an escape can spell anything.
_LOADS = re.compile(rb"url\s*\(|@import|@font-face|image-set|\\", re.IGNORECASE)

_TAG_START = re.compile(rb"<(?=[A-Za-z])")
_NAME = re.compile(rb"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(
    rb"[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*))?)?"
)
_ODD = re.compile(rb"[\"'<=]")
_END = re.compile(rb"[\s/]*>")
_CLOSING = {
    name: re.compile(rb"</" + name.encode() + rb"[\s/>]", re.IGNORECASE)
    for name in ("script", "style")
}
# Local name, attributes (the first of each name, decoded), offset after the tag.
_Tag: TypeAlias = tuple[str, dict[str, str], int]


class OutputChecker:
    """The output check of a site; remembers the tags that passed, which recur on every page."""

    def __init__(self, policy: OutputPolicy) -> None:
        self.policy = policy
        self._passed: set[tuple[bytes, bool]] = set()

    def findings(self, data: bytes, path: str) -> tuple[str, ...]:
        """The dangers of the file ``path``, in French (« contient … »)."""
        if path.startswith(TRUSTED) or not path.endswith(CHECKED):
            return ()
        if path.endswith(".eml"):
            return tuple(dict.fromkeys(self._mail(data)))
        # Letters and drawings carry their styles.
        is_mail = path.endswith(".html") and self.policy.is_letter(path)
        styled = is_mail or path.endswith(".svg")
        dangers = self._markup(data, styled=styled)
        if path.endswith((".xml", ".atom", ".rss", ".svg")):
            dangers += self._embedded(data)
        return tuple(dict.fromkeys(dangers))

    def _markup(self, data: bytes, *, styled: bool) -> list[str]:
        dangers = ["un caractère nul"] if b"\0" in data else []
        if b"<!entity" in data.lower():
            dangers.append("une déclaration d’entité")
        position = 0
        while match := _TAG_START.search(data, position):
            position = data.find(b">", match.end()) + 1
            key = data[match.start() : position], styled
            if key in self._passed:
                continue
            tag = _tag(data, match.end())
            if tag is None:
                dangers.append("une balise mal formée")
                position = match.end()
                continue
            found = self._tag_findings(tag, styled=styled)
            written = tag[0] in _CLOSING and "src" not in tag[1]
            if not (found or written) and tag[2] == position:
                self._passed.add(key)
            position = tag[2]
            dangers += found
            if written:
                position, inside = self._content(data, tag, styled=styled)
                dangers += inside
        return dangers

    def _tag_findings(self, tag: _Tag, *, styled: bool) -> list[str]:
        name, attributes, _ = tag
        dangers = [f"une balise <{name}>"] if name in _FORBIDDEN else []
        for key, value in attributes.items():
            local = key.rpartition(":")[2]
            if (local.startswith("on") and len(local) > 2) or local in ("srcdoc", "formaction"):
                dangers.append(f"un attribut « {key} »")
            elif local == "style":
                dangers += _loading(value.encode()) if styled else ["un attribut « style »"]
            elif local in _URL_ATTRIBUTES and (scheme := self._bad_scheme(value)):
                dangers.append(f"une adresse en « {scheme} »")
        return [*dangers, *self._undeclared(name, attributes)]

    def _undeclared(self, name: str, attributes: Mapping[str, str]) -> Iterator[str]:
        policy = self.policy
        get = attributes.get
        if name == "script" and "src" in attributes:
            if not any(policy.owns(attributes["src"], folder) for folder in policy.scripts):
                yield f"un script venu de « {attributes['src']} »"
        elif name == "form" and (action := get("action", "?"))[:1] not in "?#":
            if action not in policy.forms and not policy.owns(action):
                yield f"un formulaire envoyé à « {action} »"
        elif name == "link" and _RELS & set(get("rel", "").lower().split()):
            if not policy.owns(get("href", "")):
                yield f"une ressource venue de « {get('href', '')} »"
        elif name == "meta" and (kind := get("http-equiv", "").strip().lower()):
            if kind == "refresh":  # a page that has moved leads to its new address
                if not policy.owns(get("content", "").removeprefix("0; url=")):
                    yield 'une redirection (<meta http-equiv="refresh">)'
            elif kind not in _INERT_DIRECTIVES:
                yield f"une directive « {kind} »"

    def _content(self, data: bytes, tag: _Tag, *, styled: bool) -> tuple[int, list[str]]:
        # What a script or a sheet holds, and where it ends.
        name, attributes, begin = tag
        closing = _CLOSING[name].search(data, begin)
        end = closing.start() if closing else len(data)
        content = data[begin:end]
        if name == "script":
            styled = attributes.get("type", "").lower() in _DATA_TYPES
        if styled and b"<" not in content:
            return end, [] if name == "script" else _loading(content)
        declared = name == "script" and content in self.policy.inline
        return end, [] if declared else [f"une balise <{name}>"]

    def _bad_scheme(self, value: str) -> str:
        text = "".join(sign for sign in value if sign > " ")
        scheme, colon, _ = text.partition(":")
        if not colon or not (scheme[:1].isalpha() and _is_scheme(scheme)):
            return ""
        is_calendar = self.policy.webcal and text.startswith(self.policy.webcal)
        if is_calendar or scheme.lower() in _SCHEMES:
            return ""
        return f"{scheme.lower()}:"

    def _embedded(self, data: bytes) -> list[str]:
        if b"&lt;" not in data and b"<![CDATA[" not in data:
            return []
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            return ["du XML mal formé"]
        texts = (element.text for element in root.iter() if _is_html(element))
        tails = (element.tail for element in root.iter())
        html_texts = (text for text in (*texts, *tails) if text and "<" in text)
        return [
            danger for text in html_texts for danger in self._markup(text.encode(), styled=False)
        ]

    def _mail(self, data: bytes) -> Iterator[str]:
        from email import message_from_bytes, policy  # here: few builds write a letter

        yield from header_faults(data, whole=False)
        for part in message_from_bytes(data, policy=policy.default).walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml", "image/svg+xml"):
                payload = bytes(part.get_payload(decode=True) or b"")
                yield from self._markup(payload, styled=True)


def _is_html(element: etree._Element) -> bool:
    # Whether a reader may take the text of ``element`` for HTML: unless the feed says that it is
    # plain (RFC 4287, 3.1), or it always is. Tags of XHTML are read with those of the feed.
    space, _, name = str(element.tag).rpartition("}")
    if space == _XHTML:
        return False
    kind = element.get("type")
    if kind:
        return kind != "text"
    return name not in _PLAIN


def _is_scheme(text: str) -> bool:
    return text.isascii() and text.translate(_IN_SCHEMES).isalnum()


_IN_SCHEMES = str.maketrans("", "", "+.-")


def _loading(css: bytes) -> list[str]:
    # The danger of the style of a newsletter or a drawing that loads something.
    if _LOADS.search(css):
        return ["un style qui charge un fichier"]
    return []


def _tag(data: bytes, start: int) -> _Tag | None:
    # The tag whose name is at ``start``, cut as the HTML standard does; ``None`` when no template
    # of ours can have written it.
    match = _NAME.match(data, start)
    if match is None or _ODD.search(match[0]):
        return None
    name = match[0].decode("utf-8", "replace").lower().rpartition(":")[2]
    attributes: dict[str, str] = {}
    position = match.end()
    while not (end := _END.match(data, position)):
        match = _ATTRIBUTE.match(data, position)
        if match is None or _ODD.search(match[1]):
            return None
        value = next((v for v in match.group(2, 3, 4) if v is not None), b"")
        if b"<" in value:
            return None
        key = match[1].decode("utf-8", "replace").lower()
        attributes.setdefault(key, html.unescape(value.decode("utf-8", "replace")))
        position = match.end()
    return name, attributes, end.end()
