// Today at the reader's date: the sheet ruban.css only knows the day of the build.
const racine = document.documentElement;
const aujourdhui = racine.dataset.date
  ?? new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris' }).format();

racine.dataset.auj = aujourdhui; // puts the mark of the build out
for (const jour of document.querySelectorAll(`[data-jour="${aujourdhui}"]`)) {
  jour.classList.add('auj');
  jour.setAttribute('aria-current', 'date');
  // The rank of the day, for the tick of today across what lasts: 1 on Monday.
  jour.closest('[data-semaine]')?.style.setProperty('--auj', new Date(aujourdhui).getUTCDay() || 7);
}
