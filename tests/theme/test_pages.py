"""What pages of the showcase say: states, dates, previews, addresses, escaping."""

import re
from types import SimpleNamespace

import pytest
from lxml import html
from msgspec import Struct, structs

from portail.facts.when import Feuille
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import FaultyFile, Pagination, Variante
from portail.text.typography import SafeHtml
from remake import replace

ARTICLE = "/articles/toutes-les-formes-du-texte/"
SITE = "Portail des sciences en Hauts-de-France"


def text_of(element):
    """The text of an element, its spaces folded."""
    return " ".join(element.text_content().split())


def test_the_title_goes_from_the_page_to_the_site(trees):
    def title(url):
        return trees[url].findtext(".//title")

    assert title("/lieux/moulin-exemple/") == f"Moulin-Exemple – Annuaire – {SITE}"
    assert title("/") == f"Accueil – {SITE}"


def test_italics_of_titles_are_shown(rendu, changed):
    for url in ("/", ARTICLE, "/lieux/moulin-exemple/", "/evenements/spectacle-complet/"):
        entry = getattr(changed(url)[1], "entry", None)
        fields = {"titre": "Le retour d’*Astacus*"}
        page = rendu(*changed(url, **fields, **(
            {"entry": entry.model_copy(update=fields)} if entry else {}
        )))  # fmt: skip
        assert "<em>Astacus</em>" in page.partition("</h1>")[0] or not entry
        assert "*" not in html.document_fromstring(page).findtext(".//title")


def test_pinned_day_is_on_the_page_only_when_there_is_one(rendu, changed, showcase):
    assert '<html lang="fr" data-date="2021-09-27">' in showcase["/"]
    living = replace(changed("/")[1].cadre, date_epinglee=None)
    assert '<html lang="fr">' in rendu(*changed("/", cadre=living))


def test_engines_are_kept_away_from_previews_and_lost_pages(planned, showcase):
    robots = '<meta name="robots" content="noindex">'
    shown = {url for url, text in showcase.items() if robots in text}
    alone = {"affiche.html", "embarque.html", "desabonnement.html"}  # to print, frames, to leave
    lost = {"404.html", "ma-selection.html", "redaction.html", "retire.html"}
    before = {"article.html", "lettre.html", "listing.html"}  # drafts, what has not left yet
    assert {planned[url].template for url in shown} == alone | lost | before


def test_a_shared_picture_is_described(trees):
    """Its own words, else those of a motif of the theme."""
    for url, said in (
        ("/evenements/spectacle-complet/", "Portail des sciences\u00a0: un motif et sa marque"),
        ("/lieux/musee-exemple-des-sciences/",
         "Façade stylisée à trois fenêtres sous un croissant de lune."),
    ):  # fmt: skip
        assert trees[url].xpath("//meta[@property='og:image:alt']/@content") == [said]


def test_labels_are_written_and_strong_ones_come_first(read, changed, planned):
    """What a state is called stands before the title, what only informs after it."""
    seen = {}
    for url, page in planned.items():
        if page.template == "event.html":
            seen |= {one.code: (url, one) for one in page.view().etiquettes}
    assert {"annule", "reporte", "complet", "en-ligne", "passe"} <= seen.keys()
    for code, (url, one) in seen.items():
        tree = read(changed(url, message=None))
        for label in tree.xpath(f"//header//*[contains(@class, 'e-{code}')]"):
            assert label.text == one.texte
            order = list(tree.iter())
            before = order.index(label) < order.index(tree.xpath("//h1")[0])
            assert before is one.forte is ("forte" in label.get("class").split()), code


def test_what_has_not_begun_is_not_said_to_be_on(trees):
    for url, said in (
        ("/agenda/week-end/", "En ce moment"), ("/agenda/theme/sciences-societe/", "Ce qui dure"),
    ):  # fmt: skip
        assert trees[url].get_element_by_id("Durees").text == said


def test_where_a_tool_goes_next_is_a_sentence(trees):
    line, *_ = trees["/ressources/laboratoire-roulant-fictif/"].find_class("ou-suite")
    assert text_of(line) == "Ensuite : Lycée fictif, Arras (62), du 2 au 22 octobre 2021."


def test_leaves_of_states(trees):
    leaves = [leaf for tree in trees.values() for leaf in tree.find_class("eph")]
    postponed = [leaf for leaf in leaves if "etat-reporte" in leaf.get("class")]
    assert postponed and {(leaf.tag, text_of(leaf)) for leaf in postponed} == {
        ("span", "? à dater")
    }
    dated = [leaf for leaf in leaves if leaf not in postponed and text_of(leaf)]
    assert all(leaf.get("data-jour") or leaf.get("datetime") for leaf in dated)
    struck = [one for tree in trees.values() for one in tree.find_class("est-annule")]
    assert struck and not [text_of(one) for one in struck if "Annulé" not in text_of(one)]


