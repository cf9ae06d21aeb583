export const reprendre = async (search) => ({
  mode: search.includes('modifier') ? 'modifier' : 'reconduire',
  chemin: 'content/events/x.md',
  dit: 'Repris.',
  corps: 'Un',
  entete: {
    titre: 'Ancien', publie_le: '2021-01-01', rrule: 'FREQ=DAILY', ids_externes: { openagenda: '12' },
    debut: '2021-10-09 14:00', fin: '2021-10-10 16:00', lieu: 'la-coupole', format: ['atelier', 'salon'],
    tarif: { gratuit: 'true' }, organisateurs: ['ada', 'Un club'],
    image: { fichier: 'a.jpg', alt: 'Alt', licence: 'CC0' },
  },
});
