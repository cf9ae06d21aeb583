"""Letters for tests: one with every section, a quiet one, a hostile one; their texts are in
``numeros/``."""

from datetime import date
from pathlib import Path

import pytest
from lxml import html

from remake import replace

_issue = pytest.importorskip("portail_lettre.issue")
Announced = _issue.Announced
Frozen = _issue.Frozen
Letter = _issue.Letter
Masthead = _issue.Masthead
mail_view = pytest.importorskip("portail_lettre.mails").mail_view
mail_text = pytest.importorskip("portail_lettre.output").mail_text
_sent = pytest.importorskip("portail_lettre.sent")
PART = _sent.PART
Sent = _sent.Sent
read_letter = pytest.importorskip("portail_lettre.settings").read_letter

THURSDAY = date(2021, 9, 30)
ENSEIGNE = Masthead(
    nom="Portail d’exemple",
    region="Hauts-de-France",
    siteurl="https://vitrine.example.org",
    courriel="redaction@portail.example.org",
    expediteur="lettre@portail.example.org",
    etiquette="vitrine.example.org,2021",
)
FOLDERS = {"evenements": "events"}
TEXTS = Path(__file__).with_name("numeros")


def below(letter, path):
    """What is at a path of the text of a letter."""
    return html.fragment_fromstring(letter.lettre, create_parent="div").xpath(path)


def words(found):
    return [one.text_content().replace("\u00a0", " ") for one in found]


def links(letter, path="."):
    """The links of a letter, or of what is at a path of it, and their words."""
    found = below(letter, f"{path}//a[@href]")
    return dict(zip([link.get("href") for link in found], words(found), strict=True))


def numero(name, **changes):
    """The letter of a file of ``numeros/``, which tells what its things lead to."""
    told = {
        "semaine": "2021-s39",
        "edition": "region",
        "nom": "Hauts-de-France",
        "jour": THURSDAY,
        "sujet": "Le ciel d’octobre",
        "apercu": "Ce week-end par département, une réservation avant lundi, deux annonces.",
        "lettre": (TEXTS / f"{name}.html").read_text(encoding="utf-8").rstrip("\n"),
    }
    letter = Letter(**(told | changes))
    refs = tuple(map(ref_of, links(letter, "section//h3")))
    return letter.model_copy(update={"refs": refs, "tete": refs[0] if refs else ""})


def ref_of(url):
    """The content at an address."""
    _, segment, slug, _ = url.split("/")
    return f"{FOLDERS.get(segment, segment)}/{slug}"


NUMERO = numero("numero", changes=("events/observation-annulee", "events/disparu"))
"""A letter with every section."""

SOMME = NUMERO.model_copy(update={"edition": "somme", "nom": "Somme"})
"""The same for an edition of its own."""

SETTINGS = read_letter({"editions": {"somme": {"nom": "Somme", "departement": "somme"}}})
"""Of a letter with that edition."""

DIX = numero("dix")
"""A letter of ten things."""

CALME = numero("calme", semaine="2021-s31", jour=date(2021, 8, 5))
"""A quiet week: no word, no rendez-vous."""

EN_COURS = numero("en-cours")
"""A week of temps forts that go on, which hold in one sentence."""

HOSTILE = numero(
    "hostile",
    sujet="Objet\r\nBcc: tous@example.org 🦉 \u200f<script>alert(1)</script>",
    apercu="]]> \"'><img src=x onerror=alert(1)> =1+1",
)
"""A letter whose words were chosen to break what quotes them."""


def envoi(*issues, **masthead):
    """The frozen file of a week with these editions (default: ``NUMERO``), under our name but for
    what ``masthead`` says."""
    issues = issues or (NUMERO,)
    return Frozen(
        semaine=issues[0].semaine,
        fige_le=issues[0].jour,
        enseigne=ENSEIGNE.model_copy(update=masthead),
        editions={one.edition: one for one in issues},
        etats={
            "events/spectacle-complet": Announced(
                titre="Spectacle complet",
                etat="complet",
                jours=("2021-10-02T14:00",),
                lieu="Musée d’exemple, Amiens",
            )
        },
    )


def mailed(issue, masthead=ENSEIGNE):
    """The plain text of the mail of an issue."""
    return "".join(mail_text(mail_view(issue, masthead)))


def with_weeks(site, weeks):
    """A site as if these weeks had been sent, and no other."""
    return replace(site, parts={**site.parts, PART: Sent(weeks)})