def test_past_dates_are_folded(read, changed):
    url = "/evenements/seances-de-planetarium/"
    past, *coming = changed(url)[1].dates
    assert past.passee and len(coming) > 1
    more = tuple(replace(one, feuille=Feuille(one.feuille.jour)) for one in coming * 4)
    page = read(changed(url, dates=(past, past, *more)))
    folds = page.xpath("//section[.//*[@id='Dates']]/details")
    assert [fold.xpath("string(summary)") for fold in folds] == [
        f"{len(more) - 6}\u00a0dates de plus", "2\u00a0dates passées",
    ]  # fmt: skip
    assert [len(fold.xpath("ol/li")) for fold in folds] == [len(more) - 6, 2]
    assert all(fold.get("open") is None for fold in folds)
    assert ["reste" in fold.get("class").split() for fold in folds] == [True, False], "on paper"


def test_missing_values_are_one_line(showcase, trees):
    url = "/lieux/fablab-fictif/"
    (line,) = trees[url].xpath("//p[@class='completer']")
    assert text_of(line) == "Adresse, tarifs, accessibilité, contact : pas encore connus ici"
    assert "Non précisé" not in showcase[url], "it has no row of its own"


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
def test_pagination(numero, total, expected, read, changed):
    pages = tuple(f"/articles/page/{n}/" for n in range(1, total + 1))
    tree = read(changed("/articles/", pagination=Pagination(numero, total, pages)))
    rows = tree.xpath("//nav[@aria-label='Pages de la liste']//li")
    for hidden in tree.xpath("//nav[@aria-label='Pages de la liste']//span"):
        hidden.text = ""
    assert " ".join(text_of(row) for row in rows) == expected
    current = tree.xpath("//nav[@aria-label='Pages de la liste']//a[@aria-current='page']/@href")
    assert current == ([] if total == 1 else [pages[numero - 1]])


def test_empty_list_says_so_and_where_to_go(showcase, trees):
    (vide,) = trees["/agenda/2019/10/"].find_class("vide")
    assert vide.findtext("h2") == "Aucun rendez-vous en octobre 2019"
    assert [link.get("href") for link in vide.iter("a")] == [
        "/agenda/2020/10/", "/contribuer/evenement/",
    ]  # fmt: skip
    assert 'class="vide"' not in showcase["/agenda/2021/10/"]


def test_letters_without_names_are_not_links(trees):
    (letters,) = trees["/sujets/"].find_class("alphabet")
    assert len(letters.xpath(".//a|.//span")) == 26
    assert all(link.get("href").endswith(f"#Lettre-{link.text}") for link in letters.iter("a"))


def test_preview_bands_tell_what_is_wrong(read, changed, showcase):
    troubles = tuple(FaultyFile(f"content/e{n}.md", n, "Faux", "/x/" * (n % 2)) for n in range(12))
    frame = replace(changed("/")[1].cadre, apercu=True, troubles=troubles)
    (band,) = read(changed("/", cadre=frame)).xpath("//aside[@aria-label='Fichiers en erreur']")
    assert "Aperçu avec 12\u00a0erreurs." in band.text_content()
    assert len(band.xpath(".//li")) == 9
    assert "et 4\u00a0autres" in band.text_content()
    assert "Brouillon." in showcase["/articles/brouillon-en-cours/"]
    assert not [
        url for url in ("/", "/agenda/", "/lieux/") if re.search(r'class="bande[" ]', showcase[url])
    ]


EVIL = '"><img src=x onerror=alert(1)>{{ 7*7 }}'
WORDS = {
    "accroche", "alt", "chapo", "credit", "details", "legende", "libelle", "note", "notes",
    "periode", "phrase", "precision", "resume", "resume_falc", "surtitre", "texte", "titre",
}  # fmt: skip
"""Fields of views that hold what somebody wrote."""


def hostile(value, name=""):
    """A value of a view, whose words are those of an enemy."""
    if isinstance(value, SafeHtml):
        return value
    if isinstance(value, str):
        return EVIL if value and name in WORDS else value
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(hostile(one, name) for one in value)
    if isinstance(value, dict):
        return {key: hostile(one, key) for key, one in value.items()}
    if isinstance(value, SimpleNamespace):
        return SimpleNamespace(**hostile(vars(value)))
    if isinstance(value, Struct):
        known = {one.name: getattr(value, one.name) for one in structs.fields(value)}
        changes = {key: hostile(one, key) for key, one in known.items() if key != "cadre"}
        return replace(value, **changes | ({"digest": ""} if "digest" in known else {}))
    if hasattr(value, "model_copy"):
        return value.model_copy(update=dict.fromkeys(WORDS & value.model_fields_set, EVIL))
    return value


def test_what_is_typed_is_escaped(rendu, planned):
    for template, url in {page.template: url for url, page in planned.items()}.items():
        text = rendu(template, hostile(planned[url].view()))
        assert "onerror=alert(1)>{{ 7*7 }}" not in text.replace("&gt;", ""), template
        assert html.document_fromstring(text).xpath("//@onerror") == [], template


