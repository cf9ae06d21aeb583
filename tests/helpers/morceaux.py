"""Pieces of input that readers find hard, by target: fuzzing puts them together, and repeats them; ``doubled``
gives texts of more and more pieces that differ, then of twice as many.
"""

# ruff: noqa: E501 (tables)

_SIGNS = (
    *"abé0 \t\n\"'`,;:.!?/\\|@#&%$*_~^=+-<>()[]{}",
    "\u00a0", "\u202f", "\u0301", "\u202e", "\ufeff", "\u2028", "😀", "\U0010ffff", "İ", "ß", "’", "«", "…",
    "--", "---", "://", "\r\n", "a ", " a", "a\n", "\n\n", "a.", "a-", "0 ", "1,",
)  # fmt: skip
_WORDS = (
    "https://a.fr/", "www.a.fr", "a@b.fr", "mailto:", "14 h 30", "06 12 34 56 78", "12 rue ", "59000 ",
    "du lundi au ", "1er mai ", "2021-10-09", "2021-10-09 14:00", "fermé ", "et ", "10h-18h ", "5 €",
    "M. ", "Mme ", "reservation ", "inscription ", "de 6 a 12 ans", "a écrit :", "Le ",
)  # fmt: skip
_TAGS = (
    "<", ">", "</", "/>", "<a>", "</a>", "<p>", "</p>", "<div>", "</div>", "<b>", "<i>", "<ul>", "<li>",
    "<table>", "<tr>", "<td>", "<br>", "<img src=a>", "<a href=b>", "<h1>", "<h2>", "<!--", "-->",
    "<![CDATA[", "]]>", "<?a", "<!DOCTYPE a", "&amp;", "&#x41;", "&lt;", "<a b='", "<svg>", "<nav>",
    "<script>", "<style>", "<meta name=a content=b>", "<pre>", "<blockquote>", "<p><br>", "<span>",
)  # fmt: skip
_MARKDOWN = (
    "# ", "## a\n", "- ", "- a\n", "1. ", "  - ", "> ", "> a\n", "    ", "```\n", "~~~", "**", "*a", "_a_",
    "`a", "[a](b)", "[a][b]", "[a]: b\n", "![a](b)", "](", "[^1]", "[^1]: a\n", "| a ", "|---|", "| a | b |\n",
    "*[a]: b\n", ":   a\n", "a\n: b\n", "::: a\n", ":::\n", "\\", "<http://a.fr>", "<a@b.fr>", "!!! note\n",
    "- [ ] ", "***", "* * *\n", "===\n", "  \n", "{#a}", "{.a}", "@[a](b)", "[[", "]]", "$$", "^a^", "~a~",
    "![](a.jpg)\n", "![a](https://a.fr/b.mp3)\n", "==a==", "(lieux/a)", "[](events/a)",
)  # fmt: skip
_YAML = (
    "a: ", "a:\n", "- ", "  ", "{", "}", "[", "]", "{a: ", "[a, ", "? ", "&a ", "*a", "!!a ", "<<: ", "|\n",
    ">-\n", "\"", "'", "\\u202e", "# a\n", "%YAML 1.1\n", "---\n", "...\n", "titre: a\n", "Title: a\n",
    "tags: a, ", "date: 2021-10-09\n", "~", "a: b\n", "a: - b\n", "\t",
)  # fmt: skip
_JSON = (
    "{", "}", "[", "]", '{"a":', '"a",', '"', "\\u0000", "\\ud800", "1e999", "-0", "null,", "true", "NaN", "[[",
    '{"@type":"Event",', '"name":', '"startDate":"2021-10-09",', '"@graph":[', '"events":[', '"title":{"fr":"',
    '"timings":[', '{"begin":"2021-10-09T10:00:00Z","end":"',
)  # fmt: skip
_CALENDAR = (
    "BEGIN:VCALENDAR\r\n", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "END:VCALENDAR\r\n", "\r\n ", "SUMMARY:a\r\n",
    "DTSTART:20211009T100000Z\r\n", "DTEND;VALUE=DATE:20211010\r\n", "RRULE:FREQ=DAILY;COUNT=9\r\n",
    "EXDATE:20211009T100000\r\n", "RDATE:20211009T100000\r\n", "DURATION:P1D\r\n", "UID:a\r\n",
    "RECURRENCE-ID:20211009\r\n", "DESCRIPTION:", "LOCATION:a, b\r\n", "\\n", "\\,", ";X=\"", "TZID=Europe/Paris:",
    "BEGIN:VTIMEZONE\r\n", "BEGIN:STANDARD\r\n", "TZOFFSETTO:+0100\r\n", "DURATION:PT99999999999H\r\n",
)  # fmt: skip
_RULE = (
    "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", ";", ",", "=", "INTERVAL=99", "COUNT=800",
    "UNTIL=99991231", "BYDAY=MO", "BYDAY=-53SU", "BYMONTH=2", "BYMONTHDAY=31", "BYSETPOS=366", "WKST=SU",
    "EXDATE=20211010", "\n", "RRULE:", "-1", "0", "99999999999999999999",
)  # fmt: skip
_OPENING = (
    "Mo", "Tu-Su", "Mo-", ",", ";", " ", "10:00", "-", "10:00-18:00", "off", "PH", "SH", "Jan", "Jan-Mar", "Dec 25",
    "easter", "[1]", "[-1]", "24/7", "+", "||", "lundi ", "mardi au ", "tous les jours ", "sauf ", "fermé ", "de ",
    "10h à 18h ", "et ", "le 1er ", "du 1er mai au ", "jours fériés ", "vacances scolaires ", "midi ", ". ", "(",
    "1er dimanche du mois ", "week-end ", "de mai à septembre ",
)  # fmt: skip
_DATES = (
    "debut: 2021-10-09 14:00\n", "fin: 2021-10-10\n", "seances:\n", "  - debut: 2021-10-09\n", "    fin: 2021-10-10\n",
    "horaires:\n", "  du: 2021-10-09\n", "  au: 2099-10-09\n", "  tous_les: [lundi]\n", "  de: 10:00\n", "  a: 18:00\n",
    "  sauf: [2021-10-10]\n", "rrule: FREQ=DAILY;COUNT=800\n", "etat: annule\n", "9999-12-31", "2021-03-28 02:30",
    "ancien_debut: 2021-10-01\n", "[", "{", "- ", "  ",
)  # fmt: skip
_CELLS = (
    ";", ",", "\t", "\"", "\"\"", "\n", "Titre;Début;Fin;Lieu;Commune;Format\n", "Titre;Date;Heure;Prix\n", "a;b;c\n", "=1+1",
    "09/10/2021;", "14h30;", "samedi 9 octobre 2021;", "tous les samedis;", "du 1er au 9 octobre;", "5 € / 3 €;",
    "sep=;\n", "'=a", "titre,begin,end\n", "uid,title,firstdate_begin\n",
)  # fmt: skip
_FEED = (
    "<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "<description>", "<pubDate>", "<guid>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<content type='xhtml'>", "<content:encoded>", "<enclosure/>",
    "<?xml version='1.0' encoding='utf-7'?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "xmlns:a='b' ",
)  # fmt: skip
_SHEET = (
    "<row>", "</row>", "<c>", "</c>", "<c/>", "<v>", "</v>", "<c t='s'><v>0</v></c>", "<c t='d'><v>", "<c r='ZZ9'>",
    "<c s='1'><v>44000</v></c>", "<table:table-row>", "</table:table-row>", "<table:table-cell/>", "<text:p>", "<text:s/>",
    "<table:table-cell table:number-columns-repeated='99999999'/>", "<f>", "<is><t>", "&#0;",
)  # fmt: skip
_MAIL = (
    "From: a\r\n", "Content-Type: multipart/mixed; boundary=a\r\n", "--a\r\n", "--a--\r\n", "\r\n", "Content-Type: text/plain\r\n",
    "Content-Type: text/html; charset=\"", "Content-Transfer-Encoding: base64\r\n", "quoted-printable", "=?utf-8?q?a?=",
    "=?utf-8?b?", "Content-Disposition: attachment; filename=\"a.md\"\r\n", "filename*=utf-8''%", "filename*0=", "format=flowed",
    "Content-Type: message/rfc822\r\n", "---\n", "titre: a\n", "<div>", "<blockquote>", "> ", "Le a a écrit :\n", "https://a.fr <https://a.fr>",
)  # fmt: skip
_DRAWING = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>", "<svg xmlns='http://www.w3.org/2000/svg'>", "</svg>", "<g>", "</g>",
    "<path d='M0 0'/>", " viewBox='", "1.2.3 ", "-", "1e9", "<style>", "@import", "url(#a)", "url(", "<use href='a'/>", "<!ENTITY a 'b'>",
    "width='1' height='", "<!DOCTYPE svg>", "<?xml encoding='utf-16'?>", "onload='a'", "<metadata>", "xmlns:a='b'",
)  # fmt: skip

