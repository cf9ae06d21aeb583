"""The command ``portail``: what it answers, where, and with which exit code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from portail import cli
from portail.diagnostics import DataError

Arbre = Callable[[Mapping[str, str | bytes]], Path]
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
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: EntryPoints())
    monkeypatch.setattr("portail.cli.contents.entry_points", lambda **_: EntryPoints())


def plugged(monkeypatch, **commands):
    """Install commands, as entry points would."""

    class Fake(EntryPoint):
        def load(self):
            return commands[self.name]

    points = EntryPoints([Fake(name, "x:y", cli.GROUP) for name in commands])
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: points)


def test_help(capsys, monkeypatch):
    parts = {"build": lambda argv: 0, "lettre": lambda argv: 0, "lettre.partie": lambda argv: 0}
    plugged(monkeypatch, **parts)
    assert cli.main(["lettre.partie"]) == 2
    capsys.readouterr()
    assert cli.main(["--help"]) == 0
    assert (
        capsys.readouterr().out
        == """\
Usage : portail COMMANDE [options]

  apercu      montre ce qu’une proposition change
  build       construit le site (Pelican)
  check       vérifie les contenus et dit tout ce qui ne va pas
  chiffres    compte une année : du portail, d’une structure, d’un territoire
  deposer     place et vérifie des contenus reçus (.md, .zip, .eml, formulaires)
  docs        écrit les guides, les tables de champs, les schémas et les exemples
  effacer     cherche une personne partout, et l’efface du dépôt
  exporter    donne tout ce que le portail a d’une structure, pour son site
  importer    reprend un tableur, un agenda, un flux, une page, un ancien site
  init        écrit le dépôt d’un nouveau portail
  lettre      commande ajoutée
  liens       demande aux autres sites si les adresses citées répondent
  lsp         aide à écrire dans un éditeur (protocole LSP)
  migrer      met un portail à la version du générateur
  new         écrit un contenu à compléter
  newsletter  montre la lettre d’une semaine, l’arrête et l’envoie
  voisins     demande aux portails voisins ce qu’ils annoncent

