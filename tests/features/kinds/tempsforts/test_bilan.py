"""Figures of an edition: those of an independent reading of its files, and nothing untold."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from plans import Seen, Tree, entry
from portail.features.kinds.tempsforts.bilan import bilan_of_edition
from portail.features.kinds.tempsforts.steps import steps as steps_of
from portail.features.services.bilans.returns import edition_of, lacking_returns
from portail.features.services.bilans.table import Bilan
from portail.outputs import base

URL = "/temps-forts/fete/2021/"
DAY = date(2021, 11, 2)
TOWNS = {"Wizernes": "Pas-de-Calais", "Amiens": "Somme", "Beauvais": "Oise", "Laon": "Aisne"}
LEVELS = ("maternelle", "primaire", "college", "lycee")
SATISFIED = ("tres-satisfait", "satisfait", "peu-satisfait", "pas-satisfait")
SECRET = "Le traiteur a oublié les verres"


def event(**fields) -> str:
    base = {"debut": "2021-10-02 10:00", "adresse": {"commune": "Amiens"}, "temps_fort": "fete",
            "edition": "2021"}  # fmt: skip
    return entry("events", **base | fields)


def fete(**edition) -> dict[str, str]:
    days = {"du": "2021-10-01", "au": "2021-10-11"} | edition
    return {"temps-forts/fete": entry("temps-forts", titre="Fête", editions={"2021": days})}


def bilan(tree: Tree, files: dict[str, str], day: date = DAY) -> Bilan:
    return bilan_of_edition(tree.site(files, day=day), "temps-forts/fete", 2021)


def rows(told: Bilan, code: str) -> dict[str, tuple[Any, ...]]:
    table = told.table(code)
    return {row.label: row.values for row in table.lignes} if table else {}


# Many files, drawn by chance, then read again by hand.


def drawn(chance: random.Random, count: int) -> dict[str, str]:
    """Events of an edition: villages and what they hold, cancelled ones, returns of all sorts."""
    files = fete()
    for rank in range(count):
        fields = {
            "adresse": {"commune": chance.choice([*TOWNS])},
            "organisateurs": [f"Structure {chance.randrange(9)}"],
            "format": chance.choice(("atelier", "conference", "exposition")),
            "debut": f"2021-10-{chance.randrange(1, 12):02d} 10:00",
        }
        if rank % 7 == 0:
            fields["envergure"] = "village-des-sciences"
        elif rank % 7 in (1, 2):
            fields |= {"evenement_parent": f"e{rank - rank % 7}", "temps_fort": None,
                       "edition": None}  # fmt: skip
            fields["debut"] = "2021-10-02 10:00"
        if rank % 7 == 0:
            fields["debut"] = "2021-10-02 10:00"
        if chance.random() < 0.1:
            fields["etat"] = "annule"
        elif chance.random() < 0.7:
            fields["retour"] = returned(chance)
        files[f"events/e{rank}"] = event(**fields)
    return files


def returned(chance: random.Random) -> dict[str, str]:
    if chance.random() < 0.1:
        return {"annule": "true"}
    known = {"tout_public": 300, "maternelle": 30, "primaire": 60, "college": 40, "equipes": 4}
    found = {key: str(chance.randrange(most)) for key, most in known.items()
             if chance.random() < 0.6}  # fmt: skip
    if chance.random() < 0.4:
        found["scolaires"] = str(sum(int(found.get(key, 0)) for key in LEVELS) + 5)
    if chance.random() < 0.3:
        found["premiere_fois"] = "true"
    return found | {"satisfaction": chance.choice(SATISFIED)}


class ByHand:
    """What files say, read by another reader of YAML and counted by plain loops."""

    def __init__(self, content: Path):
        self.events = {
            path.stem: yaml.load(path.read_text("utf-8").split("---\n")[1], yaml.BaseLoader)
            for path in sorted((content / "events").glob("*.md"))
        }
        self.heads = {name: one for name, one in self.events.items()
                      if "evenement_parent" not in one}  # fmt: skip

    def inside(self, name: str) -> list[dict[str, Any]]:
        return [one for one in self.events.values() if one.get("evenement_parent") == name]

    def off(self, name: str) -> bool:
        one = self.heads[name]
        return one.get("etat") == "annule" or "annule" in one.get("retour", {})

    def held(self) -> list[str]:
        return [name for name in self.heads if not self.off(name)]

    def told(self, name: str) -> list[dict[str, str]]:
        own = self.heads[name].get("retour")
        return [own] if own else [one["retour"] for one in self.inside(name) if "retour" in one]

    def number(self, name: str, of) -> int | None:
        own = self.heads[name].get("retour")
        for some in ([own] if own else [], [one.get("retour") for one in self.inside(name)]):
            found = [of(one) for one in some if one and of(one) is not None]
            if found:
                return sum(found)
        return None


def everyone(told: dict[str, str]) -> int | None:
    return int(told["tout_public"]) if "tout_public" in told else None


def pupils(told: dict[str, str]) -> int | None:
    if "scolaires" in told:
        return int(told["scolaires"])
    levels = [int(told[key]) for key in LEVELS if key in told]
    return sum(levels) if levels else None


def added(found: Iterator[int | None]) -> int | None:
    known = [one for one in found if one is not None]
    return sum(known) if known else None


@pytest.mark.parametrize("seed", range(4))
def test_figures_are_those_of_another_reading(tree, seed):
    files = drawn(random.Random(seed), 42)
    found, hand = bilan(tree, files), ByHand(tree.root / "content")
    held = hand.held()
    told = [name for name in hand.heads if hand.told(name)]
    awaited = [name for name in held if not hand.told(name)]
    keys = {one.label: one.value for one in found.cles}
    assert keys["Événements"] == len(held)
    assert keys["Porteurs de projets"] == len({hand.heads[one]["organisateurs"][0] for one in held})
    assert keys["Visiteurs tout public"] == added(hand.number(one, everyone) for one in held)
    assert keys["Visiteurs scolaires"] == added(hand.number(one, pupils) for one in held)
    assert keys["Visiteurs"] == keys["Visiteurs tout public"] + keys["Visiteurs scolaires"]
    towns = {one["adresse"]["commune"] for name in held
             for one in (hand.heads[name], *hand.inside(name))}  # fmt: skip
    assert keys["Communes"] == len(towns)
    rate = f"{len(told)} retours sur {len(told) + len(awaited)}"
    assert rate in " ".join(found.phrases)
    for town, name in TOWNS.items():
        here = [one for one in hand.heads if hand.heads[one]["adresse"]["commune"] == town]
        held_here = [one for one in here if one in held]
        assert rows(found, "departements").get(name, (0, 0, None, None)) == (
            len(held_here),
            sum(one in told for one in here),
            added(hand.number(one, everyone) for one in held_here),
            added(hand.number(one, pupils) for one in held_here),
        )
    thought = Counter(one["satisfaction"] for name in told for one in hand.told(name)
                      if "satisfaction" in one)  # fmt: skip
    assert [one[0] for one in rows(found, "satisfaction").values()] == [
        thought[code] for code in SATISFIED if thought[code]
    ]
    villages = [one for one in held if "envergure" in hand.heads[one]]
    assert rows(found, "envergures")["Villages des sciences"][0] == len(villages)


def test_a_village_and_what_it_holds_count_once(tree):
    child = event(evenement_parent="v", retour={"tout_public": "30", "scolaires": "4"})
    other = event(evenement_parent="v", retour={"tout_public": "5"})
    village = event(format="village-des-sciences")
    files = fete() | {"events/v": village, "events/a": child, "events/b": other}
    told = bilan(tree, files)
    assert rows(told, "departements") == {"Somme": (1, 1, 35, 4)}
    files["events/v"] = event(format="village-des-sciences", retour={"tout_public": "32"})
    told = bilan(tree, files)
    assert rows(told, "departements") == {"Somme": (1, 1, 32, 4)}, "its own return comes first"


# What is not told.


def some(count: int, **more: str) -> dict[str, str]:
    told = {"tout_public": "10", "primaire": "3", "satisfaction": "satisfait"} | more
    return fete() | {f"events/e{rank}": event(retour=told) for rank in range(count)}


def test_no_share_of_fewer_than_five_answers(tree):
    few = bilan(tree, some(4))
    assert rows(few, "satisfaction") == {}
    assert rows(few, "niveaux") == {"École primaire": (12, None)}
    assert {row[-1] for row in rows(few, "envergures").values()} == {None}
    assert rows(few, "formats") == {"Atelier": (4, None)}
    assert "difficulté" not in " ".join(few.phrases)
    enough = bilan(tree, some(5, difficultes=SECRET))
    assert rows(enough, "satisfaction") == {"Satisfaits": (5, 100)}
    assert rows(enough, "niveaux") == {"École primaire": (15, 100)}
    assert "5 de ces retours disent une difficulté" in " ".join(enough.phrases)


def test_an_edition_of_which_nobody_told_counts_nothing(tree):
    announced = [{"libelle": "Participants", "valeur": "35 196"}]
    files = fete(chiffres=announced) | {"events/e": event()}
    told = bilan(tree, files)
    assert (told.cles, told.tables, told.methode) == ((), (), ())
    view = tree.view(URL, files, day=DAY)
    assert [one.libelle for one in view.chiffres] == ["Participants"]
    assert view.fichier is None


def test_nothing_before_the_end(tree):
    files = some(5)
    site = tree.site(files, day=date(2021, 10, 11))
    assert bilan_of_edition(site, "temps-forts/fete", 2021).tables == ()
    assert lacking_returns(site, "temps-forts/fete", 2021) == ()
    assert bilan(tree, files, date(2021, 10, 12)).tables != ()


def test_a_year_without_events_has_nothing(tree):
    assert bilan(tree, fete()) == Bilan("Fête 2021 en chiffres", 2021)


def test_invented_returns_say_so_and_never_mix(tree):
    made = {
        f"events/x{rank}": event(exemple="true", retour={"tout_public": "7"}) for rank in (0, 1)
    }
    told = bilan(tree, fete() | made | {"events/e": event()})
    assert rows(told, "departements") == {"Somme": (2, 2, 14, None)}
    assert all("exemple inventé" in one.titre for one in told.tables)
    assert "inventés" in told.phrases[0]
    told = bilan(tree, {"events/e": event(retour={"tout_public": "3"})})
    assert rows(told, "departements") == {"Somme": (1, 1, 3, None)}
    assert not any("inventé" in one.titre for one in told.tables)


# On the site.


def texts(pages: dict[str, Seen]) -> Iterator[tuple[str, str]]:
    for url, page in pages.items():
        yield url, repr(page.view())


def test_what_an_organiser_thought_is_nowhere_on_the_site(tree):
    files = some(3, difficultes=SECRET, satisfaction="peu-satisfait")
    result = tree.run(files, day=DAY)
    assert result.plan
    shown = {url for url, text in texts(tree.pages(files, day=DAY)) if SECRET in text}
    assert shown <= {f"/evenements/e{rank}/" for rank in range(3)}, "the entry, whole; not drawn"
    for artifact in result.plan.artifacts:
        if isinstance(artifact, base.TextFile | base.Tree):
            made = artifact.produce()
            text = "".join(one if isinstance(one, str) else one[1].decode() for one in made)
            assert SECRET not in text, artifact.path
            assert '"satisfaction":"' not in text, artifact.path


def test_the_page_of_an_edition_asks_for_what_is_missing(tree):
    told, off = event(titre="A", retour={"tout_public": "3"}), event(titre="C", etat="annule")
    files = fete() | {"events/a": told, "events/b": event(titre="B"), "events/c": off}
    view = tree.view(URL, files, day=DAY)
    assert [(one.texte, one.url) for one in view.attendus] == [
        ("B", "/contribuer/evenement/?retour=b")
    ]
    assert [one.lien.note for one in view.etapes] == ["3 événements", "1 retour sur 2"]
    assert view.fichier.url == f"{URL}chiffres.csv"
    asked = {name: tree.view(f"/evenements/{name}/", day=DAY).lecture.retour for name in "abc"}
    assert asked == {"a": "", "b": "/contribuer/evenement/?retour=b", "c": ""}
    early = tree.view("/evenements/b/", day=date(2021, 10, 2))
    assert early.lecture.retour == ""


def test_the_steps_of_an_edition(tree):
    call = entry("annonces", titre="Un appel", publie_le="2021-03-01", echeance="2021-06-10",
                 categorie="appel-a-projets", temps_fort="fete", edition="2021")  # fmt: skip
    files = fete() | {"annonces/appel": call, "events/a": event()}
    for day, states in {
        date(2021, 5, 1): ["present", "futur", "futur"],
        date(2021, 9, 1): ["passe", "futur", "futur"],
        date(2021, 10, 4): ["passe", "present", "futur"],
        DAY: ["passe", "passe", "present"],
    }.items():
        found = steps_of(tree.site(files, day=day), "temps-forts/fete", 2021)
        steps = tuple(found)
        assert [one.etat for one in steps] == states, day
        assert steps[0].lien.url == "/annonces/appel/"
    assert steps == tree.view(URL, files, day=DAY).etapes
    early = tree.view("/contribuer/", files, day=date(2021, 5, 1)).appels
    assert [(name, len(some)) for name, some in early] == [("Fête 2021", 3)]
    assert tree.view("/contribuer/", files, day=DAY).appels == ()
    assert [one.quand.replace("\u00a0", " ") for one in steps][:2] == [
        "Jusqu’au 10 juin 2021", "Du 1er au 11 octobre 2021",
    ]  # fmt: skip


def test_the_desk_writes_to_who_has_not_told(tree):
    files = fete() | {
        "lieux/musee": entry("lieux", titre="Musée", courriel="contact@musee.example"),
        "events/a": event(titre="A", organisateurs=["musee"]),
        "events/b": event(titre="B", retour={"tout_public": "3", "difficultes": SECRET}),
    }
    view = tree.view("/redaction/", files, day=DAY, preview=True)
    (section,) = (one for one in view.sections if one.ancre == "Retours")
    waiting, hard = section.tables
    assert (section.nombre, [one.nom.texte for one in waiting.lignes]) == (1, ["A"])
    actions = {one.texte: one.url for one in waiting.lignes[0].actions}
    assert actions["Écrire"].startswith("mailto:contact@musee.example?")
    assert actions["Dire comment c’était"] == "/contribuer/evenement/?retour=a"
    assert [(one.nom.texte, one.nom.url) for one in hard.lignes] == [(SECRET, "")]


def test_events_of_an_edition_are_gathered_once(tree):
    files = fete() | {"events/v": event(), "events/a": event(evenement_parent="v")}
    _, true, told = edition_of(tree.site(files, day=DAY), "temps-forts/fete", 2021)
    assert [(one.item.ref, len(one.inside)) for one in true.events] == [("events/v", 1)]
    assert told is true
