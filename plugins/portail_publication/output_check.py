"""Output check: nothing runs in a reader's browser unless our own templates declared it.

``_suspect`` looks in the raw bytes for anything that could be dangerous; only a suspect page is
read tag by tag, as the HTML standard cuts tags, and refused for a raw ``<`` inside a tag.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from lxml import etree
from msgspec import Struct
from msgspec.structs import astuple, replace

from portail.files import digest_of
from portail.text.mail import header_faults


class OutputPolicy(Struct, frozen=True, dict=True):
    """The declarations of a template set."""

    # SITEURL (``https://exemple.org/portail``, or empty).
    site_url: str = ""
    # Folders of the site that scripts may come from.
    scripts: tuple[str, ...] = ("/theme/js/",)
    # Digests of the scripts and stylesheets written in our templates.
    inline: frozenset[str] = frozenset()
    # Admitted schemes of URLs; ``webcal`` is for the calendars of the site itself.
    schemes: frozenset[str] = frozenset({"http", "https", "mailto", "tel", "geo"})
    redirects: frozenset[str] = frozenset({"redirect.html"})
    # Templates that may carry style attributes and sheets (newsletters).
    styled: frozenset[str] = frozenset()
    # A pattern that a style attribute may match on any page.
    style: str = ""
    # The template whose rules the HTML of a message follows.
    letter: str = ""
    # Pattern of the paths of letters, and of feeds of letters, whose links stay as sent.
    letters: str = ""
    # URLs, besides those of the site, that forms may be sent to.
    forms: frozenset[str] = frozenset()
    # Prefixes of paths that come with the theme and are not checked.
    trusted: tuple[str, ...] = ("theme/",)
    # Checks what templates draw too, not only what comes as it is (files of the site, mails).
    scan: bool = True

    @cached_property
    def digest(self) -> str:
        # What a check looks for changes no file.
        rules = astuple(replace(self, scan=True))
        values = (sorted(v) if isinstance(v, frozenset) else v for v in rules)
        return digest_of(*values)

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

    def owns(self, address: str, folder: str = "/") -> bool:
        """Whether ``address`` is below ``folder`` of the site itself."""
        if ".." in address or "\\" in address or "%2e" in address.lower():
            return False
        starts = self.prefix + folder, self.site_url.rstrip("/") + folder
        return address.startswith(starts) and not address.startswith("//")


def inline_digest(content: bytes) -> str:
    """Digest of the content of an inline script or style sheet: SHA-256, hexadecimal."""
    return hashlib.sha256(content.strip()).hexdigest()


def inline_digests(templates: Iterable[bytes]) -> frozenset[str]:
    """Digests of the scripts and sheets that are written whole in the sources of templates, without
    a variable or a block inside."""
    pattern = re.compile(rb"<(script|style)\b[^>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
    contents = (match[2] for source in templates for match in pattern.finditer(source))
    return frozenset(inline_digest(c) for c in contents if b"{{" not in c and b"{%" not in c)


# Suffixes of the files that a browser, feed reader or mailer renders.
CHECKED = (".html", ".htm", ".xhtml", ".xml", ".atom", ".rss", ".svg", ".eml")

_FORBIDDEN = {"iframe", "frame", "frameset", "object", "embed", "applet", "base", "portal"}
_FORBIDDEN |= {"fencedframe", "foreignobject"}
_RELS = {"stylesheet", "preload", "modulepreload", "prefetch", "import", "manifest"}
_DATA_TYPES = {"application/ld+json", "application/json"}
_URL_ATTRIBUTES = {"href", "src", "action", "poster", "data", "cite", "background", "srcset"}
_URL_ATTRIBUTES |= {"longdesc", "manifest", "imagesrcset", "ping", "profile", "codebase"}
_URL_ATTRIBUTES |= {"classid", "values", "from", "to", "by"}
_INERT_DIRECTIVES = {"content-type", "content-security-policy", "x-ua-compatible"}

# Elements of feeds that hold plain text, in RSS 2.0, Atom and Dublin Core.
_PLAIN = frozenset({"title", "subtitle", "category", "name", "creator"})
_XHTML = "{http://www.w3.org/1999/xhtml"

_SPACES = bytes(range(33))
# In each pattern a literal comes first, so that the engine leaps to it.
_NAMES = (
    rb"script|style|iframe|frame|frameset|object|embed|applet|base|form|link|portal|fencedframe"
)
_NAMES = rb"(?:" + _NAMES + rb"|foreignobject)(?=[\s/>])"
_RISKY = re.compile(rb"<" + _NAMES)
_PREFIXED = re.compile(rb":" + _NAMES)
_RISKY_PREFIXED = re.compile(rb"<(?:[a-z][\w.-]*:)?" + _NAMES)
_HANDLER = re.compile(rb"on(?<=[\s\"'/]on)[\w.:-]+\s*=")
_STYLE = re.compile(rb"style(?<=[\s\"'/]style)\s*=(?:\s*\"([^\"<>&]*)\")?")
_DIRECTIVE = re.compile(rb"http-equiv")
_ENTITY = re.compile(rb"&(?:#(?!39;|34;)|tab;|newline;|colon;)")
_VALUE = rb"\s*=\s*"
# In a style, an escape can spell anything.
_LOADS = re.compile(rb"url\s*\(|@import|@font-face|image-set|\\", re.IGNORECASE)
_WORDS = (b"srcdoc", b"formaction", b"<!entity", b"\0")
_SCHEMES = (b"javascript:", b"vbscript:", b"data:")
_SCHEME_END = re.compile(rb":(?<=[ta\0- ]:)")
_AROUND = 64  # bytes before a colon where a scheme is looked for, unless they are mostly spaces

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
    """The output check of a build; remembers the tags that passed, which recur on every page."""

    def __init__(self, policy: OutputPolicy) -> None:
        self.policy = policy
        self._style = re.compile(policy.style.encode()) if policy.style else None
        starts = {f"{scheme}:" for scheme in policy.schemes} | {policy.webcal.lower()}
        admitted = "|".join(sorted(re.escape(start) for start in starts if start)).encode()
        start = _VALUE + rb"(?![\"'](?:/(?!/)|\#|\?|[\"']|[\w.-]+[/\"'?\#]|" + admitted + b"))"
        self._addresses = tuple(re.compile(name + start) for name in (b"href", b"src"))
        self._passed: dict[tuple[bytes, bool], bool] = {}  # tag → whether its content is checked
        self._directives: set[bytes] = set()

    def findings(self, data: bytes, path: str, template: str = "") -> tuple[str, ...]:
        """The dangers of the file ``path``, in French (« contient … »)."""
        if path.startswith(self.policy.trusted) or not path.endswith(CHECKED):
            return ()
        if path.endswith(".eml"):
            return tuple(dict.fromkeys(self._mail(data, template)))
        dangers = self._markup(data, template)
        if path.endswith((".xml", ".atom", ".rss", ".svg")):
            dangers += self._embedded(data, template)
        return tuple(dict.fromkeys(dangers))

    def _markup(self, data: bytes, template: str) -> list[str]:
        if self._suspect(data, template):
            return self._read(data, template)
        return []

    def _suspect(self, data: bytes, template: str) -> bool:
        lower = data.lower()
        styled = template in self.policy.styled
        risky = _RISKY_PREFIXED if _PREFIXED.search(lower) else _RISKY
        if any(not self._passes(data, m.start(), template) for m in risky.finditer(lower)):
            return True
        if _HANDLER.search(lower) or any(address.search(lower) for address in self._addresses):
            return True
        if _ENTITY.search(lower) or any(word in lower for word in _WORDS):
            return True
        if styled and _LOADS.search(lower):
            return True
        if not styled and any(not self._style_ok(m[1]) for m in _STYLE.finditer(lower)):
            return True
        for match in _DIRECTIVE.finditer(lower):
            start = data.rfind(b"<", 0, match.start())
            end = data.find(b">", match.end())
            if data[start : end + 1] not in self._directives:
                return True
        return any(_scheme_ends(lower, m.end()) for m in _SCHEME_END.finditer(lower))

    def _passes(self, data: bytes, start: int, template: str) -> bool:
        key = data[start : data.find(b">", start) + 1], template in self.policy.styled
        checked = self._passed.get(key)
        if checked is None:
            tag = _tag(data, start + 1)
            if tag is None or tag[2] != start + len(key[0]) or self._tag_findings(tag, template):
                return False
            checked = self._passed[key] = tag[0] in _CLOSING and "src" not in tag[1]
        return not (checked and self._content(data, start, template)[1])

    def _style_ok(self, value: bytes | None) -> bool:
        return bool(value is not None and self._style and self._style.fullmatch(value))

    def _read(self, data: bytes, template: str) -> list[str]:
        dangers = ["un caractère nul"] if b"\0" in data else []
        if b"<!entity" in data.lower():
            dangers.append("une déclaration d’entité")
        directives = []
        position = 0
        while match := _TAG_START.search(data, position):
            tag = _tag(data, match.end())
            position = tag[2] if tag else match.end()
            dangers += self._tag_findings(tag, template) if tag else ["une balise mal formée"]
            if tag and "http-equiv" in tag[1]:
                directives.append(data[match.start() : position])
            if tag and tag[0] in _CLOSING and "src" not in tag[1]:
                position, inside = self._content(data, match.start(), template)
                dangers += inside
        if not dangers and template not in self.policy.redirects:
            self._directives.update(directives)
        return dangers

    def _tag_findings(self, tag: _Tag, template: str) -> list[str]:
        name, attributes, _ = tag
        dangers = [f"une balise <{name}>"] if name in _FORBIDDEN else []
        for key, value in attributes.items():
            local = key.rpartition(":")[2]
            if (local.startswith("on") and len(local) > 2) or local in ("srcdoc", "formaction"):
                dangers.append(f"un attribut « {key} »")
            elif local == "style" and template in self.policy.styled:
                dangers += _loading(value.encode())
            elif local == "style" and not self._style_ok(value.encode()):
                dangers.append("un attribut « style »")
            elif local in _URL_ATTRIBUTES and (scheme := self._bad_scheme(value)):
                dangers.append(f"une adresse en « {scheme} »")
        return dangers + list(self._undeclared(name, attributes, template))

    def _undeclared(self, name: str, attributes: Mapping[str, str], template: str) -> Iterator[str]:
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
            if kind == "refresh" and template not in policy.redirects:
                yield 'une redirection (<meta http-equiv="refresh">)'
            elif kind != "refresh" and kind not in _INERT_DIRECTIVES:
                yield f"une directive « {kind} »"

    def _content(self, data: bytes, start: int, template: str) -> tuple[int, list[str]]:
        tag = _tag(data, start + 1)
        assert tag is not None
        name, attributes, begin = tag
        closing = _CLOSING[name].search(data, begin)
        end = closing.start() if closing else len(data)
        content = data[begin:end]
        harmless = template in self.policy.styled
        if name == "script":
            harmless = attributes.get("type", "").lower() in _DATA_TYPES
        if harmless and b"<" not in content:
            return end, [] if name == "script" else _loading(content)
        declared = inline_digest(content) in self.policy.inline
        return end, [] if declared else [f"une balise <{name}>"]

    def _bad_scheme(self, value: str) -> str:
        text = "".join(sign for sign in value if sign > " ")
        scheme, colon, _ = text.partition(":")
        if not colon or not (scheme[:1].isalpha() and _is_scheme(scheme)):
            return ""
        is_calendar = self.policy.webcal and text.startswith(self.policy.webcal)
        if is_calendar or scheme.lower() in self.policy.schemes:
            return ""
        return f"{scheme.lower()}:"

    def _embedded(self, data: bytes, template: str) -> list[str]:
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
        return [danger for text in html_texts for danger in self._markup(text.encode(), template)]

    def _mail(self, data: bytes, template: str) -> Iterator[str]:
        from email import message_from_bytes, policy  # here: few builds write a letter

        yield from header_faults(data, whole=False)
        for part in message_from_bytes(data, policy=policy.default).walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml", "image/svg+xml"):
                payload = bytes(part.get_payload(decode=True) or b"")
                yield from self._markup(payload, template or self.policy.letter)


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


def _scheme_ends(lower: bytes, end: int) -> bool:
    squeezed = lower[max(0, end - _AROUND) : end].translate(None, _SPACES)
    if len(squeezed) < len(max(_SCHEMES, key=len)):
        squeezed = lower[:end].translate(None, _SPACES)
    return squeezed.endswith(_SCHEMES)


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
