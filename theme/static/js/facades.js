// What is drawn is lit while it is open: of a day, minutes from midnight, two by two.
const { auj, fuseau: timeZone = 'Europe/Paris' } = document.documentElement.dataset;
const [h, m] = new Intl.DateTimeFormat('sv', { timeZone, timeStyle: 'short' }).format().split(':');
const minute = h * 60 + Number(m);
for (const { classList, dataset } of document.querySelectorAll('[data-ouvert]')) {
  const [jour, ...bornes] = dataset.ouvert.split(' ');
  classList.toggle('ouverte', jour === auj
    && bornes.some((debut, rang) => !(rang % 2) && debut <= minute && minute < bornes[rang + 1]));
}
