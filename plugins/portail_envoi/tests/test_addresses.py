"""Addresses and files of subscribers: what is taken, and what is said of the rest."""

import smtplib
from email.headerregistry import Address

from hypothesis import assume, example, given
from hypothesis import strategies as st

from doses import cases
from portail_envoi.subscribers import Subscriber, mailbox, read_roll

MEANT = " Vouliez-vous dire « somme » ?"
EDITIONS = ("region", "somme")


@cases(
    ("text", "expected"),
    [
        ("a@exemple.org", "a@exemple.org"),
        ("  A.b+c@Exemple.ORG\t", "A.b+c@exemple.org"),
        ("x@médiathèque.example.org", "x@xn--mdiathque-53af.example.org"),
        ("x@me\u0301diathe\u0300que.example.org", "x@xn--mdiathque-53af.example.org"),
        ("o'neil@exemple.org", "o'neil@exemple.org"),
    ],
)
def test_addresses_that_are_taken(text, expected):
    assert mailbox(text) == expected


@cases(
    "text",
    [
        "",
        "a",
        "@exemple.org",
        "a@",
        "a@b@exemple.org",
        "a b@exemple.org",
        "a\u00a0b@exemple.org",
        "a\r\nBcc: x@exemple.org",
        "a\u200bb@exemple.org",
        "\u202ea@exemple.org",
        "a\x00@exemple.org",
        "a@b.fr,c@d.fr",
        '"a,b"@exemple.org',
        "Léa<lea@exemple.org>",
        "été@exemple.org",
        "a..b@exemple.org",
        f"{'a' * 65}@exemple.org",
        f"a@{'b' * 60}.{'b' * 60}.{'b' * 60}.{'b' * 60}.{'b' * 60}.org",
        "a@exemple",
        "a@-exemple.org",
        "a@exemple..org",
        "a@[127.0.0.1]",
        "a@192.168.1.1",
        "a@exem☃ple.org",
    ],
)
def test_addresses_that_are_not(text):
    assert mailbox(text) == ""


@given(st.text(max_size=40) | st.emails() | st.text("a@.,<>\"' \r\n\u202eé-", max_size=20))
@example("a@\N{FULLWIDTH FULL STOP}org")
@example("a@b\N{IDEOGRAPHIC FULL STOP}org")
def test_what_is_taken_can_do_no_harm(text):
    """Nothing but an address comes out, that other readers read alike, and again the same."""
    line = mailbox(text)
    if line:
        assert line.isascii() and line.isprintable() and line.count("@") == 1
        assert not set(line) & set(' <>,;:"()[]\\') and len(line) <= 254
        assert mailbox(line) == line
        assert smtplib.quoteaddr(line) == f"<{line}>"
        assert Address(addr_spec=line).addr_spec == line


@given(st.emails())
def test_usual_addresses_are_taken(text):
    assume(text.isascii())
    assert mailbox(text).rpartition("@")[0] == text.rpartition("@")[0]


def test_a_file_with_everything():
    roll = read_roll(
        b"\xef\xbb\xbfCourriel;Edition;Desabonnement\r\n"
        b"# la liste\r\n\r\n a@exemple.org \r\nb@exemple.org;somme\r\n"
        b"c@exemple.org;;https://l.example.org/q?x=1\r\nA@EXEMPLE.ORG\r\na@exemple.org;somme\r\n"
        b"d@exemple.org;;http://l.example.org\r\ne@exemple.org;region;;trop\r\n"
        b"f@exemple.org, g@exemple.org\r\nh@exemple.org;sommme\r\n",
        EDITIONS,
    )
    assert [(one.address, one.edition, one.leave) for one in roll.subscribers] == [
        ("a@exemple.org", "region", ""),
        ("b@exemple.org", "somme", ""),
        ("c@exemple.org", "region", "https://l.example.org/q?x=1"),
        ("a@exemple.org", "somme", ""),
    ]
    assert roll.faults == (
        "ligne 9 : « d@exemple.org » : son lien de désabonnement n’est pas une adresse https",
        "ligne 10 : « e@exemple.org » : la ligne compte trop de cases",
        "ligne 11 : « f@exemple.org, g@exemple.org » n’est pas une adresse de courriel",
        f"ligne 12 : « h@exemple.org » : l’édition « sommme » n’existe pas.{MEANT}",
    )


def test_columns_are_those_of_the_titles():
    roll = read_roll(b'nom,edition,courriel\n"Bon, Jean",somme,a@exemple.org\n', EDITIONS)
    assert roll.subscribers == (Subscriber("a@exemple.org", "somme"),)


@cases("line", ["a@exemple.org,b@exemple.org", "a@b.org,,,c@b.org", '"a@b.org\nc@b.org"'])
def test_nobody_is_lost_in_a_line(line):
    """Two addresses on a line, a quote that would swallow the next."""
    assert read_roll(line.encode(), EDITIONS).faults


def test_a_file_of_another_encoding():
    roll = read_roll("été@exemple.org\n".encode("latin-1"), EDITIONS)
    assert roll.faults == ("ce n’est pas de l’UTF-8, enregistrez-le ainsi",)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_file_is_read(data):
    for fault in read_roll(data, EDITIONS).faults:
        assert "\n" not in fault and "\x1b" not in fault
