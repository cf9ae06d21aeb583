"""What fills the views: a body, facts, figures, loans, sources."""

from portail.body.document import Heading
from portail.model.entry import ReferenceBiblio
from portail.outputs.pages.views.shared import Fait, Lien, Picture, Variante
from portail.text.typography import SafeHtml

PHOTO = Picture("/medias/planetarium.jpg", "Une voûte étoilée projetée dans une salle ronde.",
                1280, 800, "La Coupole", "Le planétarium, un soir d’hiver.", "CC BY 4.0",
                tuple(Variante(f"/medias/planetarium.jpg.{width}.{ending}", width, f"image/{kind}")
                      for ending, kind in (("avif", "avif"), ("webp", "webp"), ("jpg", "jpeg"))
                      for width in (480, 800, 1280)))  # fmt: skip
CORPS = SafeHtml(
    "<p>Jupiter et Saturne se suivent cet automne, bas vers le sud. <em>Astacus astacus</em> et "
    '<a href="/lieux/la-coupole/">La Coupole</a>.<sup class="appel" id="appel-1">'
    '<a href="#note-1" role="doc-noteref" aria-label="Note 1">1</a></sup></p>'
    '<aside class="encadre a-retenir" role="note" aria-labelledby="encadre-1">'
    '<p class="encadre-titre" id="encadre-1">À retenir</p><ul><li>Un point.</li>'
    "<li>Un autre point, plus long, qui passe à la ligne sur un téléphone.</li></ul></aside>"
    '<h2 id="deroule">Déroulé</h2><ul><li><strong>20 h 30</strong> : lecture du ciel.</li>'
    "<li>Jupiter, ses lunes.<ul><li>Io</li><li>Europe</li></ul></li>"
    '<li class="tache"><span class="tache-case" role="img" aria-label="Fait">☑</span> fait</li>'
    '</ul><h3 id="materiel">Matériel</h3><ol><li>Une lunette.</li><li>Un trépied.</li></ol>'
    "<blockquote><p>Deux planètes géantes au même bout de ciel.</p></blockquote>"
    '<h2 id="dates">Dates</h2><div class="tableau" role="region" tabindex="0" '
    'aria-label="Tableau 1"><table><thead><tr><th scope="col" class="gauche">Astre</th>'
    '<th scope="col" class="droite">Magnitude</th><th scope="col" class="centre">Signe</th></tr>'
    '</thead><tbody><tr><td class="gauche">Jupiter</td><td class="droite">−2,7</td>'
    '<td class="centre">Verseau</td></tr></tbody></table></div>'
    '<pre tabindex="0"><code>python -m observation --astre jupiter --instrument lunette'
    " --lieu val-exemple</code></pre>"
    '<figure><img src="/medias/carte.png" alt="Carte du ciel." width="1200" height="700">'
    '<figcaption>Le ciel du 8 octobre. <span class="credit">Observatoire</span></figcaption>'
    '</figure><aside class="encadre definition" role="note" aria-labelledby="encadre-2">'
    '<p class="encadre-titre" id="encadre-2">Définition : opposition</p><p>Moment où la Terre '
    "passe entre le Soleil et une planète.</p></aside>"
    '<aside class="encadre attention" role="note" aria-labelledby="encadre-3">'
    '<p class="encadre-titre" id="encadre-3">Attention</p><p>Ne jamais viser le Soleil.</p></aside>'
    '<h2 id="suite">Pour la suite</h2><dl><dt>Io</dt><dd>La plus volcanique.</dd></dl><hr>'
    "<p>https://exemple.org/une/adresse/tres/longue/qui/ne/se/coupe/nulle/part/du/tout.html</p>"
    '<section class="notes en-marge" role="doc-endnotes" aria-labelledby="notes">'
    '<h2 id="notes">Notes</h2><ol><li id="note-1"><p>Une note. <a class="retour" '
    'href="#appel-1" role="doc-backlink" '
    'aria-label="Retour au texte, note 1">↩</a></p></li></ol></section>'
)
SOMMAIRE = (
    Heading(2, "deroule", "Déroulé"),
    Heading(3, "materiel", "Matériel"),
    Heading(2, "dates", "Dates"),
    Heading(2, "suite", "Pour la suite"),
)
REFERENCES = (
    ReferenceBiblio(titre="Rapport d’activité 2021", url="https://exemple.org/r.pdf", note="p. 12"),
    ReferenceBiblio(titre="*Astacus astacus* en région", doi="10.1000/182"),
)
FAITS = (
    Fait("Où", (Lien("Observatoire de Val-Exemple", "/lieux/observatoire/"), Lien("Val-Exemple"))),
    Fait("Tarif", (Lien("5,50 €, réduit 3 €"),)),
    Fait("Public", (Lien("Tout public"), Lien("dès 7 ans"))),
    Fait("Accessibilité", (
        Lien("Moteur : en partie accessible", note="entrée par la cour", signe="partiel"),
        Lien("Auditif : non accessible", signe="non"),
        Lien("Visuel, mental, psychique : non renseigné", signe="inconnu"),
    )),
    Fait("Contact", (
        Lien("contact@observatoire-de-val-exemple.exemple.org", "mailto:contact@exemple.org",
             signe="courriel"),
        Lien("03 21 00 00 00", "tel:0321000000", signe="telephone"),
    )),
    Fait("Durée", ()),
    Fait("Horaires", (Lien("Du mardi au vendredi : de 10 h à 12 h"),)),
)  # fmt: skip
CHIFFRES = (
    Fait("Places au planétarium, dont 4 pour fauteuils", (Lien("130"),)),
    Fait("Visiteurs depuis l’ouverture", (Lien("3 M", note="2021, rapport d’activité"),)),
    Fait("Expositions depuis 1997", (Lien("≈ 20"),)),
)
PRETS = (
    Fait("Du 1er au 15 octobre 2021", (Lien("La Coupole", "/lieux/la-coupole/", "Wizernes (62)"),)),
    Fait("Du 20 octobre au 3 novembre 2021", (Lien("Collège Exemple"), Lien("exemplaire 2"))),
)
