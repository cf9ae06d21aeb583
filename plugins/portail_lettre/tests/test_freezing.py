"""Issues in preparation, then frozen: what is written, what is read again, what changes when."""

from datetime import date

from lettres import HOSTILE, NUMERO, SETTINGS, envoi, with_weeks
from plans import Tree, entry
from portail.agenda.weeks import Week
from portail_lettre.issues import freeze, mail_digest, releases
from portail_lettre.sent import frozen_text, read_frozen

WEEK = Week(2021, 39)
CALM = NUMERO.model_copy(update={"edition": "calme", "lettre": ""})
FILES = {
    "articles/a": entry("articles", titre="Le premier"),
    "events/a": entry("events", debut="2021-10-02 14:00", adresse={"commune": "Amiens"}),
    "lieux/a": entry("lieux", publie_le="2021-09-24"),
}


def test_what_is_frozen_is_read_again():
    frozen = envoi(NUMERO, CALM, HOSTILE)
    text = frozen_text(frozen)
    again = read_frozen(text)
    assert again == frozen and frozen_text(again) == text


def _site(tmp_path, files=None, **options):
    known = {"siteurl": "https://x.example", "courriel": "a@x.example", "lettre": SETTINGS}
    options = known | options
    return Tree(tmp_path).site(FILES | (files or {}), **options)


def test_the_present_week_is_in_preparation_until_it_is_frozen(tmp_path):
    site = _site(tmp_path)
    found = releases(site)
    assert [(one.url, one.envoye) for one in found] == [
        ("/newsletter/2021-s39/", False), ("/newsletter/2021-s39/somme/", False),
    ]  # fmt: skip
    assert {*found[0].issue.refs} >= {"articles/a", "events/a"}
    frozen = freeze(site, WEEK)
    assert (frozen.semaine, frozen.fige_le, [*frozen.editions]) == (
        "2021-s39", date(2021, 9, 27), ["region", "somme"],
    )  # fmt: skip
    assert frozen.etats["events/a"].jours == ("2021-10-02T14:00",)
    sent = releases(with_weeks(site, {"2021-s39": frozen}))
    assert [(one.url, one.envoye) for one in sent] == [(one.url, True) for one in found]
    assert [one.issue for one in sent] == [one.issue for one in found]


def test_the_week_after_tells_what_was_not_told(tmp_path):
    frozen = freeze(_site(tmp_path), WEEK)
    later = _site(
        tmp_path, {"articles/b": entry("articles", titre="Le second")}, day=date(2021, 10, 4)
    )
    found = releases(with_weeks(later, {"2021-s39": frozen}))
    assert [(one.issue.edition, one.envoye) for one in found] == [
        ("region", False), ("region", True), ("somme", True),
    ], "nothing new is of the Somme: its readers are not written to"  # fmt: skip
    assert found[0].issue.refs[0] == "articles/b"


def test_a_week_that_was_not_sent_has_no_issue(tmp_path):
    editor = {"newsletters/2021-s38": entry("newsletters", titre="Perdu")}
    assert {one.issue.semaine for one in releases(_site(tmp_path, editor))} == {"2021-s39"}
    assert releases(Tree(tmp_path / "vide").site({"pages/a": entry("pages")})) == ()


def test_a_site_without_a_letter_prepares_none(tmp_path):
    assert releases(_site(tmp_path, courriel="")) == ()


def test_a_digest_changes_with_what_is_told_and_only_then(tmp_path):
    def digests(**options):
        return [mail_digest(one) for one in releases(_site(tmp_path, **options))]

    first = digests()
    assert digests(day=date(2021, 9, 28)) == first, "the day of the build is not told"
    same = {"pages/a": entry("pages"), "articles/a": FILES["articles/a"] + "Une phrase de plus.\n"}
    assert digests(files={"pages/a": same["pages/a"]}) == first
    assert digests(files=same) == first
    changed = {"articles/a": entry("articles", titre="Le premier, corrigé")}
    assert all(a != b for a, b in zip(digests(files=changed), first, strict=True))


def test_letters_of_the_repository_are_as_they_were_written(racine):
    files = sorted(racine.glob("content/newsletters/*.envoi.html"))
    files += sorted(racine.glob("tests/sites/vitrine/content/newsletters/*.envoi.html"))
    assert len(files) >= 3
    for file in files:
        text = file.read_text("utf-8")
        assert frozen_text(read_frozen(text)) == text, file.name
