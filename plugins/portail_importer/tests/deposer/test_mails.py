"""Mails as programs send them: cut at some columns, in HTML alone, quoted, forwarded, signed."""

import textwrap
from email.message import EmailMessage
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doses import cases, dose, rows_of
from pictures import drawing, picture
from portail.cli import main
from portail.diagnostics import Refused
from portail_importer.deposer.mailed import Body, prose_in, text_of_html, written_in
from propositions import carried

CASES = rows_of("portail_importer/tests/deposer/courriels.yml")
PLACE = "content/events/2021-10-09-nuit-de-la-chouette.md"
EVENT = """\
---
titre: "La nuit de la chouette : une soirée pour écouter les rapaces, à Wizernes et alentour"
resume: Une sortie à la tombée du jour pour écouter les rapaces nocturnes, puis une projection.
publie_le: 2021-09-20
debut: 2021-10-09 20:00
format: atelier
adresse: {nom: Maison de la nature et des oiseaux, rue: 12 rue du Marais, commune: Wizernes}
tarif:
  gratuit: true
references:
  - titre: Le programme complet de la nuit de la chouette dans les Hauts-de-France
    url: https://www.example.org/un/chemin/assez/long/pour/depasser/une/ligne/de/courriel.html
inscription: {regime: obligatoire, courriel: reservation@example.org}
---

Prévoyez des bottes, une lampe et de quoi vous couvrir : la nuit tombe vite et le sol est humide.

- une lampe
- des bottes

Le départ se fait au [parking](https://www.example.org/parking).
"""


def block_of(text, path=PLACE):
    return carried(f"Fichier : {path}", text)


