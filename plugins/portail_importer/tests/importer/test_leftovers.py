"""What other tools leave in texts: nothing of what opens a meeting is ever published."""

import html
import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from doses import cases, ends, rows_of
from fiches import known
from portail.features.services.oublis.leftovers import (
    foreign_syntax,
    leftovers,
    meeting_spans,
    opens_meeting,
)
from portail.model.kinds import Kind
from portail.text.hints import level
from portail_importer.importer.sources import pages
from portail_importer.importer.sources.addresses import clean_address
from portail_importer.importer.sources.compose import compose
from portail_importer.importer.sources.items import Loss, SourceItem
from portail_importer.importer.sources.leftovers import (
    publishable,
    settled_excerpt,
    with_clean_addresses,
    without_leftovers,
)

CASES = rows_of("portail_importer/tests/importer/restes.yml")
SENTENCE, SECRETS, INVITATIONS = rows_of("portail_importer/tests/importer/invitations.yml").values()

DAY = date(2021, 9, 27)

WAYS = {
    "plain": lambda text: {"texte": text},
    "lines": lambda text: {"html": "<br>".join(html.escape(text).split("\n"))},
    "paragraphs": lambda text: {
        "html": "".join(f"<p>{html.escape(row)}</p>" for row in text.split("\n"))
    },
    "cells": lambda text: {"html": f"<div><b>Infos</b></div><pre>{html.escape(text)}</pre>"},
    "markdown": lambda text: {"markdown": text},
    "conditions": lambda text: {"texte": SENTENCE, "conditions": text},
    "summary": lambda text: {"texte": SENTENCE, "resume": text},
}


def composed(**fields):
    given = {"titre": "Les neutrinos", "quand": {"debut": "2027-10-09 14:00"}} | fields
    return compose(SourceItem(row=1, namespace="ical", identifier="1", **given), known())


def said(made):
    return f"{made.values}\n{made.body}"


@cases("way", WAYS)
@cases("name", INVITATIONS)
def test_nothing_of_an_invitation_is_published(name, way):
    made = composed(**WAYS[way](f"{SENTENCE}\n\n{INVITATIONS[name]}"))
    told = said(made)
    assert [one for one in SECRETS if one in told] == []
    assert SENTENCE in told, "what is of the event stays"
    assert not any(one in f"{made.losses}" for one in SECRETS)


@cases("name", INVITATIONS)
def test_a_text_that_is_nothing_but_an_invitation_leaves_no_text(name):
    left = without_leftovers(INVITATIONS[name]).text
    assert left.strip(" \n.…:") == "" or left == "Salle : …", left


@cases("url", CASES["visios"])
def test_a_link_of_a_meeting_is_in_no_field(url):
    made = composed(
        texte=SENTENCE,
        url=url,
        en_ligne=url,
        adresse=f"Médiathèque, {url}, 62000 Arras",
        inscription={"regime": "obligatoire", "url": url},
        extra={"references": ({"titre": "La salle", "url": url},)},
    )
    assert url not in said(made)
    assert made.values["adresse"]["nom"] == "Médiathèque"


@cases("url", CASES["liens"])
def test_other_links_are_kept(url):
    assert opens_meeting(url) == ""
    assert url in said(composed(texte=f"{SENTENCE}\nÀ lire : {url}"))


@cases("text", CASES["etrangers"])
def test_what_is_of_no_meeting_stays(text):
    assert without_leftovers(text) == (text, ())


@cases("mention", CASES["mentions"])
@cases("form", ["<p>{}</p><p>{}</p>", "<p>{}<br>{}</p>", "{} {}"])
def test_what_a_site_adds_to_each_text_is_cut(mention, form):
    source = form.format(SENTENCE, mention)
    made = composed(html=source, resume=source)
    assert made.values["resume"] == SENTENCE and made.body in ("", SENTENCE)


@cases("name", "utm_source utm_x fbclid gclid mc_cid mc_eid _ga _gl srsltid".split())
def test_what_follows_readers_is_taken_out_of_texts(name):
    text = f"À lire : https://x.test/a?{name}=1&id=3, ou https://x.test/b?{name}=2."
    clean = "À lire : https://x.test/a?id=3, ou https://x.test/b."
    assert with_clean_addresses(text) == clean
    assert clean in said(composed(texte=f"{SENTENCE}\n{text}"))


def test_an_address_of_a_search_engine_is_that_which_it_leads_to():
    led = "https://www.google.com/url?q=https://phare.exemple.org/mesures&sa=D&usg=AO"
    assert with_clean_addresses(f"Voir {led} ici") == "Voir https://phare.exemple.org/mesures ici"


@given(st.text(alphabet="aé :,;.#-+0123456789\n_|[]()/<>", max_size=400))
def test_any_text_is_cut_without_an_error_and_once(text):
    once = without_leftovers(f"https://zoom.us/j/93423456789\n{text}").text
    assert "93423456789" not in once
    assert without_leftovers(once, invitation=True).text.strip() == once.strip() or "…" in once


@cases(("titre", "text"), CASES["prives"])
@cases("form", ["texte", "html", "resume"])
def test_what_a_site_keeps_to_itself_is_refused(titre, text, form):
    found = publishable(SourceItem(row=1, titre=titre, identifier="7", **{form: text}), DAY)
    assert found.hidden and found.identifier == "7" and not getattr(found, form)
    assert found.refused.endswith("rendez-le public là-bas, ou écrivez-en un texte.")


