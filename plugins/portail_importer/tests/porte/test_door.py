"""From a mail to its proposal and its answers, until it is published."""

import pytest

from forge_runs import git
from propositions import event, mail


def plain(text):
    return text.replace("\u00a0", " ")


def test_what_editors_write_and_what_became_of_it(doors):
    door = doors("github")
    door.receive(mail(event()))
    door.forge.say(40, "À la personne : de la revue", where="reviews")
    door.forge.say(40, "> À la personne : cité\n\nentre nous")
    door.forge.say(40, "À la personne : interne", internal=True)
    door.run()
    assert "de la revue" in door.said() and len(door.answers) == 2
    door.forge.pull(40)["state"] = "closed"
    door.run()
    assert "pas retenue" in door.said() and len(door.answers) == 3
    door.forge.pull(40)["state"] = "open"  # opened again
    here = door.folder / "relecture"
    git(door.folder, "clone", "-q", "-b", door.branches[0], str(door.depot), str(here))
    file = here / "content/events/atelier-robots.md"
    file.write_text(file.read_text("utf-8").replace("2021-09-20", "2027-01-04"), "utf-8")
    git(here, "commit", "-qam", "Plus tard")
    git(here, "push", "-q")
    door.forge.merge(40)
    door.run()
    assert "en ligne le 4 janvier 2027" in plain(door.said()) and "heure" not in door.said()
    door.run()
    assert len(door.answers) == 4


@pytest.mark.parametrize("make", ["github", "gitlab", "gitea"])
def test_the_story(doors, make):
    door = doors(make)
    door.receive(mail(event("12:00")))
    assert door.waiting == [] and len(door.boite.all("Traités")) == 1
    ((to, answer),) = door.answers
    assert to == "camille@example.org" and "Une chose à corriger" in door.said()
    assert "#coller=" in door.said() and answer["Auto-Submitted"] == "auto-replied"
    assert answer["In-Reply-To"] == "<m1@example.org>" and len(door.branches) == 1
    said = "Bonjour, c’est 16 h 30, désolée !"
    reply = mail(
        f"{said}\n\nLe lun. 27 sept. 2021 à 10:02, Portail <p@example.org> a écrit :\n> Une\n",
        number=2,
        In_Reply_To=answer["Message-ID"],
        References=f"<m1@example.org> {answer['Message-ID']}",
    )
    door.receive(reply)
    assert "C’est prêt pour la relecture" in door.said()
    card = "Atelier robots · samedi 9 octobre 2021, de 14 h à 16 h 30 · Wizernes"
    assert card in plain(door.said())
    (branch,) = door.branches
    assert door.branch(branch) == "A\tcontent/events/atelier-robots.md"
    assert "16:30" in door.show(branch, "content/events/atelier-robots.md")
    (pull,) = door.forge.pulls
    door.forge.say(40, "Entre nous : encore ?\n\n**À la personne :** Est-ce gratuit ?")
    door.forge.say(40, "À la personne : achetez mes montres", editor=False)
    door.run()
    assert (
        "Est-ce gratuit ?" in door.said()
        and "Entre nous" not in door.said()
        and len(door.answers) == 3
    )
    asked = door.answers[-1][1]["Message-ID"]
    words = "Oui, c’est gratuit. Mon numéro : 06 12 34 56 78.\n\nCamille Exemple\n"
    door.receive(mail(words, number=3, In_Reply_To=asked))
    assert "a votre message" in door.said() and door.handed[-1]["Subject"].startswith("Réponse")
    told = pull["comments"][-1]["body"]
    assert "Une réponse attend" in told and "gratuit" not in told
    door.forge.merge(40)
    door.run()
    assert "Publié" in door.said() and "/evenements/atelier-robots/" in door.said()
    assert "?modifier=atelier-robots&quoi=etat" in door.said() and len(door.answers) == 5
    door.run()
    assert len(door.answers) == 5 and door.waiting == []
    assert "camille" not in door.history().lower()
