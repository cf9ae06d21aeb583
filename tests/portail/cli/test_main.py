"""The command ``portail``: what it answers, where, and with which exit code."""

import json
import re
import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from doses import rows_of
from portail import cli
from portail.diagnostics import DataError

ARTICLE = """
    ---
    titre: La nuit de la chouette
    resume: Une sortie pour écouter les hulottes.
    publie_le: 2021-09-20
    ---

    Une phrase.
    """
FAULTY = ARTICLE.replace("2021-09-20", "20/09/2021")


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    """Each test in its own folder, without installed commands or store."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("portail.installed.entry_points", lambda **_: EntryPoints())
    monkeypatch.setattr("portail.cli.contents.entry_points", lambda **_: EntryPoints())


@pytest.fixture
def told(capsys):
    """A function that runs a command, which must end with an exit code, and gives what it says."""

    def run(code, *argv):
        assert cli.main([*argv]) == code
        return capsys.readouterr()

    return run


def plugged(monkeypatch, **commands):
    """Install commands, as entry points would."""

    class Fake(EntryPoint):
        def load(self):
            return commands[self.name]

    points = EntryPoints([Fake(name, "x:y", cli.GROUP) for name in commands])
    monkeypatch.setattr("portail.installed.entry_points", lambda **_: points)


def test_help(told, monkeypatch):
    parts = {"build": lambda argv: 0, "lettre": lambda argv: 0, "lettre.partie": lambda argv: 0}
    plugged(monkeypatch, **parts)
    told(2, "lettre.partie")
    assert (
        told(0, "--help").out
        == """\
Usage : portail COMMANDE [options]

Chaque jour
  apercu      montre ce qu’une proposition change
              portail apercu --avant ../tronc/content --apres content
  build       construit le site (Pelican)
              portail build --site-url https://exemple.org
  check       vérifie les contenus et dit tout ce qui ne va pas
              portail check --corriger
  deposer     place et vérifie des contenus reçus (.md, .zip, .eml)
              portail deposer message.eml
  new         écrit un contenu à compléter
              portail new event --titre "Nuit des étoiles"

La lettre
  newsletter  montre la lettre d’une semaine, l’arrête et l’envoie
              portail newsletter figer 2027-s39, puis portail newsletter envoyer 2027-s39

Reprendre
  exporter    donne tout ce que le portail a d’une structure, pour son site
              portail exporter lieux/la-coupole
  importer    reprend un tableur, un agenda, un flux, une page, un site construit
              portail importer programme.ods
  moissonner  lit les sources de sources.yml, et propose ce qui y a changé
              portail moissonner --simuler

Tenir
  chiffres    compte une année : du portail, d’une structure, d’un territoire
              portail chiffres 2026
  docs        écrit les guides, les tables de champs, les schémas et les exemples
              portail docs --check
  effacer     cherche une personne partout, et l’efface du dépôt
              portail effacer "Camille Exemple"
  init        écrit le dépôt d’un nouveau portail
              portail init mon-portail --region Normandie
  lettre      commande ajoutée
  liens       demande aux autres sites si les adresses citées répondent
              portail liens --duree 10
  pays        écrit l’entrée de tous les portails qui sont sous un site
              portail pays public
  relever     fait des courriels reçus des propositions, et y répond
  vitrine     fait la nuit des portails de PORTAIL_VITRINE, et les assemble
              portail vitrine Normandie

