"""What an instance adds in Python: the worked examples on real builds, and what goes wrong."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import suppress

import pytest
import yaml

from checkout import ROOT
from doses import LONG
from projects import LIMIT, Project, free_port, tree

EXAMPLES = ROOT / "docs/technique/exemples/greffons"
URL = "https://portail.example.org"
LIEU = """\
---
titre: {titre}
resume: "On y entre librement."
publie_le: 2021-09-01
type: {type}
commune: Lille
{more}
---
Un lieu.
"""
EVENT = """\
---
titre: {titre}
resume: "On y voit les machines et ceux qui les font tourner."
publie_le: 2021-09-01
themes: [mathematiques-physique-chimie]
format: [visite]
debut: {debut}
{more}
---
On entre par la cour.
"""
HOURS = {
    "Musée": "Tu-Su 10:00-18:00",
    "Atelier": "Mo-Fr 09:00-17:00",
    "Serre": "Jul-Aug Su 10:00-12:00",
}
STARTS = [
    "2021-10-02 09:30",
    "2021-10-02 10:00",
    "2021-10-03 15:00",
    "2021-10-04 20:00",
    "2021-10-05",
]


def contents():
    """A small portal: places with their hours, a library, events at several hours."""
    files = {
        f"content/lieux/{titre.lower().replace('é', 'e')}.md": LIEU.format(
            titre=titre, type="musee", more=f'horaires_ouverture: "{hours}"'
        )
        for titre, hours in HOURS.items()
    }
    files["content/lieux/bibliotheque.md"] = LIEU.format(
        titre="Bibliothèque", type="mediatheque", more=""
    )
    for number, debut in enumerate(STARTS):
        end = f"fin: {debut[:11]}{int(debut[11:13]) + 1}:30" if debut[11:] else ""
        place = "lieu: bibliotheque" if number in (1, 2) else "adresse: {commune: Lille}"
        booking = "inscription: {regime: aucune}" if number == 2 else ""
        more = "\n".join(filter(None, (end, place, booking)))
        name = f"content/events/rendez-vous-{number}.md"
        files[name] = EVENT.format(titre=f"Rendez-vous {number}", debut=debut, more=more)
    return files


pytestmark = pytest.mark.site

SETTINGS = 'PORTAIL_SEUIL_LISTES = 1\nPORTAIL_COURRIEL = "redaction@exemple.org"\n'


def instance(root, *modules, added=None):
    """A portal with the worked examples of these names, or modules that are ``added``."""
    names = [f"greffons.{one}" for one in (*modules, *(added or {}))]
    project = Project(root, f"PORTAIL_GREFFONS = {names!r}\n{SETTINGS}")
    (root / "greffons").mkdir()
    for name in modules:
        shutil.copy(EXAMPLES / f"{name}.py", root / "greffons")
    project.write(contents())
    project.write({f"greffons/{name}.py": text for name, text in (added or {}).items()})
    return project


def built(project):
    project.does("build", "--site-url", URL)


def fields(text):
    """The front matter of a content, by a plain reader of YAML."""
    return yaml.safe_load(text.split("---")[1])


def read(project, path):
    """A file of the built site."""
    return (project.output / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def every(tmp_path_factory):
    """A portal with the four examples, built."""
    names = ("dimanche", "duree", "moment", "mediatheques")
    project = instance(tmp_path_factory.mktemp("exemples"), *names)
    built(project)
    return project


def test_an_output_lists_the_places_open_on_sundays(every):
    rows = json.loads(read(every, "lieux-du-dimanche.json"))
    wanted = sorted(titre for titre, hours in HOURS.items() if "Su" in hours)
    assert sorted(row["nom"] for row in rows) == wanted
    assert {row["adresse"] for row in rows} == {f"{URL}/lieux/musee/", f"{URL}/lieux/serre/"}


def test_a_fact_shows_in_each_channel_and_not_where_it_is_unknown(every):
    def shown(path):
        return read(every, path).replace("\u202f", "\u00a0")

    said, short = "1\u00a0h\u00a030", "Dure 1\u00a0h\u00a030"
    assert re.search(rf"Durée.*?{said}", shown("evenements/rendez-vous-1/index.html"), re.DOTALL)
    calendar = shown("evenements/rendez-vous-1/evenement.ics").replace("\n ", "")
    assert said in calendar.partition("Durée")[2]
    assert "Durée" in shown("agenda/flux.xml")
    assert short in shown("agenda/index.html")
    assert short in shown("agenda/facettes.json")
    letters = "".join(one.read_text() for one in every.output.glob("newsletter/*/selection.json"))
    assert short in letters.replace("\u202f", "\u00a0")
    assert "Durée" not in shown("evenements/rendez-vous-4/index.html")


def test_a_facet_filters_the_agenda_and_has_its_pages(every):
    hours = [int(debut[11:13]) for debut in STARTS if debut[11:]]
    wanted = {
        "matin": sum(hour < 12 for hour in hours),
        "apres-midi": sum(12 <= hour < 18 for hour in hours),
        "soir": sum(hour >= 18 for hour in hours),
    }
    for code, count in wanted.items():
        page = read(every, f"agenda/moment/{code}/index.html")
        assert len(set(re.findall(r'href="/evenements/([^/"]+)/"', page))) == count, code
    (title,) = re.findall("<h1>(.*?)</h1>", read(every, "agenda/moment/soir/index.html"))
    assert title.replace("\u00a0", " ") == "Agenda : le soir"
    told = dict(json.loads(read(every, "agenda/facettes.json"))["facettes"])
    assert [code for code, _ in told["moment"]] == [*wanted]


def test_a_rule_is_reported_by_check_in_its_place(every):
    wanted = [
        name
        for name, text in contents().items()
        if fields(text).get("lieu") == "bibliotheque" and "inscription" not in fields(text)
    ]
    done = every.does("check", "--format", "json")
    told = [one for one in json.loads(done.out)["diagnostics"] if one["code"] == "AX01"]
    assert [one["fichier"] for one in told] == wanted
    (one,) = told
    line = contents()[wanted[0]].splitlines().index("lieu: bibliotheque") + 1
    assert (one["ligne"], one["titre"]) == (line, "Inscription en médiathèque")
    assert "Bibliothèque" in one["message"] and "regime: aucune" in one["remede"]
    page = every.portail("check", "--expliquer", "ax01")
    assert page.code == 0 and "AX01 · Inscription en médiathèque" in page.out


def clean(project, folder):
    """What a build from nothing gives of a portal."""
    other = folder / "neuf"
    shutil.copytree(project.root, other, symlinks=True, ignore=shutil.ignore_patterns(".cache"))
    shutil.rmtree(other / "output", ignore_errors=True)
    built(Project.at(other))
    found = tree(other / "output")
    shutil.rmtree(other)
    return found


@pytest.mark.long
def test_an_incremental_build_gives_what_a_build_from_nothing_does(tmp_path):
    project = instance(tmp_path / "site", "dimanche", "duree", "moment", "mediatheques")
    event, lieu = "content/events/rendez-vous-2.md", "content/lieux/atelier.md"
    code = project.root / "greffons"
    edits = {
        "rien": (),
        "greffons": ((code / "duree.py", '"Dure ', '"Compter '),
                     (code / "dimanche.py", "DIMANCHE = 6", "DIMANCHE = 5")),
        "contenus": ((project.root / event, "15:00", "11:00"),
                     (project.root / lieu, "Mo-Fr", "Sa-Su")),
    }  # fmt: skip
    for name, changed in edits.items():
        for edit in changed:
            swap(*edit)
        built(project)
        if name == "contenus" or LONG:
            assert tree(project.output) == clean(project, tmp_path), name
    assert "Compter 1" in read(project, "agenda/index.html")
    assert "Atelier" in read(project, "lieux-du-dimanche.json")


def swap(path, old, new):
    """Replace a text of a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