@cases(("titre", "text"), CASES["publics"])
def test_what_is_public_is_not(titre, text):
    assert not publishable(SourceItem(row=1, titre=titre, texte=text), DAY).refused


def article(html, **more):
    given = {"titre": "L’eau", "url": "https://labo.exemple.org/eau/", "html": html} | more
    item = SourceItem(row=1, kind=Kind.ARTICLE, namespace="flux", publie_le="2021-03-01", **given)
    return compose(item, known())


@cases("tag", CASES["caches"])
def test_what_its_author_hid_is_in_no_field(tag):
    hidden = f"<{tag}>Tarif 40 €, inscription au 06 12 34 56 78.</{tag.split()[0]}>"
    html = f"{hidden}<p>{SENTENCE}</p><p>Fin.</p>"
    made = composed(html=html, resume=f"{hidden}Un vent.")
    assert made.values["resume"] == "Un vent." and made.body == f"{SENTENCE}\n\nFin."
    assert not {"tarif", "inscription"} & made.values.keys() and "06 12" not in repr(made)


@cases("tag", CASES["montres"])
def test_what_some_screens_show_is_kept(tag):
    assert article(f"<{tag}>{SENTENCE}</p><p>Fin.</p>").body == f"{SENTENCE}\n\nFin."


REMARK = "Ne pas publier avant accord de la mairie"
MARK = '<sup><a href="#{0}1" id="{1}1">[a]</a></sup>'
REMARKS = {
    "docs": MARK.format("cmnt", "cmnt_ref") + f'<p>La suite.</p><div><p><a href="#cmnt_ref1" '
    f'id="cmnt1">[a]</a><span>{REMARK}</span></p><p>Bis : {REMARK}</p></div>',
    "word": f'<span style="mso-element:comment">{REMARK}</span> La suite.',
    "filtered": '<a class="msocomanchor" href="#_msocom_1">[A1]</a><p>La suite.</p><div><div '
    f'class="msocomtxt"><a name="_msocom_1"></a><p class="MsoCommentText">{REMARK}</p></div></div>',
    "anchor": f'<p>La suite.</p><div><p><a href="#_msoanchor_1">[A1]</a>{REMARK}</p></div>',
    "tracked": f"<p>La suite de <ins>cent trente</ins><del>cent {REMARK}</del> pas.</p>",
}


@cases("name", REMARKS)
@cases("form", ["{}", '<!doctype html><meta name="date" content="2026-11-01"><body>{}</body>'])
def test_what_a_reviewer_wrote_is_left(name, form):
    html = form.format(f"<h1>Récit</h1><p>{SENTENCE}{REMARKS[name]}")
    (item,) = (
        pages.read(html.encode(), "x.html", date(2026, 11, 25))
        if "<body" in form
        else [SourceItem(row=1, titre="Récit", kind=Kind.ARTICLE, html=html)]
    )
    made = compose(item, known())
    assert REMARK not in said(made) and "[a]" not in said(made) and "[A1]" not in said(made)
    assert "La suite" in said(made)


@cases("way", ["plain", "paragraphs", "summary", "markdown"])
@cases("row", CASES["lettres"])
def test_what_other_tools_wrote_around_a_text_goes(row, way):
    made = composed(**WAYS[way](f"{SENTENCE}\n\n{row}\n\nLa suite du texte est ici."))
    assert SENTENCE in said(made)
    words = [word for word in re.findall(r"\w{6,}", row) if word in said(made)]
    assert words == []


@cases("address", CASES["traceurs"])
def test_an_address_that_knows_its_reader_is_kept_nowhere(address):
    made = composed(html=f'<p>{SENTENCE} <a href="{address}">Lire</a></p>', url=address)
    assert "//" not in said(made) and "Lire" in said(made)


@cases("address", CASES["adresses"])
def test_an_address_that_knows_nobody_is_kept(address):
    assert clean_address(address) == address


@cases("text", CASES["propres"])
def test_what_only_speaks_of_mailings_stays(text):
    assert without_leftovers(text).text == text


def test_a_report_shows_nothing_that_opens_a_meeting():
    loss = Loss("X-ZOOM", "https://zoom.us/j/93423456789", "coupé")
    made = composed(texte=SENTENCE, losses=(loss,))
    assert made.losses == (Loss("X-ZOOM", "", "coupé"),)


@cases("piece", CASES["sans_fin"])
def test_no_text_has_no_end(piece):
    text = f"https://zoom.us/j/1\n{piece * (60_000 // len(piece))}"
    with ends():
        without_leftovers(settled_excerpt(text))
        assert len([*foreign_syntax(text)]) >= 0


@cases("pattern", leftovers().codes)
def test_a_code_is_found_wherever_its_expression_finds_it(pattern):
    """A text is searched for a piece of all codes first, which must be there."""

    @given(st.from_regex(re.compile(pattern.motif, re.IGNORECASE)))
    def spotted(text):
        if re.search(pattern.motif, level(text), re.IGNORECASE):
            assert meeting_spans(text)

    spotted()


def test_a_meeting_tool_is_known_by_each_of_its_names():
    """Next to its name, a code that could be another is one of a meeting."""
    tools = "Zoom,Teams,Webex,Google Meet,Jitsi,BigBlueButton,visioconférence,meeting"
    for tool in (*tools.split(","), "réunion en ligne"):
        assert meeting_spans(f"Par {tool}, mot de passe : papillon")
    assert not meeting_spans("À l’entrée, mot de passe : papillon")