BLOCK = block_of(EVENT)
MAIL = f"""\
Bonjour,

Voici une proposition d’un événement pour le portail.

{BLOCK}

Me répondre à : contact@example.org
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    root = tmp_path / "portail"
    (root / "content").mkdir(parents=True)
    monkeypatch.chdir(root)
    return root


def cut(text, width=72):
    """Each line cut where its words reach ``width``, as programs do: nothing says where."""
    rows = []
    for line in text.split("\n"):
        rows += textwrap.wrap(
            line, width, break_long_words=False, break_on_hyphens=False, drop_whitespace=True,
            replace_whitespace=False,
        ) or [""]  # fmt: skip
    return "\n".join(rows)


def kept(line):
    """A line in HTML, its first blanks as editors of mails write them."""
    told = line.lstrip(" ")
    return "&nbsp;" * (len(line) - len(told)) + escape(told, quote=False)


def divs(text):
    """Gmail: one ``div`` a line."""
    rows = (f"<div>{kept(line) or '<br>'}</div>" for line in text.split("\n"))
    return f'<div dir="ltr">{"".join(rows)}</div>\r\n'


def breaks(text):
    """Gmail from a link, and most webmails: lines ended by ``br``."""
    return f'<div dir="ltr">{"<br>".join(map(kept, text.split(chr(10))))}<br></div>'


def outlook(text):
    """Outlook: a paragraph a line, its source cut at 76 columns."""
    rows = (
        f"<p class=MsoNormal>{kept(line) or '&nbsp;'}<o:p></o:p></p>" for line in text.split("\n")
    )
    body = "\r\n\r\n".join(cut(row, 76).replace("\n", "\r\n") for row in rows)
    head = "<head><style><!-- p.MsoNormal {margin:0cm;} --></style></head>"
    return f"<html>{head}<body lang=FR><div class=WordSection1>{body}</div></body></html>"


def roundcube(text):
    """A webmail in plain text shown as HTML: blanks are kept."""
    style = "margin:0; white-space: pre-wrap"
    return f'<html><body><pre style="{style}">{escape(text)}</pre></body></html>'


HTML = {
    "gmail": divs, "gmail-br": breaks, "outlook": outlook, "roundcube": roundcube,
}  # fmt: skip


def mail(plain, html=None, charset="utf-8"):
    message = EmailMessage()
    message["Subject"] = "Proposition d’un événement"
    message["From"] = "contact@example.org"
    if plain is not None:
        message.set_content(plain, charset=charset, cte="quoted-printable")
    if html is not None and plain is None:
        message.set_content(html, subtype="html", charset=charset, cte="quoted-printable")
    elif html is not None:
        message.add_alternative(html, subtype="html", charset=charset, cte="base64")
    return message


def deposit(site, data):
    file = site / "recu.eml"
    file.write_bytes(data if isinstance(data, bytes) else data.as_bytes())
    return main(["deposer", str(file), "--date", "2021-09-27"])


def drop(site, data):
    assert deposit(site, data) == 0
    found = (one for one in (site / "content").rglob("*.md"))
    return {one.relative_to(site).as_posix(): one.read_text("utf-8") for one in found}


def read_of(plain, html=""):
    """The texts that the words of a mail hold, in one form or both."""
    return [one.text for one in written_in([Body([plain] * bool(plain), [html] * bool(html))])[0]]


FORMS = [None, *sorted(HTML)]


def quoted(text):
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


@cases("form", FORMS)
@cases("below", CASES["dessous"])
@cases("width", [30, 60, 72, 78])
def test_a_text_is_whole_and_nothing_below_it_is_read_nor_shown(form, below, width):
    said = f"{MAIL}\n{below}\n"
    for put in (said, cut(said, width), quoted(cut(said, width)), said.replace("\n", "\r\n")):
        bodies = [Body([], [HTML[form](put)]) if form else Body([put])]
        found, notes = written_in(bodies)
        assert [one.text for one in found] == [EVENT] and "maire" not in "".join(notes)
    assert bool(below) == bool(written_in([Body([said])])[1])


def test_a_block_that_was_harmed_is_no_text():
    for harmed in (BLOCK.replace("A", "B", 1), BLOCK[:-9] + "00000000]", "[portail:YQ:1]"):
        with pytest.raises(Refused, match="abîmé"):
            read_of(f"Bonjour,\n{harmed}\nEntre nous.")
    assert read_of(BLOCK[:-1]) == [], "cut: words of somebody, that a person reads"


@cases("below", CASES["dessous"])
def test_of_fields_that_somebody_typed_nothing_below_is_read(below):
    fields = EVENT[: EVENT.index("\n\nPrévoyez") + 1]
    for said in (f"Bonjour,\n\n{EVENT}\n{below}\n", quoted(f"{EVENT}\n{below}\n")):
        assert read_of(said) == [fields]
        assert read_of("", f"<pre>{escape(said)}</pre>") == [fields]


@pytest.mark.parametrize("form", sorted(HTML))
@pytest.mark.parametrize("alone", [False, True])
def test_the_html_of_each_program(site, form, alone):
    message = mail(None if alone else cut(MAIL), HTML[form](MAIL))
    assert drop(site, message) == {PLACE: EVENT}


@cases("row", CASES["mots"])
def test_the_words_of_a_person(row):
    assert prose_in(row["dit"]) == (row["mots"], row.get("transmis", ""))


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "iso-8859-15", "utf-8"])
def test_each_charset(site, charset):
    said = MAIL.replace("’", "'")
    assert drop(site, mail(said, charset=charset))[PLACE] == EVENT.replace("’", "'")


def test_a_charset_of_windows_under_the_name_of_another(site):
    data = mail(MAIL, charset="windows-1252").as_bytes()
    assert drop(site, data.replace(b"windows-1252", b"iso-8859-1")) == {PLACE: EVENT}


def test_a_mail_that_was_forwarded(site):
    head = "---------- Forwarded message ---------\nDe : Camille <camille@example.org>\n\n"
    assert drop(site, mail(head + MAIL)) == {PLACE: EVENT}
    (site / PLACE).unlink()
    outside = mail("Pour vous.\n")
    outside.add_attachment(mail(cut(MAIL), breaks(MAIL)))
    assert drop(site, outside) == {PLACE: EVENT}


def test_a_text_that_was_quoted(site):
    assert drop(site, mail(f"Je vous transmets.\n\n{quoted(MAIL)}\n")) == {PLACE: EVENT}


SECOND = EVENT.replace("La nuit de la chouette", "Le jour du héron")
OTHER = "content/events/le-jour-du-heron.md"
BOTH = {PLACE: EVENT, OTHER: SECOND}
SECOND_BLOCK = block_of(SECOND, OTHER)


def test_contents_of_several_mails_in_one(site):
    outside = mail("Pour vous, ces deux-là.\n")
    outside.add_attachment(mail(BLOCK))
    outside.add_attachment(mail(None, divs(SECOND_BLOCK)))
    assert drop(site, outside) == BOTH


def test_a_content_in_the_words_and_another_attached(site):
    message = mail(BLOCK)
    message.add_attachment(SECOND.encode(), maintype="text", subtype="markdown",
                           filename=OTHER.rpartition("/")[2])  # fmt: skip
    assert drop(site, message) == BOTH


def test_two_texts_and_the_version_that_an_answer_quotes():
    assert read_of(f"{BLOCK}\n-- \nC.\n\n{SECOND_BLOCK}") == [EVENT, SECOND]
    now = EVENT.replace("20:00", "21:00")
    for said in (f"{block_of(now)}\n{quoted(MAIL)}", f"{quoted(BLOCK)}\n\n{block_of(now)}"):
        assert read_of(said) == [now]


@pytest.mark.parametrize(
    ("charset", "declared"),
    [("iso-8859-1", "iso-8859-1"), ("windows-1252", "iso-8859-1"), ("utf-16", "utf-16"),
     ("utf-8", "iso-8859-1")],
)  # fmt: skip
def test_an_attached_text_in_the_charset_that_it_declares(site, charset, declared):
    text = EVENT.replace("’", "'")
    message = mail("Le fichier est joint.\n")
    message.add_attachment(text.encode(charset), maintype="text", subtype="markdown",
                           filename="nuit.md", params={"charset": declared})  # fmt: skip
    assert drop(site, message) == {"content/events/nuit.md": text}


def test_a_refusal_says_how_to_write_it_oneself(site, capsys):
    for name, data in {"a.eml": mail("Bonjour.").as_bytes(), "a.docx": b"\xd0\xcf"}.items():
        (site / name).write_bytes(data)
        assert main(["deposer", str(site / name)]) == 2
        assert "portail new event" in capsys.readouterr().err


def test_attachments_text_under_another_name_and_logos(site):
    said = EVENT.replace(
        "tarif:", "image: {fichier: chouette.jpg, alt: Une chouette, credit: A. Exemple}\ntarif:"
    )
    message = mail("Bonjour, tout est joint.\n")
    for name, data, kind, subtype in (
        ("nuit-de-la-chouette.txt", said.encode(), "application", "octet-stream"),
        ("lisez-moi.txt", b"Rien de plus.", "application", "octet-stream"),
        ("chouette.jpg", picture("JPEG", drawing(60, 40)), "image", "jpeg"),
        ("Zoé.jfif", picture("JPEG", drawing(8, 8)), "image", "jpeg"),
    ):
        message.add_attachment(data, kind, subtype, filename=name)
    assert drop(site, message) == {"content/events/nuit-de-la-chouette/index.md": said}
    here = site / "content/events/nuit-de-la-chouette"
    assert {one.name for one in here.iterdir()} == {"index.md", "chouette.jpg", "image-1.jpeg"}


@pytest.mark.parametrize(
    ("joined", "form", "placed"),
    [("IMG_4521.jpeg", "JPEG", "chouette.jpeg"), ("IMG_4521.PNG", "PNG", "chouette.png")],
)
def test_the_one_picture_joined_is_the_one_asked_for(site, joined, form, placed):
    asked = "image: {fichier: chouette.jpg, alt: Une chouette, credit: A. Exemple}\ntarif:"
    message = mail(block_of(EVENT.replace("tarif:", asked)))
    data = picture(form, drawing(60, 40))
    message.add_attachment(data, "image", form.lower(), filename=joined)
    ((path, text),) = drop(site, message).items()
    assert f"fichier: {placed}," in text
    assert (site / path).with_name(placed).read_bytes() == data


def test_of_two_pictures_none_is_believed_to_be_the_one_asked_for(site):
    asked = "image: {fichier: chouette.jpg, alt: Une chouette, credit: A. Exemple}\ntarif:"
    message = mail(block_of(EVENT.replace("tarif:", asked)))
    for name in ("IMG_1.png", "logo.png"):
        message.add_attachment(picture("PNG", drawing(60, 40)), "image", "png", filename=name)
    assert deposit(site, message) == 1


def test_a_refusal_says_that_nothing_was_placed(site, capsys):
    assert deposit(site, mail(block_of(EVENT.replace("format: atelier", "format: atelyer")))) == 1
    said = capsys.readouterr().out
    assert "Rien n’a été déposé : les contenus sont inchangés." in said
    assert "publié" not in said
    assert not list((site / "content").rglob("*.md"))


@settings(max_examples=dose(15, 60))
@given(st.text(max_size=2_000), st.integers(20, 78), st.sampled_from(FORMS))
def test_any_text_comes_through(text, width, form):
    block = cut(block_of(text), width)
    assert read_of(block, HTML[form](block) if form else "") == [text]


@given(st.text(max_size=80))
def test_no_mail_makes_it_fail(text):
    written_in([Body([text, f"[portail {text}]"], [text, f"<p>---</p>{text}<hr>"])])


@pytest.mark.filterwarnings("error")
def test_a_body_is_read_in_silence_an_address_or_nested_to_harm():
    for html in ("https://example.org/nuit", "affiche.html"):
        assert text_of_html(html).strip() == html
    assert len(text_of_html("<div>" * 20_000 + "titre")) < 20_000
