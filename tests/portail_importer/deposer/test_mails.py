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
from portail_importer.deposer.mailed import Body, text_of_html, written_in

CASES = rows_of("portail_importer/deposer/courriels.yml")
ENDS = CASES["avant"] | CASES["apres"]
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
MAIL = f"""\
Bonjour,

Voici une proposition d’un événement pour le portail.

Fichier : {PLACE}

{EVENT.rstrip()}

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


def front(text):
    return text.split("---\n")[1]


def read_of(plain, html=""):
    """The texts that the words of a mail hold, in one form or both, and what is left and told."""
    found, left = written_in([Body([plain] if plain else [], [html] if html else [])])
    return [one.text for one in found], left


@cases("width", [65, 72, 74, 76, 78])
def test_a_text_that_was_cut_is_joined(width):
    ((text,), _) = read_of(cut(MAIL, width))
    assert front(text) == front(EVENT)
    assert text.split() == EVENT.split()


@pytest.mark.parametrize("form", sorted(HTML))
@pytest.mark.parametrize("alone", [False, True])
def test_the_html_of_each_program(site, form, alone):
    message = mail(None if alone else cut(MAIL), HTML[form](MAIL))
    assert drop(site, message) == {PLACE: EVENT}


@pytest.mark.parametrize("form", sorted(HTML))
def test_a_text_that_is_not_what_the_layout_shows_is_said(form):
    told = read_of(cut(MAIL), HTML[form](MAIL.replace("2021-10-09", "2021-10-10")))[1]
    assert len(told) == 1 and " 2021 10 09 " in told[0] and " 2021 10 10 " in told[0]
    assert read_of(cut(MAIL), HTML[form](MAIL))[1] == []


FORMS = [None, *sorted(HTML)]


@cases("form", FORMS)
@cases("signature", CASES["signatures"])
def test_what_is_under_the_text_is_left(form, signature):
    said = MAIL.partition("Me répondre")[0] + signature + "\n"
    assert read_of(*["", HTML[form](said)] if form else [said])[0] == [EVENT]


ASKED = "Collez ici la proposition, qui vient d’être copiée."
SHELL = f"Bonjour,\n\nQuand : Samedi 9 octobre, à 20 h\n\n{ASKED}\n\nMe répondre à : a@b.fr\n"
COPIED = f"Fichier : {PLACE}\n\n{EVENT}\n--\n"


@cases("form", FORMS)
@cases(
    "said",
    [SHELL.replace(ASKED, COPIED), COPIED + SHELL, SHELL + COPIED, f"{SHELL}--\nCamille\n{COPIED}"],
)
def test_what_is_pasted_anywhere_in_the_mail_of_the_form(form, said):
    assert read_of(*["", HTML[form](said)] if form else [said]) == ([EVENT], [])


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
ANSWERED = "Le lun. 20 sept. 2021 à 10:02, Camille Exemple <camille@example.org> a écrit :"


def quoted(text):
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


@cases(("between", "words"), CASES["entre"].items())
@cases("form", [None, "gmail", "roundcube"])
def test_two_contents_of_one_mail_are_two(form, between, words):
    under = f"Fichier : {OTHER}\n\n{SECOND}"
    # In HTML an answer is indented, in plain text it is marked.
    marked = quoted(under) if between == "an answer" else under
    html, plain = (f"Fichier : {PLACE}\n\n{EVENT}\n{words.format(it)}" for it in (under, marked))
    said = (cut(plain), HTML[form](html)) if form else (plain,)
    assert read_of(*said)[0] == [EVENT, SECOND]


def test_contents_of_several_mails_in_one(site):
    outside = mail("Pour vous, ces deux-là.\n")
    outside.add_attachment(mail(f"Fichier : {PLACE}\n{EVENT}"))
    outside.add_attachment(mail(None, divs(f"Fichier : {OTHER}\n{SECOND}")))
    assert drop(site, outside) == BOTH


def test_a_content_in_the_words_and_another_attached(site):
    message = mail(f"Fichier : {PLACE}\n{EVENT}")
    message.add_attachment(SECOND.encode(), maintype="text", subtype="markdown",
                           filename=OTHER.rpartition("/")[2])  # fmt: skip
    assert drop(site, message) == BOTH


def test_the_version_that_an_answer_quotes_is_left_and_told():
    """Below the answer or above it."""
    now = EVENT.replace("20:00", "21:00")
    for said in (
        f"Fichier : {PLACE}\n\n{now}\n{ANSWERED}\n\n{quoted(MAIL)}",
        f"{ANSWERED}\n\n{quoted(EVENT)}\n\n{now}",
    ):
        text, (told,) = read_of(said)
        assert text == [now]
        assert "Une autre version de « La nuit de la chouette" in told


def test_two_contents_of_one_name_are_not_one(site, capsys):
    assert deposit(site, mail(f"{EVENT}\n{EVENT.replace('20:00', '21:00')}")) == 2
    assert "l’un après l’autre" in capsys.readouterr().err


def test_a_rule_in_a_text_opens_no_content():
    text = EVENT + "\nAvant.\n\n---\n\nLieu: au bord du marais.\n\n---\n\nAprès.\n"
    assert read_of(f"Fichier : {PLACE}\n\n{text}")[0] == [text]


@cases("end", CASES["adieux"])
def test_a_farewell_is_left_and_told(end):
    text, (told,) = read_of(MAIL.partition("Me répondre")[0] + f"{end}\n")
    assert text == [EVENT]
    assert f"« {end.split(chr(10))[0]}" in told


def test_a_farewell_that_a_text_goes_on_after_is_its_own():
    text = EVENT + "\nCordialement\n\n" + "C’est aussi le titre de cette pièce. " * 4 + "\n"
    assert read_of(f"Fichier : {PLACE}\n\n{text}")[0] == [text.replace(" \n", "\n")]


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


def test_addresses_are_not_doubled():
    doubled = "reservation@example.org<mailto:reservation@example.org>"
    assert read_of(MAIL.replace("reservation@example.org", doubled))[0] == [EVENT]


def test_attachments_text_under_another_name_and_logos(site):
    said = EVENT.replace(
        "tarif:", "image: {fichier: chouette.jpg, alt: Une chouette, credit: A. Exemple}\ntarif:"
    )
    message = mail("Bonjour, tout est joint.\n")
    for name, data, kind, subtype in (
        ("nuit-de-la-chouette.txt", said.encode(), "application", "octet-stream"),
        ("lisez-moi.txt", b"Rien de plus.", "application", "octet-stream"),
        ("chouette.jpg", picture("JPEG", drawing(60, 40)), "image", "jpeg"),
        ("image001.png", picture("PNG", drawing(8, 8)), "image", "png"),
    ):
        message.add_attachment(data, kind, subtype, filename=name)
    assert drop(site, message) == {"content/events/nuit-de-la-chouette/index.md": said}
    here = site / "content/events/nuit-de-la-chouette"
    assert {one.name for one in here.iterdir()} == {"index.md", "chouette.jpg"}


@pytest.mark.parametrize(
    ("joined", "form", "placed"),
    [("IMG_4521.jpeg", "JPEG", "chouette.jpeg"), ("IMG_4521.PNG", "PNG", "chouette.png")],
)
def test_the_one_picture_joined_is_the_one_asked_for(site, joined, form, placed):
    asked = "image: {fichier: chouette.jpg, alt: Une chouette, credit: A. Exemple}\ntarif:"
    message = mail(MAIL.replace("tarif:", asked))
    data = picture(form, drawing(60, 40))
    message.add_attachment(data, "image", form.lower(), filename=joined)
    ((path, text),) = drop(site, message).items()
    assert f"fichier: {placed}," in text
    assert (site / path).with_name(placed).read_bytes() == data


def test_of_two_pictures_none_is_believed_to_be_the_one_asked_for(site):
    asked = "image: {fichier: chouette.jpg, alt: Une chouette, credit: A. Exemple}\ntarif:"
    message = mail(MAIL.replace("tarif:", asked))
    for name in ("IMG_1.png", "logo.png"):
        message.add_attachment(picture("PNG", drawing(60, 40)), "image", "png", filename=name)
    assert deposit(site, message) == 1


def test_a_refusal_says_that_nothing_was_placed(site, capsys):
    assert deposit(site, mail(MAIL.replace("format: atelier", "format: atelyer"))) == 1
    said = capsys.readouterr().out
    assert "Rien n’a été déposé : les contenus sont inchangés." in said
    assert "publié" not in said
    assert not list((site / "content").rglob("*.md"))


def titles():
    letters = st.text("aàéçœ bcd'’:,;()-eirtu", min_size=1, max_size=160)
    return letters.map(lambda text: " ".join(text.split())).filter(bool)


@settings(max_examples=dose(15, 60))
@given(titles(), titles(), st.integers(66, 78), st.sampled_from(FORMS))
def test_any_long_field_comes_through(title, summary, width, form):
    text = f'---\ntitre: "{title}"\nresume: "{summary}"\npublie_le: 2021-09-20\n---\n\nBonjour.\n'
    assert read_of(cut(text, width), HTML[form](text) if form else "") == ([text], [])


@given(st.text(max_size=80))
def test_no_mail_makes_it_fail(text):
    written_in([Body([text, f"---\n{text}\n---"], [text, f"<p>---</p>{text}<hr>"])])


@pytest.mark.filterwarnings("error")
def test_a_body_is_read_in_silence_an_address_or_nested_to_harm():
    for html in ("https://example.org/nuit", "affiche.html"):
        assert text_of_html(html).strip() == html
    assert len(text_of_html("<div>" * 20_000 + "titre")) < 20_000


# What programs put under a text that is sent: a signature, a notice, the mail that it answers.

ME = "Camille Modèle <camille.modele@musee.example>"
THEM = "Dominique Exemple <dominique.exemple@portail.example>"


def answer(end, form=None):
    said = f"{EVENT}\n{end}\n"
    message = EmailMessage() if form is None else mail(None, form(said))
    if form is None:
        message.set_content(said)
    message["To"] = THEM
    del message["From"]
    message["From"] = ME
    return message.as_bytes()


def dropped(site, capsys, data):
    """The texts that a mail leaves, and what is said of it."""
    code, said = deposit(site, data), "".join(capsys.readouterr())
    assert code == 0, said
    return [one.read_text("utf-8") for one in sorted((site / "content").rglob("*.md"))], said


@pytest.mark.parametrize("name", ENDS)
def test_nothing_of_it_is_published(site, capsys, name):
    assert dropped(site, capsys, answer(ENDS[name]))[0] == [EVENT]


@pytest.mark.parametrize("form", [outlook, divs])
@pytest.mark.parametrize("name", ["Outlook", "Zimbra", "a signature alone", "a notice"])
def test_nor_of_its_layout_and_what_is_left_is_told(site, capsys, name, form):
    found, said = dropped(site, capsys, answer(ENDS[name], form))
    assert found == [EVENT]
    assert "Laissé sous « La nuit" in said and "le maire" not in said


@pytest.mark.parametrize("text", CASES["textes"])
def test_what_a_text_says_itself_stays(site, capsys, text):
    assert dropped(site, capsys, answer(f"{text}\n"))[0] == [f"{EVENT}\n{text}\n"]


@pytest.mark.parametrize("name", ["Outlook", "Gmail, cut", "Zimbra"])
@pytest.mark.parametrize("form", [None, outlook])
def test_of_an_answer_and_what_it_answers_the_answer_is_taken(site, capsys, name, form):
    head = ENDS[name].partition("\n\n")[0]
    former = EVENT.replace("20:00", "21:00")
    found, said = dropped(site, capsys, answer(f"{head}\n\nBonjour,\n\n{former}", form))
    assert found == [EVENT]
    assert "Une autre version" in said


def test_two_that_are_there_stay_two(site, capsys):
    under = f"{ENDS['Outlook'].partition(chr(10) * 2)[0]}\n\nFichier : {OTHER}\n\n{SECOND}"
    found, _ = dropped(site, capsys, answer(under))
    assert {*found} == {EVENT, SECOND}
