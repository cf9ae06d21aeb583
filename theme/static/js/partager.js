// Share, copy, print. Without this module its buttons are not shown (article.css).
const lien = document.querySelector('link[rel="canonical"]');
const adresse = lien ? lien.href : location.href.split("#")[0];
const statut = document.querySelector(".partage .statut, .statut");

// The region was empty before: what is put in it is spoken.
const dire = (texte) => {
  statut.textContent = "";
  setTimeout(() => { statut.textContent = texte; }, 50);
};

const choisir = (element) => {
  if (element.select) return element.select();
  getSelection().selectAllChildren(element);
};

const copier = async (texte, fait, element) => {
  try {
    await navigator.clipboard.writeText(texte);
    dire(fait);
  } catch {
    if (element) choisir(element);
    dire(element ? "Le texte est sélectionné : copiez-le." : `Copiez cette adresse : ${texte}`);
  }
};

for (const bouton of document.querySelectorAll("[data-partager]")) {
  if (!navigator.share) bouton.querySelector("span").textContent = "Copier le lien";
  bouton.addEventListener("click", async () => {
    if (!navigator.share) return copier(adresse, "Le lien est copié.");
    const titre = document.querySelector("h1").textContent;
    try {
      await navigator.share({ title: titre, url: adresse });
    } catch (erreur) {
      if (erreur.name !== "AbortError") copier(adresse, "Le lien est copié.");
    }
  });
}
for (const bouton of document.querySelectorAll("[data-copier]")) {
  bouton.addEventListener("click", () => {
    const source = document.getElementById(bouton.dataset.copier);
    copier(source.value ?? source.textContent, "Le texte est copié.", source);
  });
}
for (const bouton of document.querySelectorAll("[data-imprimer]")) {
  bouton.addEventListener("click", () => print());
}
