"""What pages say: states, dates, previews, addresses, escaping."""

import re

import matiere
import pytest
import vues
from lxml import html

from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import (
    Fait,
    Lien,
    Machine,
    Message,
    Picture,
    Variante,
)
from remake import replace


def text_of(element):
    """The text of an element, its spaces folded."""
    return " ".join(element.text_content().split())


def test_the_title_goes_from_the_page_to_the_site(tree):
    def title(name):
        return str(tree(name).xpath("string(//title)"))

    site = "Portail des sciences en Hauts-de-France"
    page = "Le retour d’Astacus astacus\xa0: soirée d’observation"
    assert title("lieux") == f"{page} – Rubrique – {site}"
    assert title("accueil") == f"Accueil – {site}"
    assert title("liste-500") == f"Agenda, page 11 – {site}"


def test_italics_of_titles_are_shown(drawn):
    for name in ("lieux", "events", "articles", "dossiers", "pages"):
        assert "<em>Astacus astacus</em>" in drawn[name].split("<h1>")[1].split("</h1>")[0]


def test_pinned_day_is_on_the_page_only_when_there_is_one(drawn):
    assert '<html lang="fr" data-date="2021-09-27">' in drawn["accueil"]
    assert '<html lang="fr">' in drawn["lieux-nu"]


def test_engines_are_kept_away_from_previews_and_lost_pages(planned, showcase):
    robots = '<meta name="robots" content="noindex">'
    shown = {url for url, text in showcase.items() if robots in text}
    alone = {"affiche.html", "embarque.html", "desabonnement.html"}  # to print, frames, to leave
    lost = {"404.html", "ma-selection.html", "redaction.html", "couverture.html", "retire.html"}
    before = {"article.html", "lettre.html", "listing.html"}  # drafts, what has not left yet
    assert {planned[url].template for url in shown} == alone | lost | before


def test_a_shared_picture_is_described(rendu_publie):
    """Its own words, else those of a motif of the theme."""
    template, view = vues.fiche("lieux")
    picture = Machine(Picture("/medias/dome.jpg", "Le dôme, la nuit", 1200, 630))
    for machine, said in (
        (view.machine, "Portail des sciences\u00a0: un motif et sa marque"),
        (picture, "Le dôme, la nuit"),
    ):
        tree = html.document_fromstring(rendu_publie(template, replace(view, machine=machine)))
        assert tree.xpath("//meta[@property='og:image:alt']/@content") == [said]


def test_labels_are_written_and_strong_ones_come_first(read):
    for one in vues.ETIQUETTES[:7]:
        tree = read(vues.fiche("events", etiquettes=(one,)))
        label = tree.xpath(f"//header//*[contains(@class, 'e-{one.code}')]")[0]
        assert label.text == one.texte
        order = list(tree.iter())
        before = order.index(label) < order.index(tree.xpath("//h1")[0])
        assert before is one.forte is ("forte" in label.get("class").split()), one.code


def test_what_goes_on_is_one_sentence_of_links(tree):
    page = tree("lettre-en-cours")
    (told,) = (one for one in page.iter("p") if "Toujours en cours" in one.text_content())
    assert " ".join(told.text_content().split()) == (
        "Toujours en cours : Un mois, jusqu’au 8 octobre ; Un an."
    )
    assert told.xpath(".//a/@href") == ["/temps-forts/mois/", "/temps-forts/an/"]


@pytest.mark.parametrize(
    ("case", "said"), [("agenda", "Ce qui dure"), ("agenda-140", "En ce moment")]
)
def test_what_has_not_begun_is_not_said_to_be_on(case, said, tree):
    assert tree(case).get_element_by_id("Durees").text == said


def test_where_a_tool_goes_next_is_a_sentence(tree):
    (line,) = tree("ressources").find_class("ou-suite")[:1]
    said = " ".join(line.text_content().split())
    assert said.startswith("Ensuite : Collège, Lens (62), du 4 au 8 octobre 2021 ; M")


def test_leaves_of_states(tree):
    page = tree("liste")
    leaves = page.find_class("eph")
    postponed = [leaf for leaf in leaves if "etat-reporte" in leaf.get("class")]
    assert [leaf.tag for leaf in postponed] == ["span"]
    assert postponed[0].text_content().split() == ["?", "à", "dater"]
    assert all(leaf.get("data-jour") for leaf in leaves if leaf not in postponed)
    assert len(page.find_class("est-annule")) == 1


def test_past_dates_are_folded(tree):
    page = tree("events")
    folds = page.xpath("//section[.//*[@id='Dates']]/details")
    summaries = [fold.xpath("string(summary)") for fold in folds]
    assert summaries == ["4\u00a0dates de plus", "2\u00a0dates passées"]
    assert [len(fold.xpath("ol/li")) for fold in folds] == [4, 2]
    assert all(fold.get("open") is None for fold in folds)
    assert ["reste" in fold.get("class").split() for fold in folds] == [True, False], "on paper"
    when = page.xpath("//aside[*[@id='Infos']]//time/@datetime")
    assert when == ["2021-09-29T14:00:00+02:00"]


