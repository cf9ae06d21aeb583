"""What should not have been pasted: broken, enormous, forged. It is said, and nothing is run."""

import json

import pytest
from collages import bytes_of, outsiders, schema_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doses import dose

pytestmark = pytest.mark.chromium


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"%PDF-1.7\n", "annonce.pdf", "PDF"),
        (b"PK\x03\x04\x14\0[Content_Types].xml", "annonce.docx", "traitement de texte"),
        (b"PK\x03\x04\x14\0", "export.zip", "tel quel"),
        (b"PK\x03\x04\x14\0", "programme.xlsx", "tel quel"),
        (b"PK\x03\x04\x14\0", "programme.ods", "tel quel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "programme.xls", "tel quel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "annonce.doc", "traitement de texte"),
        (b"{\\rtf1 a}", "annonce.rtf", "traitement de texte"),
        (b"\x89PNG\r\n\x1a\n", "affiche.png", "image"),
        (b"\0\0\0\x18ftypheic", "affiche.heic", "image"),
        (b"", "vide.txt", "rien à lire"),
        (b"Titre;Date;Lieu;Ville\nA;1;B;C\n", "programme.txt", "tel quel"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "agenda", "tel quel"),
        (b'[{"title": ', "export", "tel quel"),
        (b"<!doctype html><title>A</title>", "page.html", "page enregistrée"),
    ],
)
def test_what_cannot_be_read_is_told(lire, data, name, said):
    found = lire(data, name)
    assert (found["entete"], found["corps"], found["pris"]) == ({}, "", [])
    assert said in found["laisse"][0]


def test_what_is_too_long_is_told(lire):
    found = lire(b"x" * 5001, "grand.txt", fois=1000)
    assert (found["entete"], found["corps"], found["pris"]) == ({}, "", [])
    assert "5 Mo" in found["laisse"][0]


@pytest.mark.parametrize(
    "address", ["https://openagenda.com/agenda-fictif/events/x", "  https://exemple.test/page \n"]
)
def test_an_address_is_not_fetched(there, address):
    read, page = there
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    found = read(address)
    (said,) = found["laisse"]
    assert "ne va chercher aucune page" in said and "Ouvrez la page" in said
    assert [url for url in asked if not url.startswith("http://portail.test/theme/js/")] == []


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig", "utf-8"])
def test_encodings(lire, encoding):
    text = "L’été à l’œuvre\n\nOn se baigne le 9 octobre 2021."
    assert lire(text.encode(encoding), "a.txt")["entete"]["titre"] == "L’été à l’œuvre"


def test_blanks_without_end(lire):
    count = dose(50_000, 200_000)
    spaces = "Une visite\n\n9" + " " * count + ", 10" + "\n" * count + "octobre " + "9 et " * 20_000
    assert lire(spaces)["entete"]["titre"] == "Une visite"


def test_a_text_runs_nothing(lire):
    trap = '<script>window.piege=1</script><img src=x onerror="window.piege=1"><svg onload=piege=1>'
    found = lire(f"Titre {trap}\n\nTexte {trap}\n\nRéservation : javascript:piege=1")
    assert not found["piege"]
    assert found["entete"]["titre"] and "<" not in json.dumps(found["entete"])
    assert "url" not in found["entete"].get("inscription", {})


def test_any_text_gives_what_the_schema_knows(lire, racine):
    schema = schema_of("events")
    names = ("communique.txt", "courriel.txt")
    samples = [bytes_of(racine, name).decode() for name in names]
    noise = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)

    @settings(max_examples=dose(15, 60), suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def broken(data):
        """A sample, cut and written over at random."""
        text = data.draw(st.sampled_from(samples))
        for _ in range(data.draw(st.integers(0, 4))):
            start = data.draw(st.integers(0, len(text)))
            end = start + data.draw(st.integers(0, 80))
            text = text[:start] + data.draw(noise) + text[end:]
        found = lire(text)
        assert [*outsiders(found["entete"], schema)] == [] or found["entete"] == {}
        assert found["entete"] or found["laisse"]

    broken()
