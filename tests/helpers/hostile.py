"""Texts written to be slow to read: tests count the work they give, the bench times them."""

FRONT_MATTERS = (
    "a: " + "[" * 60_000,
    "a: " + "{" * 60_000,
    "- " * 30_000,
    "? " * 30_000,
    "a: " + "&a " * 20_000,
    "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]",
    "a: " + '"' * 60_000,
    "\n" * 60_000 + "a: [",
    "a:\n" + " " * 60_000 + "b: c",
    "".join(f"k{rank}: x\n" for rank in range(7_000)),
    "a: b\n" * 12_000,
    "!" * 60_000,
    "%" * 60_000,
)

BODIES = {
    "brackets": "[" * 190 + " " + "[a](b " * 5,
    "emphasis": "*a **b _c " * 1500,
    "backticks": "".join("`" * n + " a " for n in range(1, 190)),
    "tags": "<a b='" * 3000,
    "entities": "&amp" * 4000,
    "mails": "a" * 19_000 + "@",
    "quotes": "> a\nb\n" * 3000,
    "headings": "## a\n" * 4000,
    "spaces": ("a" + " " * 190) * 100 + "b",
    "tables": "| a | b |\n|---|---|\n" + "| a | b |\n" * 2000,
    "definitions": "[a]: b\n" * 4000,
    "dashes": "- " * 9000 + "a",
}
"""Within the limits of a body, each by its name."""

RULES = (
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=800",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=800",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;UNTIL=99991231",
    "FREQ=MONTHLY;BYMONTH=4,6,9,11;BYMONTHDAY=31;UNTIL=99991231T235959Z",
    "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=20;COUNT=1",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300;COUNT=1",
    "FREQ=YEARLY;BYDAY=53MO;BYMONTHDAY=1;INTERVAL=99;COUNT=2",
    "FREQ=WEEKLY;INTERVAL=99;BYMONTH=2;COUNT=800",
    "FREQ=DAILY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR,SA,SU;UNTIL=99991231",
    "FREQ=YEARLY;BYDAY=" + ",".join(f"{rank}SU" for rank in range(1, 54)) + ";COUNT=800",
)


def names(count):
    """Slugs that are near one another, the same ones every time."""
    words = "musee atelier centre saint maison nature lille arras du val".split()
    return [
        "-".join(words[rank // step % 10] for step in (1, 7, 11, 13)) + f"-{rank}"
        for rank in range(count)
    ]
