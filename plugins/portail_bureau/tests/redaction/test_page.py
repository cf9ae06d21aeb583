"""The editors' desk: in previews alone, every row leads to the page and to its file."""

from urllib.parse import parse_qs, urlsplit

from doses import cases
from plans import entry
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.outputs.pages.views.shared import Lien
from portail_bureau.redaction.pictures import DESK
from portail_bureau.redaction.rows import MOST, structure_mail


def sections(tree, files, **options):
    view = tree.view(DESK, files, preview=True, **options)
    return {one.ancre: one for one in view.sections}


def rows(section):
    return [one for table in section.tables for one in table.lignes]


def test_only_in_previews_and_out_of_what_lists_pages(tree):
    files = {"lieux/a": entry("lieux")}
    public = tree.run(files, siteurl="https://p.example").plan
    assert not any(DESK in getattr(one, "url", "") for one in public)
    pages = tree.pages(preview=True, siteurl="https://p.example")
    assert pages[DESK].sitemap is None and pages[DESK].view().noindex
    assert DESK not in repr(pages["/plan-du-site/"].view().groupes)


def test_an_empty_desk_says_so(tree):
    found = sections(tree, {"pages/a": entry("pages")})
    assert {(one.nombre, one.tables) for one in found.values()} == {(0, ())}
    assert all(one.vide.endswith(".") for one in found.values())


def test_a_row_leads_to_the_page_the_form_and_the_file(tree):
    files = {"lieux/musee": entry("lieux", titre="Le musée")}
    (row,) = rows(sections(tree, files, depot="https://github.com/a/b")["Verifier"])
    assert row.nom == Lien("Le musée", "/lieux/musee/")
    assert row.cellules == ((Lien("Lieu"),), (Lien("Jamais"),))
    assert row.actions == (
        Lien("Mettre à jour", "/contribuer/lieu/?modifier=musee"),
        Lien("Fichier", "https://github.com/a/b/edit/main/content/lieux/musee.md"),
    )
    (row,) = rows(sections(tree, files)["Verifier"])
    assert row.actions[1] == Lien("content/lieux/musee.md")


MESSAGE = """\
Bonjour,

Le site « Portail des sciences en Hauts-de-France » présente « Le musée » à ses lecteurs.
https://p.example/lieux/musee/

Cette fiche n’a pas été vérifiée depuis le 1er janvier 2020. Voici ce qu’elle dit :

- Adresse : 2 rue Haute, 80000 Amiens
- Courriel : contact@musee.example
- Horaires : Du mardi au dimanche : de 10 h à 18 h
- Tarifs : plein tarif 5,50 €

Et ce que nos lecteurs y cherchent encore :

- accessibilité
- accès
- publics
- rôles ou offre

Tout est-il exact ? Un « oui » en réponse suffit : nous noterons le jour. Sinon, répondez avec \
ce qui a changé, ou corrigez vous-même la fiche, sans compte à créer.
https://p.example/contribuer/lieu/?modifier=musee

Merci, et à bientôt,
La rédaction du Portail des sciences
redaction@p.example"""


def test_the_message_is_ready_to_be_sent(tree):
    files = {"lieux/musee": entry(
        "lieux", titre="Le musée", courriel="contact@musee.example", verifie_le="2020-01-01",
        commune=None, adresse={"rue": "2 rue Haute", "code_postal": "80000", "commune": "Amiens"},
        horaires_ouverture="Tu-Su 10:00-18:00", tarifs=[{"libelle": "plein tarif", "prix": "5,50"}],
    )}  # fmt: skip
    options = {"siteurl": "https://p.example", "courriel": "redaction@p.example"}
    (row,) = rows(sections(tree, files, **options)["Verifier"])
    assert row.actions[0].texte == "Écrire"
    parts = urlsplit(row.actions[0].url)
    assert (parts.scheme, parts.path) == ("mailto", "contact@musee.example")
    told = parse_qs(parts.query, strict_parsing=True)
    assert told["subject"] == ["Votre fiche « Le musée » est-elle à jour ?"]
    assert told["body"][0].replace("\r\n", "\n").replace("\u00a0", " ") == MESSAGE
    assert len(row.actions[0].url) < 6000
    for address in ("", "http://localhost:8000"):
        section = sections(tree, files, siteurl=address)["Verifier"]
        assert "localhost" not in rows(section)[0].actions[0].url


