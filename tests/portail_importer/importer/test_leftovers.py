"""What other tools leave in texts: nothing of what opens a meeting is ever published."""

import html
import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from doses import cases, ends
from fiches import known
from invitations import INVITATIONS, SECRETS, SENTENCE
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
    made = composed(**WAYS[way](f"{SENTENCE}\n{INVITATIONS[name]}"))
    told = said(made)
    assert [one for one in SECRETS if one in told] == []
    assert SENTENCE in told, "what is of the event stays"
    assert not any(one in f"{made.losses}" for one in SECRETS)


@cases("name", INVITATIONS)
def test_a_text_that_is_nothing_but_an_invitation_leaves_no_text(name):
    left = without_leftovers(INVITATIONS[name]).text
    assert left.strip(" \n.…:") == "" or left == "Salle : …", left


@cases(
    "url",
    [
        "https://zoom.us/j/93423456789",
        "https://zoom.exemple.org/j/1",
        "https://teams.microsoft.com/l/meetup-join/19%3a",
        "https://meet.google.com/abc-defg-hij",
        "https://meet.jit.si/Atelier",
        "https://org.webex.com/meet/jeanne",
        "https://whereby.com/jeanne",
    ],
)
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


@cases(
    "url",
    [
        "https://zoom.us/webinar/register/WN_abc",
        "https://us02web.zoom.us/meeting/register/tZ0",
        "https://events.teams.microsoft.com/event/1",
        "https://www.webex.com/fr/",
        "https://org.webex.com/weblink/register/r1",
        "https://zoom.us/",
        "https://meetup.com/les-neutrinos",
        "https://www.zoom-sur-la-science.fr/j",
        "https://museum.exemple.org/meet/",
        "https://visio.exemple.test/salle",
        "https://fr.wikipedia.org/wiki/Zoom",
    ],
)
def test_other_links_are_kept(url):
    assert opens_meeting(url) == ""
    assert url in said(composed(texte=f"{SENTENCE}\nÀ lire : {url}"))


@cases(
    "text",
    [
        "La réunion du club a lieu au musée.",
        "Code postal : 59000. Tél : 03 20 00 00 00, 03 20 00 00 01.",
        "Rejoindre la réunion",
        "En savoir plus",
        "Mot de passe : chouette",
        "Code : VENT10",
        "+33 3 20 00 00 00",
        "Un zoom sur les neutrinos, en 2027.",
        "L’article est paru en 2019 sur HAL.",
        "Read more about it.",
        "________",
    ],
)
def test_what_is_of_no_meeting_stays(text):
    assert without_leftovers(text) == (text, ())


def test_a_sentence_of_which_a_part_goes_is_to_be_read_again():
    made = composed(
        texte="Connectez-vous sur https://zoom.us/j/93423456789 (code 987654) dès 18 h."
    )
    assert made.values["resume"] == "Connectez-vous sur … dès 18 h."
    assert [loss.name for loss in made.losses] == ["texte"]


@cases(
    "mention",
    [
        "The post <a href='https://x.test/a'>L’eau</a> appeared first on <a href='/'>X</a>.",
        "L’article <a href='https://x.test/a'>L’eau</a> est apparu en premier sur <a>X</a>.",
        "Cet article L’eau est apparu en premier sur X.",
        "Cet article a été publié initialement sur X.",
        "Der Beitrag L’eau erschien zuerst auf X.",
        "La entrada L’eau se publicó primero en X.",
        "L'articolo L’eau proviene da X.",
        "Het bericht L’eau verscheen eerst op X.",
        "O post L’eau apareceu primeiro em X.",
        "Continue reading <span>L’eau</span> →",
        "Lire la suite de « L’eau » →",
    ],
)
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


@cases(
    ("titre", "text"),
    [
        ("Protégé : réunion interne", "Cet extrait est protégé, donc inaccessible."),
        ("Protégé\u00a0: réunion", "Il n’y a pas d’extrait, car cette publication est protégée."),
        ("Protected: meeting", "There is no excerpt because this is a protected post."),
        (
            "Protected: meeting",
            "<p>This content is password protected. To view it…</p><form></form>",
        ),
        ("Réunion", "Ce contenu est protégé par un mot de passe. Pour le voir…"),
        ("Geschützt: Sitzung", "Dieser Inhalt ist passwortgeschützt."),
        ("Protegido: reunión", ""),
        ("Privé : compte rendu", "Le compte rendu du bureau."),
        ("Private: minutes", "What was said."),
        ("Privat: Protokoll", "Was gesagt wurde."),
    ],
)
@cases("form", ["texte", "html", "resume"])
def test_what_a_site_keeps_to_itself_is_refused(titre, text, form):
    found = publishable(SourceItem(row=1, titre=titre, identifier="7", **{form: text}), DAY)
    assert found.hidden and found.identifier == "7" and not getattr(found, form)
    assert found.refused.endswith("rendez-le public là-bas, ou écrivez-en un texte.")


@cases(
    ("titre", "text"),
    [
        ("Protégé : le castor revient", "Le castor est de retour sur la Lys."),
        ("Le secteur privé : enquête", "Une enquête."),
        ("Les espèces protégées", "Cette espèce est protégée par la loi."),
        ("Un château privé", "Ouvert au public."),
    ],
)
def test_what_is_public_is_not(titre, text):
    assert not publishable(SourceItem(row=1, titre=titre, texte=text), DAY).refused


def article(html, **more):
    given = {"titre": "L’eau", "url": "https://labo.exemple.org/eau/", "html": html} | more
    item = SourceItem(row=1, kind=Kind.ARTICLE, namespace="flux", publie_le="2021-03-01", **given)
    return compose(item, known())


