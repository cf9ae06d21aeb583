"""Copies for one recipient, read back by the parser of the standard library."""

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkout import ROOT
from courrier import PAGE, eml
from doses import cases
from lettres import ENSEIGNE, HOSTILE, NUMERO
from portail.text.typography import typeset
from portail_envoi.mails import read_mail
from portail_lettre.issues import Release
from portail_lettre.output import message
from portail_poste.smtp import SendingError

WITNESSES = ROOT / "tests/theme/temoins"
WITNESS = [(WITNESSES / f"courriel-1.{kind}").read_bytes() for kind in ("html", "txt")]
TO = "a@exemple.org"
LINK = "https://l.example.org/q?e=a%40exemple.org&j=abc"


def mail(**bodies):
    """A mail that is read."""
    return read_mail(eml(NUMERO, **bodies), "region", PAGE)


def built(issue):
    """The mail that a build makes of an issue."""
    return message(Release(issue, ENSEIGNE, envoye=True), *WITNESS)


@given(st.text(max_size=300))
def test_words_arrive_as_they_are(words):
    """Whatever a body holds, but for its ends of line, which mail has one form of."""
    text, html = f"{words}\n{PAGE}\n", f'<p>{words}</p><a href="{PAGE}">x</a>\n'
    try:
        read = mail(text=text, html=html)
    except (SendingError, UnicodeError):
        return  # the page is there twice, or the text is not one
    data = read.copy(TO, leave=LINK)
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert b"\n" not in data.replace(b"\r\n", b"") and b"\r" not in data.replace(b"\r\n", b"")
    message = message_from_bytes(data, policy=SMTP)
    assert not message.defects
    plain, rich = (part.get_content() for part in message.iter_parts())
    lines = re.sub(r"\r\n|\r|\n", "\n", read.bodies[0])
    assert re.sub(r"\r\n", "\n", plain) == lines.replace(PAGE, LINK)
    lines = re.sub(r"\r\n|\r|\n", "\n", read.bodies[1])
    assert re.sub(r"\r\n", "\n", rich) == lines.replace(PAGE, LINK.replace("&", "&amp;"))


def test_headers_are_kept_once():
    original = message_from_bytes(eml(), policy=SMTP)
    copy = message_from_bytes(mail().copy(TO, leave=LINK, mark="ab12"))
    for name in ("From", "Date", "List-Id", "Subject"):
        assert len(copy.get_all(name) or ()) == 1
    read = message_from_bytes(copy.as_bytes(), policy=SMTP)
    for name in ("From", "List-Id", "Subject"):
        assert read[name] == original[name]
    assert read["To"] == "a@exemple.org"
    assert read["Message-ID"] == "<ab12.2021-s39.region.0123456789ab@vitrine.example.org>"
    assert read["List-Unsubscribe"] == f"<{LINK}>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_without_a_way_of_ones_own_the_page_remains():
    made = message_from_bytes(mail().copy(TO))
    assert made.get_all("List-Unsubscribe") == [f"<{PAGE}>"]
    assert made["List-Unsubscribe-Post"] is None, "a page of the site takes no POST"


def test_the_mail_of_a_real_issue():
    html, text = WITNESS
    read = read_mail(built(NUMERO), "region", PAGE)
    copy = message_from_bytes(read.copy(TO, leave=LINK), policy=SMTP)
    forms = [part.get_content().replace("\r\n", "\n") for part in copy.iter_parts()]
    assert forms[0] == text.decode().replace(PAGE, LINK)
    assert forms[1] == html.decode().replace(PAGE, LINK.replace("&", "&amp;"))


@cases("to", ["a@exemple.org>\r\nBcc: tous@example.org", "a@b.fr\nBcc: tous@example.org"])
def test_a_copy_with_a_header_too_many_is_not_made(to):
    """Whatever let it through: nothing that makes a recipient writes an end of line."""
    with pytest.raises((SendingError, ValueError)):
        mail().copy(to)


def test_a_hostile_issue_adds_no_header():
    data = read_mail(eml(HOSTILE), "region", PAGE).copy(TO)
    message = message_from_bytes(data, policy=SMTP)
    assert message["Bcc"] is None and "Bcc: tous@example.org" in message["Subject"]
    tried = read_mail(eml(HOSTILE), "region", PAGE).tried().copy(TO)
    assert message_from_bytes(tried, policy=SMTP)["Bcc"] is None


@cases("own", [{}, {"leave": LINK}, {"listed": False}])
@cases("subject", ["=?utf-8?B?DQpSZXBseS1UbzogYUBldmlsLmZy?=", "=?utf-8?B?////?=", "=?x?q?a_b?= é"])
def test_an_encoded_word_stays_a_word(subject, own):
    real = built(NUMERO.model_copy(update={"sujet": subject}))
    sent = read_mail(real, "region", PAGE).copy(TO, **own)
    names = [one.partition(b":")[0] for one in sent.partition(b"\r\n\r\n")[0].split(b"\r\n")]
    known = {name.lower() for name in message_from_bytes(real)}
    assert {name.decode().lower() for name in names if name[:1] != b" "} <= known
    value = re.sub(r"\r\n", "", message_from_bytes(sent)["Subject"])
    assert str(make_header(decode_header(value))) == typeset(subject)


@cases(
    ("old", "new", "words"),
    [
        (b"From: ", b"X-From: ", "un en-tête « X-From » de trop"),
        (b"From: ", b"Bcc: tous@example.org\r\nFrom: ", "un en-tête « Bcc » de trop"),
        (b"Date: ", b"Subject: Autre\r\nDate: ", "un en-tête « Subject » de trop"),
        (b"Date: Thu, 30 Sep 2021 08:00:00 +0200\r\n", b"", "des en-têtes sans « date »"),
        (b"List-Id: ", b"List-Id: a\n\rBcc: ", "des en-têtes illisibles"),
        (b"multipart/alternative", b"multipart/mixed", "il n’a pas ses deux corps"),
    ],
)
def test_a_file_that_is_not_the_mail(old, new, words):
    with pytest.raises(SendingError, match=re.escape(words)):
        read_mail(eml().replace(old, new, 1), "region", PAGE)


@pytest.mark.parametrize("html", ["<p>rien</p>", f'<a href="{PAGE}">1</a><a href="{PAGE}">2</a>'])
def test_the_page_where_one_leaves_is_there_once(html):
    with pytest.raises(SendingError, match="n’y est pas une fois dans chaque corps"):
        mail(html=html)
