"""``portail new`` on a terminal: whole dialogues, from what is typed to the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portail.cli.new.dialog import NOTHING, Dialog
from portail.cli.new.questions import questions_of
from portail.cli.new.world import World
from portail.config import Day, SiteConfig
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.pipeline import run
from portail.resources import data_dir
from portail.source.loader import list_content
from portail.source.store import MemoryStore

TODAY = date(2021, 9, 27)
LIEU = """---
titre: La Coupole, Centre d’histoire
resume: Un musée.
type: musee
commune: Wizernes
---
"""


@pytest.fixture(scope="module")
def tables() -> tuple[Vocabularies, Geography]:
    return Vocabularies.load(data_dir()), Geography.load(data_dir(), "Hauts-de-France")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one lieu; no dialogue writes in it."""
    folder = tmp_path_factory.mktemp("portail") / "content"
    (folder / "lieux").mkdir(parents=True)
    (folder / "lieux" / "la-coupole.md").write_text(LIEU, encoding="utf-8")
    return folder


@dataclass
class Said:
    """What a dialogue told, and the file it gave."""

    lines: list[str]
    name: str
    text: str
    left: int

    @property
    def all(self) -> str:
        return "\n".join(self.lines)


Talk = Callable[..., Said]


@pytest.fixture(scope="module")
def talk(tables: tuple[Vocabularies, Geography], content: Path) -> Talk:
    def held(kind: Kind, *typed: str, title: str = "", complete: bool = False) -> Said:
        listing = list_content(content)
        world = World(content, kind, TODAY, *tables, MemoryStore(), listing)
        lines = iter(typed)
        dialog = Dialog(world, lines, title=title, complete=complete)
        told = list(dialog.talk())
        return Said(told, dialog.name, dialog.text, len(list(lines)))

    return held


def front(said: Said) -> str:
    """The lines between the two fences."""
    return said.text.split("---\n")[1]


def errors(tmp_path: Path, kind: Kind, said: Said) -> list[str]:
    """What the whole portal finds wrong with the file."""
    folder = tmp_path / "content"
    for name, text in (("lieux/la-coupole", LIEU), (f"{kind.value}/{said.name}", said.text)):
        file = folder / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    day = Day(TODAY, pinned=True)
    report = run(folder, data_dir(), SiteConfig(), day, MemoryStore()).report
    return [f"{one.code} {one.message}" for one in report if one.code[0] == "E"]


def test_an_event_with_two_dates_and_a_lieu(talk: Talk, tmp_path: Path) -> None:
    said = talk(
        Kind.EVENT, "La nuit : essai #1", "9/10/2021 14h-16h", "dimanche 10 octobre à 9 h 30", "",
        "la coupolle", "1", "", "atelier, 2", "5", "5 € / 3,50 € (étudiants)", "obligatoire",
        "03 21 00 00 00 ; contact@example.org", "7/10", "Une sortie.", "Ville d’Amiens", "",
        "numérique", "Venez.", "- un", "- deux", "", "oui", "oui",
    )  # fmt: skip
    assert said.left == 0
    assert said.name == "la-nuit-essai-1"
    assert said.text == (
        "---\n"
        'titre: "La nuit : essai #1"\n'
        "resume: Une sortie.\n"
        "publie_le: 2021-09-27\n"
        "themes: [numerique]\n"
        "seances:\n"
        "  - debut: 2021-10-09 14:00\n"
        "    fin: 2021-10-09 16:00\n"
        "  - debut: 2021-10-10 09:30\n"
        "lieu: la-coupole\n"
        "format: [atelier, conference]\n"
        "publics: [college]\n"
        "tarif: {prix: 5, reduit: 3.50, conditions: étudiants}\n"
        "inscription:\n"
        "  regime: obligatoire\n"
        "  courriel: contact@example.org\n"
        "  telephone: 03 21 00 00 00\n"
        "  avant_le: 2021-10-07\n"
        "organisateurs: [Ville d’Amiens]\n"
        "---\n\nVenez.\n\n- un\n- deux\n"
    )
    assert "  Sera lu : samedi 9\xa0octobre 2021, de 14\xa0h à 16\xa0h" in said.lines
    assert errors(tmp_path, Kind.EVENT, said) == []


