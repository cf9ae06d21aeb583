"""Each scalar of a front matter: what is read, and the exact words that refuse the rest."""

import re
from datetime import date, time
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from doses import cases, rows_of
from portail.codes import all_codes, diagnostic
from portail.diagnostics import Position
from portail.model import scalars
from portail.model.entry import doi_url
from portail.model.scalars import (
    Moment,
    Periode,
    read_ancienne_url,
    read_bool,
    read_courriel,
    read_date,
    read_doi,
    read_echeance,
    read_heure,
    read_moment,
    read_nombre,
    read_orcid,
    read_periode,
    read_telephone,
    read_url,
)
from portail.text.dates import suggested_date
from strategies import days, hours, moments, wild_texts

NBSP = "\u00a0"


def refusal(read, text):
    """Code, message and hint of the mistake that ``read`` finds in ``text``."""
    with pytest.raises(PydanticCustomError) as caught:
        read(text)
    found = diagnostic(caught.value.type, Position(PATH), **caught.value.context["fault"].values)
    return found.code, found.message, found.hint


PATH = "content/articles/a.md"


def nombre(text):
    return read_nombre(text, "prix", 0, 10_000, entier=False)


def entier(text):
    return read_nombre(text, "jauge", 1, 1_000_000, entier=True)


READERS = [
    nombre,
    entier,
    *(
        read
        for name, read in vars(scalars).items()
        if name.startswith("read_") and name not in ("read_text", "read_nombre")
    ),
]


@given(st.sampled_from(READERS), wild_texts() | st.text("0123456789-/:.T+@ h", max_size=30))
def test_any_text_is_read_or_refused_with_a_known_code(read, text):
    try:
        read(text)
    except PydanticCustomError as error:
        assert error.type in all_codes()
        assert refusal(read, text)[1]


@cases(
    ("read", "code", "texts"),
    [
        (
            read_date,
            "E212",
            ["1989-12-31", "2101-01-01"],
        ),
        (
            read_heure,
            "E211",
            ["24:00", "14:60", "14", "٣:٣٠", "19:00Z"],
        ),
        (
            read_periode,
            "E240",
            ["2021-11-07..2021-11-01", "2021-11-01..", "..2021-11-07"],
        ),
        (
            read_bool,
            "E226",
            ["1", "peut-être", "~"],
        ),
        (
            nombre,
            "E209",
            ["10 001", "-1", "5 €", "1e3", "1_000", ".5", "5.", "٣", ""],
        ),
        (
            entier,
            "E209",
            ["0", "12,5", "1 000 001"],
        ),
        (
            read_doi,
            "E241",
            ["10.1000", "11.1000/182", "10.1/182", "10.1000/<b>"],
        ),
        (
            read_telephone,
            "E221",
            [
                *("3 21 00 00 00", "03 21", "03 21 00 00 00 poste 12", "03/21/00/00/00", "+1"),
                *("03 21 00 00 0", "03 21 00 00 00 0", "+33 3 21 00 00 0", "+33 03 21 00 00 00"),
                "٠٣٢١٠٠٠٠٠٠",
            ],
        ),
        (
            read_ancienne_url,
            "E245",
            [
                "ancien/",
                "https://exemple.org/a",
                "//exemple.org/",
                "/",
                "/a/../b",
                "/a//b",
                "/a?p=1",
                "/un%20texte/",
                "/a#b",
                "/e\u0301",
                "/a b",
                "/a%20b",
                "/%2e%2e/a",
                "/%C3/",
                "/%25C3%25A9/",
                "/%00/",
                "/%2ehtaccess",
                "/(a)/",
                "/aux/",
                "\\a",
                "/.htaccess",
                "/.well-known/x",
                "/.git/x/",
                "/_headers/",
                "/_worker.js",
                "/_redirects",
                "/web.config",
                "/ads.txt",
                "/sw.js",
                "/-a/",
                "/a/.b/c",
                "/x.cgi",
                "/a.php.jpg",
                "/flux.xml",
                "/~",
                "/~/a",
            ],
        ),
    ],
)
def test_what_is_none_is_refused(read, code, texts):
    for text in texts:
        assert refusal(read, text)[0] == code, text


