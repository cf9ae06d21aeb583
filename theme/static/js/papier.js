// A sheet to print: its button, and the day when it is printed.
const racine = document.documentElement;

// The reader's day, or the pinned day of a demonstration.
const aujourdhui = () => racine.dataset.date
  ?? new Intl.DateTimeFormat('sv', { timeZone: racine.dataset.fuseau ?? 'Europe/Paris' }).format();

function dater() {
  const jour = new Date(`${aujourdhui()}T12:00Z`).toLocaleDateString('fr', { dateStyle: 'long', timeZone: 'UTC' });
  for (const un of document.querySelectorAll('[data-imprime]')) {
    un.textContent = `${un.dataset.imprime}Imprimé le ${jour.replace(/^1 /, '1er ')}`;
  }
}

addEventListener('beforeprint', dater);
for (const bouton of document.querySelectorAll('[data-imprimer]')) {
  bouton.addEventListener('click', () => print());
  bouton.hidden = false;
}
for (const phrase of document.querySelectorAll('.sans-script')) phrase.hidden = true;
for (const phrase of document.querySelectorAll('[data-apres]')) phrase.hidden = aujourdhui() <= phrase.dataset.apres;
