"""The ribbon of the week: what every page says of it, what its own sheet says."""

from collections import defaultdict
from datetime import date

from doses import rows_of
from plans import Tree, contents, entry

WEEKLY = "/agenda/semaine/"


def sheet(tree, files):
    (one,) = (one for one in tree.run(files).plan if one.path == "ruban.css")
    return "".join(one.produce())


def ribbon(tree, files):
    return tree.view("/plan-du-site/", files).cadre.ruban


WEEK = contents(rows_of("features/services/agenda/ruban.yml"))


def test_no_agenda_no_ribbon(tree):
    assert ribbon(tree, {"lieux/a": entry("lieux")}) is None


def test_its_address_is_the_page_of_the_present_week(tree):
    pages = tree.pages(WEEK)
    assert pages[WEEKLY].view() == pages["/agenda/2021-s39/"].view()
    assert pages[WEEKLY].sitemap is None, "engines know the week by its own address"
    assert ribbon(tree, WEEK).jours[6] == ("dimanche", "dim.", f"{WEEKLY}#Dimanche")


def test_a_monday_changes_pages_for_what_they_tell(racine):
    """What changes by itself stands in the frame of no page."""
    showcase = Tree(racine / "tests/sites/vitrine")
    sunday, monday = (showcase.pages(day=date(2021, 10, day)) for day in (3, 4))
    why = defaultdict(list)
    for url in sunday.keys() & monday.keys():
        before, after = sunday[url].view(), monday[url].view()
        for name in after.__struct_fields__:
            if getattr(before, name, None) != getattr(after, name):
                why[name].append(url)
    assert WEEKLY in why["titre"], "the present week has another name"
    assert "cadre" not in why, why
    assert "/agenda/theme/numerique/" not in why["presentations"]


def test_the_sheet(tree):
    dates, *lines = sheet(tree, WEEK).splitlines()
    assert dates == '.ruban span::before{content:"27\u00a0sept. – 3\u00a0oct."}'
    assert [line.partition(")")[2] for line in lines[:2]] == [
        '{--n:" 27";--dit:" 27\u00a0septembre 2021, 1 rendez-vous";--q:"1";--part:50%}',
        '{--n:" 28";--dit:" 28\u00a0septembre 2021"}',
    ]
    built = ":root:not([data-auj]) "
    assert lines[7].startswith(
        f'{built}[data-jour="2021-09-27"],{built}.ruban li:nth-child(1),'
        '[data-auj="2021-09-27"] .ruban li:nth-child(1),[data-auj="2021-09-28"] '
    )
    assert lines[8] == '[data-a-jour]::after{content:" du 27\u00a0septembre 2021"}'


def test_an_empty_week_only_marks_today(tree):
    text = sheet(tree, {"events/a": entry("events")})
    assert "--part" not in text
    assert 'data-jour="2021-09-27"' in text


def test_today_is_marked_as_the_theme_marks_it(tree, racine):
    css = (racine / "theme/static/css/ribbon.css").read_text("utf-8")
    theirs = css.partition(".auj {")[2].partition("}")[0].replace(" ", "").strip(";")
    assert theirs in sheet(tree, WEEK)