# ── Days ─────────────────────────────────────────────────────────────────────────────

ISO = "une date s’écrit année-mois-jour"
DATE_HINT = "Écrivez l’année, le mois et le jour : {}."
FORM_HINT = "Écrivez-la en chiffres, sous la forme {}."


@given(days())
def test_every_day_of_the_model_is_read_back(day):
    assert read_date(day.isoformat()) == day == read_echeance(day.isoformat())


@cases("text", ["au fil de l’eau", "Au fil de l'eau", "AU FIL DE L’EAU"])
def test_what_has_no_deadline_says_so(text):
    assert read_echeance(text) == "au fil de l’eau"


def test_a_deadline_that_is_neither_says_both_forms():
    both = "AAAA-MM-JJ, ou écrivez « au fil de l’eau »"
    assert refusal(read_echeance, "bientôt")[2] == FORM_HINT.format(both)
    assert refusal(read_echeance, "9/10/2021")[2] == DATE_HINT.format("2021-10-09")


@cases(
    ("text", "reason", "remedy"),
    [
        ("9/10/2021", ISO, DATE_HINT.format("2021-10-09")),
        ("2021-10-9", ISO, DATE_HINT.format("2021-10-09")),
        ("20211009", ISO, DATE_HINT.format("2021-10-09")),
        ("bientôt", ISO, FORM_HINT.format("AAAA-MM-JJ")),
        ("2021-W39-1", ISO, FORM_HINT.format("AAAA-MM-JJ")),
        ("２０２１-10-09", ISO, DATE_HINT.format("2021-10-09")),
        ("2021-02-30", "février 2021 n’a que 28 jours", "Vérifiez le jour."),
        ("31/09/2021", "septembre 2021 n’a que 30 jours", "Vérifiez le jour."),
        ("2021-10-00", "octobre 2021 n’a que 31 jours", "Vérifiez le jour."),
        ("2021-13-01", "il n’y a pas de mois 13", "Vérifiez le mois."),
    ],
)
def test_days_that_are_none(text, reason, remedy):
    message = f"« {text} » n’est pas une date : {reason}."
    assert refusal(read_date, text) == ("E210", message, remedy)


@given(
    wild_texts(40) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}( ?[0-9]{1,2}h)?")
)
def test_no_day_is_answered_that_nobody_wrote(text):
    try:
        read_moment(text)
    except PydanticCustomError as error:
        if error.type == "E210" and suggested_date(text) is None:
            assert not re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", refusal(read_moment, text)[2])


def test_first_and_last_days():
    assert read_date("1990-01-01") == date(1990, 1, 1)
    assert read_date("2100-12-31") == date(2100, 12, 31)
    assert read_date("2024-02-29") == date(2024, 2, 29)


# ── Hours and moments ────────────────────────────────────────────────────────────────


@given(hours())
def test_every_hour_is_read_back(hour):
    assert read_heure(f"{hour:%H:%M}") == read_heure(f"{hour.hour}:{hour.minute:02}") == hour


@cases(
    ("text", "hint"),
    [
        ("14h30", "Écrivez 14:30."),
        ("14 h", "Écrivez 14:00."),
        ("14:30:15", "Écrivez 14:30."),
        (
            "de 14h à 17h",
            "Écrivez ici l’heure du début ; le jour et l’heure de la fin vont dans « fin ».",
        ),
    ],
)
def test_an_hour_that_is_understood_is_given_back(text, hint):
    assert refusal(read_heure, text) == ("E211", f"« {text} » n’est pas une heure.", hint)


def test_seconds_at_zero_are_what_other_tools_write():
    assert read_heure("14:30:00") == time(14, 30)


