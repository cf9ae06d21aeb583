"""What fuzzing begins from: small inputs of each target (``cibles.CIBLES``) that hold."""

# ruff: noqa: E501 (tables)

from itertools import islice

import agendas_fictifs
import imported_sites
import pictures
import tableurs
from checkout import ROOT

_MOST, _EACH = 6_000, 60
_FILES = {
    "calendrier": ("tests/samples/*.ics",),
    "agenda": ("tests/samples/*.json",),
    "page": ("tests/samples/*.html",),
    "cellules": ("tests/samples/*.csv",),
    "depot": ("tests/samples/courriel.txt",),
    "logo": ("theme/static/icons/*.svg", "tests/sites/**/*.svg"),
    "lettre": ("content/newsletters/*.envoi.html", "tests/sites/**/*.envoi.html"),
    "registre": ("tests/sites/**/retraits.yml",),
}
_RULES = (
    "FREQ=WEEKLY;BYDAY=SA;UNTIL=20211231", "FREQ=MONTHLY;BYDAY=1SU;COUNT=6", "FREQ=YEARLY;BYMONTH=10;COUNT=3",
    "FREQ=DAILY;INTERVAL=2;COUNT=9;EXDATE=20211013", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;COUNT=2",
)  # fmt: skip
_HOURS = (
    "Tu-Su 10:00-18:00; PH off", "mardi à dimanche 10 h-18 h, fermé les jours fériés", "24/7",
    "Apr-Oct We,Sa[1] 14:00-17:30; Dec 25 off", "du 1er avril au 31 octobre : tous les jours de 9h à 12h et de 14h à 18h",
    "le premier dimanche du mois de 15h à 17h ; vacances scolaires : 10h-18h",
)  # fmt: skip
_DATES = (
    "debut: 2021-10-09 14:00\nfin: 2021-10-09 16:00",
    "seances:\n  - debut: 2021-10-09 14:00\n    fin: 2021-10-09 16:00\n    etat: complet\n  - debut: 2021-10-10",
    "horaires:\n  du: 2021-10-09\n  au: 2021-12-09\n  tous_les: [lundi, mardi]\n  de: 10:00\n  a: 18:00\n  sauf: [2021-11-01]",
    "debut: 2021-10-09 14:00\nrrule: FREQ=WEEKLY;BYDAY=SA;COUNT=4",
)  # fmt: skip
_ROLL = b"courriel;edition\na@exemple.org;region\nb@exemple.org;somme;https://exemple.org/x\n# c\nc@exemple.org\n"
_RECORDS = b'{"version": 1, "adresses": {"https://a.fr/": {"jour": "2021-09-27", "constat": "vivante", "code": 200}}}'
_MAILS = (
    b"From: a@b.fr\r\nSubject: =?utf-8?q?a?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour\n---\ntitre: a\n---\n\nUn texte.\n",
    (b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>---</p><p>titre: a</p><p>---</p>"
    b"<p>b</p>\r\n--x\r\nContent-Type: text/markdown\r\nContent-Disposition: attachment; filename*=utf-8''a.md\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nLS0tCnRpdHJlOiBhCi0tLQo=\r\n--x--\r\n"),
)  # fmt: skip
_ROWS = [
    ["Titre", "Début", "Commune", "Prix"],
    ["Nuit", "2021-10-09 20:00", "Wizernes", 5],
    [None, True, "x", 1.5],
]


def of(name):
    """Inputs of the target ``name``."""
    paths = sorted(path for pattern in _FILES.get(name, ()) for path in ROOT.glob(pattern))
    yield from islice((one.read_bytes()[: 4 * _MOST] for one in paths), _EACH)
    yield from _MADE.get(name, lambda: iter(()))()


def _contents():
    paths = [*(ROOT / "content").rglob("*.md"), *(ROOT / "tests/sites").rglob("*.md")]
    small = [one for one in sorted(paths) if one.stat().st_size < _MOST]
    for path in small[:: max(1, len(small) // (4 * _EACH))]:
        yield path.relative_to(ROOT).parts[-2], path.read_bytes()


def _documents():
    return (folder.encode() + b"\n" + data for folder, data in _contents())


def _bodies():
    return (data.split(b"\n---", 1)[-1] for _, data in _contents())


def _feeds():
    return (imported_sites.feed(2, sort)[0].encode() for sort in ("rss", "atom", "rdf"))


def _pages():
    return (html.encode() for _, html in islice(imported_sites.pages(40), 0, 40, 5))


def _agendas():
    made = list(islice(agendas_fictifs.events(), 3))
    yield from (
        agendas_fictifs.as_v2(made),
        agendas_fictifs.as_open_data(made),
        agendas_fictifs.as_csv(made),
    )


def _cells():
    yield tableurs.separated(_ROWS)
    yield agendas_fictifs.as_csv(list(islice(agendas_fictifs.events(), 2)))


def _workbooks():
    return iter(
        (
            tableurs.ods(_ROWS),
            tableurs.xlsx(_ROWS),
            tableurs.archive({"a.md": "---\ntitre: a\n---\n"}),
        )
    )


def _pictures():
    for form in ("JPEG", "AVIF", "PNG", "GIF", "WEBP"):
        yield pictures.picture(form)
        yield pictures.picture(form, pictures.drawing(mode="L"))
        if form not in ("JPEG", "AVIF"):
            yield pictures.picture(form, frames=3)
    yield pictures.picture("PNG", pictures.drawing(mode="RGBA"))
    yield pictures.picture("JPEG", pictures.drawing(mode="CMYK"))
    yield pictures.picture("JPEG", progressive=True, exif=pictures.shot_data(6))
    yield from (b"%PDF-1.7\n%%EOF", b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\0", b"a;b\nc;d@e.fr\n")


def _tables():
    for name in ("themes", "synonymes", "vacances", "chiffres/portail"):
        yield (
            name.partition("/")[0].encode()
            + b"\n"
            + (ROOT / f"data/{name}.yml").read_bytes()[:_MOST]
        )


def _sheets():
    yield b'<row r="1"><c t="inlineStr"><is><t>Titre</t></is></c></row><row r="2"><c t="b"><v>1</v></c><c s="1"><v>44478</v></c></row>'


def _ods():
    yield (
        b"<a xmlns:table='t' xmlns:text='x' xmlns:office='o'><table:table table:name='a'><table:table-row><table:table-cell>"
        b"<text:p>Titre</text:p></table:table-cell><table:table-cell office:value-type='date' office:date-value='2021-10-09'>"
        b"</table:table-cell></table:table-row></table:table></a>"
    )  # fmt: skip


_MADE = {
    "contenu": _documents,
    "texte": _bodies,
    "regle": lambda: (one.encode() for one in _RULES),
    "ouverture": lambda: (one.encode() for one in _HOURS),
    "dates": lambda: (one.encode() for one in _DATES),
    "flux": _feeds,
    "page": _pages,
    "site": _pages,
    "agenda": _agendas,
    "cellules": _cells,
    "classeur": _workbooks,
    "feuille-ods": _ods,
    "feuille-xlsx": _sheets,
    "depot": lambda: iter((*_MAILS, *_workbooks())),
    "media": _pictures,
    "adresses": lambda: iter((_RECORDS,)),
    "abonnes": lambda: iter((_ROLL,)),
    "table": _tables,
}
