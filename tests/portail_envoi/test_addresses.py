"""Addresses and files of subscribers: what is taken, and what is said of the rest."""

import smtplib
from email.headerregistry import Address

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from doses import cases
from portail_envoi.subscribers import AddressFault, Mailbox, mailbox, read_roll

ONE = "une seule adresse par ligne"
EDITIONS = ("region", "somme")


@cases(
    ("text", "expected"),
    [
        ("a@exemple.org", "a@exemple.org"),
        ("  A.b+c@Exemple.ORG\t", "A.b+c@exemple.org"),
        ("x@médiathèque.example.org", "x@xn--mdiathque-53af.example.org"),
        ("x@me\u0301diathe\u0300que.example.org", "x@xn--mdiathque-53af.example.org"),
        ("été@exemple.org", "été@exemple.org"),
        ("o'neil@exemple.org", "o'neil@exemple.org"),
    ],
)
def test_addresses_that_are_taken(text, expected):
    assert str(mailbox(text)) == expected


@cases(
    ("text", "fault"),
    [
        ("", "elle est vide"),
        ("a", "il y manque « @ »"),
        ("@exemple.org", "il n’y a rien avant « @ »"),
        ("a@", "il n’y a rien après « @ »"),
        ("a@b@exemple.org", "elle contient plusieurs « @ »"),
        ("a b@exemple.org", "elle contient une espace"),
        ("a\u00a0b@exemple.org", "elle contient une espace"),
        ("a\r\nBcc: x@exemple.org", "elle contient une espace"),
        ("a\u200bb@exemple.org", "elle contient un caractère invisible (U+200B)"),
        ("\u202ea@exemple.org", "elle contient un caractère invisible (U+202E)"),
        ("a\x00@exemple.org", "elle contient un caractère invisible (U+0000)"),
        ("a@b.fr,c@d.fr", "elle contient une virgule : une seule adresse par ligne"),
        ('"a,b"@exemple.org', 'elle contient le signe « " » : écrivez l’adresse seule'),
        ("Léa<lea@exemple.org>", "elle contient le signe « < » : écrivez l’adresse seule"),
        ("a..b@exemple.org", "un point est mal placé avant « @ »"),
        (f"{'a' * 65}@exemple.org", "elle compte plus de 64 signes avant « @ »"),
        (f"a@{'b' * 60}.{'b' * 60}.{'b' * 60}.{'b' * 60}.{'b' * 60}.org", "« @ »"),
        ("a@exemple", "« exemple » n’est pas un nom de domaine"),
        ("a@-exemple.org", "« -exemple.org » n’est pas un nom de domaine"),
        ("a@exemple..org", "« exemple..org » n’est pas un nom de domaine"),
        ("a@[127.0.0.1]", "elle contient le signe « [ » : écrivez l’adresse seule"),
        ("a@192.168.1.1", "« 192.168.1.1 » n’est pas un nom de domaine"),
        ("a@exem☃ple.org", "« exem☃ple.org » n’est pas un nom de domaine"),
    ],
)
def test_addresses_that_are_not(text, fault):
    with pytest.raises(AddressFault) as raised:
        mailbox(text)
    if fault != "« @ »":
        assert str(raised.value) == fault


@given(st.text(max_size=40) | st.emails() | st.text("a@.,<>\"' \r\n\u202eé-", max_size=20))
@example("a@\N{FULLWIDTH FULL STOP}org")
@example("a@b\N{IDEOGRAPHIC FULL STOP}org")
def test_what_is_taken_can_do_no_harm(text):
    """Nothing but an address comes out, that other readers read alike, and again the same."""
    try:
        one = mailbox(text)
    except AddressFault as fault:
        assert str(fault).isprintable() or text.strip() in str(fault) or "domaine" in str(fault)
        return
    line = str(one)
    assert line.isprintable() and " " not in line and line.count("@") == 1
    assert not set(line) & set('<>,;:"()[]\\')
    assert one.domain.isascii() and len(line.encode()) <= 254
    assert mailbox(line) == one
    assert smtplib.quoteaddr(line) == f"<{line}>"
    if one.is_ascii:
        assert Address(addr_spec=line).addr_spec == line


@given(st.emails())
def test_usual_addresses_are_taken(text):
    assume(text.isascii())
    assert str(mailbox(text)).rpartition("@")[0] == text.rpartition("@")[0]


def test_a_file_with_everything():
    roll = read_roll(
        "\ufeffCourriel;Édition;Desabonnement\r\n".replace("É", "e").encode()
        + b"# la liste\r\n\r\n a@exemple.org \r\nb@exemple.org;somme\r\n"
        b"c@exemple.org;;https://l.example.org/q?x=1\r\nA@EXEMPLE.ORG\r\na@exemple.org;somme\r\n"
        b"c@exemple.org\r\nd@exemple.org;;http://l.example.org\r\ne@exemple.org;region;;trop\r\n"
        b"f@exemple.org, g@exemple.org\r\n",
        EDITIONS,
    )
    assert [(str(one.mailbox), one.edition, one.leave) for one in roll.subscribers] == [
        ("a@exemple.org", "region", ""),
        ("b@exemple.org", "somme", ""),
        ("c@exemple.org", "region", "https://l.example.org/q?x=1"),
        ("a@exemple.org", "somme", ""),
    ]
    assert roll.doubles == ("ligne 7 : « A@EXEMPLE.ORG » est déjà à la ligne 4",)
    assert roll.faults == (
        "ligne 9 : « c@exemple.org » est déjà à la ligne 6, avec un autre lien de désabonnement",
        "ligne 10 : « d@exemple.org », son lien de désabonnement n’est pas une adresse https",
        "ligne 11 : « e@exemple.org », la ligne compte trop de cases",
        "ligne 12 : « f@exemple.org, g@exemple.org », elle contient une virgule : " + ONE,
    )


@pytest.mark.parametrize("line", ["a@exemple.org,b@exemple.org", "a@exemple.org, b@exemple.org"])
def test_two_addresses_on_a_line(line):
    (fault,) = read_roll(line.encode(), EDITIONS).faults
    assert fault == (
        "ligne 1 : « a@exemple.org », elle est suivie d’une autre : une seule adresse par ligne"
    )


def test_a_file_of_another_encoding():
    roll = read_roll("a@exemple.org\nété@exemple.org\n".encode("latin-1"), EDITIONS)
    assert roll.faults == ("ligne 2 : ce n’est pas de l’UTF-8, enregistrez-le ainsi",)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_file_is_read(data):
    roll = read_roll(data, EDITIONS)
    assert all(isinstance(one.mailbox, Mailbox) for one in roll.subscribers)
    for fault in (*roll.faults, *roll.doubles):
        assert "\n" not in fault and "\x1b" not in fault
