"""A hand-made form of an event, as ``components/formulaire.html`` says it, and what it reads."""

import json
from html import escape

from portail.features.services.schemas.kind_schema import sentences

SCRIPTS = (
    "saisies", "lignes", "brouillon", "completion", "erreurs", "doublons", "evenement", "relire",
    "depot", "remplir", "plan", "prive",
)  # fmt: skip
FAUX = ("controle", "dates", "fichier", "image", "sorties", "apercu", "coller", "reprise")
"""Modules of other parts, of which a test gives its own."""

LIEUX = [
    ["la-coupole", "La Coupole", "Wizernes"],
    ["mediatheque-de-saint-exemple", "Médiathèque de Saint-Exemple", "Saint-Exemple"],
    ["mediatheque-l-atelier", "Médiathèque L’Atelier", "Carvin"],
    ["le-coeur", "Le Cœur <img src=x onerror=alert(1)>", "Arras"],
]
EVENTS = [
    ["spectroscope", "Fabriquer un spectroscope", "Saint-Exemple", "2021-10-03", "2021-10-03",
     "62000", "mediatheque-de-saint-exemple"],
]  # fmt: skip
FICHIERS = {
    "schema.json": {
        **sentences(),
        "required": ["titre", "resume", "publie_le", "format"],
        "properties": {
            name: {}
            for name in (
                "titre", "resume", "publie_le", "modifie", "image", "debut", "fin", "seances",
                "rrule", "lieu", "adresse", "format", "tarif", "inscription", "accessibilite",
                "organisateurs",
            )
        }
        | {"etat": {"enum": ["annule"], "x-libelles": ["annulé"]}},
    },
    "reperes/lieux.json": {"version": 1, "lignes": LIEUX},
    "reperes/auteurs.json": {"version": 1, "lignes": [["ada", "Ada Exemple", ""]]},
    "reperes/events.json": {"version": 1, "lignes": EVENTS},
    "communes.json": {
        "version": 1,
        "pas": [[0, 0, 0], [0, 0, 0]],
        "lignes": [["80021", "Amiens"], ["62765", "Saint-Omer"], ["60589", "Saint-Omer", "60"]],
    },
}  # fmt: skip


def _tete(cle, label):
    return (
        f'<label for="C-{cle}">{label}</label><p class="aide" id="Aide-{cle}">Aide.</p>'
        f'<p class="erreur" id="Erreur-{cle}" hidden></p>'
    )


def _champ(path, kind, inside, more="", hors=False):
    name = "data-hors" if hors else "data-chemin"
    return f'<div class="champ" {name}="{path}" data-saisie="{kind}" {more}>{inside}</div>'


def _texte(
    path,
    label,
    more="",
    kind="texte",
    hors=False,
    cle="",
):
    cle = cle or path.replace(".", "-")
    dit = f'aria-describedby="Aide-{cle} Erreur-{cle}"'
    tag = (
        f'<textarea id="C-{cle}" name="{cle}" {dit}></textarea>'
        if kind in ("texte-long", "corps")
        else f'<input id="C-{cle}" name="{cle}" {dit}>'
    )
    count = f'<p class="compte" id="Compte-{cle}"><b>0</b> sur 140 signes</p>'
    compte = count if path == "titre" else ""
    return _champ(path, kind, _tete(cle, label) + tag + compte, more, hors)


def _choix(path, label, codes, more="", **told):
    kind, hors = told.get("kind", "option"), bool(told.get("hors"))
    cle, sort = path.replace(".", "-"), "checkbox" if kind == "cases" else "radio"
    boxes = "".join(
        f'<label class="choix"><input type="{sort}" name="{cle}" value="{code}"'
        f"{f' id=C-{cle}' if not rank else ''}{' checked' if not rank and hors else ''}> "
        f"{code or 'rien'}</label>"
        for rank, code in enumerate(codes)
    )
    error = f'<p class="erreur" id="Erreur-{cle}" hidden></p>'
    name = "data-hors" if hors else "data-chemin"
    return (
        f'<fieldset class="champ" {name}="{path}" data-saisie="{kind}" {more}>'
        f"<legend>{label}</legend>{error}{boxes}</fieldset>"
    )