_TEXT = (*_SIGNS, *_WORDS)
PIECES = {
    "contenu": (*_TEXT, *_YAML, *_MARKDOWN),
    "texte": (*_TEXT, *_MARKDOWN, *_TAGS),
    "regle": (*_SIGNS, *_RULE),
    "ouverture": (*_TEXT, *_OPENING),
    "dates": (*_SIGNS, *_DATES, *_YAML),
    "calendrier": (*_TEXT, *_CALENDAR, *_TAGS),
    "agenda": (*_TEXT, *_JSON, *_TAGS),
    "flux": (*_TEXT, *_FEED, *_TAGS),
    "page": (*_TEXT, *_TAGS, *_JSON),
    "site": (*_TEXT, *_TAGS, *_JSON),
    "cellules": (*_TEXT, *_CELLS),
    "classeur": (),
    "feuille-ods": (*_SIGNS, *_SHEET),
    "feuille-xlsx": (*_SIGNS, *_SHEET),
    "depot": (*_TEXT, *_MAIL, *_TAGS),
    "media": (),
    "logo": (*_SIGNS, *_DRAWING),
    "lettre": (*_SIGNS, *_JSON),
    "registre": (*_SIGNS, *_YAML),
    "adresses": (*_SIGNS, *_JSON),
    "abonnes": (*_SIGNS, *_WORDS, *_CELLS),
    "table": (*_SIGNS, *_YAML),
}
"""Pieces of each target (``cibles.CIBLES``); none for what is no text."""

