"""The files of issues, as they are planned and made."""

import json

import pytest

from lettres import CALME, ENSEIGNE, NUMERO, SOMME, envoi, with_weeks
from plans import Tree, key_of
from portail.outputs.base import TemplatePage, TextFile
from portail_lettre.issue import Letter
from portail_lettre.output import plan_mails
from portail_lettre.sent import sent_weeks
from remake import replace

SITE = "https://vitrine.example.org"
FILES = {"courriel.eml", "courriel.html", "courriel.txt", "selection.json", "une.png"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site without contents, two weeks of which were sent."""
    root = tmp_path_factory.mktemp("site")
    (root / "content").mkdir()
    found = Tree(root).run(siteurl=SITE).site
    return with_weeks(found, {"2021-s39": envoi(NUMERO, SOMME), "2021-s31": envoi(CALME)})


def planned(site, below=""):
    """The files of letters; an erratum that cannot wait is in ``test_urgent.py``."""
    every = {str(one.path): one for one in plan_mails(site)}
    found = {path: one for path, one in every.items() if "/erratum/" not in path}
    assert all(one.url == f"/{path}" for path, one in found.items())
    return {path: one for path, one in found.items() if path.startswith(below)}


def sent(site, issue, **masthead):
    return with_weeks(site, {issue.semaine: envoi(issue, **masthead)})


def test_each_issue_has_its_files(site):
    folders = ("newsletter/2021-s31/", "newsletter/2021-s39/", "newsletter/2021-s39/somme/")
    assert {*planned(site)} == {folder + name for folder in folders for name in FILES}


def test_what_is_sent_does_not_depend_on_the_site(site):
    config = replace(site.config, nom="Autre", siteurl="https://autre.example", courriel="x@y.fr")
    other = replace(site, config=config)
    for path, one in planned(site).items():
        twin = planned(other)[path]
        assert type(one) is type(twin) and key_of(one) == key_of(twin)
        if isinstance(one, TemplatePage):
            assert one.view() == twin.view() and one.sitemap is None
        if isinstance(one, TextFile):
            assert [*one.produce()] == [*twin.produce()]


def test_a_word_changes_its_issue_alone(site):
    edited = SOMME.model_copy(update={"apercu": "Autre."})
    weeks = {**sent_weeks(site), "2021-s39": envoi(NUMERO, edited)}
    before, after = planned(site), planned(with_weeks(site, weeks))
    changed = {path for path, one in before.items() if key_of(one) != key_of(after[path])}
    others = {"une.png", "courriel.txt"}  # which do not tell it
    assert changed == {f"newsletter/2021-s39/somme/{name}" for name in FILES - others}


def names(site):
    return {path.rpartition("/")[2] for path in planned(site)}


def test_without_address_there_is_no_mail_and_without_sender_no_message(site):
    bare = replace(site, config=replace(site.config, siteurl=""))
    assert names(bare) == names(sent(site, NUMERO, siteurl="")) == {"selection.json"}
    assert names(sent(site, NUMERO, expediteur="")) == FILES - {"courriel.eml"}


def test_the_picture_is_of_what_is_told_at_length(site):
    known = sent(site, NUMERO.model_copy(update={"tete": ""}))
    assert names(known) == FILES - {"une.png"}
    assert planned(known)["newsletter/2021-s39/courriel.html"].view().numero.tete == ""


def test_the_data_of_an_issue(site):
    one = planned(site)["newsletter/2021-s39/somme/selection.json"]
    told = json.loads("".join(one.produce()))
    assert Letter.model_validate(told["numero"]) == SOMME
    assert told["etat"] == "envoye" and len(told["empreinte"]) == 32
    assert told["enseigne"] == {
        "nom": ENSEIGNE.nom, "region": ENSEIGNE.region, "siteurl": ENSEIGNE.siteurl,
    }  # fmt: skip


def test_the_message_is_made_of_both_forms(site):
    one = planned(site)["newsletter/2021-s39/courriel.eml"]
    assert [path.rpartition("/")[2] for path in one.sources] == ["courriel.html", "courriel.txt"]
    assert b"<p>a</p>" in one.make((b"<p>a</p>\n", b"b\n"))
    picture = planned(site)["newsletter/2021-s39/une.png"]
    assert picture.sources == ("theme/partage/portail.png",)