HIDING = ['p style="display : none"', 'p style="color: red; DISPLAY:/* x */none !important"',
          'p style="visibility:hidden"', 'p style="mso-hide:all"', "p hidden", "section hidden",
          'p style="opacity: 0"', 'p style="font-size:0px;color:#fff"',
          "textarea", 'div class="d-none"', 'p class="texte hidden"', "select"]  # fmt: skip


@cases("tag", HIDING)
def test_what_its_author_hid_is_in_no_field(tag):
    hidden = f"<{tag}>Tarif 40 €, inscription au 06 12 34 56 78.</{tag.split()[0]}>"
    html = f"{hidden}<p>{SENTENCE}</p><p>Fin.</p>"
    made = composed(html=html, resume=f"{hidden}Un vent.")
    assert made.values["resume"] == "Un vent." and made.body == f"{SENTENCE}\n\nFin."
    assert not {"tarif", "inscription"} & made.values.keys() and "06 12" not in repr(made)


@cases("tag", ['p class="d-none d-md-block"', 'p class="hidden md:flex"', 'p class="hidden-xs"',
               'p style="backface-visibility: hidden"', 'p style="opacity: 0.5"',
               'p style="opacity: 0; transition: opacity 1s"', 'p aria-hidden="true"'])  # fmt: skip
def test_what_some_screens_show_is_kept(tag):
    assert article(f"<{tag}>{SENTENCE}</p><p>Fin.</p>").body == f"{SENTENCE}\n\nFin."


def lost(made):
    return [(loss.name, loss.value) for loss in made.losses]


@cases(
    "html",
    [
        '<figure><img src="b.jpg"><figcaption>Légende</figcaption></figure>',
        '<figure><a><img src="b.jpg"></a><figcaption><p>Légende</p></figcaption></figure>',
    ],
)
def test_a_picture_that_is_left_takes_its_caption(html):
    made = article(f'<p>{SENTENCE}</p><p><img src="a.jpg" alt="Une goutte"></p>{html}<p>Fin.</p>')
    assert "Légende" not in said(made) and "caption" not in said(made)
    assert made.body.endswith("Fin.")


def test_what_only_wordpress_understands_is_left():
    made = article(f'<p>{SENTENCE}</p><p>[gallery ids="1,2"] Suite [sic] [vc_row]x[/vc_row].</p>')
    assert "gallery" not in made.body and "sic" in made.body


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


MAILING = [
    "Voir cet e-mail dans votre navigateur", "Bonjour *|PRENOM|*, {{ contact.NOM }},",
    "Vous recevez ce message car vous êtes inscrit avec l’adresse personne@exemple.org.",
    "Se désinscrire | Modifier vos préférences", "{loadposition agenda} {youtube}a1{/youtube}",
    "Écrire à Cette adresse e-mail est protégée contre les robots spammeurs. Vous devez.",
    "[vc_row]",
    "If you can’t see it, open it in your browser", "Pour vous désabonner, cliquez ici",
]  # fmt: skip


@cases("way", ["plain", "paragraphs", "summary", "markdown"])
@cases("row", MAILING)
def test_what_other_tools_wrote_around_a_text_goes(row, way):
    made = composed(**WAYS[way](f"{SENTENCE}\n\n{row}\n\nLa suite du texte est ici."))
    assert SENTENCE in said(made)
    words = [word for word in re.findall(r"\w{6,}", row) if word in said(made)]
    assert words == []


@cases("address", [
    "https://click.e.org/ls/click?upn=u001.abcdef", "https://e.org/unsub?e=0123456789&c=42",
    "https://e.org/lettre/personne@exemple.org", "https://e.org/?m=personne%40exemple.org",
    "https://e.us1.list-manage.com/track/click?u=a&id=b", "https://e.org/acces?token=abcdef123",
])  # fmt: skip
def test_an_address_that_knows_its_reader_is_kept_nowhere(address):
    made = composed(html=f'<p>{SENTENCE} <a href="{address}">Lire</a></p>', url=address)
    assert "//" not in said(made) and "Lire" in said(made)


@cases("address", [
    "https://piaille.fr/@curieux@mastodon.social", "https://e.org/agenda?id=3",
    "https://e.us1.list-manage.com/subscribe?u=a&id=b", "https://unpkg.com/leaflet@1.9.4/dist",
    "https://www.google.com/maps/place/Lille/@50.63,3.06,14z",
])  # fmt: skip
def test_an_address_that_knows_nobody_is_kept(address):
    assert clean_address(address) == address


@cases("text", [
    "Consultez le catalogue en ligne.", "Désabonnement massif : pourquoi les lecteurs partent",
    "La lettre de Poincaré se lit dans le navigateur de Gallica.",
    "Ouvrir le fichier dans un navigateur", "Si vous venez, ouvrez la page dans un navigateur.",
    "Se désinscrire d’une liste électorale demande une lettre recommandée à la mairie.",
])  # fmt: skip
def test_what_only_speaks_of_mailings_stays(text):
    assert without_leftovers(text).text == text


def test_a_text_that_speaks_of_articles_keeps_its_sentences():
    first = "Cet article parle de l’eau. L’article de 2019 en disait moins."
    made = article(f"<p>{first} L’article L’eau est apparu en premier sur Le blog.</p>")
    assert made.values["resume"] == first


def test_a_report_shows_nothing_that_opens_a_meeting():
    loss = Loss("X-ZOOM", "https://zoom.us/j/93423456789", "coupé")
    made = composed(texte=SENTENCE, losses=(loss,))
    assert made.losses == (Loss("X-ZOOM", "", "coupé"),)


@cases(
    "piece",
    ["the post ", "cet article ", "[…] ", " ", "::: a\n", ":doc:`", "+33 1 70 99 ", "[caption "],
)
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
