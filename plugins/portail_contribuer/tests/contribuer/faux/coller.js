export const lire = async (quoi) => ({
  entete: { titre: String(quoi), debut: '2021-10-09 14:00', lieu: 'la-coupole' },
  corps: 'Corps',
  pris: ['Le titre est pris.'],
  laisse: [],
});
