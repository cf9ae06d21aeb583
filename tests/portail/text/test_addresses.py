"""Addresses of the Web: read, joined, shown in a log."""

from doses import cases
from portail.text.addresses import address_parts, joined_address, shown_address


@cases(
    ("url", "shown"),
    [
        ("https://club:secret@agenda.example.org:8443/a.ics", "https://agenda.example.org:8443/…"),
        ("https://a@b@agenda.example.org", "https://agenda.example.org"),
        ("https://agenda.example.org", "https://agenda.example.org"),
        ("https://agenda.example.org/", "https://agenda.example.org/"),
        ("https://agenda.example.org?cle=1", "https://agenda.example.org/…"),
        ("https://agenda.example.org#cle", "https://agenda.example.org/…"),
        ("https://agenda.example.org/?", "https://agenda.example.org/…"),
        ("https://agenda.example.org?", "https://agenda.example.org/…"),
        (f"https://{'a' * 300}/b", f"https://{'a' * 100}/…"),
    ],
)
def test_what_a_log_may_say_of_an_address(url, shown):
    assert shown_address(url) == shown


@cases(
    "written",
    [
        "https://[à venir]/",
        "//[",
        "http://e.org:port",
        "http://e.org:99999",
        "http://[v1.a:b]",
        "\0",
    ],
)
def test_what_cannot_be_read_has_no_part_and_leads_nowhere(written):
    assert not any(address_parts(written).geturl().strip("\0"))
    for base, text in [("https://e.org/a", written), (written, "b"), (written, ""), ("", written)]:
        joined_address(base, text)  # raises nothing
