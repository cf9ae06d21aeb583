"""Which lists have facets, and the values that they offer."""

from plans import entry
from portail.model.kinds import Kind
from portail.site.indexes import LISTS
from portail.site.lists import narrowed


def found(tree, kind, *contents):
    files = {
        f"{kind.value}/c{rank:02}": entry(kind.value, **fields)
        for rank, fields in enumerate(contents)
    }
    liste = next(one for one in LISTS if one.kind is kind)
    return narrowed(tree.site(files), liste)


def told(one):
    return {facet.cle: [value.code for value in values] for facet, values in one.shown}


def test_a_short_list_has_none(tree):
    alike = [{"genre": genre} for genre in ("portrait", "actualite")] * 4
    assert found(tree, Kind.ARTICLE, *alike) is None
    assert found(tree, Kind.ARTICLE, *alike, {}) is not None


def test_values_that_leave_nothing_out_are_of_no_use(tree):
    common = {"themes": ["numerique"], "publie_le": "2021-09-01"}
    assert found(tree, Kind.ARTICLE, *[common | {"genre": "portrait"}] * 9) is None
    one = found(
        tree, Kind.ARTICLE, *[common | {"genre": "portrait"}] * 8, common | {"genre": "video"}
    )
    assert told(one) == {"genre": ["portrait", "video"]}
    assert {facet.cle for facet, _ in one.facets.pages()} == {"genre"}, "no page twice"
    assert one.counts["theme", "numerique"] == 9


def test_what_is_over_keeps_its_address_and_is_not_offered(tree):
    over = {"categorie": "stage", "publie_le": "2021-01-01", "echeance": "2021-09-01"}
    now = [{"categorie": code} for code in ("emploi", "formation", "offre-de-materiel")] * 3
    one = found(tree, Kind.ANNONCE, *now, over)
    assert "stage" not in told(one)["categorie"]
    assert ("categorie", "stage") in {
        (facet.cle, value.code) for facet, value in one.facets.pages()
    }
    assert one.of(("categorie", "stage")) == ()
    assert len(one.of(("categorie", "emploi"))) == one.counts["categorie", "emploi"] == 3
    few = found(tree, Kind.ANNONCE, *now[:4], *[over] * 6)  # the tenth is over already
    assert few.shown == (), "what is left is read whole"
