"""Links to write to someone, and to nobody else."""

from urllib.parse import unquote, urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from portail.facts.base import mail_and_phone


@given(st.text(min_size=1))
@example("contact%40lille.fr?bcc=espion%40evil.example&x=@lille.fr")
def test_a_link_writes_to_the_address_alone(address):
    (link,) = mail_and_phone(address, None)
    parts = urlsplit(link.url)
    assert (parts.scheme, parts.query, parts.fragment) == ("mailto", "", "")
    assert unquote(parts.path) == address == link.text