def test_a_commune_whose_name_is_shared(talk: Talk, tmp_path: Path) -> None:
    said = talk(
        Kind.EVENT, "Essai", "9/10/2021", "", "Saint-Martin", "1", "Salle des fêtes", "",
        "", "jeu", "", "gratuit", "", "Un jeu.", "", "", "", "", "",
    )  # fmt: skip
    assert said.left == 0
    assert "  « Saint-Martin » : vouliez-vous dire…" in said.lines
    assert "adresse: {nom: Salle des fêtes, commune: Saint-Martin" in said.text
    assert "tarif: {gratuit: true}\n" in said.text
    assert "statut: brouillon\n" in said.text
    assert "debut: 2021-10-09\n" in said.text
    assert errors(tmp_path, Kind.EVENT, said) == []


def test_an_event_on_line(talk: Talk, tmp_path: Path) -> None:
    said = talk(
        Kind.EVENT, "Essai", "9 octobre 20h-22h", "", "en ligne", "", "example.org/direct",
        "conférence", "", "", "", "Un direct.", "", "", "", "oui", "oui",
    )  # fmt: skip
    assert said.left == 0
    assert "  Cette réponse est nécessaire." in said.lines
    assert "en_ligne: https://example.org/direct\n" in said.text
    assert errors(tmp_path, Kind.EVENT, said) == []


SHORTEST: dict[Kind, tuple[str, ...]] = {
    Kind.EVENT: ("9/10/2021", "", "Wizernes", "", "", "", "jeu", "", "", "", "Un jeu.", "", ""),
    Kind.ARTICLE: ("Un texte.", *[""] * 4),
    Kind.ANNONCE: ("Une annonce.", "divers", "15/12/2021", "", "", ""),
    Kind.RESSOURCE: ("Un outil.", "livre", *[""] * 5),
    Kind.LIEU: ("Un musée.", "musée", "Wizernes", *[""] * 4),
    Kind.DOSSIER: ("Un dossier.", "", "vaccin"),
    Kind.COMMUNAUTE: ("Des gens.", "", "", "thèse", ""),
    Kind.PROJET: ("Un projet.", "idee", "Association Exemple", *[""] * 4),
    Kind.TERRITOIRE: ("Un pays.", "ca", "200069037", ""),
    Kind.TEMPS_FORT: ("Une fête.", "octobre", "", "", ""),
    Kind.AUTEUR: ("", "", "", ""),
    Kind.NEWSLETTER: (),
    Kind.PAGE: ("",),
}


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_the_shortest_dialogue_of_each_kind(kind: Kind, talk: Talk, tmp_path: Path) -> None:
    ready = () if kind in (Kind.ARTICLE, Kind.PAGE) else ("oui",)
    said = talk(kind, "Essai", *SHORTEST[kind], "", *ready, "oui")
    assert said.left == 0, said.all
    assert said.name == ("2021-s39" if kind is Kind.NEWSLETTER else "essai")
    assert errors(tmp_path, kind, said) == []
    # What has no text though it needs one is not ready.
    assert ("statut: brouillon" in said.text) is (kind in (Kind.ARTICLE, Kind.PAGE))


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_every_question_is_that_of_a_field(
    kind: Kind, tables: tuple[Vocabularies, Geography]
) -> None:
    for question in questions_of(kind, tables[0]):
        assert question.title
        assert question.help, question.key
        if question.form not in ("lignes", "pret", "ou", "quand", "tarif", "contact"):
            assert question.schema, question.key


