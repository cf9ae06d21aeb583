"""What feeds tell of a content, whatever their format: said once, then written as each asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from msgspec import Struct

from portail.agenda.occurrences import Occurrence, local
from portail.body.players import SOUND_SUFFIX
from portail.body.portable import portable
from portail.facts.base import FEED, Fact, Value, licence, names, terms_of, texts
from portail.facts.channels import added
from portail.facts.when import STATES, occurrence_phrase
from portail.late import expression
from portail.model.collections import ResourceEntry
from portail.model.entry import Entry
from portail.outputs.identifiers import name_of, nature_of, uri
from portail.outputs.pages.entry.reading import resolved
from portail.outputs.pages.slots import FEED_TEXT, FeedText
from portail.outputs.pages.views.shared import Lien
from portail.outputs.pictures import fallback, shown_picture, shown_size, target_of
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import THEMES
from portail.text.dates import jour_court
from portail.text.excerpts import clause
from portail.text.typography import capital, escape, inline_html, plain, small, typeset

_SOUND = "audio/mpeg"


class Piece(NamedTuple):
    """A file: its whole address, its media type, its length in bytes (0: unknown, as the RSS
    Advisory Board's profile has it), its name if it has one."""

    url: str
    type: str
    octets: int = 0
    titre: str = ""


def picture_of(item: Item, site: Site) -> Piece | None:
    """The picture that heads a content, if it has one; how long it is, nobody knows before it is
    made."""
    record = shown_picture(item, site)
    if record is None:
        return None
    file = fallback(record)
    return Piece(site.config.absolute(file.url), file.type)


def sounds_of(item: Item, site: Site) -> tuple[Piece, ...]:
    """The sounds of a content: those of its text, then the one that it gives access to."""
    sounds = {
        media.url: Piece(site.config.absolute(media.url), _SOUND, media.file.stat().st_size)
        for media in site.medias_of(item).values()
        if media.path.suffix.lower() == SOUND_SUFFIX
    }
    entry = item.entry
    away = None
    if isinstance(entry, ResourceEntry) and entry.acces:
        away = entry.acces.url
    if away and away.partition("?")[0].lower().endswith(SOUND_SUFFIX):
        sounds.setdefault(away, Piece(away, _SOUND))
    return tuple(sounds.values())


def facts_of(item: Item, site: Site, next_one: Occurrence | None) -> str:
    """The practical facts of a content as a list; empty when it has none. ``next_one`` comes first:
    the day for which the reader follows the event."""
    facts = [make(item, site) for make in FEED.of(site.features, item.entry.kind) or ()]
    facts += added(site, "flux", item)
    if next_one is not None and len(item.occurrences) > 1:
        facts.insert(0, Fact("Prochaine date", texts(small(occurrence_phrase(next_one)))))
    lines = (
        f"<li><strong>{escape(typeset(fact.label))}\u00a0:</strong> "
        + "\u00a0; ".join(_linked(value, site) for value in fact.values)
        + "</li>"
        for fact in facts
        if fact.values
    )
    inside = "\n".join(lines)
    if inside:
        return f"<ul>\n{inside}\n</ul>"
    return ""


def content_of(item: Item, site: Site, facts: str, *, whole: bool) -> str:
    """The content of an item: its picture and its text too when ``whole``."""
    entry = item.entry
    summary = ""
    if entry.resume:
        summary = f"<p>{inline_html(entry.resume)}</p>"
    if not whole:
        return _joined(facts, summary)
    page = site.config.absolute(item.url)
    html = resolved(item, site.medias_of(item), site.config.siteurl, site.bodies, target_of)
    text = portable(html, lambda href: page + href if href[:1] == "#" else href, pictures=True)
    if summary:
        summary = f"<p><strong>{summary[3:-4]}</strong></p>"
    if entry.langue != "fr":  # as on its page: only an article has its summary in its language
        mine = entry.kind.info.to_read
        inside, summary = (_joined(summary, text), "") if mine else (text, summary)
        text = f'<div lang="{escape(entry.langue)}">\n{inside}\n</div>'
    return _joined(_figure(item, site), facts, summary, text)


def _joined(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _linked(value: Value, site: Site) -> str:
    text = escape(typeset(value.text))
    note = ""
    if value.note:
        note = f" ({escape(typeset(clause(value.note)))})"
    url = value.url
    if url.startswith("/"):
        url = site.config.absolute(url)
    if url:
        return f'<a href="{escape(url)}">{text}</a>{note}'
    return text + note


def _figure(item: Item, site: Site) -> str:
    # The picture that heads a content, with its legend, its credit and its licence.
    image = item.entry.image
    record = shown_picture(item, site)
    if image is None or record is None:
        return ""
    file = fallback(record)
    width, height = shown_size(record, file.largeur)
    terms = licence(image.licence, site.vocabularies).text
    credit = ", ".join(filter(None, (f"© {typeset(image.credit)}", terms)))
    legend = ""
    if image.legende:
        legend = inline_html(image.legende)
    caption = " ".join(filter(None, (legend, escape(credit))))
    source = escape(site.config.absolute(file.url))
    shown = f'<img src="{source}" alt="{escape(image.alt)}" width="{width}" height="{height}">'
    return f"<figure>{shown}<figcaption>{caption}</figcaption></figure>"


# No content is older.
_EPOCH = date(1990, 1, 1)
# What XML 1.0 cannot write (§ 2.2): one such sign would make a whole feed unreadable.
_ILLEGAL = expression("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Label(NamedTuple):
    """A word under which a reader files a content; ``code`` and ``liste`` (an address) for a theme,
    empty for a word of its author."""

    texte: str
    code: str = ""
    liste: str = ""


class FeedContent(Struct, frozen=True):
    """One content: plain texts, whole addresses, instants; ``contenu`` is HTML fit for another
    site.
    """

    id: str
    titre: str
    url: str
    langue: str
    resume: str
    contenu: str
    entier: bool
    publie: datetime
    modifie: datetime
    auteurs: tuple[Lien, ...]
    mots: tuple[Label, ...]
    licence: Lien
    image: Piece | None
    sons: tuple[Piece, ...]
    rendez_vous: Mapping[str, str]


def feed_content(item: Item, site: Site, *, whole: bool, coming: bool = False) -> FeedContent:
    """What feeds tell of an item: its whole text or its summary; with ``coming``, its next day
    first, which is all that depends on the day of the build."""
    entry = item.entry
    config = site.config
    published = entry.publie_le or _EPOCH
    whole = whole and entry.licence is not None
    next_one = item.upcoming if coming else None
    facts = facts_of(item, site, next_one)
    return FeedContent(
        id=name_of(config, item),
        titre=_title(item, next_one),
        url=config.absolute(item.url),
        langue=entry.langue,
        resume=_shown(entry.resume or ""),
        contenu=legal(content_of(item, site, facts, whole=whole)),
        entier=whole,
        publie=local(published),
        modifie=local(max(entry.modifie or published, published)),
        auteurs=tuple(
            Lien(legal(typeset(author.text)), config.absolute(author.url) if author.url else "")
            for author in names(item, site, "d_apres" if entry.d_apres else "auteurs")
        ),
        mots=tuple(_words(item, site)),
        licence=Lien(*terms_of(item, site)[:2]),
        image=picture_of(item, site),
        sons=sounds_of(item, site),
        rendez_vous=_appointment(item, site),
    )


def legal(text: str) -> str:
    """``text`` without what no XML can say."""
    return _ILLEGAL.sub("", text)


def _shown(text: str) -> str:
    return legal(typeset(plain(text)))


def _title(item: Item, next_one: Occurrence | None) -> str:
    # « Annulé : La nuit »; « Sam. 9 oct. · La nuit » where days are followed.
    off = next_one is not None and next_one.etat == "annule"  # each of its sessions, maybe
    state = STATES.get("annule" if off else getattr(item.entry, "etat", ""), "")
    title = _shown(" : ".join(filter(None, (state, item.entry.titre))))
    if next_one is None:
        return title
    return f"{capital(jour_court(next_one.first_day, annee=False))} · {title}"


def _words(item: Item, site: Site) -> list[Label]:
    # What has no page may be all that has a theme.
    themes = ""
    if site.indexes.by_theme:
        themes = site.config.absolute(THEMES)
    labels = [
        Label(capital(site.vocabularies.label("themes", code)), code if themes else "", themes)
        for code in item.entry.themes
    ]
    return labels + [Label(_shown(word)) for word in item.entry.mots_cles]


def _appointment(item: Item, site: Site) -> dict[str, str]:
    # What a machine asks of an event: its state, from when to when (ISO 8601), where.
    appointment = {"nature": nature_of(item.entry.kind)}
    if item.entry.kind.info.dated and item.occurrences:
        first = item.occurrences[0]
        last = item.occurrences[-1]
        appointment["etat"] = getattr(item.entry, "etat", "")
        appointment["debut"] = _iso(first.debut, first)
        appointment["fin"] = _iso(last.fin, last) if last.fin else ""
    lieu = site.lieu_of(item.entry)
    appointment["lieu"] = name_of(site.config, lieu) if lieu else ""
    appointment["commune"] = item.town
    return {name: value for name, value in appointment.items() if value}


def _iso(moment: datetime, occurrence: Occurrence) -> str:
    if occurrence.journee:
        return moment.date().isoformat()
    return moment.isoformat()


# Texts that are no contents, which features bring.


def own_text(url: str, site: Site) -> FeedText:
    return next(FEED_TEXT.ask(site, url))


def own_content(url: str, site: Site) -> FeedContent:
    text = own_text(url, site)
    config = site.config
    code = str(Entry.model_fields["licence"].default)
    return FeedContent(
        id=uri(config, url),
        titre=_plain(text.titre),
        url=config.absolute(url),
        langue="fr",
        resume=_plain(text.resume),
        contenu=legal(text.contenu),
        entier=True,
        publie=text.publie,
        modifie=text.publie,
        auteurs=(Lien(_plain(config.nom)),),
        mots=(),
        licence=Lien(*licence(code, site.vocabularies)),
        image=None,
        sons=(),
        rendez_vous={},
    )


def _plain(text: str) -> str:
    return legal(typeset(plain(" ".join(text.split()))))
