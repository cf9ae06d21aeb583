export const dire = (debut, fin) => `le ${debut}${fin ? ` au ${fin}` : ''}`;

export function proposer(texte) {
  const lu = texte.match(/(\d+)[/ ](\d+|octobre)[/ ](\d{4})(?:.*?(\d+)\s*h)?/);
  return lu && `${lu[3]}-${lu[2] === 'octobre' ? '10' : lu[2].padStart(2, '0')}-${
    lu[1].padStart(2, '0')}${lu[4] ? ` ${lu[4]}:00` : ''}`;
}