def test_missing_values_are_one_line(drawn, tree):
    page = tree("lieux")
    (line,) = page.xpath("//p[@class='completer']")
    assert "Tarifs, accessibilité" in line.text_content()
    assert "Non précisé" not in drawn["lieux"], "it has no row of its own"


@pytest.mark.parametrize(
    ("numero", "total", "expected"),
    [
        (1, 1, ""),
        (1, 2, "1 2 Suivante"),
        (2, 2, "Précédente 1 2"),
        (11, 21, "Précédente 1 … 9 10 11 12 13 … 21 Suivante"),
        (3, 21, "Précédente 1 2 3 4 5 … 21 Suivante"),
        (21, 21, "Précédente 1 … 19 20 21"),
    ],
)
def test_pagination(numero, total, expected, read):
    tree = read(vues.liste(total=total, numero=numero))
    rows = tree.xpath("//nav[@aria-label='Pages de la liste']//li")
    for hidden in tree.xpath("//nav[@aria-label='Pages de la liste']//span"):
        hidden.text = ""
    assert " ".join(text_of(row) for row in rows) == expected
    current = tree.xpath("//nav[@aria-label='Pages de la liste']//a[@aria-current='page']/@href")
    address = "/agenda/" if numero == 1 else f"/agenda/page/{numero}/"
    assert current == ([] if total == 1 else [address])


def test_empty_list_says_so_and_where_to_go(drawn, tree):
    vide = tree("liste-vide").find_class("vide")[0]
    assert vide.findtext("h2") == "Aucun rendez-vous à venir pour l’instant."
    near = text_of(vide.find("p")).replace("\xa0", " ")
    assert near == "Dernière date : Le retour d’Astacus astacus, samedi 2 octobre 2021."
    assert [link.get("href") for link in vide.iter("a")] == [
        "/evenements/a/", "/agenda/archives/", "/x/",
    ]  # fmt: skip
    assert 'class="vide"' not in drawn["liste"]


def test_letters_without_names_are_not_links(tree):
    letters = tree("liste-lettres").find_class("alphabet")[0]
    assert [one.text for one in letters.iter("a")] == ["A", "E", "M"]
    assert len(list(letters.iter("span"))) == 23


def test_preview_bands_tell_what_is_wrong(drawn, tree):
    page = tree("troubles")
    band = page.xpath("//aside[@aria-label='Fichiers en erreur']")[0]
    assert "Aperçu avec 12\u00a0erreurs." in band.text_content()
    assert len(band.xpath(".//li")) == 9
    assert "et 4\u00a0autres" in band.text_content()
    assert "Brouillon." in drawn["brouillon"]
    assert not [
        url for url in ("", "agenda/", "lieux/") if re.search(r'class="bande[" ]', drawn[url])
    ]


def test_what_is_typed_is_escaped(rendu):
    evil = '"><img src=x onerror=alert(1)>{{ 7*7 }}'
    card = vues.carte(0, titre=evil, resume=evil, surtitre=evil, details=(evil,))
    bloc = Bloc(evil, (card,), notes=(evil,))
    fact = Fait(evil, (Lien(evil, note=evil),))
    for kind in vues.KINDS:
        page = rendu(*vues.fiche(
            kind, titre=evil, entry={"resume": evil, "resume_falc": evil, "interets": evil},
            blocs=(bloc, bloc), faits=(fact,), tableaux=((evil, (fact,)),),
            message=Message(evil, evil, evil, evil),
            surtitre=evil, signature=(Lien(evil, note=evil),),
            image=replace(matiere.PHOTO, alt=evil, legende=evil, credit=evil),
        ))  # fmt: skip
        assert "onerror=alert(1)>{{ 7*7 }}" not in page.replace("&gt;", "")
        assert html.document_fromstring(page).xpath("//@onerror") == []


def test_a_foreign_text_says_its_language(read):
    tree = read(vues.fiche("articles", entry={"langue": "en"}))
    spoken = [tree.find_class("prose")[0], tree.find_class("chapo")[0], tree.find(".//h1")]
    assert [one.get("lang") for one in spoken] == ["en"] * 3


def test_sources_link_to_their_address_and_doi(tree):
    links = tree("articles").find_class("sources")[0].xpath(".//a/@href")
    assert links == ["https://exemple.org/r.pdf", "https://doi.org/10.1000/182"]