def _combo(path, label, kind, folders, more=""):
    cle = path.replace(".", "-")
    chosen = '<ul class="choisis" data-choisis></ul>' if kind == "references" else ""
    combo = (
        f'<div class="combo"><input id="C-{cle}" name="{cle}" role="combobox" autocomplete="off" '
        f'aria-autocomplete="list" aria-expanded="false" aria-controls="Liste-{cle}">'
        f'<ul role="listbox" id="Liste-{cle}" aria-label="{label}" hidden></ul></div>'
    )
    found = "" if chosen else '<p class="trouve" data-trouve hidden></p>'
    refs = f'data-references="{folders}" {more}'
    return _champ(path, kind, _tete(cle, label) + chosen + combo + found, refs)


def _seance(n):
    parts = "".join(
        f'<p><label for="C-seances-{n}-{part}">{label}</label> <input id="C-seances-{n}-{part}" '
        f'name="seances-{n}-{part}" type="{kind}" data-part="{part}"></p>'
        for part, label, kind in (
            ("jour", "Jour", "date"), ("de", "De", "time"), ("a", "À", "time"),
        )
    )  # fmt: skip
    last = (
        f'<details><summary>Finit un autre jour</summary><label for="C-seances-{n}-dernier">Dernier'
        f'</label><input id="C-seances-{n}-dernier" type="date" data-part="dernier"></details>'
    )
    error = f'<p class="erreur" id="Erreur-seances-{n}" hidden></p>'
    read = '<p class="lu" data-lu hidden>Sera lu : <b></b></p>'
    return (
        f'<div class="rang" data-rang="{n}" role="group"><h3>Séance <span data-numero>1</span>'
        '</h3><button type="button" data-retirer>Supprimer</button><fieldset class="champ" '
        f'data-chemin="" data-saisie="seance"><legend>Jour et heures</legend>{error}{parts}{read}'
        f"{last}</fieldset>{_texte('note', 'Note', cle=f'note{n}')}</div>"
    )


def _acces():
    rows = "".join(
        f'<tr data-part="{one}"><th scope="row">{one}</th>'
        + "".join(
            f'<td><label><input type="radio" name="accessibilite-{one}" value="{code}"'
            f"{' checked' if code == 'inconnu' else ''}> {code}</label></td>"
            for code in ("oui", "partiel", "non", "inconnu")
        )
        + "</tr>"
        for one in ("moteur", "visuel")
    )
    error = '<p class="erreur" id="Erreur-accessibilite" hidden></p>'
    return _champ("accessibilite", "acces", f"{error}<table>{rows}</table>")


def _image():
    return _champ(
        "image.fichier",
        "image",
        '<label for="C-image">Image</label><p class="erreur" id="Erreur-image" hidden></p>'
        '<div class="depot"><canvas hidden></canvas><p data-etat>Déposez.</p><input type="file" '
        'id="C-image"><button type="button" data-oter hidden>Retirer</button></div>',
    ) + _texte("image.alt", "Alt", 'data-si="image.fichier=*"')


def _bloc(cle, *inside):
    return f'<fieldset class="bloc" id="Bloc-{cle}">{"".join(inside)}</fieldset>'


MODES = ("sur-place", "en-ligne", "les-deux", "partout")