_HEAD = "---\ntitre: T\nresume: R\npublie_le: 2021-09-01\n"
FRAMES = {
    "contenu": (
        ("articles\n---\n", "\n---\n\nUne phrase.\n"),
        (f"articles\n{_HEAD}---\n\n", "\n"),
        (f"events\n{_HEAD}mots_cles: [\"", "\"]\n---\n\nUne phrase.\n"),
        ("pages\nTitle: a\nTags: ", "\n\nUne phrase.\n"),
    ),
    "calendrier": (
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:a\r\nDTSTART:20211009\r\nDESCRIPTION:", "\r\nEND:VEVENT\r\n"),
        ("BEGIN:VCALENDAR\r\n", "END:VCALENDAR\r\n"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:a\r\nDTSTART:20211009T100000Z\r\nLOCATION:", "\r\nEND:VEVENT\r\n"),
    ),
    "agenda": (
        ('{"events":[{"uid":1,"title":{"fr":"a"},"timings":[{"begin":"2021-10-09T10:00:00Z","end":"2021-10-09T11:00:00Z"}],"longDescription":{"fr":"', '"}}]}'),
        ('{"events":[{"uid":1,"title":{"fr":"a"},"timings":[{"begin":"2021-10-09T10:00:00Z","end":"2021-10-09T11:00:00Z"}],"conditions":{"fr":"', '"}}]}'),
        ('{"events":[', "]}"),
    ),
    "flux": (
        ("<rss><channel><item><title>a</title><description><![CDATA[", "]]></description></item></channel></rss>"),
        ("<rss><channel><item><title>", "</title></item></channel></rss>"),
        ("<rss><channel>", "</channel></rss>"),
    ),
    "page": (
        ("<!doctype html><title>a</title><main><h1>a</h1><article>", "</article></main>"),
        ("<!doctype html>", ""),
        ('<!doctype html><script type="application/ld+json">{"@context":"https://schema.org","@type":"Event","name":"a","startDate":"2021-10-09","description":"', '"}</script><h1>a</h1>'),
    ),
    "cellules": (
        ("Titre;Début;Fin;Lieu;Commune;Format;Prix;Texte\n", "\n"),
        ("Titre;Date;Horaire;Lieu;Description\na;", ";b;c\n"),
        ("Titre;Date;Horaire;Lieu;Description\na;9 octobre 2021;14h;b;\"", "\"\n"),
    ),
    "feuille-ods": (("<a xmlns:table='t' xmlns:text='x'><table:table table:name='a'>", "</table:table></a>"),),
    "depot": (
        ("From: a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n---\ntitre: a\n---\n", ""),
        ("From: a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n", "<hr>titre: a<hr>"),
        ("From: a\r\nContent-Type: ", "\r\n\r\n---\ntitre: a\n---\n"),
        ("From: a\r\nContent-Disposition: ", "\r\n\r\n---\ntitre: a\n---\n"),
        ("From: a\r\nContent-Type: text/plain\r\n\r\n", "\n---\ntitre: a\n---\n"),
    ),
    "logo": (("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>", "</svg>"), ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='", "'/>")),
    "table": (("themes\n", ""), ("synonymes\n", ""), ("vacances\n", ""), ("chiffres\n", "")),
}  # fmt: skip
"""What stands before and after the pieces of a target, so that they are read far enough."""


_EVENT = '{"uid":@,"title":{"fr":"Titre @"},"timings":[{"begin":"2021-10-09T10:00:00Z","end":"2021-10-09T11:00:00Z"}],"longDescription":{"fr":"Texte @."}'
_ROWS = "Titre;Date;Heure;Lieu;Format\n"
SERIES = {
    "contenu": (
        (f"articles\n{_HEAD}mots_cles: [", "mot @, ", "x]\n---\n\nUne phrase.\n"),
        (f"articles\n{_HEAD}references:\n", "  - {titre: a @, url: 'https://a.fr/@'}\n", "---\n\nUne phrase.\n"),
        (f"articles\n{_HEAD}", "cle@: a\n", "---\n\nUne phrase.\n"),
    ),
    "texte": (
        ("", "## Titre @\n\nUn texte.\n\n", ""), ("", "[a][@] [@]: b\n\n[@]: https://a.fr/@\n\n", ""),
        ("", "Mot[^@].\n\n[^@]: Note.\n\n", ""), ("", "*[A@]: sigle\n\nUn A@.\n\n", ""), ("| a |\n|---|\n", "| @ |\n", ""),
    ),
    "regle": (("FREQ=YEARLY;BYMONTHDAY=", "@,", "1"),),
    "ouverture": (("", "Mo 10:@-18:00; ", "off"),),
    "dates": (("seances:\n", "  - debut: 2021-10-09 14:00 @\n", ""),),
    "calendrier": (
        ("BEGIN:VCALENDAR\r\n", "BEGIN:VEVENT\r\nUID:u@\r\nSUMMARY:Titre @\r\nDTSTART:20211009T100000\r\nEND:VEVENT\r\n", "END:VCALENDAR\r\n"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:a\r\nDTSTART:20211009T100000\r\n", "CATEGORIES:mot @\r\n", "END:VEVENT\r\nEND:VCALENDAR\r\n"),
    ),
    "agenda": (
        ('{"events":[', _EVENT + "},", "{}]}"), ('{"events":[' + _EVENT.replace("@", "0") + ',"keywords":{"fr":[', '"mot @",', '"mot"]}}]}'),
        ('[{"@type":"Event","name":"a","startDate":"2021-10-09","keywords":[', '"mot @",', '"mot"]}]'),
    ),
    "flux": (
        ("<rss><channel>", "<item><title>Titre @</title><link>https://a.fr/@</link><description>Texte @.</description></item>", "</channel></rss>"),
        ("<rss><channel><item><title>a</title>", "<category>mot @</category>", "</item></channel></rss>"),
    ),
    "page": (
        ("<!doctype html><main><h1>a</h1>", "<h2>Titre @</h2><p>Texte @.</p>", "</main>"), ("<!doctype html><main><h1>a</h1><ul>", "<li><a href=/@>@</a> : un texte.", "</ul></main>"),
    ),
    "cellules": ((_ROWS, "Titre @;09/10/2021;14h;Salle @;visite\n", ""), ("Titre;Date", ";Colonne @", "\na;b\n")),
    "feuille-ods": ((FRAMES["feuille-ods"][0][0], "<table:table-row><table:table-cell><text:p>@</text:p></table:table-cell></table:table-row>", FRAMES["feuille-ods"][0][1]),),
    "feuille-xlsx": (("<worksheet><sheetData>", "<row><c t='inlineStr'><is><t>@</t></is></c></row>", "</sheetData></worksheet>"),),
    "depot": (
        ("From: a\r\nContent-Type: text/plain\r\n\r\n", "---\ntitre: T@\nresume: R\n---\nx\n", ""),
        ("From: a\r\nContent-Type: text/html\r\n\r\n", "<hr>titre: T@<br>resume: R<hr>x<br>", ""),
        ("From: a\r\nContent-Type: text/plain\r\n\r\n---\ntitre: a\n---\n", "Le @ a a écrit :\n> mot @\n", ""),
        ("From: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\n\r\n---\ntitre: T@\n---\n\r\n", "--b--\r\n"),
    ),
    "logo": (("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>", "<g id='a@'><use href='#a@'/></g>", "</svg>"),),
    "registre": (("retraits:\n", "  - {ref: lieux/l@, le: 2021-09-01}\n", ""),),
    "abonnes": (("courriel;edition\n", "a@\u0040exemple.org;region\n", ""),),
    "table": (("themes\n", "code@: {nom: Nom @, alias: [alias @]}\n", ""), ("synonymes\n", "- [mot@, autre@]\n", "")),
}  # fmt: skip
"""What comes one after another in an input, each unlike the others by its rank (« @ »), between its
beginning and its end."""


def doubled(target, count):
    """Each series of a target ``count`` times, then twice as many times."""
    for before, unit, after in SERIES.get(target, ()):
        yield tuple(
            "".join(
                [before, *(unit.replace("@", str(rank)) for rank in range(many)), after]
            ).encode()
            for many in (count, 2 * count)
        )