def test_the_summary_comes_from_four_headings_on(rendu):
    for count, shown in ((3, 0), (4, 1)):
        page = rendu(*vues.fiche("articles", sommaire=matiere.SOMMAIRE[:count]))
        tree = html.document_fromstring(page)
        assert len(tree.xpath("//nav[@aria-label='Sommaire']")) == shown


ONE = Variante("/medias/planetarium.jpg.800.webp", 800, "image/webp")


def test_a_picture_of_one_file_offers_no_choice(read):
    photo = replace(matiere.PHOTO, variantes=(*matiere.PHOTO.variantes[:3], ONE), url=ONE.url)
    page = read(vues.fiche("articles", image=photo))
    (picture,) = page.xpath("//div[@class='vis']/picture")
    assert picture.xpath(".//source/@type") == ["image/avif"]
    (image,) = picture.xpath(".//img")
    assert image.get("src") == ONE.url
    assert image.get("srcset") is image.get("sizes") is None


def test_a_thumbnail_is_the_narrowest_file(read):
    une = vues.carte(0, image=matiere.PHOTO, digest="photo")
    page = read(vues.accueil(une=(une,) * 4))
    image = page.xpath("//ul[@class='une-suite']//img")[0]
    assert image.get("srcset").endswith(" 480w") and "," not in image.get("srcset")


def test_a_picture_comes_in_the_sizes_of_its_place(read):
    """A hero may be as wide as the page; a card never needs the widest file."""
    une = vues.carte(0, image=matiere.PHOTO, digest="photo")
    blocs = (Bloc("À lire aussi", (une,)),)
    page = read(vues.fiche("articles", image=matiere.PHOTO, blocs=blocs))
    hero, card = page.xpath("//div[@class='vis']/picture")
    types = ["image/avif", "image/webp"]
    assert hero.xpath(".//source/@type") == card.xpath(".//source/@type") == types
    assert [one.count("w,") for one in hero.xpath(".//@srcset")] == [2, 2, 2]
    assert [one.count("w,") for one in card.xpath(".//@srcset")] == [1, 1, 1]
    assert len(set(hero.xpath(".//@sizes"))) == len(set(card.xpath(".//@sizes"))) == 1
    (large,), (small,) = hero.xpath(".//img"), card.xpath(".//img")
    assert large.get("loading") is None
    assert small.get("loading") == "lazy"
    for one in (large, small):
        assert (one.get("width"), one.get("height")) == ("1280", "800")
        assert one.get("alt") == matiere.PHOTO.alt
    (caption,) = page.xpath("//figure[@class='hero']/figcaption")
    assert "La Coupole, CC\u00a0BY\u00a04.0" in caption.text_content()


def test_a_figure_is_written_over_its_drawing(rendu):
    """As text, which is read, in lists as at the head; a photograph needs none."""
    figure = {"chiffre": ("38 258", "visiteurs"), "digest": "chiffre"}
    une = vues.carte(0, empreinte="/empreintes/numerique-2.svg", **figure)
    blocs = (
        Bloc("À lire aussi", (une,)),
        Bloc("Encore", (replace(une, image=matiere.PHOTO, digest="photo-chiffre"),)),
    )
    name, view = vues.fiche("articles", blocs=blocs, chiffre=une.chiffre, profonde=une.profonde)
    page = html.document_fromstring(rendu(name, view))
    found = page.xpath("//div[contains(@class, 'chiffree')]")
    assert [one.text_content() for one in found] == ["38\xa0258 visiteurs"] * 2
    for one in found:
        assert one.xpath("img/@src") == ["/empreintes/numerique-2.svg#profond"]


def test_what_is_shown_large_is_deep(read):
    cards = tuple(
        vues.carte(n, empreinte=f"/empreintes/numerique-{n}.svg", digest=f"p{n}") for n in range(5)
    )
    page = read(vues.liste(blocs=(Bloc("A", cards, forme="vedette"),)))
    first, *others = page.xpath("//div[@class='vis']/img/@src")
    assert first == "/empreintes/numerique-0.svg#profond"
    assert others == [one.empreinte for one in cards[1:]]


def test_a_head_picture_that_moves_is_still_until_asked(read):
    photo = replace(matiere.PHOTO, animation="/medias/onde.gif", legende="", credit="")
    page = read(vues.fiche("lieux", image=photo))
    (link,) = page.xpath("//figure[@class='hero']/figcaption/a")
    assert (link.get("href"), link.text) == ("/medias/onde.gif", "Voir l’animation")


@pytest.mark.parametrize("forme", ["cartes", "vedette"])
def test_the_first_picture_of_a_list_does_not_wait(read, forme):
    cards = tuple(map(vues.carte, range(6)))
    blocs = (Bloc("A", cards, forme=forme), Bloc("B", cards))
    page = read(vues.liste(blocs=blocs))
    waits = [one.get("loading") for one in page.xpath("//div[@class='vis']/img")]
    assert waits == [None] + ["lazy"] * 11
