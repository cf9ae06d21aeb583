"""Settings of an instance, and the day of a build."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.clock import PARIS
from portail.config import SiteConfig, site_config
from portail.day import Day, build_day
from portail.diagnostics import ConfigError
from strategies import wild_texts

TODAY = date(2021, 9, 27)


# ── Settings ─────────────────────────────────────────────────────────────────────────


def test_without_any_setting():
    assert site_config({}) == SiteConfig()
    assert SiteConfig().region == ""
    assert SiteConfig().absolute("/lieux/") == "/lieux/"
    assert SiteConfig().base == ""


def test_every_setting():
    config = site_config(
        {
            "PORTAIL_NOM": "Sciences en Exemple",
            "PORTAIL_REGION": "Exemple",
            "PORTAIL_DEPOT": "https://forge.example/portail",
            "PORTAIL_BRANCHE": "principale",
            "PORTAIL_COURRIEL": "contact@exemple.org",
            "PORTAIL_ETIQUETTE": "exemple.org,2021",
            "PORTAIL_DATE": "2021-09-27",
            "THEME": "theme",
            "SITENAME": 12,
        },
        siteurl="https://exemple.org",
        apercu=True,
        contenu="contenus",
    )
    assert config == SiteConfig(
        nom="Sciences en Exemple",
        region="Exemple",
        siteurl="https://exemple.org",
        depot="https://forge.example/portail",
        branche="principale",
        courriel="contact@exemple.org",
        etiquette="exemple.org,2021",
        apercu=True,
        contenu="contenus",
    )


@cases("value", ["3", 0, True, 2.5, None])
def test_the_threshold_of_lists_is_a_whole_number(value):
    assert site_config({"PORTAIL_SEUIL_LISTES": 5}).seuil_listes == 5
    with pytest.raises(ConfigError, match="attend un nombre entier, 1 ou plus"):
        site_config({"PORTAIL_SEUIL_LISTES": value})


@cases("value", ["False", 0, None])
def test_examples_are_there_or_not(value):
    assert site_config({}).exemples
    assert not site_config({"PORTAIL_EXEMPLES": False}).exemples
    with pytest.raises(ConfigError, match="PORTAIL_EXEMPLES attend True ou False"):
        site_config({"PORTAIL_EXEMPLES": value})


@cases(
    ("name", "message"),
    [
        ("PORTAIL_NON", "Le réglage PORTAIL_NON n’existe pas. Vouliez-vous dire PORTAIL_NOM ?"),
        (
            "PORTAIL_DATES",
            "Le réglage PORTAIL_DATES n’existe pas. Vouliez-vous dire PORTAIL_DATE ?",
        ),
        ("PORTAIL_XYZ_ABCDEF", "Le réglage PORTAIL_XYZ_ABCDEF n’existe pas."),
        (
            "PORTAIL_BILANS",
            "Le réglage PORTAIL_BILANS n’existe plus, retirez-le : voyez « portail chiffres ».",
        ),
    ],
)
def test_an_unknown_setting(name, message):
    with pytest.raises(ConfigError) as caught:
        site_config({name: "x"})
    assert str(caught.value) == message


@cases("value", [None, 12, ["x"], True])
def test_a_setting_that_is_no_text(value):
    with pytest.raises(ConfigError) as caught:
        site_config({"PORTAIL_NOM": value})
    assert str(caught.value) == "Le réglage PORTAIL_NOM attend un texte entre guillemets."


@cases(
    ("siteurl", "base", "address"),
    [
        ("https://exemple.org", "", "https://exemple.org/lieux/"),
        ("https://exemple.org/", "", "https://exemple.org/lieux/"),
        ("https://exemple.org/portail", "/portail", "https://exemple.org/portail/lieux/"),
        ("http://[::1]:8000", "", "http://[::1]:8000/lieux/"),
        ("https://moi.github.io/~x", "/~x", "https://moi.github.io/~x/lieux/"),
    ],
)
def test_siteurl(siteurl, base, address):
    config = site_config({}, siteurl=siteurl)
    assert (config.base, config.absolute("/lieux/")) == (base, address)


@cases(
    "siteurl",
    [
        "exemple.org", "//exemple.org", "ftp://exemple.org", "https://", "https://a b",
        "https://exemple.org/?x=1", "https://exemple.org/#x", "https://exemple.org/a b",
        'https://exemple.org/"onload', "https://<b>", "https://moi:secret@exemple.org",
        "https://exemple.org//a", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_siteurl_that_is_none(siteurl):
    with pytest.raises(ConfigError) as caught:
        site_config({}, siteurl=siteurl)
    assert str(caught.value) == f"SITEURL « {siteurl} » n’est pas une adresse http(s) complète."


@given(wild_texts(20), wild_texts(20))
def test_any_setting_is_taken_or_refused(name, value):
    try:
        config = site_config({f"PORTAIL_{name}": value}, siteurl=value)
    except ConfigError as error:
        assert str(error)
    else:
        assert config.siteurl in ("", value.rstrip("/"))


# ── The day of a build ───────────────────────────────────────────────────────────────


def test_the_first_that_speaks_gives_the_day():
    """Argument, variable, setting, SOURCE_DATE_EPOCH, today: in this order."""
    day = {"PORTAIL_DATE": "2021-02-02", "SOURCE_DATE_EPOCH": "1609459200"}
    epoch = {"SOURCE_DATE_EPOCH": "1609459200"}
    assert build_day("2021-01-01", day, "2021-03-03", TODAY) == Day(date(2021, 1, 1), True)
    assert build_day(None, day, "2021-03-03", TODAY) == Day(date(2021, 2, 2), True)
    assert build_day("", epoch, "2021-03-03", TODAY) == Day(date(2021, 3, 3), True)
    assert build_day(None, epoch, None, TODAY) == Day(date(2021, 1, 1), False)
    assert build_day(None, {"PORTAIL_DATE": ""}, "", TODAY) == Day(TODAY, False)
    assert build_day(None, {}, date(2021, 9, 27), TODAY) == Day(TODAY, True), "a setting in Python"


@cases(
    ("moment", "day"),
    [
        (datetime(2021, 9, 26, 21, 59, tzinfo=UTC), date(2021, 9, 26)),
        (datetime(2021, 9, 26, 22, 0, tzinfo=UTC), date(2021, 9, 27)),  # two hours ahead
        (datetime(2021, 12, 31, 22, 59, tzinfo=UTC), date(2021, 12, 31)),
        (datetime(2021, 12, 31, 23, 0, tzinfo=UTC), date(2022, 1, 1)),  # one hour ahead
        (datetime(1970, 1, 1, tzinfo=UTC), date(1970, 1, 1)),
    ],
)
def test_an_epoch_is_a_day_of_paris(moment, day):
    epoch = str(int(moment.timestamp()))
    assert build_day(None, {"SOURCE_DATE_EPOCH": epoch}, None, TODAY) == Day(day)
    assert moment.astimezone(PARIS).date() == day


@cases("epoch", ["demain", "-1", "1.5", "99999999999", " 1", "1609459200\n"])
def test_an_epoch_that_is_none(epoch):
    with pytest.raises(ConfigError) as caught:
        build_day(None, {"SOURCE_DATE_EPOCH": epoch}, None, TODAY)
    assert str(caught.value) == f"SOURCE_DATE_EPOCH « {epoch} » n’est pas un nombre de secondes."


@cases(
    "text", ["27/09/2021", "2021-9-27", "2021-02-30", "20210927", "2021-09-27 14:00", "demain",
             "2021-W39-1", "٢٠٢١-٠٩-٢٧", "0000-01-01"]
)  # fmt: skip
@cases("where", ["argument", "variable", "setting"])
def test_a_day_that_is_none(text, where):
    told = {where: text}
    with pytest.raises(ConfigError) as caught:
        build_day(
            told.get("argument"),
            {"PORTAIL_DATE": told.get("variable", "")},
            told.get("setting"),
            TODAY,
        )
    assert str(caught.value) == (
        f"« {text} » n’est pas un jour : écrivez AAAA-MM-JJ, par exemple 2027-09-27."
    )


@given(st.none() | wild_texts(12), st.none() | wild_texts(12), st.none() | wild_texts(12))
def test_any_day_is_taken_or_refused(argument, variable, epoch):
    pairs = {"PORTAIL_DATE": variable, "SOURCE_DATE_EPOCH": epoch}
    environ = {name: value for name, value in pairs.items() if value is not None}
    try:
        assert isinstance(build_day(argument, environ, None, TODAY).date, date)
    except ConfigError as error:
        assert str(error)


@cases("value", ["forge.example/portail", "//forge.example", "javascript:1", "x"])
def test_addresses_are_whole(value):
    with pytest.raises(ConfigError) as caught:
        site_config({"PORTAIL_DEPOT": value})
    assert str(caught.value) == f"PORTAIL_DEPOT « {value} » n’est pas une adresse http(s) complète."
