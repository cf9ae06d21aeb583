"""HTML tags written in a body: where they end, and the Markdown to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from string import ascii_letters, digits
from typing import NamedTuple

from portail.late import expression
from portail.resources import rows
from portail.text.normalise import fold
from portail.text.notation import SUBSCRIPT, SUPERSCRIPT

_KNOWN = frozenset(
    """a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big
    blink blockquote body br button canvas caption center cite code col colgroup command content
    data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font
    footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img
    input ins isindex kbd keygen label legend li link listing main map mark marquee math menu
    menuitem meta meter nav nobr noembed noframes noscript object ol optgroup option output p param
    picture plaintext portal pre progress q rb rp rt rtc ruby s samp script search section select
    shadow slot small source spacer span strike strong style sub summary sup svg table tbody td
    template textarea tfoot th thead time title tr track tt u ul var video wbr xmp""".split()
)
_ATTRIBUTE = r"\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
# As GitHub understands a tag…
_TAG = expression(
    rf"<(?:[A-Za-z][A-Za-z0-9-]*+(?:{_ATTRIBUTE})*+\s*+/?>|/[A-Za-z][A-Za-z0-9-]*+\s*+>)"
)
# … and as a browser would forgive it, when the name is one of HTML's.
_NAME = expression(r"<(/?)([A-Za-z][A-Za-z0-9]*+)(?=[\s/>]|\Z)")
_LOOSE_END = expression(r"[^<>]*+>")
_BEGUN_ATTRIBUTE = expression(r"[\s/]+[A-Za-z][\w:-]*\s*=")
_COMMENT = expression(r"<(?:!--|\?|!\[CDATA\[|![A-Za-z])")
_NESTED = """table caption col colgroup thead tbody tfoot tr td th, ul li, ol li, dl dt dd,
    select option optgroup, figure img figcaption, video source track, audio source track,
    picture source img, details summary, object param embed, svg a style script title"""
_INNER: Mapping[str, frozenset[str]] = {
    outer: frozenset(inner) for outer, *inner in map(str.split, _NESTED.split(","))
}


# The name, among those of tags, of what is said once of a text that was pasted.
PASTED = "traitement-de-texte"


class Advice(NamedTuple):
    """What to write instead of a tag: a sentence, and the lines to paste (may be empty)."""

    remedy: str
    paste: str = ""


def end_of_tag(text: str, start: int) -> int | None:
    """Where the tag that begins at ``start`` ends; ``None`` when ``<`` is only a sign there.

    A known name is enough when an attribute follows, closed or not; for others (``x <y>``) the
    tag has to be well formed.
    """
    match = _TAG.match(text, start)
    if match:
        return match.end()
    named = _NAME.match(text, start)
    if named is None or named[2].lower() not in _KNOWN:
        return None
    loose = _LOOSE_END.match(text, named.end())
    if loose:
        return loose.end()
    if _BEGUN_ATTRIBUTE.match(text, named.end()):
        return named.end()
    return None


_PASTED = expression(
    r"\bclass\s*=\s*[\"']?(?:Mso|western)|\bmso-|docs-internal-guid|urn:schemas-microsoft",
    re.IGNORECASE,
)


def is_pasted(tag: str) -> bool:
    """Whether a word processor wrote ``tag``: its text was pasted with its layout."""
    return _PASTED.search(tag) is not None


def is_comment(text: str, start: int) -> bool:
    """Whether a comment, an instruction or a declaration begins at ``start``."""
    return _COMMENT.match(text, start) is not None


def end_of_comment(text: str, start: int) -> int:
    begun = _COMMENT.match(text, start)
    assert begun is not None
    closing = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}.get(begun[0], ">")
    end = text.find(closing, begun.end())
    if end < 0:
        return begun.end()
    return end + len(closing)


def worth_telling(tags: Iterable[tuple[object, str]]) -> Iterator[int]:
    """Indexes of the tags to report, of ``tags`` (place, text) in the order of the source.

    A closing tag goes with its opening one, a cell with its table: one report for all of them.
    """
    opened: dict[str, int] = {}
    for index, (_, tag) in enumerate(tags):
        closing, name = _name(tag)
        if closing:
            if opened.get(name, 0):
                opened[name] -= 1
            else:
                yield index
        else:
            inside = any(count and name in _INNER.get(outer, ()) for outer, count in opened.items())
            opened[name] = opened.get(name, 0) + 1
            if not inside:
                yield index


def advice(tag: str, after: str) -> Advice:
    """What to write instead of ``tag``; ``after`` is the source from it to its paragraph's end."""
    closing, name = _name(tag)
    if closing:
        return Advice(f"Retirez {tag} : il ne ferme rien.")
    if name not in _KNOWN:
        return Advice(f"Si ce signe n’est pas du HTML, écrivez \\{tag}")
    inner = _inner(name, after)
    attributes = dict(_attributes(tag))
    maker = _MAKERS.get(name)
    if maker is not None:
        return maker(attributes, inner)
    remedies: Mapping[str, str] = rows("balises")
    remedy = remedies.get(name, "Retirez cette balise, gardez son texte.")
    return Advice(remedy, inner if name not in remedies else "")


_IN_NAMES = f"{ascii_letters}{digits}_:-"


