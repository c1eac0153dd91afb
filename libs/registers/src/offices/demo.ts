import type { Office } from './office.ts';

/** Accounts of those who head offices, by their numbers. */
const accounts: Readonly<Record<string, string>> = { 'B-0105': 'struttura', 'V-0201': 'strutturavalle' };

const office = (code: string, name: string, head: string | null, parent: string | null = null): Office => ({
  ...{ code, name, head, headAccount: accounts[head ?? ''] ?? null, parent, from: '2005-01-01', to: null },
});

/** Offices of the demo's Comuni. */
export const demoOffices: Readonly<Record<string, readonly Office[]>> = {
  c_borgo: [
    office('AMM', 'Settore amministrativo', 'B-0105'),
    office('DEM', 'Servizi demografici', 'B-0101', 'AMM'),
    office('RAG', 'Ragioneria', 'B-0105', 'AMM'),
    office('BIB', 'Biblioteca', null, 'AMM'),
    office('SOC', 'Servizi sociali', null, 'AMM'),
    office('TEC', 'Ufficio tecnico', 'B-0103'),
    office('POL', 'Polizia locale', 'B-0106'),
  ],
  c_valle: [
    office('ANA', 'Anagrafe e stato civile', 'V-0201'),
    office('TEC', 'Ufficio tecnico', 'V-0202'),
    office('TRI', 'Tributi', null),
  ],
};
