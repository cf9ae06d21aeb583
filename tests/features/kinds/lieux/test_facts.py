"""The true places of the demonstration: their sheets lead where texts do."""

from urllib.parse import urlsplit

from demonstration import contents
from portail.features.kinds.lieux.model import Lieu


def test_the_site_that_a_text_cites_is_on_the_sheet_of_its_place():
    cited = [
        (reference.titre, urlsplit(reference.url))
        for content in contents().values()
        for reference in content.entry.references
        if reference.url
    ]
    sheets = [one.entry for one in contents().values() if isinstance(one.entry, Lieu)]
    pairs = {
        lieu.slug: (lieu.site, address.hostname)
        for lieu in sheets
        for title, address in cited
        if title.startswith(lieu.titre) and address.path in ("", "/")
    }
    assert "la-coupole" in pairs
    assert {slug for slug, (known, host) in pairs.items() if host not in (known or "")} == set()
