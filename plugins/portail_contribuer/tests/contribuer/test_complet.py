"""The real form of an event at 390 px: what it says is what ``portail check`` says, to a person."""

import re
from pathlib import PurePosixPath

import pytest
from playwright.sync_api import expect
from vrais_formulaires import deplier, formulaire, planned, remplir, verifier

from doses import all_hold
from pictures import drawing, picture
from portail.config import SiteConfig
from portail.model.kinds import FORMS, Kind
from portail_contribuer.contribuer.layout import layout_of
from propositions import EVENT

pytestmark = pytest.mark.chromium


@pytest.fixture
def phone(tab):
    """A function that opens a form in the tab of 390 px."""
    return lambda *args, **given: formulaire(tab, *args, **given)


PHONE = 390, 844
MOST = 5_585
"""Height of a form as it opens on a phone, in px of CSS."""


def opens_short(page, kind):
    assert page.evaluate("innerWidth") == PHONE[0]
    assert page.evaluate("document.documentElement.scrollHeight") <= MOST
    shown = page.locator(".bloc:visible").evaluate_all(
        "(all) => all.map((one) => one.dataset.bloc)"
    )
    assert shown == [one.cle for one in layout_of(kind).parties if not one.pour]
    assert page.locator("[data-requis]:visible").count() >= 2
    assert page.locator(".partie [data-requis]:not([hidden])").count() == 0, (
        "nothing asked is folded"
    )
    assert page.locator(".partie[open], .bloc > .pli[open]").count() == 0
    if kind is Kind.EVENT:  # when and where come before what may wait
        assert shown == ["essentiel", "quand", "ou", "genre", "publics", "texte", "vous"]
        plan = page.locator("#Plan h2").inner_text().replace("\u00a0", " ")
        assert plan == "Sept parties, cinq à remplir : 3 minutes"
        boxes = page.locator(":is(#Bloc-essentiel, #Bloc-quand) .choix:visible")
        assert boxes.count() == 0, "no list of boxes before the day"


def test_forms_open_short(phone):
    all_hold(lambda kind: opens_short(phone(kind), kind), sorted(FORMS))


def leads_to_a_folded_part(page):
    fold, text = page.locator("#Bloc-texte > .partie"), page.locator("#C-corps")
    expect(text).to_be_hidden()
    for _ in range(2):
        page.locator("#Plan [data-bloc=texte]").click()
        expect(text).to_be_visible()
        fold.evaluate("(one) => { one.open = false; }")
    page.locator("#Bloc-texte summary").first.click()
    text.fill("# Titre")
    fold.evaluate("(one) => { one.open = false; }")
    return text


def errors_speak_as_to_a_person(page):
    told = page.locator("#Sommaire").inner_text()
    assert page.title().startswith("Erreur\u00a0: ")
    for sentence in ("Donnez un titre.", "Donnez un résumé : une ou deux phrases.",
                     "Choisissez un format.", "Dites quand cela a lieu."):  # fmt: skip
        assert sentence in told.replace("\u00a0", " ")
    shown = " ".join(page.locator(".erreur:visible").all_inner_texts())
    assert not re.search(r"lignes?\b|\bclé|en-tête|champ «|: [a-z]+-[a-z]|E\d{3}", told + shown)
    page.locator("#Erreur-titre ~ .remedes summary").click()
    more = page.locator("#Erreur-titre ~ .remedes details").inner_text().replace("\u00a0", " ")
    assert "E201" in more
    assert "Le champ « titre » manque." in more
    page.get_by_role("button", name="Écrire « https://www.musee.fr »").click()
    assert page.locator("#C-inscription-url").input_value() == "https://www.musee.fr"


def test_mistakes_are_told_and_open_the_part_where_they_are(phone):
    """A folded part opens for who goes there, for what it holds and for a mistake."""
    page = phone()
    page.locator("[name=inscription-regime][value=obligatoire]").check()
    page.locator("#C-inscription-url").fill("www.musee.fr")
    page.locator("#C-lieu").fill("Musée de la mine")
    text = leads_to_a_folded_part(page)
    assert verifier(page) is None
    expect(text).to_be_visible()
    errors_speak_as_to_a_person(page)
    text.fill("Un texte.")
    page = phone()
    expect(text).to_have_value("Un texte.")
    expect(text).to_be_visible()
    assert not page.title().startswith("Erreur")
    page.goto(page.url.partition("#")[0] + "#Bloc-texte")
    page.reload()
    page.locator("form.prete").wait_for()
    expect(text).to_be_visible()