HEAD = "from portail.greffons import *\n\n"
PLANS = "\n\nfeature = Feature('essai', 'E', outputs=(Output('x', plan),))\n"
BROKEN = {
    "sortie": "def plan(site):\n    raise KeyError('x')\n" + PLANS,
    "texte": "def plan(site):\n    yield text_file(site, '/x.txt', texte)\n\n\n"
    "def texte(site):\n    yield 'a'\n    raise KeyError('x')\n" + PLANS,
    "fait": "def fait(item, site):\n    return {}['x']\n\n\n"
    "feature = Feature('essai', 'E', facts=(FactSpec(fait),))\n",
    "fait sans Fact": "def fait(item, site):\n    return 'x'\n\n\n"
    "feature = Feature('essai', 'E', facts=(FactSpec(fait),))\n",
    "facette": "def lit(item, items):\n    return {}['x']\n\n\n"
    "feature = Feature('essai', 'E', facets=(FacetSpec('x', 'X', lit, {'a': 'A'}),))\n",
    "valeur": "def lit(item, items):\n    return ['z']\n\n\n"
    "feature = Feature('essai', 'E', facets=(FacetSpec('x', 'X', lit, {'a': 'A'}),))\n",
    "regle": "def cherche(brouillon):\n    raise KeyError('x')\n\n\n"
    "feature = Feature('essai', 'E', rules=(RuleSpec('EX01', 'T', 'M.', 'R.', cherche),))\n",
    "lambda": "def plan(site):\n    yield text_file(site, '/x.txt', lambda site: ['a'])\n" + PLANS,
}