@given(moments(), st.sampled_from([" ", "T", "  "]))
def test_every_moment_is_read_back(moment, separator):
    expected = Moment(moment.jour, moment.heure)
    assert read_moment(str(expected).replace(" ", separator)) == expected


def test_midnight_is_an_hour():
    assert read_moment("2021-10-09 00:00") == Moment(date(2021, 10, 9), time(0))
    assert read_moment("2021-10-09") == Moment(date(2021, 10, 9))


@cases(
    ("text", "code", "message", "hint"),
    [
        (
            "2021-10-09 14h30",
            "E211",
            "« 14h30 » n’est pas une heure.",
            "Écrivez 2021-10-09 14:30.",
        ),
        (
            "2021-10-09 8h9h",
            "E211",
            "« 8h9h » n’est pas une heure.",
            "Écrivez ici l’heure du début ; le jour et l’heure de la fin vont dans « fin ».",
        ),
        (
            "2021-10-09T14:00+02:00",
            "E210",
            (
                "« 2021-10-09T14:00+02:00 » n’est pas une date : c’est un instant et son fuseau, "
                "pas l’heure du lieu."
            ),
            "Écrivez 2021-10-09 14:00.",
        ),
        (
            "9/10/2021 14h",
            "E210",
            "« 9/10/2021 14h » n’est pas une date : une date s’écrit année-mois-jour.",
            DATE_HINT.format("2021-10-09 14:00"),
        ),
        (
            "Tous les jours",
            "E210",
            "« Tous les jours » n’est pas une date : une date s’écrit année-mois-jour.",
            "Ce qui revient chaque semaine s’écrit dans « horaires ».",
        ),
        (
            "du 20 au 22 mars 2027",
            "E210",
            "« du 20 au 22 mars 2027 » n’est pas une date : une date s’écrit année-mois-jour.",
            "Écrivez ici le premier jour, et le dernier dans « fin ».",
        ),
        (
            "20/03/2027 et 27/03/2027",
            "E210",
            "« 20/03/2027 et 27/03/2027 » n’est pas une date : une date s’écrit année-mois-jour.",
            "Plusieurs dates s’écrivent dans « seances ».",
        ),
        (
            "dimanche 20 mars 2027 à 20h",
            "E210",
            "« dimanche 20 mars 2027 à 20h » n’est pas une date : ce jour est un samedi.",
            "Vérifiez le jour : 2027-03-20 20:00, ou un autre.",
        ),
        (
            "samedi 20 mars 2027 à 24 h",
            "E210",
            "« samedi 20 mars 2027 à 24 h » n’est pas une date : une date s’écrit année-mois-jour.",
            DATE_HINT.format("2027-03-21 00:00"),
        ),
        (
            "22h",
            "E210",
            "« 22h » n’est pas une date : c’est une heure, sans son jour.",
            FORM_HINT.format("AAAA-MM-JJ 22:00"),
        ),
        (
            "2021-02-30 14:00",
            "E210",
            "« 2021-02-30 » n’est pas une date : février 2021 n’a que 28 jours.",
            "Vérifiez le jour.",
        ),
    ],
)
def test_moments_that_are_none(text, code, message, hint):
    assert refusal(read_moment, text) == (code, message, hint)


# ── Periods ──────────────────────────────────────────────────────────────────────────


@cases("text", ["2021-11-01..2021-11-07", "2021-11-01 .. 2021-11-07"])
def test_a_period(text):
    assert read_periode(text) == Periode(date(2021, 11, 1), date(2021, 11, 7))


def test_a_period_of_one_day():
    alone = Periode(date(2021, 11, 1), date(2021, 11, 1))
    assert read_periode("2021-11-01") == read_periode("2021-11-01..2021-11-01") == alone
    assert date(2021, 11, 1) in alone
    assert date(2021, 11, 2) not in alone
    assert "2021-11-01" not in alone


# ── Yes and no, numbers ──────────────────────────────────────────────────────────────


