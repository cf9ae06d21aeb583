"""What is asked for here: what its page says, who could answer, what closes it."""

import pytest

from doses import rows_of
from plans import box_rows, entry, said
from portail.outputs.pages.cards import card_of

ASKED = {"categorie": "demande", "souhait": "outil", "commune": "Amiens", "publics": ["primaire"]}
LENDERS = rows_of("features/kinds/demandes/facts.yml")


def demande(**fields):
    return entry("annonces", **{**ASKED, **fields})


def box(tree, files, url="/annonces/malle/"):
    view = tree.view(url, files)
    return {one.libelle: ", ".join(v.texte for v in one.valeurs) for one in view.faits}


def test_its_box_says_what_for_whom_and_when(tree):
    told = box(
        tree,
        {"annonces/malle": demande(du="2021-11-08", au="2021-12-17", organisme="École Jean-Macé")},
    )
    assert told["Souhait"] == "Outil à emprunter"
    assert told["Pour"] == "École primaire"
    assert told["Souhaité"] == "Du 8\u00a0novembre au 17\u00a0décembre 2021"
    assert told["Demandé par"] == "École Jean-Macé"
    assert "Proposé par" not in told


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({"du": "2021-11-08"}, "À partir du 8\u00a0novembre 2021"),
        ({"au": "2021-12-17"}, "Jusqu’au 17\u00a0décembre 2021"),
    ],
)
def test_half_a_period(tree, days, told):
    assert box(tree, {"annonces/malle": demande(**days)})["Souhaité"] == told


def test_another_announcement_says_nothing_of_it(tree):
    told = box(tree, {"annonces/malle": entry("annonces", organisme="Musée Exemple")})
    assert not {"Souhait", "Pour", "Souhaité", "Répondu par"} & told.keys()
    assert told["Proposé par"] == "Musée Exemple"


def test_its_card_says_it_in_few_words(tree):
    site = tree.site({"annonces/malle": demande(du="2021-11-08")})
    assert (
        "outil à emprunter, école primaire, à partir du 8\u00a0novembre 2021"
        in " ".join(card_of(site, "annonces/malle").details).lower()
    )


def test_an_answer_closes_it_and_both_pages_lead_to_each_other(tree):
    files = {**LENDERS, "annonces/malle": demande(reponse=["malle", "Musée d’Ailleurs"])}
    view = tree.view("/annonces/malle/", files)
    assert view.message.titre == "C’est répondu"
    assert [(one.texte, one.url) for one in view.message.liens] == [
        ("Titre ressources", "/ressources/malle/"),
        ("Musée d’Ailleurs", ""),
    ]
    assert not view.boutons
    view = tree.view("/ressources/malle/")
    told = {one.libelle: one.valeurs for one in box_rows(view)}
    assert [one.url for one in told["Répond à"]] == ["/annonces/malle/"]


def test_who_asks_without_a_contact_is_reached_through_the_editors(tree):
    site = tree.site({"annonces/malle": demande()}, courriel="redaction@example.org")
    item = site.items["annonces/malle"]
    assert not item.is_answered
    view = tree.view("/annonces/malle/", {}, courriel="redaction@example.org")
    assert [one.url for one in view.boutons] == ["mailto:redaction@example.org"]
    assert view.boutons[0].texte == "Répondre à la demande par courriel"


@pytest.mark.parametrize("days", [{"du": "2021-12-17", "au": "2021-11-08"}, {"au": "2021-09-01"}])
def test_days_that_clash_with_themselves_are_refused(tree, days):
    result = tree.run({"annonces/malle": demande(**days)}, plans=False)
    assert [one.split()[1] for one in said(result.report)] == ["E213"]