def test_what_is_ready_begins_with_the_way_to_send_it(phone):
    page = phone()
    remplir(page)
    found = verifier(page)
    assert found and found["entete"]["licence"] == "CC-BY-SA-4.0", "the one that was agreed to"
    expect(page.locator("#Pret-titre")).to_be_focused()
    expect(page.locator("#Pret > :first-child")).to_have_class("message pret")
    send = page.locator("#Sorties > .une > .bouton:first-child")
    box, plan = send.bounding_box(), page.locator(".marge").bounding_box()
    assert plan["y"] + plan["height"] <= box["y"] <= PHONE[1] / 2, "in sight, nothing scrolled"
    expect(page.locator("#Proposer .bouton:not(.second):visible")).to_have_count(1)
    page.locator("#C-titre").fill("Un autre titre")
    expect(page.locator("#Pret")).to_be_hidden()
    expect(page.get_by_role("button", name="Vérifier et relire")).to_be_visible()
    a_text_that_check_refuses_is_not_ready(page)


def a_text_that_check_refuses_is_not_ready(page):
    deplier(page, "texte")
    page.locator("#C-corps").fill("Voir [le site](www.musee.fr).\n\n# Titre\n\n<b>a</b> ![](a.jpg)")
    assert verifier(page) is None
    said = page.locator("#Erreur-corps").inner_text().replace("\u00a0", " ")
    for sentence in (
        "Il manque le début de l’adresse « www.musee.fr »",
        "titre de niveau 1",
        "Du HTML est écrit dans le texte : <b>",
        "n’a pas de description",
    ):
        assert sentence in said
    page.locator("#C-corps").fill("Voir [le site](www.musee.fr).")
    assert verifier(page) is None
    page.get_by_role("button", name="Montrer où").click()
    chosen = "(() => { const { value, selectionStart: a, selectionEnd: b } = document.activeElement; return value.slice(a, b); })()"  # noqa: E501
    assert page.evaluate(chosen) == "www.musee.fr"
    page.get_by_role("button", name="https://www.musee.fr").click()
    assert page.locator("#C-corps").input_value() == "Voir [le site](https://www.musee.fr)."
    found = verifier(page)
    assert found["corps"] == "Voir [le site](https://www.musee.fr)."
    advice = page.locator("#Conseils")
    assert "Ce lien s’appelle" in advice.inner_text(), "what check would only warn of is told too"
    page.locator("#C-corps").fill("[Le lieu](lieux/la-coupole), [le compte](articles/compte.md)")
    assert verifier(page) is None, "an article that is not there"
    page.locator("#C-corps").fill("[Le lieu](lieux/la-coupole), [la page](/a-propos/)")
    assert verifier(page)
    assert "/a-propos/" in advice.inner_text()
    assert "la-coupole" not in advice.inner_text()
    assert page.evaluate("said") == []


@pytest.mark.parametrize(
    ("last", "hours", "said"),
    [
        ("2021-10-26", ("10:00", "18:00"), "10 h à 18 h chaque jour"),
        ("2021-10-24", ("09:30", "17:00"), "9 h 30 à 17 h chaque jour"),
        ("2021-10-26", ("10:00", ""), "10 h chaque jour"),
    ],
)
def test_hours_of_several_days_are_those_of_each_day(phone, last, hours, said):
    page = phone()
    start, end = hours
    page.locator(".autre-jour summary").first.click()
    remplir(page, seances_0_de=start, seances_0_fin=end, seances_0_dernier=last)
    assert verifier(page) is None
    page.get_by_role("button", name=said).click()
    expect(page.locator("#C-horaires-du")).to_be_focused()
    found = verifier(page)["entete"]
    hours = {"de": start} | ({"a": end} if end else {})
    assert found["horaires"] == {"du": "2021-10-23", "au": last} | hours
    assert not {"debut", "fin", "seances"} & found.keys()


def test_an_article_needs_its_text(phone):
    page = phone(Kind.ARTICLE)
    page.locator("#C-titre").fill("Un récit")
    page.locator("#C-resume").fill("Deux phrases pour donner envie.")
    page.locator("[data-hors=accord] input").check()
    planned(page, "complet", "à remplir")
    assert verifier(page) is None
    assert "Il manque le texte." in page.locator("#Sommaire").inner_text()


