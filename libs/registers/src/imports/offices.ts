import { officeFault, sameOffice } from '../offices/office.ts';
import type { Office, Offices } from '../offices/office.ts';
import { column } from './column.ts';
import type { ImportKind } from './report.ts';
import { dayIn } from './table.ts';

/** Offices of one body: the whole before its parts, as the file has them. */
export function officesImport(known: Offices): ImportKind<Office> {
  const all = new Map(known);
  return {
    columns: [
      column('code', ['codice', 'code']),
      column('name', ['ufficio', 'denominazione', 'name']),
      column('head', ['matricola del responsabile', 'head'], false),
      column('parent', ['fa parte di', 'parent'], false),
      column('from', ['attivo dal', 'from']),
      column('to', ['attivo fino al', 'to'], false),
    ],
    read: ({ cells }) => ({
      item: {
        code: cells['code'] ?? '',
        name: cells['name'] ?? '',
        head: cells['head'] || null,
        parent: cells['parent'] || null,
        from: dayIn(cells['from'] ?? ''),
        to: cells['to'] ? dayIn(cells['to']) : null,
      },
    }),
    nameOf: ({ code }) => code,
    judge(office) {
      const before = all.get(office.code);
      const why = officeFault(office, new Map(all).set(office.code, office));
      if (why !== null) return { why };
      all.set(office.code, office);
      return !before ? 'new' : sameOffice(before, office) ? 'same' : 'changed';
    },
  };
}