def test_a_greffon_that_fails_is_named_and_the_published_site_stays(every, tmp_path):
    shutil.copytree(every.root, tmp_path / "site")
    project = Project(tmp_path / "site", "PORTAIL_GREFFONS = ['greffons.essai']\n")
    before = tree(project.output)
    assert before
    for name, text in BROKEN.items():
        project.write({"greffons/essai.py": HEAD + text})
        commands = (("build", "--site-url", URL), ("check",))
        for command in commands if LONG or name in ("texte", "regle") else commands[:1]:
            done = project.portail(*command, PORTAIL_PROCESSUS="2")
            undrawn = name == "texte" and command == ("check",)  # it plans, and draws nothing
            assert done.code == (0 if undrawn else 2), (name, done)
            if done.code:
                assert "Le greffon « essai »" in done.err, (name, done.err)
                assert "Traceback" not in done.err + done.out
                assert len(done.err.strip().splitlines()) <= 7
        assert tree(project.output) == before, name


def test_an_error_of_a_rule_refuses_publication(tmp_path):
    project = instance(tmp_path, "mediatheques")
    swap(project.root / "greffons" / "mediatheques.py", '"AX01"', '"EX01"')
    done = project.portail("build", "--site-url", URL)
    assert done.code == 1 and "EX01" in done.err and not project.output.exists()


def test_a_path_written_twice_is_an_error_that_names_the_greffon(tmp_path):
    text = "def plan(site):\n    yield text_file(site, '/robots.txt', texte)\n\n\n"
    text += "def texte(site):\n    yield 'a'\n" + PLANS
    project = instance(tmp_path, added={"essai": HEAD + text})
    done = project.portail("build", "--site-url", URL)
    assert done.code == 1
    assert "E501" in done.err and "greffons/essai.py" in done.err and "/robots.txt" in done.err


def test_an_installed_greffon_is_loaded_when_it_is_named_alone(tmp_path):
    site = tmp_path / "paquets"
    for name, text in (
        ("dimanche", (EXAMPLES / "dimanche.py").read_text(encoding="utf-8")),
        ("samedi", "raise RuntimeError"),
    ):
        facts = site / f"portail_{name}-1.0.dist-info"
        for folder in (module := site / f"portail_{name}", facts):
            folder.mkdir(parents=True)
        (module / "__init__.py").write_text(text, encoding="utf-8")
        told = f"Metadata-Version: 2.1\nName: portail-{name}\nVersion: 1.0\n"
        (facts / "METADATA").write_text(told)
        entry = f"[portail.features]\nouvert-{name} = portail_{name}:feature\n"
        (facts / "entry_points.txt").write_text(entry)
    project = instance(tmp_path / "site")
    settings = project.root / "pelicanconf.py"
    settings.write_text(f"import sys\n\nsys.path.append({str(site)!r})\n{settings.read_text()}")
    settings.write_text(settings.read_text() + 'PORTAIL_GREFFONS = ["ouvert-dimanche"]\n')
    built(project)
    assert "Musée" in read(project, "lieux-du-dimanche.json")
    settings.write_text(settings.read_text().replace("ouvert-d", "ouverts-d"))
    done = project.portail("build")
    assert done.code == 2 and "« ouvert-dimanche »" in done.err


def test_a_portal_without_greffon_imports_nothing_of_theirs(tmp_path):
    project = instance(tmp_path)
    code = (
        "import sys; from portail.cli import main; code = main(sys.argv[1:]);"
        "print('portail.greffons' in sys.modules, file=sys.stderr); raise SystemExit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "check"],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr.strip().endswith("False")


@pytest.mark.long
def test_a_preview_follows_a_greffon(tmp_path):
    text = "def plan(site):\n    yield text_file(site, '/essai.txt', texte)\n\n\n"
    text += "def texte(site):\n    yield 'un'\n" + PLANS
    project = instance(tmp_path, added={"essai": HEAD + text})
    port = free_port()
    process = project.start("portail", "serve", "--port", str(port))
    said = []
    threading.Thread(target=said.extend, args=(process.stdout,), daemon=True).start()
    try:
        served = f"http://localhost:{port}/essai.txt"
        assert eventually(served, "un")
        project.write({"greffons/essai.py": HEAD + text.replace("'un'", "1 / 0")})
        while not (told := [line for line in said if "« essai »" in line]):
            time.sleep(0.02)
        assert "(essai.py, ligne 8) : ZeroDivisionError" in told[0]
        assert eventually(served, "un")
        project.write({"greffons/essai.py": HEAD + text.replace("'un'", "'deux'")})
        assert eventually(served, "deux")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(LIMIT)
    assert not any("Traceback" in line for line in said)


def eventually(url, text):
    """Whether an address comes to hold a text."""
    for _ in range(3000):
        with suppress(OSError), urllib.request.urlopen(url) as answer:
            if answer.read().decode() == text:
                return True
        time.sleep(0.02)
    return False
