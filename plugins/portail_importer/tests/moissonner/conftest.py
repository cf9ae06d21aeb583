"""A portal, sources on servers of this machine, what a harvest of these prints and writes."""

from collections import Counter
from datetime import timedelta

import pytest
import yaml

from arrivages import DAY, Happening, ics
from plans import entry, write
from portail.cli import main
from portail_importer.importer.values import Fate
from portail_importer.moissonner import command
from portail_importer.moissonner.report import markdown_of


class Field:
    """A portal whose sources are served by ``liar``."""

    def __init__(self, folder, liar, capsys):
        self.folder = folder
        self.liar = liar
        self._capsys = capsys
        self.sources = []
        self.output = ""
        self.harvests = ()

    def source(self, name="Musée des vents", path="/agenda.ics", data="", **more):
        """Add a source to ``sources.yml``, and what it serves."""
        told = {"nom": name, "adresse": f"{self.liar.url}{path}",
                "accord": {"le": "2026-10-01", "de": "la direction"},
                "avec": ["format=conference", "publics=adultes"]}  # fmt: skip
        self.sources.append(told | more)
        self.listed()
        if data:
            self.serve(data, path)

    def listed(self):
        """Write ``sources.yml``."""
        text = yaml.safe_dump({"sources": self.sources}, allow_unicode=True)
        (self.folder / "sources.yml").write_text(text, encoding="utf-8")

    def serve(self, data, path="/agenda.ics", status=200, **headers):
        body = data if isinstance(data, bytes) else data.encode()
        self.liar.routes[path] = (status, headers, body)

    def run(self, *more, day=DAY):
        """The exit code of a harvest."""
        self._capsys.readouterr()
        report = self.folder.parent / "rapport.md"
        code = main(
            ["moissonner", "--reseaux-prives", "--delai", "0", "--site-url", "https://p.example",
             "--date", f"{day}", "--rapport", f"{report}", *more]
        )  # fmt: skip
        self.output = "".join(self._capsys.readouterr())
        return code

    def counts(self, rank=0):
        return dict(Counter(one.fate.name.lower() for one in self.harvests[rank].changes))

    def told(self, rank=0):
        """What a source does that somebody has to read."""
        read = [one for one in self.harvests[rank].changes if one.fate is not Fate.SAME]
        return [{"sort": one.fate.name.lower(), "titre": one.title, "fichier": f"{one.path}",
                 "ecrit": one.is_written, "raison": one.why,
                 "champs": [row._asdict() for row in one.differences if one.before]}
                for one in read]  # fmt: skip

    def files(self):
        """Every file that a harvest may write."""
        found = [*self.folder.rglob("*.md"), *self.folder.glob("*.json")]
        return {one.relative_to(self.folder).as_posix(): one.read_bytes() for one in found}

    def file(self, name):
        return self.folder / f"content/events/musee-des-vents/{name}.md"


@pytest.fixture
def field(tmp_path, monkeypatch, liar, capsys):
    folder = tmp_path / "portail"
    write(folder, {"lieux/musee": entry("lieux", titre="Le Musée des vents", commune="Amiens")})
    monkeypatch.chdir(folder)
    liar.routes["/robots.txt"] = (404, {}, b"")
    field = Field(folder, liar, capsys)

    def seen(harvests, site):
        field.harvests = harvests
        return markdown_of(harvests, site)

    monkeypatch.setattr(command, "markdown_of", seen)
    return field


def events(count, shift=10):
    """As many events to come, a day apart."""
    return [Happening(f"v{rank}@musee.example", f"Les vents, numéro {rank}",
                      DAY + timedelta(days=shift + rank)) for rank in range(count)]  # fmt: skip


@pytest.fixture
def calendar(field):
    """A source of four events, once harvested."""
    field.source(data=ics(*events(4)))
    assert field.run() == 0, field.output
    return field