@cases(
    ("address", "written"),
    [
        ("contact@musee.example", True), ("zoe.martin@musee.example", True),
        ("contact.musee@gmail.com", True), ("zoe.martin@gmail.com", False),
        ("zoe@orange.fr", False), ("planetarium.verne@free.fr", True), (None, False),
    ],
)  # fmt: skip
def test_nobody_is_written_to_at_home(address, written):
    lieu = MODELS[Kind.LIEU](titre="Planétarium Jules-Verne", courriel=address)
    assert bool(structure_mail(lieu)) is written


def test_a_tool_is_asked_of_its_owner(tree):
    files = {
        "lieux/club": entry("lieux", courriel="contact@club.example", verifie_le="2021-09-01"),
        "ressources/expo": entry("ressources", publie_le="2019-01-01", proprietaire="club"),
    }
    (row,) = rows(sections(tree, files)["Verifier"])
    assert row.cellules[1] == (Lien("Modifiée le 1er\u00a0janvier 2019"),)
    assert row.actions[0].url.startswith("mailto:contact@club.example?")


def test_what_is_derived_has_no_file_to_complete(tree):
    files = {"lieux/musee": entry("lieux"), "territoires/somme": entry("territoires")}
    manques = rows(sections(tree, files)["Manques"])
    assert [one.nom.url for one in manques if one.nom.url.startswith("/territoires/")] == [
        "/territoires/somme/"
    ]


def test_warnings_are_told_once(tree):
    twin = {"adresse": {"commune": "Amiens"}, "titre": "Atelier fusées"}
    found = sections(tree, {
        "events/a": entry("events", **twin), "events/b": entry("events", **twin),
        "lieux/vieux": entry("lieux", verifie_le="2019-01-01"),
        "articles/b": entry("articles", statut="brouillon"),
    })  # fmt: skip
    assert [row.cellules[0][0].texte for row in rows(found["Avertissements"])] == ["C208"]
    assert found["Doublons"].nombre == 1


def test_a_long_table_says_how_much_is_left(tree):
    files = {f"lieux/l{n}": entry("lieux", titre=f"Lieu {n}") for n in range(MOST + 20)}
    section = sections(tree, files)["Verifier"]
    (table,) = section.tables
    assert (section.nombre, table.total, len(table.lignes)) == (MOST + 20, MOST + 20, MOST)


def test_each_place_without_a_picture_has_its_mail(tree):
    files = {
        "lieux/musee": entry(
            "lieux", titre="Le musée", type="musee", courriel="c@musee.example.org"
        ),
        "lieux/labo": entry("lieux", titre="Le labo", type="laboratoire"),
        "lieux/faux": entry("lieux", titre="Faux", exemple=True),
    }
    pages = tree.pages(files, preview=True)
    (section,) = pages["/redaction/images/"].view().sections
    found = {row.nom.texte: row.actions[0] for one in section.tables for row in one.lignes}
    assert list(found) == ["Le musée", "Le labo"], "what one visits is first, no example"
    assert found["Le musée"].url.startswith("mailto:c@musee.example.org?subject=")
    assert "CC%20BY-SA%204.0" in found["Le musée"].url
    assert (found["Le labo"].url[:8], found["Le labo"].note) == ("mailto:?", "adresse à trouver")


def test_what_cannot_wait_comes_first_and_each_row_says_what_to_do(tree):
    files = {
        f"lieux/l{one}": entry("lieux", titre=f"Lieu {one}", adresse=None) for one in range(5)
    } | {
        "annonces/a": entry("annonces", echeance="2021-10-01"),
        "events/e": entry("events", debut="2021-10-02", tarif=None),
    }
    found = sections(tree, files)
    first = ("Echeances", "Retours", "Doublons", "Avertissements", "Verifier", "Manques")
    assert tuple(one for one in found if one in first) == first
    assert next(iter(found)) == "Echeances"
    assert [row.actions[0].texte for row in rows(found["Echeances"])] == [
        "Prolonger, ou laisser finir",
        "Compléter",
    ]
    (table,) = found["Verifier"].tables
    assert table.montrees < len(table.lignes), "the rest is under a fold"
    assert all(row.actions for row in table.lignes)
