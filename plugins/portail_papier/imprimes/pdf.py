"""From HTML and a style sheet to a PDF: tagged (PDF/UA-1, ISO 14289-1), with our fonts inside, the
same bytes for the same document. WeasyPrint, which loads Pango, is not needed to build a site.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from PIL import ImageFile

from portail.diagnostics import ConfigError, PlanError
from portail.files import digest_bytes
from portail.outputs.medias import resized
from portail.resources import Folder, folders_of
from portail.source.signatures import FORMATS

_MISSING = (
    "Pour imprimer, il manque WeasyPrint : tapez « pip install weasyprint ». Il lui faut aussi "
    "Pango, une bibliothèque du système (sous Debian ou Ubuntu : « sudo apt-get install "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 »)."
)

_host = logging.getLoggerClass()  # Pelican's ends a build at the first error that is logged
logging.setLoggerClass(logging.Logger)
try:
    import pydyf
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except (ImportError, OSError) as error:  # OSError: without Pango
    raise ConfigError(_MISSING) from error
finally:
    logging.setLoggerClass(_host)
# WeasyPrint has Pillow take pictures that are cut short: contents would be judged with less care.
ImageFile.LOAD_TRUNCATED_IMAGES = False


_EPOCH = "SOURCE_DATE_EPOCH"  # reproducible-builds.org


def pdf(html: str, css: str, folders: Mapping[str, Folder], base: str) -> bytes:
    """The PDF of a page and its style sheet, which name files as ``file:///NAME/path`` below
    ``folders``; nothing else is opened. Raises ``PlanError`` for what is not found.
    """
    fetcher = _Files(folders)
    fonts = FontConfiguration()
    with _alone():
        sheet = weasyprint.CSS(string=css, font_config=fonts, url_fetcher=fetcher)
        page = weasyprint.HTML(string=html, base_url=base or None, url_fetcher=fetcher)
        data: bytes = page.write_pdf(
            finisher=_finish,
            font_config=fonts,
            stylesheets=[sheet],
            pdf_variant="pdf/ua-1",
            pdf_identifier=digest_bytes(f"{html}\0{css}".encode()).encode(),
        )
    if fetcher.refused:
        raise PlanError("; ".join(fetcher.refused))
    return data


@contextmanager
def _alone() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    for logger in loggers:
        logger.propagate = False
    before = os.environ.get(_EPOCH)
    os.environ[_EPOCH] = "0"
    try:
        yield
    finally:
        for logger in loggers:
            logger.propagate = True
        os.environ.pop(_EPOCH)
        if before is not None:
            os.environ[_EPOCH] = before


class _Files(URLFetcher):  # type: ignore[misc]
    """Our own files, and nothing else."""

    def __init__(self, folders: Mapping[str, Folder]) -> None:
        super().__init__()
        self._folders = folders
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        try:
            return URLFetcherResponse(url, self._read(url))
        except (OSError, ValueError) as error:
            self.refused.append(f"{url} : {error}")
            raise ValueError(url) from error

    def _read(self, url: str) -> bytes:
        parts = urlsplit(url)
        name, _, path = unquote(parts.path).lstrip("/").partition("/")
        folder = self._folders.get(name)
        if parts.scheme != "file" or parts.netloc or folder is None:
            raise ValueError("ce n’est pas un fichier du portail")
        file = (folder / path).resolve()
        if not any(file.is_relative_to(layer.resolve()) for layer in folders_of(folder)):
            raise ValueError("ce fichier n’est pas dans son dossier")
        data = file.read_bytes()
        if parts.query:
            size, _, _ = parts.query.partition("-")
            width, _, height = size.partition("x")
            name = FORMATS[file.suffix.lower()]
            return resized(data, name, ((int(width), int(height)),), "JPEG")
        return data


# What WeasyPrint leaves to mend: running headers, page numbers and pictures that say nothing are
# artifacts (ISO 14289-1, 7.1 and 7.8), no part of what is read aloud.


def _finish(_: weasyprint.Document, pdf: pydyf.PDF) -> None:
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    for node in pdf.objects:
        if not isinstance(node, pydyf.Dictionary) or node.get("Type") != "/StructElem":
            continue
        if node["S"] == "/Figure" and "Alt" not in node:
            _object(pdf, node["P"])["K"].remove(node.reference)
        elif any(_is_link(pdf, kid) for kid in node["K"]):
            node["S"] = "/Link"
    read = set(_elements(pdf, root))
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    for page, reference in enumerate(pdf.page_references):
        owners = numbers[2 * page + 1]
        spare = {mcid for mcid, owner in enumerate(owners) if owner not in read}
        _set_aside(_object(pdf, _object(pdf, reference)["Contents"]).stream, spare)
        for mcid in spare:
            owners[mcid] = "null"


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    number, _, _ = reference.partition(b" ")
    return pdf.objects[int(number)]


def _is_link(pdf: pydyf.PDF, kid: bytes | int) -> bool:
    # Whether a kid of an element is a part of a link, which is to be in an element of that name
    # (7.18.5): a title in a link has its own.
    return isinstance(kid, bytes) and _object(pdf, kid).get("Type") == "/OBJR"


def _elements(pdf: pydyf.PDF, above: Any) -> Iterator[bytes]:
    for kid in above.get("K", ()):
        if isinstance(kid, bytes):
            yield kid
            yield from _elements(pdf, _object(pdf, kid))


def _set_aside(stream: list[Any], spare: set[int]) -> None:
    for rank, part in enumerate(stream):
        if isinstance(part, dict) and part.get("MCID") in spare:
            kind = "/Layout" if stream[rank - 1] == "/Figure" else "/Pagination"
            stream[rank - 1 : rank + 1] = ["/Artifact", pydyf.Dictionary({"Type": kind})]