def _blocs():
    there, paid = 'data-si="mode=sur-place,les-deux"', 'data-si="gratuite=payant"'
    elsewhere = 'data-si="mode=sur-place,les-deux;lieu=?"'
    return "".join(
        (
            _bloc("essentiel", _texte("titre", "Titre"),
                  '<div id="Doublon" aria-live="polite" hidden></div>',
                  _texte("resume", "Résumé", kind="texte-long"),
                  _choix("format", "Format", ("atelier", "visite"), kind="cases")),
            _bloc("quand", f'<div data-lignes="seances">{_seance("0")}<p class="actions"><button '
                  'type="button" data-ajouter>+ Ajouter une séance</button></p><template>'
                  f'{_seance("__n__")}</template></div>'),
            _bloc("ou", _choix("mode", "Mode", MODES, hors="1"),
                  _combo("lieu", "Lieu", "reference", "lieux", there),
                  _combo("adresse.commune", "Commune", "commune", "", elsewhere),
                  f'<details {elsewhere}><summary>Adresse</summary>'
                  f'{_texte("adresse.nom", "Nom")}</details>',
                  _texte("en_ligne", "Adresse en ligne", 'data-si="mode=en-ligne,les-deux"')),
            _bloc("publics", _choix("gratuite", "Tarif", ("", "gratuit", "payant"), hors="1"),
                  _texte("tarif.prix", "Prix", paid, "nombre"),
                  _choix("inscription.regime", "Inscription",
                         ("aucune", "conseillee", "obligatoire")),
                  _texte("inscription.telephone", "Téléphone",
                         'data-si="inscription.regime=conseillee,obligatoire"'), _acces()),
            _bloc("texte", _image(), '<div id="Texte"></div>',
                  _texte("corps", "Texte", kind="corps", hors=True)),
            _bloc("vous", _combo("organisateurs", "Organisateurs", "references", "lieux auteurs"),
                  _texte("mots_cles", "Mots-clés", kind="liste-de-textes"),
                  _texte("courriel", "Votre adresse", hors=True),
                  _champ("accord", "oui", '<p class="erreur" id="Erreur-accord" hidden></p><label>'
                         '<input type="checkbox" id="C-accord" name="accord" value="true">'
                         "D’accord</label>", hors=True)),
        )
    )  # fmt: skip


def page(modules=FAUX):
    """The page of a form; ``modules`` are those that a test answers for."""
    known = {name: f"/theme/js/contribuer-{name}.js" for name in SCRIPTS}
    known |= {name: f"/faux/{name}.js" for name in modules}
    addresses = {"schema": "/d/schema.json", "region": "/d/communes.json"}
    addresses |= {name: f"/d/{name}/" for name in ("reperes", "communes", "fichiers")}
    plan = "".join(
        f'<li><a href="#Bloc-{one}"><span class="e"><b aria-hidden="true"></b> <span>à remplir'
        "</span></span></a></li>"
        for one in ("essentiel", "quand", "ou", "publics", "texte", "vous")
    )
    return (
        '<!doctype html><html lang="fr" data-date="2021-09-27" data-auj="2021-09-27">'
        '<meta charset="utf-8">'
        '<meta http-equiv="content-security-policy" content="default-src \'self\'">'
        '<title>Formulaire</title><script type="module" data-champ="/theme/js/champ.js" '
        'data-commun="/theme/js/commun.js" '
        'src="/theme/js/contribuer.js"></script><body><main>'
        f'<nav id="Plan"><h2>Plan</h2><ol>{plan}</ol></nav>'
        f'<form id="Formulaire" novalidate autocomplete="off" data-genre="evenement" '
        f'data-dossier="events" data-modules="{escape(json.dumps(known))}" '
        f'data-adresses="{escape(json.dumps(addresses))}">'
        '<div id="Brouillon"><p role="status" data-dit>Rien n’est envoyé.</p></div>'
        '<div id="Coller"><button type="button" data-ouvrir aria-expanded="false" '
        'aria-controls="Coller-ici">Coller</button><div id="Coller-ici" hidden><textarea '
        'id="C-coller" aria-label="Coller"></textarea><button type="button" data-remplir>Remplir'
        '</button><div data-bilan></div></div></div><div id="Sommaire" tabindex="-1" '
        f"hidden></div>{_blocs()}"
        '<section id="Proposer"><h2 tabindex="-1">Relire et proposer</h2><p data-avant>Avant</p>'
        '<p><button type="submit">Vérifier et relire</button> <button type="button" data-garder>'
        'Garder</button></p><div id="Pret" hidden><div id="Apercu-lignes"></div><button '
        'type="button" data-page-entiere>Voir</button><div id="Sorties"></div></div></section>'
        "</form></main></body></html>"
    )