@cases(("yes", "no"), [("oui", "false"), ("Oui", "NON"), ("yes", "no"), ("on", "off")])
def test_yes_and_no(yes, no):
    assert (read_bool(yes), read_bool(no)) == (True, False)


@cases(
    ("text", "value"),
    [
        ("0", 0), ("5,50", 5.5), ("5.50", 5.5),
        ("1\u202f500,25", 1500.25), (f"1{NBSP}500", 1500),
    ],
)  # fmt: skip
def test_numbers(text, value):
    assert nombre(text) == value


def test_zero_has_no_sign():
    assert str(nombre("-0")) == "0.0"


def test_a_whole_number_is_an_int():
    assert [type(entier(text)) for text in ("40", "40,0", "1 000 000")] == [int, int, int]


def test_years_are_not_cut_in_thousands():
    hint = refusal(lambda text: read_nombre(text, "annee", 1990, 2100, entier=True), "1900")[2]
    assert hint == "Écrivez un nombre entier de 1990 à 2100."


@given(st.floats(0, 10_000))
def test_numbers_with_a_comma_or_a_point(value):
    text = f"{value:.2f}"
    assert nombre(text) == nombre(text.replace(".", ",")) == float(text)


# ── Identifiers ──────────────────────────────────────────────────────────────────────


@cases(
    "text", ["10.1000/182", "https://doi.org/10.1000/182", "http://dx.doi.org/10.1000/182",
             "DOI: 10.1000/182"]
)  # fmt: skip
def test_doi(text):
    assert read_doi(text) == "10.1000/182"


@given(st.from_regex(r"10\.[0-9]{4,9}/[^\s\"<>]{1,40}", fullmatch=True))
@example("10.1002/(SICI)1097-4571(1986)37:1;2-#?a=b&c%20d'é[x]^")
def test_the_address_of_a_doi_is_its_own(text):
    doi = read_doi(text)
    parts = urlsplit(doi_url(doi))
    assert (parts.netloc, parts.query, parts.fragment) == ("doi.org", "", "")
    assert unquote(parts.path) == f"/{doi}"
    assert not re.search(r"[\s<>\"'`{}|\\^]", parts.geturl()) and parts.geturl().isascii()
    assert read_doi(doi_url(doi)) == doi


def orcid(digits):
    """ORCID iD of fifteen digits; its check character, X for 10, as ISO 7064 defines it: the
    sixteen, weighed by the powers of 2 from the last, make 1 modulo 11."""
    weighed = sum(int(digit) << place for place, digit in enumerate(reversed(digits), 1))
    number = next(n for n in range(11) if (weighed + n) % 11 == 1)
    whole = digits + ("X" if number == 10 else str(number))
    return "-".join(whole[at : at + 4] for at in range(0, 16, 4))


def test_the_check_of_orcid_on_known_ones():
    for known in ("0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"):
        assert orcid(known.replace("-", "")[:15]) == known
        assert read_orcid(known) == read_orcid(f"https://orcid.org/{known}") == known


