"""A correction in the words of a mail changes its fields alone, or is refused with plain words."""

from email.message import EmailMessage
from html import escape

import pytest

from plans import entry, write
from portail.cli import main
from portail_importer.deposer.placing import mark_of
from propositions import carried

HOURS = "Du mardi au vendredi : de 9 h à 17 h ; Samedi : de 10 h à 18 h"
LATER = "Du mardi au vendredi : de 9 h à 17 h ; Samedi : de 11 h à 18 h"
MUSEUM = f"""\
---
# Tenu par la mairie.
titre: Musée d’exemple
resume: Un musée.
publie_le: 2021-09-01
type: musee
commune: Amiens
telephone: 03 22 00 00 00   # l’accueil
horaires_ouverture: "{HOURS}"
---

Le texte du musée.
"""
FILE = "content/lieux/musee.md"


@pytest.fixture
def site(tmp_path, monkeypatch):
    root = tmp_path / "portail"
    write(root, {"events/nuit": entry("events", titre="La nuit")})
    (root / FILE).parent.mkdir(parents=True)
    (root / FILE).write_text(MUSEUM, encoding="utf-8")
    monkeypatch.chdir(root)
    return root


def now(site):
    return (site / FILE).read_text("utf-8")


def said(rows, mark, ref="lieux/musee"):
    """The words of a mail, as the form writes them."""
    return (
        "Bonjour,\n\nCe qui change dans « Musée d’exemple » :\n"
        "Samedi de 10 h à 18 h → de 11 h à 18 h\n\n"
        f"{carried(f'Correction {mark} : {ref}', f'---{chr(10)}{rows}{chr(10)}---')}\n\n"
        "Me répondre à : julie@example.org\n"
    )


def of(before, rows, ref="lieux/musee"):
    return said(rows, mark_of(ref, before), ref)


HOUR = of({"horaires_ouverture": HOURS}, f'horaires_ouverture: "{LATER}"')


def received(site, text, html=""):
    message = EmailMessage()
    message["Subject"] = "Correction : Musée d’exemple"
    message["From"] = "julie@example.org"
    message.set_content(html or text, subtype="html" if html else "plain")
    path = site / "recu.eml"
    path.write_bytes(message.as_bytes())
    return str(path)


def drop(site, text, html=""):
    return main(["deposer", received(site, text, html), "--date", "2021-09-27"])


def test_its_field_alone_changes(site, capsys):
    assert drop(site, HOUR) == 0
    out = capsys.readouterr().out
    assert f'{FILE} : horaires_ouverture : "{HOURS}" → "{LATER}"' in out
    assert f"{FILE} : remplacé." in out
    after = MUSEUM.replace(HOURS, LATER).replace('18 h"\n', '18 h"\nmodifie: 2021-09-27\n')
    assert now(site) == after
    assert main(["check", "--date", "2021-09-27"]) == 0


def html(text):
    return "".join(f"<div>{escape(row) or '<br>'}</div>" for row in text.split("\n"))


@pytest.mark.parametrize("form", [html, lambda text: f"{text}-- \nJulie Exemple\n"])
def test_as_mail_programs_send_it(site, form):
    assert drop(site, form(HOUR), html=form(HOUR) if form is html else "") == 0
    assert LATER in now(site)


def test_a_field_goes_another_comes_the_text_changes(site):
    before = {"telephone": "03 22 00 00 00", "site": None, "corps": "Le texte du musée."}
    body = '"Le texte.\\n\\nIl a deux paragraphes."'
    assert drop(site, of(before, f"telephone:\nsite: https://example.org/\ncorps: {body}")) == 0
    text = now(site)
    assert "telephone" not in text
    assert "site: https://example.org/\n" in text
    assert text.endswith("---\n\nLe texte.\n\nIl a deux paragraphes.\n")
    assert "# Tenu par la mairie." in text


ROW = f'horaires_ouverture: "{LATER}"'
GONE = "que ce portail n’a pas : la page a changé de nom, ou le courriel a été modifié."
STALE = (
    "La correction de « lieux/musee » ne part plus de ce que dit le portail : "
    "« horaires_ouverture » a changé depuis, ou le courriel a été modifié. Rien n’est changé. "
    "Relisez la page, puis corrigez-la vous-même s’il le faut."
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (said(ROW, "00000000"), STALE),
        (of({"horaires_ouverture": "Samedi : de 9 h à 10 h"}, ROW), STALE),
        (of({"horaires_ouverture": HOURS}, ROW, "lieux/parti"), f"« lieux/parti », {GONE}"),
        (of({"horaires_ouverture": HOURS}, ROW, "../../secret"), "« ../../secret » est refusé"),
        (of({"etat": None}, "statut: brouillon\ntarif.prix: 0"), "vise ce qu’aucun champ ne dit"),
        (of({"horaires_ouverture": HOURS}, "rien"), "ne se lit pas"),
        (of({"corps": None}, "corps: [un, deux]"), "ne se lit pas"),
        ("\n".join(f"> {row}" for row in HOUR.split("\n")), "est citée dans une réponse"),
    ],
    ids="mark former gone path unknown empty list quoted".split(),
)
def test_what_is_refused(site, capsys, text, why):
    assert drop(site, text) == 2
    assert why in capsys.readouterr().err
    assert now(site) == MUSEUM


def test_another_value_may_have_changed(site):
    (site / FILE).write_text(MUSEUM.replace("Un musée.", "Un grand musée."), encoding="utf-8")
    assert drop(site, HOUR) == 0
    text = now(site)
    assert LATER in text and "Un grand musée." in text


def test_twice_is_once(site, capsys):
    assert drop(site, HOUR) == 0
    assert drop(site, HOUR) == 2
    assert f"« {FILE} » dit déjà ce que demande cette correction." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('resume: "<script>alert(1)</script>"', "E246"),
        ("resume: Venez <b>nombreux</b>", "E246"),
        ("type: banque", "E203"),
        ("commune: Nulle-Part-sur-Mer", "E432"),
        ('corps: "<iframe src=//x.example></iframe>"', "E311"),
    ],
)
def test_it_is_checked_as_any_deposit(site, capsys, rows, code):
    front = {"resume": "Un musée.", "type": "musee", "commune": "Amiens"}
    key = rows.partition(":")[0]
    before = {key: front.get(key, "Le texte du musée.")}
    assert drop(site, of(before, rows)) == 1
    assert f" {code} " in capsys.readouterr().out
    assert now(site) == MUSEUM