@pytest.mark.parametrize(
    ("rank", "typed", "told"),
    [
        (0, "", "  Cette réponse est nécessaire."),
        (0, "M" * 141, "  Erreur E205 : "),
        (0, "M" * 20_001, "  Erreur : Cette réponse dépasse 20"),
        (0, "a\x1b[2Jb", "  Erreur E102 : "),
        (0, "a\ud800", "  Erreur E102 : "),
        (0, "<script>", "  Erreur E246 : "),
        (1, "31/02/2021", "  Erreur E210 : "),
        (1, "9/10/2021 16h-14h", "  Erreur E213 : "),
        (1, "dimanche 9 octobre 2021", "  Erreur : Le 9\xa0octobre 2021 est un samedi."),
        (1, "9/10/2021 14h - 12/10/2021 16h", "  Erreur E229 : "),
        (1, "bientôt", "  Erreur E210 : "),
        (3, "zzzzzzzzzz", "  Erreur : « zzzzzzzzzz » n’est ni un lieu"),
        (7, "atelié, 99", "  Erreur E203 : "),
        (7, "1, 2, 3", "  Erreur E227 : "),
        (9, "03 21 00 00 00", "  Erreur E209 : "),
    ],
)
def test_a_wrong_answer_is_told_and_asked_again(
    rank: int, typed: str, told: str, talk: Talk
) -> None:
    right = ["Essai", *SHORTEST[Kind.EVENT], "", "", "oui"]
    said = talk(Kind.EVENT, *right[:rank], typed, *right[rank:])
    assert any(line.startswith(told) for line in said.lines), said.all
    assert said.text == talk(Kind.EVENT, *right).text != ""


def test_back_to_the_question_before(talk: Talk) -> None:
    said = talk(Kind.NEWSLETTER, "retour", "Un", "retour", "Deux", "", "", "retour", "oui", "oui")
    assert "  C’est la première question." in said.lines
    assert "  Entrée garde : Un" in said.lines
    assert front(said) == "titre: Deux\n"


def test_an_answer_is_changed_at_the_end(talk: Talk) -> None:
    said = talk(Kind.NEWSLETTER, "Un", "", "oui", "peut-être", "?", "1", "Deux", "")
    assert "titre: Un" in said.lines  # the file, shown
    assert front(said) == "titre: Deux\n"


def test_a_doubt_is_not_lost_by_enter(talk: Talk) -> None:
    said = talk(Kind.AUTEUR, "Marie Curie", "", "La Coupole", "", "oui", *[""] * 4, "oui")
    assert "affiliation: la-coupole\n" in said.text


@pytest.mark.parametrize(
    "typed",
    [(), ("quitter",), ("Un", "", "", "non"), ("Un", "", "", "quitter"), ("Un", "", "")],
)
def test_leaving_writes_nothing(typed: Sequence[str], talk: Talk) -> None:
    said = talk(Kind.NEWSLETTER, *typed)
    assert (said.name, said.text, said.lines[-1]) == ("", "", NOTHING)


def test_what_only_the_whole_file_shows_is_asked_again(talk: Talk) -> None:
    """A link of the text leads to nothing: no question but the last check can see it."""
    said = talk(
        Kind.PAGE, "Essai", "", "Voir [ici](articles/rien).", "", "oui", "Voir ici.", "", "oui"
    )
    assert any(line.startswith("  Erreur E401") for line in said.lines), said.all
    assert said.text.endswith("---\n\nVoir ici.\n")


def test_a_name_that_is_taken(talk: Talk) -> None:
    said = talk(
        Kind.LIEU, *("Autre", "Un musée.", "musée", "Wizernes", *[""] * 6), title="La Coupole"
    )
    assert "  lieux/la-coupole.md est pris : ce fichier s’appellera la-coupole-2.md." in said.lines


def test_the_complete_file_keeps_the_other_fields(talk: Talk) -> None:
    said = talk(Kind.NEWSLETTER, "Un", "", "oui", "oui", complete=True)
    assert "\n# epingles: " in said.text
    assert "titre: Un\n" in said.text