@given(st.text("0123456789", min_size=15, max_size=15), st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_of_an_orcid_is_seen(digits, place, shift):
    right = orcid(digits)
    assert read_orcid(right) == right
    at = place + place // 4
    old = 10 if right[at] == "X" else int(right[at])
    wrong = f"{right[:at]}{(old + shift) % 10}{right[at + 1 :]}"
    if wrong != right:
        assert refusal(read_orcid, wrong) == (
            "E241",
            f"« {wrong} » n’est pas un identifiant ORCID valide.",
            "Copiez-le depuis orcid.org : 0000-0002-1825-0097.",
        )


@cases("text", ["0000000218250097", "0000-0002-1825-009", "X000-0002-1825-0097"])
def test_orcid_of_another_form(text):
    assert refusal(read_orcid, text)[0] == "E241"


# ── Addresses ────────────────────────────────────────────────────────────────────────

URL_HINT = "Copiez l’adresse entière depuis le navigateur ; elle commence par https://"


@cases(
    "text",
    [
        "https://exemple.org", "HTTPS://Exemple.org/Page?a=b&c=d#e",
        "https://exemple.org:8080/a", "https://musée.exemple/été", "https://exemple.org/a_(b)",
        "https://exemple.org/%C3%A9t%C3%A9",
    ],
)  # fmt: skip
def test_addresses(text):
    assert read_url(text) == text


@cases(("text", "reason"), rows_of("portail/model/scalars.yml"))
def test_addresses_that_are_none(text, reason):
    message = f"« {text} » n’est pas une adresse web : {reason}."
    assert refusal(read_url, text) == ("E219", message, URL_HINT)


@cases("host", ["ex\u0430mple.org", "exem\u200bple.org", "xn--.org"])
def test_hosts_that_deceive(host):
    for read, text in ((read_url, f"https://{host}/"), (read_courriel, f"a@{host}")):
        assert refusal(read, text)[0] == "E258"


def test_an_endless_address():
    code, message, _ = refusal(read_url, "https://exemple.org/" + "a" * 2000)
    assert code == "E219"
    assert message.endswith("… » n’est pas une adresse web : elle dépasse 2 000 signes.")


@cases("text", ["contact@exemple.org", "prenom.nom+lettre@sous.exemple.org", "a@musée.exemple"])
def test_mail(text):
    assert read_courriel(text) == text
    assert read_courriel(f"mailto:{text}") == text


@cases(
    "text",
    [
        "exemple.org", "contact@exemple", "contact@@exemple.org", "a b@exemple.org",
        "a@exemple..org", ".a@exemple.org", "a..b@exemple.org",
        "a@exemple.org, b@exemple.org", "a@exemple.org\nBcc: b@exemple.org", "<a@exemple.org>",
        "a" * 65 + "@exemple.org",
        "contact%40lille.fr?bcc=espion%40evil.example&x=@lille.fr", "a?bcc=b@exemple.org",
        "a&b@exemple.org", "a/b@exemple.org",
    ],
)  # fmt: skip
def test_mail_that_is_none(text):
    assert refusal(read_courriel, text)[0] == "E220"


@cases(
    "text",
    [
        "03 21 00 00 00", "03-21-00-00-00",
        "+33 3 21 00 00 00", "+33 (0)3 21 00 00 00",
        "0033 3 21 00 00 00", "0 800 00 00 00", "+32 2 123 45 67", "00 352 26 00 00 00",
    ],
)  # fmt: skip
def test_telephone(text):
    assert read_telephone(text) == text


@cases(
    "text",
    [
        "/ancien/", "/2019/10/article.html", "/~moi/page",
        "/index.php/12-titre", "/page.ASPX", "/titre.12.0.html", "/v1.2/",
        "/2015/l-été/", "/notepad++.html", "/l’été-(2019)/", "/d'ici/",
    ],
)  # fmt: skip
def test_former_addresses(text):
    assert read_ancienne_url(text) == text


@cases(
    ("copied", "path"),
    [
        ("/%C3%A9t%C3%A9-2019/", "/été-2019/"),
        ("/l%E2%80%99%c3%a9t%c3%a9/", "/l’été/"),
        ("/d%27ici-%282019%29/", "/d'ici-(2019)/"),
        ("/été-%C3%A9/", "/été-é/"),
        ("/" + "%C3%A9" * 99, "/" + "é" * 99),
    ],
)
def test_former_addresses_as_browsers_copy_them(copied, path):
    assert read_ancienne_url(copied) == path


def test_the_longest_that_is_admitted():
    host = ".".join(["b" * 59, "c" * 59, "d" * 59, "eeeee.org"])
    mail = f"{'a' * 64}@{host}"
    assert len(mail) == 254
    assert read_courriel(mail) == mail
    assert refusal(read_courriel, f"{mail}s")[0] == "E220"
    former = "/" + "a" * 199
    assert read_ancienne_url(former) == former
    assert refusal(read_ancienne_url, f"{former}a")[0] == "E245"
