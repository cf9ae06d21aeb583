"""Addresses of the Web in a log: the site alone."""

from doses import cases
from portail.text.addresses import shown_address


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
