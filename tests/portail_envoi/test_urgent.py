"""An erratum that does not wait: to whom it goes, what keeps it from going twice."""

import json
from datetime import date
from pathlib import Path

import pytest

from courrier import eml
from lettres import NUMERO
from portail.features.channels.lettre.addresses import urgent_of
from portail.features.channels.lettre.issue import Erratum, Issue
from portail_envoi.command import main as envoyer

OFF = Erratum(
    ref="events/nuit",
    titre="La nuit",
    mot="Annulé",
    texte="samedi 2 octobre. Annoncé dans la lettre du 30 septembre, ce rendez-vous n’aura pas "
    "lieu.",
    url="/evenements/nuit/",
)
MOVED = OFF.model_copy(update={"ref": "events/bal", "titre": "Le bal", "mot": "Reporté"})


def built(place, *errata, code="region", jour="2021-09-30"):
    """What a build writes of the errata of an edition."""
    issue = Issue(
        semaine="2021-s39", edition=code, nom="Édition", jour=date.fromisoformat(jour),
        sujet=f"{errata[0].mot} : {errata[0].titre}", apercu="", errata=errata,
    )  # fmt: skip
    folder = place.folder / "output" / urgent_of("2021-s39", code).strip("/")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "courriel.eml").write_bytes(eml(issue))
    told = {"etat": "envoye", "numero": issue.model_dump(mode="json")}
    (folder / "selection.json").write_text(json.dumps(told), encoding="utf-8")


def run(place, *arguments):
    told = ["--vers", "abonnes", "--abonnes", str(place.subscribers), "--deja-construit"]
    return envoyer(["--erratum", *told, "--debit", "0", "--delai", "5", *arguments])


def test_it_goes_to_the_readers_of_its_edition_once(place, serve, capsys):
    post = serve()
    built(place, OFF)
    assert run(place) == 0
    assert post.recipients == ["a@exemple.org"]  # the other edition has nothing to tell
    assert b"Subject: =?utf-8?" in post.received[0][1]
    said = capsys.readouterr().out
    assert "region, 1 destinataire : Annulé : La nuit" in said and "1 message remis" in said
    assert run(place) == 0
    assert len(post.received) == 1
    assert "Rien à envoyer : 1 message déjà remis." in capsys.readouterr().out
    assert not place.journal.exists()  # that of the letter is another


def test_the_same_changes_said_on_another_day_are_not_sent_again(place, serve, capsys):
    post = serve()
    built(place, OFF, MOVED)
    assert run(place) == 0
    built(place, OFF.model_copy(update={"texte": OFF.texte.replace("samedi 2", "dimanche 3")}))
    assert run(place) == 0
    assert len(post.received) == 1
    assert "Tout cela est déjà dit : rien à envoyer." in capsys.readouterr().out
    built(place, OFF, MOVED.model_copy(update={"mot": "Annulé"}))
    assert run(place) == 0
    assert len(post.received) == 2  # something new


def test_nothing_changed(place, serve, capsys):
    post = serve()
    assert run(place) == 0
    assert "il n’y a pas d’erratum" in capsys.readouterr().out
    assert not post.received


def test_a_simulation_says_it_all_and_sends_nothing(place, serve, capsys):
    post = serve()
    built(place, OFF)
    assert run(place, "--simuler") == 0
    said = capsys.readouterr().out
    assert "Annulé : La nuit. samedi 2 octobre." in said and "rien n’est envoyé" in said
    assert not post.connections and not place.journals.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--vers", "listmonk"], "vers une liste ou vers les abonnés"),
        (["2021-s38"], "aujourd’hui, en 2021-s39"),
    ],
)
def test_what_makes_no_sense(
    place, serve, arguments, said,
    capsys,
):  # fmt: skip
    serve()
    built(place, OFF)
    assert run(place, *arguments) == 2
    assert said in capsys.readouterr().err


def test_what_was_built_on_another_day_is_refused(place, serve, capsys):
    serve()
    built(place, OFF, jour="2021-09-29")
    assert run(place) == 2
    assert "n’est pas d’aujourd’hui" in capsys.readouterr().err


def test_two_ways_would_tell_it_twice(place, serve, capsys, monkeypatch):
    post = serve()
    built(place, OFF)
    assert run(place) == 0
    monkeypatch.setenv("PORTAIL_ENVOI_LISTES", "region=lettre@listes.exemple.org")
    assert run(place, "--vers", "liste") == 2
    assert "par une autre voie" in capsys.readouterr().err
    assert len(post.received) == 1


def test_an_attempt_is_that_of_the_erratum(place, serve):
    post = serve()
    built(place, OFF)
    assert run(place, "--essai", "moi@exemple.org") == 0
    assert post.recipients == ["moi@exemple.org"]
    assert not Path(place.journals).exists() or not [*place.journals.iterdir()]
    assert NUMERO.sujet.encode() not in post.received[0][1]