def test_what_is_filled_is_read_as_people_write_it(phone):
    """A price, its conditions, a compulsory booking, an unknown place, an end before its start;
    parts say where one is at once, and none is complete with a fault in sight."""
    page = phone()
    assert page.locator("#Pli-etat").is_hidden(), "what is proposed takes place"
    expect(page.locator("#Plan .e")).to_have_count(7)
    planned(page, *["à remplir"] * 4, *["facultatif"] * 2, "à remplir")
    remplir(page)
    planned(page, *["complet"] * 4, *["facultatif"] * 2, "complet")
    page.locator("#Pli-public > summary").click()
    page.locator("#C-age-min").fill("8")
    planned(page, "complet", first=4)
    page.locator("#C-titre").fill("")
    planned(page, "à remplir")
    page.locator("#C-titre").fill("Un atelier")
    page.locator("[name=gratuite][value=payant]").check()
    page.locator("#C-tarif-prix").fill("5,50 €")
    found = verifier(page)
    assert found["entete"]["tarif"] == {"prix": "5,50 €"}
    page.locator("#C-tarif-prix").fill("gratuit moins de 12 ans")
    page.locator("[name=inscription-regime][value=obligatoire]").check()
    assert verifier(page) is None
    assert "s’écrit à part" in page.locator("#Erreur-tarif-prix").inner_text()
    assert "dites comment s’inscrire" in page.locator("#Sommaire").inner_text()
    page.get_by_role("button", name="Déplacer ces mots vers « Conditions »").click()
    assert page.locator("#C-tarif-conditions").input_value() == "gratuit moins de 12 ans"
    page.locator("#C-inscription-telephone").fill("03 21 00 00 00")
    page.locator("#C-lieu").fill("Musée de la mine")
    page.locator("#C-titre").focus()
    page.get_by_text("Ce lieu n’est pas dans l’annuaire").wait_for()
    planned(page, "à remplir", first=2)
    commune = page.locator("#C-adresse-commune")
    assert commune.is_visible()
    commune.fill("Lens")
    planned(page, "complet", first=2)
    found = verifier(page)
    assert found["entete"]["adresse"] == {"nom": "Musée de la mine", "commune": "Lens"}
    assert "lieu" not in found["entete"]
    end, late = page.locator("#C-seances-0-fin"), page.get_by_text("La fin est avant le début")
    page.locator("#C-seances-0-de").fill("16:00")
    end.fill("14:00")
    end.blur()
    late.wait_for()
    planned(page, "à vérifier", first=1)
    end.fill("18:00")
    end.blur()
    late.wait_for(state="hidden")
    planned(page, "complet", first=1)
    assert page.locator("[data-lu]").first.is_visible()
    assert page.evaluate("said") == []


def test_who_may_take_a_picture_again_is_asked(phone):
    page = phone()
    remplir(page)
    deplier(page, "texte")
    data = picture("JPEG", drawing(60, 40))
    page.set_input_files(
        "#C-image-fichier", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": data}
    )
    page.locator("#C-image-alt").fill("Un télescope")
    page.locator("#C-image-credit").fill("Nous")
    assert verifier(page) is None
    assert "qui peut reprendre l’image" in page.locator("#Sommaire").inner_text()
    page.locator("[name=image-licence][value='CC-BY-SA-4.0']").check()
    found = verifier(page)
    assert found["entete"]["image"]["licence"] == "CC-BY-SA-4.0"
    assert page.evaluate("said") == []


def test_a_link_of_a_mail_fills_and_nothing_of_it_stays_in_the_address(phone):
    pytest.importorskip("portail_importer.porte")
    from portail_importer.porte.answers import form_link
    from portail_importer.porte.outcome import Desk, filled_form

    desk = Desk(None, SiteConfig(), None)
    files = {PurePosixPath("content/events/a.md"): EVENT.format(fin="16:00").encode()}
    told = " ".join(filled_form(files, desk))
    page = phone(query=f"#{told.partition('#')[2]}")
    assert page.locator("#C-titre").input_value() == "Atelier robots"
    assert page.locator("#C-seances-0-de").input_value() == "14:00"
    assert page.locator("#C-corps").input_value() == "Tout le matériel est prêté."
    assert "#" not in page.url
    page.goto("about:blank")
    page = phone(query=form_link("", "« Les étoiles »\nLe 9 octobre 2021 à 15 h\nà La Coupole"))
    assert page.locator("#C-seances-0-de").input_value() == "15:00" and "#" not in page.url
    page.goto("about:blank")
    page = phone(query='#coller={"entete":{"titre":["a"],"x":{}},"corps":[]}')
    expect(page.locator(".rempli")).to_be_visible()


_EXAMPLES = r"""() => {
  const all = (where) => document.querySelectorAll(`#Formulaire ${where}`), typed = {};
  for (const one of all('[data-si]')) { delete one.dataset.si; one.hidden = false; }
  for (const one of all('details')) one.open = true;
  for (const help of all('.aide')) {
    const [, text] = /par exemple\s?: (.*?)\.?$/i.exec(help.textContent.trim()) ?? [];
    const control = text && document.getElementById(help.id.replace(/^Aide/, 'C'));
    if (!control) continue;
    control.value = typed[control.id] = text;
    for (const sort of ['input', 'change'])
      control.dispatchEvent(new Event(sort, { bubbles: true }));
  }
  return typed;
}"""


def takes_its_examples(page):
    typed = page.evaluate(_EXAMPLES)
    assert len(typed) > 1
    verifier(page)
    faults = page.locator(".fautif > .erreur:visible").evaluate_all(
        "(all) => all.map((one) => [one.id.replace('Erreur', 'C'), one.textContent])"
    )
    assert faults, "what is required is not an example"
    assert [(typed[name], fault) for name, fault in faults if name in typed] == []


def test_what_the_help_gives_as_an_example_is_taken_at_the_first_press(phone):
    all_hold(lambda kind: takes_its_examples(phone(kind)), sorted(FORMS))