def test_a_foreign_text_says_its_language(read, changed):
    entry = changed(ARTICLE)[1].entry.model_copy(update={"langue": "en"})
    tree = read(changed(ARTICLE, entry=entry))
    spoken = [tree.find_class("prose")[0], tree.find_class("chapo")[0], tree.find(".//h1")]
    assert [one.get("lang") for one in spoken] == ["en"] * 3


def test_sources_link_to_their_address_and_doi(trees):
    links = trees[ARTICLE].find_class("sources")[0].xpath(".//a/@href")
    assert links == ["https://manuel.example.org/", "https://doi.org/10.1000/182"]


def test_the_summary_comes_from_four_headings_on(read, changed):
    headings = changed(ARTICLE)[1].sommaire
    for count, shown in ((3, 0), (4, 1)):
        page = read(changed(ARTICLE, sommaire=headings[:count]))
        assert len(page.xpath("//nav[@aria-label='Sommaire']")) == shown


ONE = Variante("/medias/photo.jpg.800.webp", 800, "image/webp")


@pytest.fixture(scope="module")
def photo(changed):
    """A picture of the showcase, in a file of each width."""
    view = changed(ARTICLE)[1]
    wide = tuple(
        Variante(f"/medias/p.{width}.{kind}", width, f"image/{kind}")
        for kind in ("avif", "webp", "jpeg")
        for width in (480, 800, 1280)
    )
    return replace(view.image, largeur=1280, hauteur=800, variantes=wide, url=wide[-1].url)


@pytest.fixture(scope="module")
def cards(changed):
    """Articles, each drawn where it stands; without picture."""
    some = changed("/articles/")[1].blocs[0].cartes[:6]
    return tuple(replace(one, image=None, digest="", empreinte="/e/x-2.svg") for one in some)


def test_a_picture_of_one_file_offers_no_choice(read, changed, photo):
    single = replace(photo, variantes=(*photo.variantes[:3], ONE), url=ONE.url)
    page = read(changed(ARTICLE, image=single))
    (picture,) = page.xpath("//figure[contains(@class, 'hero')]//picture")
    assert picture.xpath(".//source/@type") == ["image/avif"]
    (image,) = picture.xpath(".//img")
    assert image.get("src") == ONE.url
    assert image.get("srcset") is image.get("sizes") is None


def test_a_picture_comes_in_the_sizes_of_its_place(read, changed, photo, cards):
    """A hero may be as wide as the page; a card never needs the widest file, a thumbnail the
    narrowest alone."""
    shown = replace(cards[0], image=photo)
    page = read(changed(ARTICLE, image=photo, blocs=(Bloc("À lire aussi", (shown,)),)))
    (hero,) = page.xpath("//figure[contains(@class, 'hero')]//picture")
    (card,) = page.xpath("//section[.//*[.='À lire aussi']]//picture")
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
        assert one.get("alt") == photo.alt
    home = read(changed("/", une=(shown,) * 4))
    thumbnail = home.xpath("//ul[@class='une-suite']//img")[0]
    assert thumbnail.get("srcset").endswith(" 480w") and "," not in thumbnail.get("srcset")


def test_the_picture_of_an_article_has_its_caption(trees):
    (caption,) = trees[ARTICLE].xpath("//figure[contains(@class, 'hero')]/figcaption")
    assert "© Dessin de Portail, CC\u00a0BY" in caption.text_content()


def test_a_figure_is_written_over_its_drawing(read, changed, photo, cards):
    """As text, which is read, in lists as at the head; a photograph needs none."""
    une = replace(cards[0], chiffre=("38 258", "visiteurs"))
    blocs = (Bloc("À lire aussi", (une,)), Bloc("Encore", (replace(une, image=photo),)))
    head = {"image": None, "empreinte": une.empreinte}
    page = read(changed(ARTICLE, **head, blocs=blocs, chiffre=une.chiffre, profonde=une.profonde))
    found = page.xpath("//div[contains(@class, 'chiffree')]")
    assert [one.text_content() for one in found] == ["38\xa0258 visiteurs"] * 2
    assert {*page.xpath("//div[contains(@class, 'chiffree')]/img/@src")} == {une.profonde}


def test_a_head_picture_that_moves_is_still_until_asked(read, changed, photo):
    moving = replace(photo, animation="/medias/onde.gif", legende="", credit="")
    page = read(changed("/lieux/musee-exemple-des-sciences/", image=moving))
    (link,) = page.xpath("//figure[contains(@class, 'hero')]/figcaption/a")
    assert (link.get("href"), link.text) == ("/medias/onde.gif", "Voir l’animation")


@pytest.mark.parametrize("forme", ["cartes", "vedette"])
def test_the_first_picture_of_a_list_does_not_wait(read, changed, cards, forme):
    """And the one that is shown large is deep."""
    page = read(changed("/articles/", blocs=(Bloc("A", cards, forme=forme), Bloc("B", cards))))
    images = page.xpath("//div[@class='vis']/img")
    assert [one.get("loading") for one in images] == [None] + ["lazy"] * (2 * len(cards) - 1)
    deep = [one.get("src").endswith("#profond") for one in images]
    assert deep == [forme == "vedette"] + [False] * (2 * len(cards) - 1)
