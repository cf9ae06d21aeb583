export const proposer = (region, quoi) => { window.propose = quoi; };
