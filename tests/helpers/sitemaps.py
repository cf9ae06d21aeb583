"""What engines read of a built site: its sitemap, checked as they would."""

from urllib.parse import urlsplit

from lxml import etree

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}
_COMMON = """
<xs:simpleType name="loc"><xs:restriction base="xs:anyURI">
  <xs:minLength value="12"/><xs:maxLength value="2048"/>
  <xs:pattern value="https?://[!-~]+"/>
</xs:restriction></xs:simpleType>
<xs:simpleType name="day"><xs:union memberTypes="xs:date xs:dateTime"/></xs:simpleType>
"""
_SCHEMA = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{s}" targetNamespace="{s}"
  elementFormDefault="qualified">
{common}
<xs:element name="{root}"><xs:complexType><xs:sequence>
  <xs:element name="{row}" maxOccurs="50000"><xs:complexType><xs:sequence>
    <xs:element name="loc" type="loc"/>
    <xs:element name="lastmod" type="day" minOccurs="0"/>
    <xs:any namespace="##other" minOccurs="0" maxOccurs="1000" processContents="skip"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>
</xs:schema>
"""
"""The grammar of https://www.sitemaps.org/protocol.html, as far as we use it, in our order."""


def _schema(root, row):
    text = _SCHEMA.format(s=NAMES["s"], common=_COMMON, root=root, row=row)
    return etree.XMLSchema(etree.fromstring(text))


_PAGES, _INDEX = _schema("urlset", "url"), _schema("sitemapindex", "sitemap")


def read(files, text):
    """Address → last change and pictures, of the files at these addresses.

    Every file follows the protocol, tells each address once and only what is below its folder.
    """
    found = {}
    for file in files:
        data = text(file)
        assert len(data) <= 50 * 2**20, file
        document = etree.fromstring(data)
        _PAGES.assertValid(document)
        for row in document:
            url = row.findtext("s:loc", namespaces=NAMES)
            assert url.startswith(file.rpartition("/")[0] + "/"), url
            assert url not in found, url
            changed = row.findtext("s:lastmod", "", namespaces=NAMES)
            found[url] = changed, row.xpath("i:image/i:loc/text()", namespaces=NAMES)
    return found


def sitemap_of(output, siteurl):
    """All that the sitemap of a site says, as ``read`` does, from its address in robots.txt."""
    robots = (output / "robots.txt").read_text(encoding="utf-8").splitlines()
    (address,) = (line.split()[1] for line in robots if line.startswith("Sitemap:"))
    base = urlsplit(siteurl).path.rstrip("/")

    def text(url):
        return (output / urlsplit(url).path.removeprefix(f"{base}/")).read_bytes()

    index = etree.fromstring(text(address))
    _INDEX.assertValid(index)
    files = index.xpath("s:sitemap/s:loc/text()", namespaces=NAMES)
    assert len({*files}) == len(files)
    return read(files, text)
