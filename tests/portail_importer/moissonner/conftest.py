"""A portal, sources on servers of this machine, what a harvest of these prints and writes."""

import json
from datetime import timedelta

import pytest
import yaml

from arrivages import DAY, Happening, ics
from plans import entry, write
from portail.cli import main


class Field:
    """A portal whose sources are served by ``liar``."""

    def __init__(self, folder, liar, capsys):
        self.folder = folder
        self.liar = liar
        self._capsys = capsys
        self.sources = []
        self.output = ""
        self.report = {}

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
        report = self.folder.parent / "rapport"
        code = main(
            ["moissonner", "--reseaux-prives", "--delai", "0", "--site-url", "https://p.example",
             "--date", f"{day}", "--rapport", f"{report}.md", "--json", f"{report}.json", *more]
        )  # fmt: skip
        self.output = "".join(self._capsys.readouterr())
        if code != 2:
            self.report = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
        return code

    def counts(self, rank=0):
        return self.report["sources"][rank]["comptes"]

    def told(self, rank=0):
        return self.report["sources"][rank]["contenus"]

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
    return Field(folder, liar, capsys)


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
