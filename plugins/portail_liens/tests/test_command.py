"""``portail liens``: what it asks, remembers and says; the network is played by a table."""

import json
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from plans import entry, write
from portail.cli import main
from portail.diagnostics import Position
from portail_liens.command import GROUP, Finding, Tally, as_text
from portail_liens.records import Constat, followed

DEAD, MOVED, HOME = "https://mort.example/page", "http://vieux.example/a", "http://vieux.example/b"
FILES = {
    "lieux/musee": entry("lieux", "Un musée.", site="https://bon.example/"),
    "articles/texte": entry("articles", f"Lire [ici]({DEAD}#partie), <{MOVED}>, <{HOME}>."),
}
NETWORK = {
    DEAD: (Constat.INTROUVABLE, 404, ""),
    MOVED: (Constat.DEPLACE, 200, "https://neuf.example/a"),
    HOME: (Constat.DEPLACE, 200, "https://neuf.example/"),
}


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs the command on ``FILES`` and gives its exit code and what it writes."""
    write(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SITEURL", "https://portail.example")
    manners = []

    def check(urls, known, manner, save):
        manners.append(manner)
        records = dict(known)
        asked = list(urls)
        for url in asked:
            constat, code, moved = NETWORK.get(url, (Constat.BON, 200, ""))
            before = known.get(url)
            records[url] = followed(before, manner.day, constat, code=code, vers=moved)
        save(records)
        return records, len(asked)

    class Entry:
        """What the installed package declares."""

        @staticmethod
        def load():
            return check

    def found(group, name):
        assert (group, name) == (GROUP, "default")
        return [Entry]

    monkeypatch.setattr("portail.cli.arguments.entry_points", found)

    def call(*arguments):
        code = main(["liens", *arguments])
        return code, capsys.readouterr().out

    call.manners = manners
    return call


def test_one_failure_is_to_look_at_again_two_days_are_dead(run, tmp_path):
    code, told = run("--date", "2026-11-20")
    assert code == 0
    assert (
        told
        == f"""\
content/articles/texte.md:7:12 À revoir. La page n’existe plus (404), depuis le \
20 novembre 2026. {DEAD}#partie → \
Rien à faire encore : ce n’est peut-être qu’une panne, la suite le dira.
content/articles/texte.md:7:48 Déplacée. La page a changé d’adresse pour de bon. {MOVED} → \
Écrivez : https://neuf.example/a
content/articles/texte.md:7:74 Déplacée. La page a changé d’adresse pour de bon. {HOME} → \
Elle mène à l’accueil, la page a sans doute disparu. Cherchez-la, ou écrivez : \
https://neuf.example/
4 adresses, 4 demandées cette fois : 1 à revoir, 2 déplacées, 1 bonne.
Relevé : {tmp_path}/.cache/liens.json
"""
    )
    code, told = run("--date", "2026-11-20")
    assert (code, "0 demandée cette fois" in told) == (0, True)
    code, told = run("--date", "2026-11-21")
    assert code == 1
    assert "1 demandée cette fois : 1 morte" in told
    assert (
        f"→ Cherchez la nouvelle adresse, ou une copie : https://web.archive.org/web/*/{DEAD}"
        in told
    )


def test_the_json_says_where_and_what_to_write(run):
    run("--date", "2026-11-20")
    code, told = run("--date", "2026-11-21", "--json")
    document = json.loads(told)
    assert code == 1
    assert document["etats"]["morte"] == 1
    assert document["liens"][0] == {
        "fichier": "content/articles/texte.md",
        "ligne": 7,
        "colonne": 12,
        "adresse": f"{DEAD}#partie",
        "etat": "morte",
        "constat": "introuvable",
        "code": 404,
        "jour": "2026-11-21",
        "premier_echec": "2026-11-20",
        "message": "La page n’existe plus (404), depuis le 20 novembre 2026.",
        "remede": "Cherchez la nouvelle adresse, ou une copie :",
        "a_ecrire": "",
        "a_chercher": f"https://web.archive.org/web/*/{DEAD}",
    }


def test_a_simulation_asks_and_writes_nothing(run, tmp_path):
    code, told = run("--simuler")
    assert code == 0
    assert told.splitlines()[0] == (
        "Simulation : 4 adresses à demander, sur 4. Rien n’est ouvert ni écrit."
    )
    assert not (tmp_path / ".cache/liens.json").exists()
    assert run.manners == []


def test_the_site_says_who_it_is_on_the_day_it_is(run, monkeypatch, capsys):
    monkeypatch.setenv("PORTAIL_DATE", "2021-09-27")
    run("--delai", "0,5")
    manner = run.manners[0]
    assert manner.agent == "Portail-liens/1 (+https://portail.example/)"
    assert manner.day >= date(2026, 1, 1), "not the pinned day of the site"
    assert (manner.pause, manner.private) == (0.5, False)
    monkeypatch.delenv("SITEURL")
    assert main(["liens", "--tout"]) == 2
    assert "--site-url" in capsys.readouterr().err


def test_addresses_that_nobody_writes_any_more_are_forgotten(run, tmp_path):
    """Their file may be elsewhere."""
    (tmp_path / "pelicanconf.py").write_text("PORTAIL_LIENS = 'releves/liens.json'\n", "utf-8")
    run("--date", "2026-11-20")
    write(tmp_path, {"articles/texte": entry("articles", "Plus rien.")})
    run("--date", "2026-12-30")
    told = json.loads((tmp_path / "releves/liens.json").read_bytes())
    assert [*told["adresses"]] == ["https://bon.example/"]


@pytest.mark.parametrize("options", [["--delai", "x"], ["--duree", "-1"], ["--date", "hier"]])
def test_wrong_options_then_faulty_contents_are_told_first(run, tmp_path, options):
    assert run(*options)[0] == 2
    write(tmp_path, {"articles/faux": entry("articles", titre="")})
    assert run()[0] == 1
    assert run.manners == []


def test_on_a_terminal_it_is_grouped_by_file():
    day = date(2026, 11, 20)
    path = PurePosixPath("content/articles/texte.md")
    lost = followed(followed(None, day, Constat.MUET), date(2026, 11, 21), Constat.MUET)
    secure = followed(None, day, Constat.CERTIFICAT, detail="certificate has expired")
    found = [
        Finding(Position(path, 9, 3, 4), "https://expire.example/\x1b[2J", secure),
        Finding(Position(path, 7, 12, 4), DEAD, lost),
        Finding(
            Position(path, 8, 1, 4), "https://non.example/", followed(None, day, Constat.REFUS)
        ),
    ]
    records = {one.written: one.record for one in found}
    told = as_text(found, records, Tally(9, 3, 6, day, Path(".cache/liens.json")), colour=False)
    assert (
        told
        == """\
content/articles/texte.md
  ✗ Lien mort  7:12
    https://mort.example/page
    Le site n’a pas répondu à temps, depuis le 20 novembre 2026.
    → Cherchez la nouvelle adresse, ou une copie :
      https://web.archive.org/web/*/https://mort.example/page

  ! À revoir  9:3
    https://expire.example/\\u001b[2J
    Le certificat du site est refusé : certificate has expired, depuis le
    20 novembre 2026.
    → Ouvrez-la : si le navigateur prévient d’un danger, prévenez la
      structure.

9 adresses, 3 demandées cette fois : 1 morte, 1 à revoir, 1 à ouvrir soi-même.
6 adresses restent à demander : la même commande reprend où celle-ci s’est arrêtée.
Relevé : .cache/liens.json
"""
    )
