"""The message of an issue, read back by the standard library."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doses import cases, dose
from lettres import ENSEIGNE, HOSTILE, NUMERO, envoi, mailed
from portail.text.typography import plain, typeset
from portail_lettre.issues import Release, mail_digest
from portail_lettre.output import has_message, message, one_line
from portail_lettre.sent import frozen_text, read_frozen

HTML = "<!DOCTYPE html><p>Été\u00a0: 🦉 \u2028 " + "M" * 3_000 + "</p>\n"
SITE = ENSEIGNE.siteurl
LETTER = NUMERO
HEADERS = [
    "Message-ID", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Archive",
    "List-Owner", "Archived-At", "From", "To", "Subject", "Date", "MIME-Version", "Content-Type",
    "Content-Language",
]  # fmt: skip


def released(issue=NUMERO, masthead=ENSEIGNE):
    return Release(issue, masthead, True)


def made(release):
    text = mailed(release.issue, release.enseigne)
    return message(release, HTML.encode(), text.encode())


def read(data):
    return message_from_bytes(data, policy=policy.default)


@pytest.mark.parametrize("issue", [NUMERO, HOSTILE], ids=["numero", "hostile"])
def test_both_forms_come_back(issue):
    data = made(released(issue))
    assert data == made(released(issue))
    lines = data.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 998 and data.isascii()
    mail = read(data)
    assert sorted(mail.keys()) == sorted(HEADERS) and not mail.defects
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert not text.defects and not html.defects
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert html.get_content().replace("\r\n", "\n") == HTML
    expected = mailed(issue)
    assert text.get_content().replace("\r\n", "\n") == expected


SAID = """\
From: La lettre du jeudi · Portail d’exemple <lettre@portail.example.org>
Subject: Le ciel d’octobre
Date: Thu, 30 Sep 2021 08:00:00 +0200
List-Id: <region.lettre.vitrine.example.org>
List-Unsubscribe: <https://vitrine.example.org/newsletter/desabonnement/>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
List-Owner: <mailto:redaction@portail.example.org>
Archived-At: <https://vitrine.example.org/newsletter/2021-s39/>
"""


def test_headers_say_who_when_and_how_to_leave():
    mail = read(made(released()))
    for line in SAID.splitlines():
        name, _, value = line.partition(": ")
        assert mail[name] == value
    digest = mail_digest(released())
    assert mail["Message-ID"] == f"<2021-s39.region.{digest}@vitrine.example.org>"


def test_a_word_more_is_another_message():
    ids = {
        read(made(released(issue)))["Message-ID"]
        for issue in (NUMERO, HOSTILE, NUMERO.model_copy(update={"apercu": "x"}))
    }
    assert len(ids) == 3
    draft, sent = Release(LETTER, ENSEIGNE, False), Release(LETTER, ENSEIGNE, True)
    assert made(draft) == made(sent), "what goes out is what was looked at"
    back = read_frozen(frozen_text(envoi()))
    assert mail_digest(Release(back.editions["region"], back.enseigne, True)) == mail_digest(sent)


ODD = st.text(
    st.sampled_from("a é:🦉日\r\n\t\0\u2028\u202e<>@,;\"'=?") | st.characters(codec="utf-8")
) | st.sampled_from(
    [
        "=?utf-8?B?DQpSZXBseS1UbzogYUBldmlsLmZy?=",
        "=?utf-8?B?////?=",
        "=?utf-8?q?Autre_titre?=",
        "=*?*utf-8?B?DQpCY2M6IGFAYi5mcg==?=",
        "Objet =?iso-8859-1?q?=0D=0ABcc:_a@b.fr?= fin",
    ]
)


@settings(max_examples=dose(15, 60))
@given(ODD, ODD)
def test_no_word_makes_a_header(subject, name):
    issue = NUMERO.model_copy(update={"sujet": subject})
    masthead = ENSEIGNE.model_copy(update={"nom": name})
    data = message(released(issue, masthead), b"<p>x</p>\n", b"x\n")
    mail = read(data)
    assert sorted(mail.keys()) == sorted(HEADERS)
    assert [one.addr_spec for one in mail["From"].addresses] == ["lettre@portail.example.org"]
    assert len(list(mail.iter_parts())) == 2
    head = message_from_bytes(data, policy=policy.compat32)
    seen = str(make_header(decode_header(re.sub(r"\r\n", "", head["Subject"]))))
    assert seen == one_line(typeset(plain(subject))), "what is read is what was reviewed"
    for word in re.findall(rb"=\?[^\s]*\?=", data.partition(b"\r\n\r\n")[0]):
        assert len(word) <= 75, "RFC 2047, 2"


@cases(
    ("expediteur", "siteurl", "sent"),
    [
        ("lettre@forêt.example", "https://forêt.example/portail", "lettre@xn--fort-ipa.example"),
        ("la.lettre+x@a.example", "http://127.0.0.1:8000", "la.lettre+x@a.example"),
        ("été@a.example", SITE, ""),
        ('"a b"@a.example', SITE, ""),
        ("a..b@a.example", SITE, ""),
        ("a@a..example", SITE, ""),
        ("", SITE, ""),
        ("a@a.example", "", ""),
    ],
)
def test_addresses(expediteur, siteurl, sent):
    masthead = ENSEIGNE.model_copy(update={"expediteur": expediteur, "siteurl": siteurl})
    assert has_message(masthead) is bool(sent)
    if sent:
        mail = read(made(released(masthead=masthead)))
        assert mail["From"].addresses[0].addr_spec == sent
        assert mail["Archived-At"].isascii()
        assert mail["Archived-At"].endswith("/newsletter/2021-s39/>")
