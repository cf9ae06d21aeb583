"""The archive of the letter, its issues, how one subscribes and leaves."""

import re
from pathlib import Path

import pytest

from doses import each, rows_of
from lettres import HOSTILE, NUMERO, SETTINGS, envoi, with_weeks
from plans import Tree, entry, link_said, seen
from portail.agenda.weeks import Week
from portail.outputs.base import TemplatePage
from portail.outputs.pages.views.shared import Lien
from portail.pipeline import Result
from portail.pipeline import planned as plan_of
from portail_lettre.pages import shown
from portail_lettre.settings import read_letter
from portail_lettre.subscription import subscription

ARTICLE = "articles/toutes-les-formes-du-texte"
LIEU = {"lieux/musee": entry("lieux")}


def numero(week, edition="region", **changes):
    """The issue of a week: its Thursday is that of the week."""
    told = {
        "semaine": week, "edition": edition, "nom": edition.capitalize(),
        "jour": Week.parse(week).thursday, "sujet": f"Sujet {week} {edition}",
    }  # fmt: skip
    return NUMERO.model_copy(update=told | changes)


def sent(*issues):
    """The frozen files of some issues, by week."""
    weeks = {}
    for issue in issues:
        weeks.setdefault(issue.semaine, []).append(issue)
    return {week: envoi(*some) for week, some in sorted(weeks.items())}


@pytest.fixture
def site(tmp_path):
    files = {ARTICLE: entry("articles"), "newsletters/2021-s30": entry("newsletters")}
    return Tree(tmp_path).site(files, lettre=SETTINGS, courriel="redaction@example.org")


def planned(site, envois=None):
    """The pages of the letter, by address."""
    known = site if envois is None else with_weeks(site, envois)
    plan = plan_of(Result(known, None, known.report, 0), known.config, Path()).plan
    return {
        page.url: seen(page)
        for page in plan
        if isinstance(page, TemplatePage) and page.url.startswith("/newsletter/")
    }


def plain(value):
    """What a view shows."""
    if isinstance(value, tuple):
        return [*map(plain, value)]
    text = link_said(value) if isinstance(value, Lien) else getattr(value, "url", value)
    return text.replace("\u00a0", " ") if isinstance(text, str) else text


@each(rows_of("portail_lettre/tests/archives.yml"))
def test_what_archives_and_issues_show(site, envois, montre):
    pages = planned(site, sent(*(numero(*one.split()) for one in envois)))
    assert {url for url, one in pages.items() if one.template.startswith("lettre")} == {*montre}
    for url, told in montre.items():
        view = pages[url].view()
        assert {name: plain(getattr(view, name)) for name in told} == told
        assert view.noindex is (pages[url].sitemap is None)


def test_a_key_changes_with_what_the_page_shows_and_with_nothing_else(site, tmp_path):
    weeks = [f"2021-s{week}" for week in range(20, 39)]
    issues = [numero(week, edition) for week in weeks for edition in ("region", "somme")]
    before = planned(site, sent(*issues))

    def changed(envois, known=site):
        after = planned(known, envois)
        return {
            url for url, one in after.items() if url not in before or one.key != before[url].key
        }

    assert changed(sent(*issues)) == set()
    issues[0] = numero(weeks[0], sujet="Un autre")
    assert changed(sent(*issues)) == {
        "/newsletter/2021-s20/", "/newsletter/2021-s21/", "/newsletter/",
    }  # fmt: skip
    issues[0] = numero(weeks[0])
    new = changed(sent(*issues, *(numero("2021-s39", one) for one in ("region", "somme"))))
    assert new == {
        "/newsletter/", "/newsletter/2021-s38/", "/newsletter/2021-s39/",
        "/newsletter/somme/", "/newsletter/2021-s38/somme/", "/newsletter/2021-s39/somme/",
    }  # fmt: skip
    assert len(before) == 38 + 2 + 3, "the next ones, archives, how one leaves"
    (tmp_path / "content" / f"{ARTICLE}.md").unlink()
    gone = changed(
        sent(*issues), Tree(tmp_path).site(lettre=SETTINGS, courriel=site.config.courriel)
    )
    assert {url for url, one in before.items() if one.template == "lettre.html"} <= gone


def hrefs(view):
    return set(re.findall(r'href="([^"]*)"', view.lettre))


def test_what_is_no_more_is_told_without_a_link(site):
    view = planned(site, sent(NUMERO))["/newsletter/2021-s39/"].view()
    assert hrefs(view) == {f"/{ARTICLE}/"}
    assert "Semaine fictive des étoiles" in view.lettre and "Malle fictive" in view.lettre
    assert "La carte et les heures" not in view.lettre, "a way to nothing is not told"
    kept = shown(NUMERO, {"/temps-forts/semaine-fictive-des-etoiles/", "/agenda/"}, "/portail")
    assert '<a href="/portail/temps-forts/semaine-fictive-des-etoiles/">' in kept
    assert '<p class="voies"><a href="/portail/agenda/" class="voie">Tout l’agenda</a></p>' in kept


def test_an_issue_leads_to_pages_of_features_and_not_to_what_was_taken_back(tree):
    gone = f"retraits:\n- ref: {ARTICLE}\n  le: 2021-09-01\n"
    files = {"lieux/musee": entry("lieux"), "retraits.yml": gone}
    site = tree.site(files, lettre=SETTINGS, courriel="redaction@example.org")
    issue = NUMERO.model_copy(update={"lettre": '<p><a href="/recherche/">La recherche</a></p>'})
    assert hrefs(planned(site, sent(issue))["/newsletter/2021-s39/"].view()) == {"/recherche/"}


def test_words_that_were_chosen_to_break_the_page():
    assert "script>" not in shown(HOSTILE, ()).replace("&lt;/script&gt;", "")


def test_the_address_of_a_week_that_was_not_sent_leads_to_the_letter(site):
    pages = planned(site, sent(numero("2021-s38", "somme")))
    targets = {
        url: page.view().cible for url, page in pages.items() if page.template == "redirect.html"
    }
    assert targets == {
        "/newsletter/2021-s30/": "/newsletter/",
        "/newsletter/2021-s38/": "/newsletter/2021-s38/somme/",
    }


@each(rows_of("portail_lettre/tests/abonnements.yml"))
def test_how_one_subscribes_and_leaves(tree, lettre, edition, montre, origines, quitter):
    known = {"lettre": read_letter(lettre), "courriel": "redaction@example.org"}
    site = tree.site(LIEU, region="Hauts-de-France", **known)
    form = subscription(site, edition or "region")
    assert {name: plain(getattr(form, name)) for name in montre} == montre
    pages = planned(site)
    archive = pages[f"/newsletter/{edition}/" if edition else "/newsletter/"].view()
    assert (archive.abonnement, [*archive.formulaires]) == (form, origines)
    leave = pages["/newsletter/desabonnement/"]
    assert leave.view().noindex and leave.sitemap is None
    assert quitter is None or plain(leave.view().listes) == quitter


def test_nothing_without_a_letter(tree):
    site = tree.site({ARTICLE: entry("articles")})
    assert planned(site) == {}
    assert subscription(site) is None
