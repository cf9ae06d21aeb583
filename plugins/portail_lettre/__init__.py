"""The weekly letter: what it tells, its mails, its pages; sending it is another package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import (
    CLOSES,
    EDITORS,
    Command,
    Feature,
    Judges,
    Keeping,
    KindSpec,
    Output,
    Source,
    is_set,
)
from portail.late import late
from portail.outputs.pages.slots import (
    EXPLORE,
    FEED_TEXT,
    OWN_FEEDS,
    PLAN_OF,
    SUBSCRIPTION,
    WEEKLY_MENTION,
    WEEKLY_PAGE,
)
from portail.roles import POSTS
from portail.settings import Setting

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.geo.territories import Geography
    from portail.model.vocabulary import Vocabularies

with late(__name__):
    from . import (
        checks,
        links,
        output,
        pages,
        sent,
        settings,
    )


_is_sent = is_set("lettre")


def _confront(config: SiteConfig, geography: Geography, vocabularies: Vocabularies) -> None:
    if _is_sent(config):
        from .settings import confront_editions

        confront_editions(config, geography, vocabularies)


feature = Feature(
    name="lettre",
    title="Lettre de la semaine",
    after=(
        "falc",
        "arrets",
    ),
    kinds=(KindSpec("newsletters"),),
    needs=("editions",),
    settings=(Setting("PORTAIL_LETTRE", settings.read_letter, None),),
    reads=(Source("lettre", sent.load_sent),),
    rules=(checks.check,),
    judges=Judges(project=checks.check_project, proposal=sent.check_frozen, tables=_confront),
    roles={CLOSES: sent.closed_words, POSTS: settings.posts},
    outputs=(
        Output("courriels", output.plan_mails),
        Output("lettres", pages.plan_letters, is_last=True),
    ),
    keeps=(
        Keeping(
            "Votre adresse, si vous recevez la lettre",
            "Jusqu’à votre désabonnement, par le lien au pied de chaque lettre.",
            EDITORS,
            is_used=_is_sent,
            basis="votre accord, que vous retirez quand vous voulez (RGPD, article 6, 1, a)",
            readers="la rédaction, et le service qui tient la liste ou envoie la lettre",
        ),
        Keeping(
            "Le journal des envois : à quelles adresses chaque lettre est partie",
            "Un an, puis l’envoi suivant l’efface.",
            EDITORS,
            is_used=_is_sent,
            basis="l’intérêt légitime de ne pas envoyer deux fois, et de le prouver "
            "(RGPD, article 6, 1, f)",
            readers="la rédaction",
        ),
    ),
    slots={
        EXPLORE: links.explore_links,
        PLAN_OF: links.plan_groups,
        SUBSCRIPTION: links.home_subscription,
        WEEKLY_PAGE: links.letter_page,
        WEEKLY_MENTION: links.mentions,
        OWN_FEEDS: links.letter_feeds,
        FEED_TEXT: links.feed_text,
    },
    pages=frozenset({"/newsletter/"}),
    commands={
        "newsletter": Command(
            "montre la lettre d’une semaine, l’arrête et l’envoie",
            "La lettre",
            "figer 2027-s39, puis portail newsletter envoyer 2027-s39",
        )
    },
)
