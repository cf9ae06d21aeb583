"""What the settings of an identity ask for, judged: a logo where nothing runs, colours that can be
seen."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from string import ascii_lowercase
from typing import Any, NamedTuple

from lxml import etree

from portail.codes import diagnostic
from portail.config import SiteConfig
from portail.diagnostics import Diagnostic
from portail.late import expression
from portail.settings import PORTEUR, place_of

from .settings import LOGO, logo_of

# The logo: a drawing or a picture of a few kilobytes, in which nothing runs.

# Bytes of a file, by the end of its name.
MOST = {".svg": 24_000, ".png": 60_000}
# Side of an icon, in pixels: the most that a phone asks for.
_SIDE = 512
_LARGEST = 4096
# How many times its height a logo may be wide: beyond, it would push the menu away.
_WIDEST = 8
_SVG = "{http://www.w3.org/2000/svg}"
_NAMESPACE: Any = {None: _SVG[1:-1]}
_TAGS = frozenset(
    "svg g path circle ellipse rect line polyline polygon title desc defs linearGradient "
    "radialGradient stop clipPath style".split()
)
_ATTRIBUTES = frozenset(
    "d cx cy r rx ry x y x1 y1 x2 y2 fx fy width height points transform fill fill-rule "
    "fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-dasharray stroke-opacity opacity viewBox id offset stop-color stop-opacity "
    "gradientUnits gradientTransform spreadMethod clip-path clip-rule clipPathUnits "
    "preserveAspectRatio class style".split()
)
_OUTSIDE = expression(r"url\((?!\s*['\"]?#)|@|\\|javascript:|expression", re.IGNORECASE)
_PLAIN = "Exportez-le en « SVG simple », textes convertis en tracés, ou en PNG."


class Drawn(NamedTuple):
    """A file that may be published: its bytes, how many times its height it is wide."""

    data: bytes
    ratio: float


class Unfit(ValueError):
    """Why a file is no logo, and what to do, in French."""


def read(path: Path) -> Drawn:
    """The logo at ``path``; a drawing keeps what draws and nothing else. Raises ``Unfit``."""
    most = MOST.get(path.suffix.lower(), 0)
    if path.is_symlink() or not path.is_file():
        raise Unfit("ce fichier n’existe pas", "Écrivez son chemin depuis le dossier du portail.")
    data = path.read_bytes()
    if len(data) > most:
        size = f"{len(data) // 1000} ko, pour {most // 1000} ko au plus"
        raise Unfit(f"ce fichier est trop lourd ({size})", "Réduisez-le, ou simplifiez le dessin.")
    drawn = _drawing(data) if path.suffix.lower() == ".svg" else _picture(data)
    if not 1 / _WIDEST <= drawn.ratio <= _WIDEST:
        raise Unfit("cette image est trop étirée", "Donnez-lui une forme plus ramassée.")
    return drawn


def _picture(data: bytes) -> Drawn:
    from PIL import Image  # here: few portals have a logo

    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            if max(picture.size) > _LARGEST:
                raise Unfit("cette image est trop grande", "Réduisez-la à 512 pixels de haut.")
            picture.load()
            return Drawn(data, picture.width / picture.height)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, Unfit):
            raise
        raise Unfit("ce n’est pas une image PNG qui se lit", "Exportez-la de nouveau.") from error


def _drawing(data: bytes) -> Drawn:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        if b"<!ENTITY" in data:
            raise Unfit("ce dessin déclare des entités", _PLAIN)
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unfit("ce n’est pas un dessin SVG qui se lit", _PLAIN) from error
    if root.tag != f"{_SVG}svg":
        raise Unfit("ce n’est pas un dessin SVG", _PLAIN)
    clean = _cleaned(root)
    ratio = _shape(root)
    etree.cleanup_namespaces(clean)
    return Drawn(etree.tostring(clean, encoding="utf-8") + b"\n", ratio)


def _cleaned(node: etree._Element) -> etree._Element:
    # A copy of what draws. Raises ``Unfit`` for what would run, or be fetched, or be lost.
    name = str(node.tag).removeprefix(_SVG)
    if name not in _TAGS:
        raise Unfit(f"ce dessin contient « {name} », qui n’est pas permis", _PLAIN)
    attributes = {str(key): str(value) for key, value in node.attrib.items() if key in _ATTRIBUTES}
    words = [*attributes.values(), (node.text or "") if name == "style" else ""]
    if any(key.lower().startswith("on") for key in map(str, node.attrib)):
        raise Unfit("ce dessin contient un programme", _PLAIN)
    if any(_OUTSIDE.search(word) for word in words):
        raise Unfit("ce dessin fait appel à un autre fichier", _PLAIN)
    copy = etree.Element(node.tag, attributes, nsmap=_NAMESPACE)
    copy.text = node.text
    for child in node:
        # What a drawing program notes for itself is of another namespace, and draws nothing.
        if str(child.tag).startswith(_SVG) and child.tag != f"{_SVG}metadata":
            copy.append(_cleaned(child))
        elif not isinstance(child.tag, str):
            raise Unfit("ce dessin déclare des entités", _PLAIN)
    return copy


_UNITS = f"{ascii_lowercase}%"


def _numbers(written: Iterable[str]) -> list[float]:
    with suppress(ValueError):
        return [float(number) for number in written]
    return []


def _shape(root: etree._Element) -> float:
    box = _numbers(root.get("viewBox", "").replace(",", " ").split())
    sides = []
    if len(box) == 4:
        sides = box[2:]
    if not sides:
        sides = _numbers(root.get(name, "").rstrip(_UNITS) for name in ("width", "height"))
    if len(sides) != 2 or min(sides) <= 0:
        raise Unfit("ce dessin ne dit pas ses dimensions", "Donnez-lui un attribut viewBox.")
    return sides[0] / sides[1]


def logo_faults(config: SiteConfig, root: Path) -> Iterator[Diagnostic]:
    """Files of ``PORTAIL_LOGO`` and ``PORTAIL_PORTEUR`` that cannot be published (E158), icons that
    the former has not (A158)."""
    for setting, key, name in _marks(config):
        try:
            drawn = read(root / name)
            if key == "icone":
                _check_square(drawn, name)
        except Unfit as unfit:
            place = place_of(root, setting, key)
            reason, remedy = unfit.args
            yield diagnostic(
                "E158", place, reglage=setting, valeur=name, raison=reason, remede=remedy
            )
    logo = logo_of(config)
    if logo and not logo.icone:
        yield diagnostic("A158", place_of(root, LOGO))


def _marks(config: SiteConfig) -> Iterator[tuple[str, str, str]]:
    logo = logo_of(config)
    if logo:
        for key in ("fichier", "sombre", "icone"):
            if name := getattr(logo, key):
                yield LOGO, key, name
    if config.porteur and config.porteur.logo:
        yield PORTEUR, "logo", config.porteur.logo


def _check_square(drawn: Drawn, name: str) -> None:
    exact = f"Donnez un PNG carré de {_SIDE} pixels de côté : elle est publiée telle quelle."
    if not name.lower().endswith(".png"):
        raise Unfit("l’icône n’est pas un PNG", exact)
    from PIL import Image  # here: few portals have a logo

    with Image.open(io.BytesIO(drawn.data)) as picture:
        if picture.size != (_SIDE, _SIDE):
            raise Unfit(f"l’icône a {picture.width} × {picture.height} pixels", exact)
