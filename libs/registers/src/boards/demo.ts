import type { Board } from './board.ts';

/** The disciplinary offices of the demo: the Province's, whose president may not judge one of the employees, and Valle's own. */
export const demoBoards: Readonly<Record<string, readonly Board[]>> = {
  p_demo: [
    {
      id: 'UPD-2025',
      kind: 'UPD',
      name: 'Ufficio associato per i procedimenti disciplinari',
      act: 'Decreto del Presidente n. 12 del 20 dicembre 2024',
      validFrom: '2025-01-01',
      validTo: null,
      members: [
        {
          ...{ name: 'Ugo Presidente UPD', account: 'upd', role: 'PRESIDENT', gender: 'M' },
          incompatibilities: [
            { employeeRef: 'B-0105', account: null, reason: 'Parentela entro il quarto grado' },
          ],
        },
        {
          ...{ name: 'Marta Componente', account: null, role: 'MEMBER', gender: 'F' },
          incompatibilities: [],
        },
        {
          ...{ name: 'Silvio Componente', account: null, role: 'MEMBER', gender: 'M' },
          incompatibilities: [],
        },
        {
          ...{ name: 'Elena Supplente', account: null, role: 'SUBSTITUTE', gender: 'F' },
          incompatibilities: [],
        },
      ],
    },
  ],
  c_valle: [
    {
      id: 'UPD-VALLE-2024',
      kind: 'UPD',
      name: 'Ufficio per i procedimenti disciplinari',
      act: 'Deliberazione della Giunta comunale n. 41 del 9 maggio 2024',
      validFrom: '2024-05-15',
      validTo: null,
      members: [
        {
          ...{ name: 'Urbano UPD Valle', account: 'updvalle', role: 'PRESIDENT', gender: 'M' },
          incompatibilities: [],
        },
      ],
    },
  ],
};
