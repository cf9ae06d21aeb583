"""Small trees of contents run through the pipeline, and what their pages would show."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from operator import eq

from msgspec.structs import asdict

import demonstration
from portail.cli.contents import MemoryStore
from portail.config import SiteConfig
from portail.day import Day
from portail.outputs.base import TemplatePage, TextFile
from portail.pipeline import run
from portail.resources import data_dir, over
from portail.site.item import noting
from portail.site.reader import digest_value
from portail.source.genres import bring_kinds
from portail.terminal.readable import one_line
from remake import replace

TODAY = date(2021, 9, 27)


def day_of(content):
    """The day of a site of the repository: that of the settings for the demonstration."""
    return TODAY if "vitrine" in str(content) else demonstration.TODAY


_NEEDED = {
    "articles": {"publie_le": "2021-09-20"},
    "events": {
        "publie_le": "2021-09-01",
        "format": "atelier",
        "debut": "2021-10-09 14:00",
        "adresse": {"commune": "Wizernes"},
    },
    "annonces": {"publie_le": "2021-09-20", "categorie": "stage", "echeance": "2021-12-15"},
    "ressources": {"publie_le": "2021-09-20", "type": "livre"},
    "lieux": {"type": "musee", "commune": "Amiens"},
    "dossiers": {"publie_le": "2021-09-20"},
    "communautes": {"membres": ["Club Exemple"]},
    "projets": {"avancement": "idee", "porteurs": ["Club Exemple"]},
    "territoires": {"type": "departement", "code": "80"},
    "temps-forts": {"periode": "octobre"},
    "auteurs": {},
    "newsletters": {},
    "pages": {},
}


def _yaml(value):
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_yaml, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_yaml(one)}' for key, one in value.items())}}}"
    return json.dumps(value, ensure_ascii=False)


def entry(folder, body="Une phrase.", /, **fields):
    """The text of a content of ``folder``: what its kind requires, then ``fields``.

    One field a line, from line 2, in the order title, summary, required, given; ``None`` leaves a
    field out.
    """
    base = {"titre": f"Titre {folder}", "resume": "Un résumé."} | dict(_NEEDED[folder])
    if any(key in fields for key in ("seances", "horaires")):
        base.pop("debut", None)
    if {"lieu", "en_ligne", "partout"} & fields.keys():
        base.pop("adresse", None)
    known = {key: value for key, value in (base | fields).items() if value is not None}
    header = "".join(f"{key}: {_yaml(value)}\n" for key, value in known.items())
    return f"---\n{header}---\n\n{body}\n"


def contents(told):
    """The texts of contents, by reference, of which a table tells the fields and the « texte »."""

    def text(ref, texte="Une phrase.", **fields):
        return entry(ref.partition("/")[0], texte, **fields)

    return {ref: text(ref, **fields) for ref, fields in told.items()}


def event(debut, **fields):
    """One that begins then."""
    return entry("events", debut=debut, **fields)


def write(root, files):
    """Write files below ``root/content``; a key may leave ``.md`` out. Returns the folder."""
    content = root / "content"
    for name, text in files.items():
        path = content / (name if "." in name.rpartition("/")[2] else f"{name}.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return content


def result_of(content, config, day, store=None, data=None, **options):
    """What a run gives of a folder of contents, in the portal that holds it."""
    root = content.parent
    bring_kinds(root)
    store = store or MemoryStore()
    return run(content, data or data_dir(), config, day, store, root=root, **options)


def said(report):
    """Each diagnostic on one line, without the name of the content folder."""
    return [one_line(one).removeprefix("content/") for one in report]


class Tree:
    """A folder of contents, run for one day."""

    def __init__(self, root, store=None):
        self.root = root
        content = root / "content"
        known = content.is_symlink() and store is None
        self.store = (
            demonstration.store_of(content.resolve(), root) if known else store or MemoryStore()
        )

    def run(
        self,
        files=None,
        *,
        day=TODAY,
        pinned=False,
        preview=False,
        plans=True,
        **settings,
    ):
        """Add ``files``, then read everything and plan it, but without ``plans``."""
        content = write(self.root, files or {})
        known = {"region": "Hauts-de-France", "seuil_listes": 1, **settings}
        fields = SiteConfig.__dataclass_fields__
        added = {name: known.pop(name) for name in [*known] if name not in fields}
        config = SiteConfig(apercu=preview, added=added, **known)
        data = over(data_dir(), self.root / "data")
        return result_of(content, config, Day(day, pinned), self.store, data, plans=plans)

    def site(self, files=None, **options):
        """The site of a tree that must have no error."""
        result = self.run(files, plans=False, **options)
        assert result.site is not None, said(result.report)
        return result.site

    def pages(self, files=None, **options):
        """The planned pages, by address; the tree must have no error unless it is a preview."""
        result = self.run(files, **options)
        assert result.plan is not None, said(result.report)
        return pages_of(result.plan)

    def view(self, url, files=None, **options):
        """The view of the page at ``url``."""
        return self.pages(files, **options)[url].view()


class Reads:
    """What a page reads and shows, found when it is first compared.

    Two are equal when nothing that was read has changed, or when what is shown is the same: then
    neither is the page made again. So a page that shows something else has another key, or it
    reads something that nothing noted.
    """

    def __init__(self, show, key):
        self._show, self._key = show, key
        self.reader = show.args[0]

    @cached_property
    def drawn(self):
        """The view, and what was read for it."""
        with noting() as reads:
            view = self._show()
            shown = "".join(view) if isinstance(view, Iterator) else view
        return shown, reads

    @cached_property
    def shown(self):
        """Digest of the view; each thing that was read, with its digest."""
        view, reads = self.drawn
        return digest_value(view), frozenset((read, self._digest(read)) for read in reads)

    def _digest(self, read):
        """Digest of a read; of all that it read, for a question that is not asked again."""
        known = self.reader.memo
        if read not in known:
            asked = self.reader.asked.get(read)
            if asked is None:
                known[read] = self.reader.digest(read)
            else:
                below = [(one, self._digest(one)) for one in asked.reads if not asked.function]
                known[read] = asked.digest or digest_value(below)
        return known[read]

    def __eq__(self, other):
        if not isinstance(other, Reads) or self._key != other._key:
            return False
        return any(map(eq, self.shown, other.shown))

    def __hash__(self):
        return 0


def key_of(one):
    """What an artifact is made again for: its key, and its reads if these are noted."""
    if isinstance(one, TextFile):
        return Reads(one.produce, one.key)
    return Reads(one.view, one.key) if isinstance(one, TemplatePage) else one.key


class Seen(TemplatePage, frozen=True, dict=True):
    """A planned page whose key is what it reads; its view is made once."""

    @cached_property
    def reads(self):
        """What it reads and shows."""
        return Reads(self.view, super().key)

    @property
    def key(self):
        """See ``Reads``."""
        return (self.reads,)


def pages_of(plan):
    """Pages of a plan that readers open, by address: not the pictures drawn by a template, nor the
    mails."""
    pages = (one for one in plan if isinstance(one, TemplatePage) and "/" not in one.template)
    return {one.url: seen(one) for one in pages if one.template.endswith(".html")}


def seen(page):
    """A planned page, for who looks at what it reads."""
    return Seen(**asdict(page))


def inside(page):
    """What a page shows inside its frame."""
    return replace(page.view(), cadre=None)


def box_rows(view):
    """The facts of a practical box, those that small screens fold too."""
    return (*view.faits, *view.replis)


def box(view):
    """What a practical box says: see ``rows_said``."""
    return rows_said(box_rows(view))


def rows_said(rows):
    """What rows say by their label: see ``link_said``."""
    return {row.libelle: [*map(link_said, row.valeurs)] for row in rows}


def link_said(link):
    """A link as ``texte <url> (note)``."""
    url = f" <{link.url}>" if link.url else ""
    return link.texte + url + (f" ({link.note})" if link.note else "")
