// What is drawn is lit while it is open: of a day, minutes from midnight, two by two.
const racine = document.documentElement;
const timeZone = racine.dataset.fuseau ?? 'Europe/Paris';
const [h, m] = new Intl.DateTimeFormat('sv', { timeZone, timeStyle: 'short' }).format().split(':');
const minute = h * 60 + Number(m);
for (const un of document.querySelectorAll('[data-ouvert]')) {
  const [jour, ...bornes] = un.dataset.ouvert.split(' ');
  un.classList.toggle('ouverte', jour === racine.dataset.auj
    && bornes.some((debut, rang) => rang % 2 === 0 && debut <= minute && minute < bornes[rang + 1]));
}