HOSTILE = ("---", "...", "- a", "a: b", "# x", "{", "[", "'", '"', "\\", "&a", "*a*", "!!str", "~",
           "null", "true", "2021", "%", "@", "`", "|", ">", "🎉", "e\u0301", "\u00a0", "a\tb",
           "\u2028", "\x85", "\ufeff", "\x00", "M" * 500, "?", "-", "retour", "1", "oui", "99",
           "Wizernes", "9/10/2021", "gratuit", "a@b.fr", "jeu", "<b>", "[x](y)")  # fmt: skip


@pytest.mark.parametrize("title", [one for one in HOSTILE if one.isprintable()])
def test_a_title_is_read_back_as_it_was_typed(title: str, talk: Talk, tmp_path: Path) -> None:
    said = talk(Kind.AUTEUR, f"{title} é", *[""] * 6, "oui")
    if said.text:
        assert errors(tmp_path, Kind.AUTEUR, said) == []
        folder = tmp_path / "content"
        day = Day(TODAY, pinned=True)
        site = run(folder, data_dir(), SiteConfig(apercu=True), day, MemoryStore()).site
        assert site is not None
        assert site.items[f"auteurs/{said.name}"].entry.titre == f"{title} é"
    else:
        assert any("Erreur" in line for line in said.lines)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_answered_the_file_is_right_or_is_not(
    data: st.DataObject, talk: Talk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kind = data.draw(st.sampled_from([Kind.EVENT, Kind.ANNONCE, Kind.LIEU, Kind.PAGE]))
    noise = data.draw(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=40), max_size=12))
    right = ["Essai", *SHORTEST[kind], *[""] * 4, "oui"]
    typed: list[str] = []
    for one in right:
        typed += [noise.pop(), one] if noise and data.draw(st.booleans()) else [one]
    said = talk(kind, *typed)
    assert bool(said.text) is bool(said.name)
    if said.text:
        assert errors(tmp_path_factory.mktemp("essai"), kind, said) == []
    else:
        assert said.lines[-1] == NOTHING


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Gratuit", "{gratuit: true}"),
        ("0 €", "{gratuit: true}"),
        ("gratuit, sur réservation", "{gratuit: true, conditions: sur réservation}"),
        ("gratuit pour les enfants", "{conditions: gratuit pour les enfants}"),
        ("5", "{prix: 5}"),
        ("5,50€", "{prix: 5.50}"),
        ("1 200 euros", "{prix: 1200}"),
        ("5 € / 3 €", "{prix: 5, reduit: 3}"),
        ("5 €, 3 € (étudiants)", "{prix: 5, reduit: 3, conditions: étudiants}"),
        ("5 € / gratuit moins de 12 ans", "{prix: 5, conditions: gratuit moins de 12 ans}"),
        ("de 5 à 10 €", "{conditions: de 5 à 10 €}"),
        ("prix libre", "{conditions: prix libre}"),
    ],
)
def test_prices(typed: str, written: str, talk: Talk) -> None:
    right = ["Essai", *SHORTEST[Kind.EVENT], "", "oui", "oui"]
    said = talk(Kind.EVENT, *right[:9], typed, *right[10:])
    assert f"\ntarif: {written}\n" in said.text, said.all


def test_the_length_of_a_sentence_is_counted(talk: Talk) -> None:
    said = talk(Kind.PAGE, "Essai", "Dix signes", "quitter")
    assert "  10 signes sur 300." in said.lines


def test_leaving_in_the_middle_of_the_text(talk: Talk) -> None:
    said = talk(Kind.PAGE, "Essai", "", "Une ligne.", "quitter", "", "oui", "oui")
    assert (said.text, said.lines[-1]) == ("", NOTHING)


def test_a_lieu_by_the_beginning_of_one_of_its_words(talk: Talk) -> None:
    right = ["Essai", *SHORTEST[Kind.EVENT], "", "oui", "oui"]
    said = talk(Kind.EVENT, *right[:3], "hist", "1", *right[6:])
    assert "    1. La Coupole, Centre d’histoire (la-coupole)" in said.lines
    assert "\nlieu: la-coupole\n" in said.text
