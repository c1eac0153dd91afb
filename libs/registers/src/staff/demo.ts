import type { StaffEntry } from './entries.ts';

const entry = (
  employeeRef: string,
  office: string,
  area: StaffEntry['area'],
  hiredOn: string,
): StaffEntry => ({
  ...{ employeeRef, office, area, hiredOn, leftOn: null },
});

/** Staff of the demo's Comuni: numbers, not people, in its offices. */
export const demoStaff: Readonly<Record<string, readonly StaffEntry[]>> = {
  c_borgo: [
    entry('B-0101', 'DEM', 'ISTRUTTORI', '2012-04-02'),
    entry('B-0102', 'DEM', 'OPERATORI_ESPERTI', '2008-09-01'),
    entry('B-0103', 'TEC', 'FUNZIONARI', '2016-01-04'),
    entry('B-0104', 'TEC', 'ISTRUTTORI', '2021-11-02'),
    entry('B-0105', 'RAG', 'FUNZIONARI', '2010-05-03'),
    entry('B-0106', 'POL', 'ISTRUTTORI', '2019-03-01'),
    entry('B-0107', 'BIB', 'OPERATORI', '2025-02-03'),
    entry('dipendente', 'SOC', 'ISTRUTTORI', '2018-06-04'),
  ],
  c_valle: [
    entry('V-0201', 'ANA', 'ISTRUTTORI', '2011-02-01'),
    entry('V-0202', 'TEC', 'FUNZIONARI', '2017-10-02'),
    entry('V-0203', 'TRI', 'OPERATORI_ESPERTI', '2020-07-01'),
  ],
};
