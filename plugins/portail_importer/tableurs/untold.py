"""What the library that reads spreadsheets does not tell, looked for in the parts of the file
(ECMA-376, part 1, 18; OASIS OpenDocument 1.3, part 3): whoever keeps the sheet says what hiding,
striking, or another currency meant; no rule guesses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from portail.diagnostics import Refused

from .grid import DAMAGED, MOST_COLUMNS, MOST_ROWS, column_letters, opened

# Bytes of an archive once unpacked.
_UNPACKED = 60_000_000
DAMAGED_FILE = "est abîmé, ou n’est pas un tableur : enregistrez-le de nouveau en .ods ou .xlsx"
_LOCKED = "est protégé par un mot de passe : enregistrez-le sans"
_HEAVY = "est trop lourd une fois décompressé : coupez-le en plusieurs"
_FAR = "a une cellule très loin des autres : supprimez-la, ou coupez-le en plusieurs"
_HIDDEN = "a des lignes, des colonnes ou des feuilles masquées : affichez-les, ou supprimez-les"
_STRUCK = "a des mots barrés : ôtez-les"
_MONEY = "a des prix dans une autre monnaie que l’euro : écrivez-les en euros"
UNCOUNTED = "a des formules sans valeur : remplacez-les par leurs valeurs"
_TAG = r"<(?:\w+:)?"
_UNSEEN = r"\b(?:hidden=.(?:1|true)|visibility=.(?:collapse|filter))"
# Hundreds of columns, up to the last, are the empty rest of a sheet.
_COLUMNS = (
    rf"{_TAG}(?:table-)?col(?:umn)?\b(?![^<>]*(?:max=.16384|repeated=.\d{{3}}))[^<>]*{_UNSEEN}"
)
# By a word that is there when the expression may be: it is looked for first, which is quick.
_MARKS = {
    "idden": (rf"{_TAG}sheet\b[^<>]*\bstate=.(?:veryH|h)idden", _HIDDEN),
    ":display=": (r"\btable:display=.false", _HIDDEN),
    "col": (_COLUMNS, _HIDDEN),
    "strike": (rf"{_TAG}d?strike(?:\s*/?>|\s+val=.(?:1|true))", _STRUCK),
    ":currency=": (r"\boffice:currency=.(?!EUR)[A-Z]{3}", _MONEY),
    "f>": (r"(?:</(?:\w+:)?f|<(?:\w+:)?f\b[^<>]*/)>\s*</(?:\w+:)?c>", UNCOUNTED),
    ' t="e"': (rf"{_TAG}c\b[^<>]* t=.e\W", UNCOUNTED),
    "value-type=": (r"\bvalue-type=.error", UNCOUNTED),
    "formula=": (rf"{_TAG}table-cell\b(?=[^<>]*\bformula=)(?![^<>]*value-type=)", UNCOUNTED),
}
_VALUE = re.compile(rf"{_TAG}(?:v|t|p)\b")
_ROW = rf"{_TAG}(?:table-)?row\b"
_MANY = r"\brows-repeated=.\d{4}"
_CELL = re.compile(rf"{_TAG}c\b[^<>]*\br=.([A-Z]+)(\d+)[^<>]*(?<!/)>")
_LAST = (2, column_letters(MOST_COLUMNS - 1), MOST_ROWS)
_STYLES = "xl/styles.xml"
_STYLE = re.compile(r"\bstyle:name=.([^\"'<>]+)|text-line-through-style=.(?!none)")
# The sign or the letters of a currency in a format of numbers: « [$CHF-100C] », « "F CFA" », « $ ».
_MONEY_SIGN = re.compile(r"\[\$([^\]-]+)|\"\s*([A-Z]{3}|F ?CFA|Fr\.?|[$£¥₣])\s*\"|(?<!\[)([$£¥₣])")
_OURS = ("€", "EUR", "TTC")


def parts_of(data: bytes, name: str) -> Mapping[str, str]:
    """The parts of an archive that comes from anyone. Raises ``Refused``."""
    try:
        with opened(data) as archive:
            if sum(part.file_size for part in archive.infolist()) > _UNPACKED:
                raise Refused(f"« {name} » {_HEAVY}.")
            archive.testzip()
            parts = [part for part in archive.namelist() if part.endswith((".xml", ".rels"))]
            return {part: archive.read(part).decode() for part in parts}
    except RuntimeError:
        raise Refused(f"« {name} » {_LOCKED}.") from None
    except DAMAGED:
        raise Refused(f"« {name} » {DAMAGED_FILE}.") from None


def refuse_far(parts: Mapping[str, str], name: str) -> None:
    """Refuse what the library would make room for: all that is between two cells."""
    for text in parts.values():
        cells = _CELL.finditer(text) if " r=" in text else ()
        places = ((len(cell[1]), cell[1], int(cell[2])) for cell in cells)
        if any(place > _LAST or place[2] > MOST_ROWS for place in places) or _rows(_MANY, text):
            raise Refused(f"« {name} » {_FAR}.")


def refuse_untold(parts: Mapping[str, str], name: str) -> None:
    """Refuse a file where something would be read otherwise than it is shown."""
    try:
        styles = dict(_styles_of(parts.get(_STYLES, "")))
    except etree.XMLSyntaxError:
        raise Refused(f"« {name} » {DAMAGED_FILE}.") from None
    for part, text in parts.items():
        styles |= dict.fromkeys(_struck(text), _STRUCK)
        marks = _MARKS if part != _STYLES else {}
        found = ((mark, why) for word, (mark, why) in marks.items() if word in text)
        told = [why for mark, why in found if re.search(mark, text)]
        told += [why for style, why in styles.items() if _is_used(style, text)]
        told += [_HIDDEN] if _rows(_UNSEEN, text) else []
        for why in told:
            raise Refused(f"« {name} » {why}.")


def _styles_of(text: str) -> Iterator[tuple[str, str]]:
    # Styles of cells of a workbook that strike, or show money of elsewhere.
    if not text:
        return
    root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    codes = {it.get("numFmtId"): it.get("formatCode", "") for it in root.iter("{*}numFmt")}
    foreign = {number for number, code in codes.items() if _is_foreign(code)}
    fonts = root.iterfind("{*}fonts/{*}font")
    struck = {f"{rank}" for rank, font in enumerate(fonts) if _has_strike(font)}
    for rank, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        if style.get("numFmtId") in foreign:
            yield f"{rank}", _MONEY
        if style.get("fontId") in struck:
            yield f"{rank}", _STRUCK


def _has_strike(font: etree._Element) -> bool:
    return any(it.get("val") not in ("0", "false") for it in font.iter("{*}strike", "{*}dstrike"))


def _is_foreign(code: str) -> bool:
    signs = ("".join(match.groups("")).strip() for match in _MONEY_SIGN.finditer(code))
    return any(sign not in _OURS for sign in signs)


def _struck(text: str) -> Iterator[str]:
    # Styles of OpenDocument that strike.
    name = ""
    for match in _STYLE.finditer(text) if "line-through" in text else ():
        if not match[1]:
            yield name
        name = match[1] or name


def _is_used(style: str, text: str) -> bool:
    own = re.escape(style)
    cell = (
        rf"{_TAG}(?:c\b[^<>]*\bs|(?:table-cell|span|p)\b[^<>]*style-name)=.{own}[\"'][^<>]*(?<!/)>"
    )
    inherited = rf"\b(?:parent|default-cell)-style-name=.{own}[\"']"
    return re.search(f"{cell}|{inherited}", text) is not None


def _rows(mark: str, text: str) -> bool:
    # Whether a row that says ``mark`` holds something.
    rows = re.finditer(rf"{_ROW}[^<>]*{mark}[^<>]*(?<!/)>", text) if "row" in text else ()
    for row in rows:
        following = re.compile(_ROW).search(text, row.end())
        if _VALUE.search(text, row.end(), following.start() if following else len(text)):
            return True
    return False
