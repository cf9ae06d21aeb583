"""Values in JSON inside a page: whatever they say, they close nothing and come back."""

import json

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from portail_pelican.renderer import _json


@given(st.text(), st.text())
@example("</script><script>alert(1)</script>", "<!--<script>")
@example("]]>&lt;/script>", "\u2028\u2029")
def test_json_closes_no_script(name, value):
    told = {name: value}
    text = str(_json(told))
    assert not set("<>&\u2028\u2029") & set(text)
    page = html.document_fromstring(f'<p>a</p><script type="application/ld+json">{text}</script>')
    assert [one.tag for one in page.body] == ["p", "script"]
    assert json.loads(text) == told