def _name(tag: str) -> tuple[bool, str]:
    closes = tag.startswith("</")
    written = tag.removeprefix("<").removeprefix("/")
    name = written[: len(written) - len(written.lstrip(_IN_NAMES))].lower()
    if name[:1].isalpha():
        return (closes, name)
    return (False, "")


def _inner(name: str, after: str) -> str:
    end = end_of_tag(after, 0) or 0
    closing = after.lower().find(f"</{name}", end)
    inner = ""
    if closing >= 0:
        inner = after[end:closing].strip()
    if "<" in inner:
        return ""
    return inner


def _attributes(tag: str) -> Iterator[tuple[str, str]]:
    reader = _Opened()
    reader.feed(tag)
    for name, value in reader.attributes:
        yield name, (value or "").strip()


class _Opened(HTMLParser):
    """What an opening tag says of itself."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the library read."""
        self.attributes = attrs


Maker = Callable[[Mapping[str, str], str], Advice]


def _wrapped(mark: str, words: str) -> Maker:
    def make(_: Mapping[str, str], inner: str) -> Advice:
        return Advice(
            f"Écrivez en Markdown : {mark}{words}{mark}", f"{mark}{inner}{mark}" if inner else ""
        )

    return make


def _heading(level: int) -> Maker:
    def make(_: Mapping[str, str], inner: str) -> Advice:
        marks = "#" * max(level, 2)
        return Advice(
            f"Écrivez en Markdown, sur une ligne à part : {marks} Intertitre",
            f"{marks} {inner}" if inner else "",
        )

    return make


_SIGNS = str.maketrans("", "", "_+−–-")


def _script(table: Mapping[int, int | str], mark: str, example: str) -> Maker:
    def make(_: Mapping[str, str], inner: str) -> Advice:
        written = inner.translate(table)
        if any(a == b for a, b in zip(inner, written, strict=True)):
            simple = len(inner) <= 40 and (inner.translate(_SIGNS).isalnum() or inner in "+−–-")
            written = f"{mark}{inner}{mark}" if simple else ""
        return Advice(f"Écrivez en Markdown : {example}", written)

    return make


def _link(attributes: Mapping[str, str], inner: str) -> Advice:
    address = attributes.get("href", "")
    paste = ""
    if inner and _is_web(address):
        paste = f"[{inner}]({address})"
    return Advice("Écrivez un lien en Markdown : [texte](adresse)", paste)


def _image(attributes: Mapping[str, str], _: str) -> Advice:
    source = attributes.get("src", "")
    alt = attributes.get("alt", "") or "Description"
    local = bool(source) and ":" not in source and not source.startswith("//")
    return Advice(
        "Écrivez une image en Markdown, seule sur sa ligne : ![Description](photo.jpg)",
        f"![{alt}]({source})" if local else "",
    )


def _embedded(attributes: Mapping[str, str], _: str) -> Advice:
    address = attributes.get("src", "") or attributes.get("href", "")
    if address.startswith("//"):
        address = f"https:{address}"
    site, embedded, video = address.partition(".com/embed/")
    if embedded and "youtube" in site:
        address = f"https://www.youtube.com/watch?v={video.partition('?')[0]}"
    return Advice("Donnez le lien, seul sur sa ligne.", address if _is_web(address) else "")


def _is_web(address: str) -> bool:
    plain = address.split() == [address] and set('()<>"').isdisjoint(address)
    return plain and (":" not in address or address.startswith(("https://", "http://", "mailto:")))


_MAKERS: Mapping[str, Maker] = {
    **dict.fromkeys(("b", "strong"), _wrapped("**", "mots importants")),
    **dict.fromkeys("i em u cite dfn var mark".split(), _wrapped("*", "mots en italique")),
    **dict.fromkeys(("s", "del", "strike"), _wrapped("~~", "mots barrés")),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), _wrapped("`", "code")),
    **{f"h{level}": _heading(level) for level in range(1, 7)},
    "sup": _script(SUPERSCRIPT, "^", "m^2^ ou 1^er^"),
    "sub": _script(SUBSCRIPT, "~", "CO~2~"),
    "a": _link,
    "img": _image,
    **dict.fromkeys(("iframe", "video", "audio", "embed", "object", "source"), _embedded),
}


# Texts of links that say nothing once they are read apart from their sentence.

_PHRASES = """ici|la|cliquez ici|cliquer ici|clique ici|cliquez|par ici|c'est ici|voir ici|lien
ce lien|le lien|suivez ce lien|en suivant ce lien|cliquez sur ce lien|lien externe|le site|ce site
site|site web|site internet|cette page|page|la page|voir|voir plus|voir la suite|lire|lire plus
lire la suite|lire l'article|la suite|suite|plus|plus d'infos|plus d'info|plus d'informations
plus d'information|d'infos|en savoir plus|savoir plus|pour en savoir plus|infos|info|details
article|cet article|document|le document|ce document|telecharger|telechargez|a telecharger|pdf
here|click here|read more|more|link|learn more"""
_VAGUE = frozenset(_PHRASES.replace("\n", "|").split("|"))
_LONGEST = max(map(len, _VAGUE)) + 8
_EDGES = expression(r"^[\W_]+|[\W_]+$")


def is_vague(text: str) -> bool:
    """Whether a link called ``text`` says nothing of what is at its end.

    >>> is_vague("Cliquez ici !"), is_vague("Le programme complet")
    (True, False)
    """
    return len(text) <= _LONGEST and _EDGES.sub("", fold(text)) in _VAGUE
