import { officeFault, sameOffice } from '../offices/office.ts';
import type { Office, Offices } from '../offices/office.ts';
import { column } from './column.ts';
import type { ImportKind } from './report.ts';
import { dayIn } from './table.ts';

/**
 * Offices of one body: the whole before its parts, as the file has them.
 * @param isHead whether an account is there, and holds the role of head of structure at the body
 */
export function officesImport(known: Offices, isHead: (account: string) => boolean): ImportKind<Office> {
  const all = new Map(known);
  return {
    columns: [
      column('code', ['codice', 'code']),
      column('name', ['ufficio', 'denominazione', 'name']),
      column('head', ['matricola del responsabile', 'head'], false),
      column('headAccount', ['utenza del responsabile', 'headAccount', 'head account'], false),
      column('parent', ['fa parte di', 'parent'], false),
      column('from', ['attivo dal', 'from']),
      column('to', ['attivo fino al', 'to'], false),
    ],
    read: ({ cells }) => ({
      item: {
        code: cells['code'] ?? '',
        name: cells['name'] ?? '',
        head: cells['head'] || null,
        headAccount: accountIn(cells, all),
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
      const { headAccount } = office;
      // Who has left the role since is corrected when somebody else is named, not whenever something else is.
      if (headAccount !== null && headAccount !== before?.headAccount && !isHead(headAccount))
        return {
          why: {
            it: `L’utenza «${headAccount.slice(0, 40)}» non è di un responsabile di struttura dell’ente.`,
            en: `The account “${headAccount.slice(0, 40)}” is not that of a head of structure of the body.`,
          },
        };
      all.set(office.code, office);
      return !before ? 'new' : sameOffice(before, office) ? 'same' : 'changed';
    },
  };
}

/** A file without the column leaves the account where the head stays the same: the two are of one person. */
function accountIn(cells: Readonly<Record<string, string>>, all: Offices): string | null {
  const said = cells['headAccount'];
  if (said !== undefined) return said.toLowerCase() || null;
  const before = all.get(cells['code'] ?? '');
  return before !== undefined && before.head === (cells['head'] || null) ? before.headAccount : null;
}