portail COMMANDE --help en dit plus ; portail --version dit la version.
"""
    )
    told(2)


def test_an_unknown_command_is_told_the_nearest(told):
    assert told(2, "chekc").err == (
        "La commande « chekc » n’existe pas. Vouliez-vous dire « check » ?\n"
    )
    assert told(2, "\x1b[2J").err == (
        "La commande « \\u001b[2J » n’existe pas. "
        "Commandes : apercu, check, chiffres, deposer, docs, effacer, exporter, "
        "importer, init, liens, moissonner, new, newsletter, pays, relever, vitrine.\n"
    )


def test_an_added_command_gets_its_arguments(monkeypatch):
    seen = []

    def command(argv):
        seen.append(argv)
        return 7

    plugged(monkeypatch, lettre=command)
    assert cli.main(["lettre", "2021-s39", "--texte"]) == 7
    assert seen == [["2021-s39", "--texte"]]


def test_our_errors_are_one_sentence_and_2(told, monkeypatch):
    def broken(argv):
        raise DataError("La table est abîmée.\x07")

    plugged(monkeypatch, casse=broken)
    assert told(2, "casse").err == "La table est abîmée.\\u0007\n"


@pytest.mark.parametrize(("argv", "said"), rows_of("portail/cli/main.yml"))
def test_usage_errors(argv, said, told):
    Path("content").mkdir()
    captured = told(2, *argv)
    assert captured.err.startswith(said)
    assert captured.out == ""


def test_check_help_is_french(told):
    out = told(0, "check", "--help").out
    assert out.startswith("Usage : portail check [-h] [--content DOSSIER]")
    assert "options :" in out
    assert "usage:" not in out


def test_check_a_good_content(arbre, told):
    arbre({"content/articles/chouette.md": ARTICLE})
    out = told(0, "check", "--date", "2021-09-27").out
    assert re.fullmatch(
        r"Tout est bon\. 1 fichier lu en \d+,\d s, 0 erreur, 0 avertissement\.\n", out
    )


def test_check_a_faulty_content(arbre, told):
    arbre({"content/articles/chouette.md": FAULTY})
    assert told(1, "check", "--date", "2021-09-27").out.splitlines()[0] == (
        "content/articles/chouette.md:4:12 E210 « 20/09/2021 » n’est pas une date : une date "
        "s’écrit année-mois-jour. → Écrivez l’année, le mois et le jour : 2021-09-20."
    )
    assert (
        json.loads(told(1, "check", "--date", "2021-09-27", "--format", "json").out)["erreurs"] == 1
    )
    assert told(1, "check", "--format", "github").out.startswith(
        "::error file=content/articles/chouette.md,line=4,"
    )


def test_annotations_are_of_what_a_proposal_changes(arbre, told):
    draft = ARTICLE.replace("titre:", "statut: brouillon\n    titre:", 1)
    arbre({"avant/articles/ancien.md": draft, "content/articles/ancien.md": draft,
           "content/articles/chouette.md": draft})  # fmt: skip
    got = told(0, "check", "--date", "2021-09-27", "--format", "github", "--avant", "avant")
    assert re.findall("::notice file=(.+?),", got.out) == ["content/articles/chouette.md"]
    assert got.err == "1 conseil sur ce qui ne change pas.\n"


def test_check_looks_for_lists_of_addresses_beside_the_contents(arbre, told):
    people = "zoe@exemple.org\nali@exemple.org\nlea@exemple.org\n"
    arbre({"content/articles/chouette.md": ARTICLE, "pelicanconf.py": "", "abonnes.txt": people})
    out = told(1, "check").out
    assert out.startswith("abonnes.txt:1:1 E132 ") and "zoe" not in out


def test_check_another_folder(arbre, told):
    arbre({"ailleurs/textes/articles/chouette.md": FAULTY})
    assert told(1, "check", "--content", "ailleurs/textes").out.startswith(
        "textes/articles/chouette.md:4:12 E210 "
    )


def test_check_reads_the_settings_without_running_them(arbre, told):
    arbre(
        {
            "pelicanconf.py": """
                import pelican_that_does_not_exist
                PATH = "textes"
                SITENAME = PORTAIL_NOM = "Essai"
                PORTAIL_DATE = "2021-09-19"
                PORTAIL_DEPOT = elsewhere()
                """,
            "textes/articles/chouette.md": ARTICLE,
        }
    )
    assert "C207 Ce contenu paraîtra le 20\u00a0septembre 2021" in told(0, "check").out
    arbre({"pelicanconf.py": 'PATH = "textes"\nPORTAIL_DATTE = "2021-09-19"\n'})
    assert told(2, "check").err == (
        "Le réglage PORTAIL_DATTE n’existe pas. Vouliez-vous dire PORTAIL_DATE ?\n"
    )
    arbre({"pelicanconf.py": "PATH = 'textes'\nif"})
    assert told(2, "check").err == "pelicanconf.py, ligne 2 : ce n’est pas du Python valide.\n"
    arbre({"pelicanconf.py": "A = 1\n<<<<<<< HEAD\nB = 2\n=======\nB = 3\n>>>>>>> chouette\n"})
    assert told(2, "check").err == (
        "pelicanconf.py, ligne 2 : deux versions d’une fusion de Git se suivent : gardez-en une.\n"
    )


def test_explain_a_code(told):
    out = told(0, "check", "--expliquer", "e213").out
    assert out.startswith("E213 · Fin avant le début\n\nLa fin (…) est avant le début (…).")
    assert "    fin: 2027-10-06 14:00\n" in out
    assert all(len(line) <= 78 for line in out.splitlines())


def test_the_module_runs(arbre):
    root = arbre({"content/articles/chouette.md": FAULTY})
    done = subprocess.run(
        [sys.executable, "-m", "portail", "check", "--date", "2021-09-27"],
        cwd=root,
        capture_output=True,
        check=False,
        env={"PATH": "", "PYTHONPATH": str(Path(cli.__file__).parents[2]), "LC_ALL": "C"},
    )
    assert done.returncode == 1
    assert done.stderr == b""
    assert "chouette.md:4:12 E210 « 20/09/2021 »" in done.stdout.decode()


def test_the_store_of_the_last_run_is_used(arbre, monkeypatch):
    from portail.cli.contents import MemoryStore

    arbre({"content/articles/chouette.md": ARTICLE})
    opened = []
    store = MemoryStore()

    class Fake(EntryPoint):
        def load(self):
            def factory(folder, salt, *, verify=False):
                opened.append((folder, salt, verify))
                return store

            return factory

    point = Fake("default", "x:y", "portail.stores")
    monkeypatch.setattr(
        "portail.cli.contents.entry_points",
        lambda *, name, **_: EntryPoints([point] if name == "default" else []),
    )
    assert cli.main(["check", "--date", "2021-09-27"]) == 0
    monkeypatch.setenv("CI", "true")
    assert cli.main(["check", "--date", "2021-09-27"]) == 0
    folders, salts, verified = zip(*opened, strict=True)
    assert set(folders) == {Path.cwd() / ".cache"}
    assert len(set(salts)) == 1
    assert verified == (False, True)
