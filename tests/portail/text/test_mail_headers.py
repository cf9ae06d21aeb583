"""Headers read back as the text they were made of, by a reader that is not ours."""

import re
from email.header import decode_header, make_header

from hypothesis import example, given
from hypothesis import strategies as st

from doses import cases
from portail.text.mail import header, header_faults, mailbox_header, words_of

WORDS = (
    "=?utf-8?B?DQpSZXBseS1UbzogYUBldmlsLmZy?=", "=?utf-8?B?////?=", "=?utf-8?q?=0D=0ABcc:_a?=",
    "=?", "?=", "=?x?Q??=", "Le ciel", "l’été", "🦉", "\r\nBcc: a@b.fr", "  ", "\t", "\u2028",
    "a" * 90,
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=9), max_size=6).map("".join)


@given(TEXTS)
@example("".join(WORDS))
def test_a_text_reads_back_the_same(text):
    data = header("Subject", text)
    lines = data[:-2].split(b"\r\n")
    assert data.isascii() and data.endswith(b"\r\n")
    assert lines[0].startswith(b"Subject: ") and all(one[:1] == b" " for one in lines[1:])
    assert not re.search(rb"[\r\n]", b"".join(lines)) and max(map(len, lines)) <= 76
    value = data[9:-2].decode().replace("\r\n", "")
    assert str(make_header(decode_header(value))) == words_of(data[9:-2].decode()) == text


@cases("text", ["a\r\nBcc: b@c.fr", "a\n\nb", "a\rTo: b", "\x00", "a" * 200])
def test_no_text_writes_another_header(text):
    assert re.fullmatch(rb"Subject: [!-~ ]+(?:\r\n [!-~ ]+)*\r\n", header("Subject", text))


@given(TEXTS)
def test_a_name_is_one_mailbox(name):
    data = mailbox_header("From", name, "a@exemple.org")
    value = data.decode().removeprefix("From: ").replace("\r\n", "")
    said, at, address = value.rpartition("<")
    assert at and address == "a@exemple.org>" and "@" not in said and '"' not in said
    assert words_of(said.rstrip(" ")) == name


@cases(
    ("data", "found"),
    [
        (b"Subject: a\r\n b\r\nTo: c\r\n\r\nx", []),
        (b"Subject: a\r\nsubject: b\r\n\r\nx", ["un en-tête « subject » de trop"]),
        (b"Subject: a\r\nReply-To: b\r\n\r\nx", ["un en-tête « Reply-To » de trop"]),
        (b"Subject: a\nTo: b\r\n\r\nx", ["des en-têtes illisibles"]),
        (b"Subject: a\rTo: b\r\n\r\nx", ["des en-têtes illisibles"]),
        (b" a\r\nSubject: a\r\n\r\nx", ["des en-têtes illisibles"]),
        (b"Subject : a\r\n\r\nx", ["des en-têtes illisibles"]),
        (b"Subject: a\r\n", ["des en-têtes illisibles"]),
        (b"Subject: a", ["des en-têtes illisibles"]),
        (b"Subject: a\r\n \r\n\tb\r\n\r\nx", []),
        (b"List-Owner: a\r\nArchived-At: b\r\nList-Archive: c\r\n\r\nx", []),
    ],
)
def test_names_of_headers(data, found):
    assert [*header_faults(data, whole=False)] == found


@cases("end", ["\r\n", "\n"])
def test_a_value_on_several_lines_is_one_text(end):
    assert words_of(f"un{end} deux{end}\ttrois") == "un deux\ttrois"
    assert words_of(f"  un {end} deux ") == "un  deux"


def test_a_mailbox_without_a_name():
    assert mailbox_header("From", "", "a@exemple.org") == b"From: <a@exemple.org>\r\n"


def test_which_headers_a_letter_always_has():
    always = """message-id list-id list-unsubscribe list-unsubscribe-post list-archive archived-at
        from to subject date mime-version content-type content-language""".split()
    whole = "".join(f"{name}: x\r\n" for name in always)
    assert [*header_faults(f"{whole}\r\n".encode())] == []
    for name in always:
        cut = whole.replace(f"{name}: x\r\n", "")
        assert f"des en-têtes sans « {name} »" in [*header_faults(f"{cut}\r\n".encode())]
