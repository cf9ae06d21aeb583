"""What is an address, and which texts are lists: tried both ways, for articles cite a few."""

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.text.mail import mailbox_list, mailboxes

PEOPLE = [f"prenom{chr(97 + rank)}.nom@exemple.org" for rank in range(12)]


@cases(
    ("text", "found"),
    [
        ("Zoé <zoe@a.fr>, ali+lettre@b.c.fr.", ("zoe@a.fr", "ali+lettre@b.c.fr")),
        ("mailto:zoe%40exemple.org?subject=a", ("zoe@exemple.org",)),
        ("courriel='zoe@exemple.org'", ("zoe@exemple.org",)),
        ("zoé@éxemple.fr", ("zoé@éxemple.fr",)),
        ("@zoe@mamot.fr, zoe@localhost, a@b, 10@3.5, https://x.example/@zoe/12", ()),
        ("zoe (arobase) exemple.org", ()),
        ("100 %40 % de a.b", ()),
    ],
)  # fmt: skip
def test_what_is_an_address(text, found):
    assert mailboxes(text) == found


@given(st.text(max_size=200))
def test_any_text_may_be_searched(text):
    for one in mailboxes(text):
        assert "@" in one and one == one.lower()
    mailbox_list(text, table=True)


@given(st.lists(st.sampled_from(PEOPLE), min_size=3, unique=True), st.data())
def test_addresses_alone_are_a_list_however_they_are_laid_out(people, data):
    mark = data.draw(st.sampled_from(["", "- ", "* <", "1. ", "> "]))
    gap = data.draw(st.sampled_from(["\n", "\r\n", ", ", ";", "\n\n", " "]))
    text = gap.join(f"{mark}{one}" for one in people)
    found = mailbox_list("Bonjour,\n" + text)
    assert found is not None and (found.line, found.total) == (2, len(people))


@cases("separator", [",", ";", "\t", " | "])
@cases("quote", ["", '"'])
def test_three_cells_of_a_table_are_a_list(separator, quote):
    rows = [
        separator.join(("Nom bien long de la personne", f"{quote}{one}{quote}", "2021-09-01"))
        for one in PEOPLE[:3]
    ]
    text = "\n".join(["nom,courriel,date", *rows])
    assert mailbox_list(text, table=True) == (2, 3)
    assert mailbox_list("\n".join(rows[:2]), table=True) is None
    assert mailbox_list(text) is None  # in an article, three rows are a few contacts


def test_ten_named_people_are_a_list():
    rows = [f"- Prénom Nom : {one}" for one in PEOPLE]
    assert mailbox_list("\n".join(rows[:9])) is None
    assert mailbox_list("\n".join(rows[:10])) == (1, 10)
    assert mailbox_list("\n".join(rows[:1] * 20)) is None


@cases(
    "text",
    [
        "contact: {courriel: zoe@exemple.org, telephone: 03 20}\ncourriel: ali@exemple.org",
        "Écrivez à zoe@exemple.org, à ali@exemple.org ou à lea@exemple.org avant vendredi.",
        "\n".join(f"- Musée {n} : contact@musee-{n}.example" for n in "abcdefghijklmnop"),
        "\n".join(f"accueil.{n}@ville-{n}.example" for n in "abcdefgh"),
        "zoe@exemple.org\nali@exemple.org\nzoe@exemple.org\nZOE@exemple.org",
        "@zoe@mamot.fr\n@ali@mamot.fr\n@lea@mamot.fr\n",
        "Aucune adresse : 3 @ 5 €.\n" * 40,
        "\n".join(
            f"Pour la séance {n} les groupes s’inscrivent auprès de {one} huit jours avant."
            for n, one in enumerate(PEOPLE)
        ),
    ],
)
def test_contacts_are_no_list(text):
    assert mailbox_list(text) is None