portail COMMANDE --help en dit plus ; portail --version dit la version.
"""
    )
    assert cli.main([]) == 2


def test_an_unknown_command_is_told_the_nearest(capsys):
    assert cli.main(["chekc"]) == 2
    assert capsys.readouterr().err == (
        "La commande « chekc » n’existe pas. Vouliez-vous dire « check » ?\n"
    )
    assert cli.main(["\x1b[2J"]) == 2
    assert capsys.readouterr().err == (
        "La commande « \\u001b[2J » n’existe pas. "
        "Commandes : apercu, check, chiffres, deposer, docs, effacer, exporter, "
        "importer, init, liens, lsp, migrer, new, newsletter, voisins.\n"
    )


def test_an_added_command_gets_its_arguments(monkeypatch):
    seen = []

    def command(argv):
        seen.append(argv)
        return 7

    plugged(monkeypatch, lettre=command)
    assert cli.main(["lettre", "2021-s39", "--texte"]) == 7
    assert seen == [["2021-s39", "--texte"]]


def test_our_errors_are_one_sentence_and_2(capsys, monkeypatch):
    def broken(argv):
        raise DataError("La table est abîmée.\x07")

    plugged(monkeypatch, casse=broken)
    assert cli.main(["casse"]) == 2
    assert capsys.readouterr().err == "La table est abîmée.\\u0007\n"


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["check", "--forma", "json"], "portail check : argument inconnu : --forma json."),
        (["check", "--format"], "portail check : --format attend une valeur."),
        (
            ["check", "--format", "jsn"],
            "portail check : --format : « jsn » n’est pas admis, le plus proche est « json ».",
        ),
        (["check", "--content", "rien"], "Le dossier « rien » n’existe pas. Placez-vous dans"),
        (["check", "--date", "27/09/2021"], "« 27/09/2021 » n’est pas un jour : écrivez"),
        (
            ["check", "--expliquer", "E2133"],
            "Le code « E2133 » n’existe pas. Les plus proches :",
        ),
        (["new"], "portail new : il manque : GENRE."),
        (
            ["new", "page", "--date", "demain"],
            "portail new : --date : « demain » n’est pas un jour, écrivez AAAA-MM-JJ.",
        ),
    ],
)
def test_usage_errors(argv, told, capsys):
    Path("content").mkdir()
    assert cli.main(argv) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(told)
    assert captured.out == ""


def test_check_help_is_french(capsys):
    assert cli.main(["check", "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Usage : portail check [-h] [--content DOSSIER]")
    assert "options :" in out
    assert "usage:" not in out


def test_check_a_good_content(arbre, capsys):
    arbre({"content/articles/chouette.md": ARTICLE})
    assert cli.main(["check", "--date", "2021-09-27"]) == 0
    out = capsys.readouterr().out
    assert re.fullmatch(
        r"Tout est bon\. 1 fichier lu en \d+,\d s, 0 erreur, 0 avertissement\.\n", out
    )


def test_check_a_faulty_content(arbre, capsys):
    arbre({"content/articles/chouette.md": FAULTY})
    assert cli.main(["check", "--date", "2021-09-27"]) == 1
    assert capsys.readouterr().out.splitlines()[0] == (
        "content/articles/chouette.md:4:12 E210 « 20/09/2021 » n’est pas une date : une date "
        "s’écrit année-mois-jour. → Écrivez l’année, le mois et le jour : 2021-09-20."
    )
    assert cli.main(["check", "--date", "2021-09-27", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["erreurs"] == 1
    assert cli.main(["check", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::error file=content/articles/chouette.md,line=4,")


def test_check_looks_for_lists_of_addresses_beside_the_contents(arbre, capsys):
    people = "zoe@exemple.org\nali@exemple.org\nlea@exemple.org\n"
    arbre({"content/articles/chouette.md": ARTICLE, "pelicanconf.py": "", "abonnes.txt": people})
    assert cli.main(["check"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("abonnes.txt:1:1 E132 ") and "zoe" not in out


def test_check_another_folder(arbre, capsys):
    arbre({"ailleurs/textes/articles/chouette.md": FAULTY})
    assert cli.main(["check", "--content", "ailleurs/textes"]) == 1
    assert capsys.readouterr().out.startswith("textes/articles/chouette.md:4:12 E210 ")


def test_check_reads_the_settings_without_running_them(arbre, capsys):
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
    assert cli.main(["check"]) == 0
    assert "C207 Ce contenu paraîtra le 20\u00a0septembre 2021" in capsys.readouterr().out
    arbre({"pelicanconf.py": 'PATH = "textes"\nPORTAIL_DATTE = "2021-09-19"\n'})
    assert cli.main(["check"]) == 2
    assert capsys.readouterr().err == (
        "Le réglage PORTAIL_DATTE n’existe pas. Vouliez-vous dire PORTAIL_DATE ?\n"
    )
    arbre({"pelicanconf.py": "PATH = 'textes'\nif"})
    assert cli.main(["check"]) == 2
    assert capsys.readouterr().err == "pelicanconf.py, ligne 2 : ce n’est pas du Python valide.\n"
    arbre({"pelicanconf.py": "A = 1\n<<<<<<< HEAD\nB = 2\n=======\nB = 3\n>>>>>>> chouette\n"})
    assert cli.main(["check"]) == 2
    assert capsys.readouterr().err == (
        "pelicanconf.py, ligne 2 : deux versions d’une fusion de Git se suivent : gardez-en une.\n"
    )


def test_explain_a_code(capsys):
    assert cli.main(["check", "--expliquer", "e213"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("E213 · Fin avant le début\n\nUne fin tombe avant son début : celle")
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


def test_the_store_of_the_last_run_is_used(arbre, monkeypatch, capsys):
    from portail.cli.memory import MemoryStore

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
