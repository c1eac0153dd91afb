import type { Label } from '@iter/platform/words';
import { decideBody, evolveBody, services } from '../body.ts';
import type { Body, BodyCommand, BodyKind, Convention, Service } from '../body.ts';
import type { Mailbox } from '../mailboxes.ts';
import { officeNamed } from '../offices/office.ts';
import type { Offices } from '../offices/office.ts';
import { faultOf, sameEntry } from '../staff/entries.ts';
import type { Staff, StaffArea, StaffEntry } from '../staff/entries.ts';
import { column } from './column.ts';
import { dayIn } from './table.ts';
import type { ImportKind } from './report.ts';

/** Staff of one body, each at one of its offices, which the file names by code or by name. */
export const staffImport = (staff: Staff, offices: Offices): ImportKind<StaffEntry> => ({
  columns: [
    column('employeeRef', ['matricola', 'employeeRef', 'staff number']),
    column('office', ['ufficio', 'office']),
    column('area', ['area']),
    column('hiredOn', ['data di assunzione', 'assunto il', 'hiredOn']),
    column('leftOn', ['data di cessazione', 'cessato il', 'leftOn'], false),
  ],
  read: ({ cells }) => ({
    item: {
      employeeRef: cells['employeeRef'] ?? '',
      office: officeNamed(offices, cells['office'] ?? '')?.code ?? cells['office'] ?? '',
      area: areaIn(cells['area'] ?? '') as StaffArea,
      hiredOn: dayIn(cells['hiredOn'] ?? ''),
      leftOn: cells['leftOn'] ? dayIn(cells['leftOn']) : null,
    },
  }),
  nameOf: ({ employeeRef }) => employeeRef,
  judge(entry) {
    const why = faultOf(entry);
    if (why !== null) return { why };
    if (!offices.has(entry.office)) {
      return {
        why: {
          it: `L’ufficio «${entry.office.slice(0, 60)}» non è nel registro degli uffici.`,
          en: `The office “${entry.office.slice(0, 60)}” is not on the register of offices.`,
        },
      };
    }
    const known = staff.get(entry.employeeRef);
    return !known ? 'new' : sameEntry(known, entry) ? 'same' : 'changed';
  },
});

const areaIn = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[^A-Z]+/g, '_')
    .replace(/^(FUNZIONARI).*$/, '$1');

/** What a table of words has for one; nothing for what every object has. */
const wordIn = <T>(words: Readonly<{ [word: string]: T }>, text = ''): T | undefined =>
  Object.hasOwn(words, text.toLowerCase()) ? words[text.toLowerCase()] : undefined;

const kinds: Readonly<Record<string, BodyKind>> = {
  comune: 'comune',
  provincia: 'province',
  province: 'province',
  unione: 'union',
  union: 'union',
  altro: 'other',
  other: 'other',
};

type Register = BodyCommand & { type: 'RegisterBody' };

/** Bodies of a Province. @param find a body that is registered */
export const bodiesImport = (find: (ipa: string) => Body | null): ImportKind<Register> => ({
  columns: [
    column('ipa', ['codice IPA', 'ipa']),
    column('name', ['denominazione', 'nome', 'name']),
    column('kind', ['tipo', 'kind']),
    column('province', ['provincia', 'province'], false),
  ],
  read({ cells }) {
    const kind = wordIn(kinds, cells['kind']);
    if (!kind)
      return {
        why: {
          it: `Il tipo è uno di ${Object.keys(kinds).join(', ')}.`,
          en: `The kind is one of ${Object.keys(kinds).join(', ')}.`,
        },
      };
    const [ipa, name] = [(cells['ipa'] ?? '').toLowerCase(), cells['name'] ?? ''];
    return {
      item: { type: 'RegisterBody', ipa, name, kind, province: cells['province']?.toLowerCase() || null },
    };
  },
  nameOf: ({ ipa }) => ipa,
  judge: (command) => judged(find(command.ipa), command),
});

type Agreed = BodyCommand & { type: 'RecordConvention' };

/**
 * Conventions of Comuni with a Province. A line is judged after those above it, so that one file may end a convention and
 * begin the next.
 */
export const conventionsImport = (
  registered: (ipa: string) => Body | null,
): ImportKind<{ readonly body: string; readonly command: Agreed }> => {
  const after = new Map<string, Body | null>();
  const find = (ipa: string): Body | null => after.get(ipa) ?? registered(ipa);
  return {
    columns: [
      column('comune', ['comune', 'codice IPA', 'ipa']),
      column('id', ['convenzione', 'numero', 'id']),
      column('province', ['provincia', 'province']),
      column('services', ['servizi', 'services']),
      column('serviceModel', ['modello', 'serviceModel']),
      column('validFrom', ['valida dal', 'validFrom']),
      column('validTo', ['valida fino al', 'validTo'], false),
      column('startsUntil', ['avvii fino al', 'startsUntil'], false),
      column('rulesAct', ['atto del regolamento', 'rulesAct'], false),
      column('agreedSanction', ['sanzione concordata', 'agreed sanction'], false),
    ],
    read({ cells }) {
      const named = (cells['services'] ?? '')
        .split(/[,+|]/)
        .map((it) => it.trim().toLowerCase())
        .filter(Boolean);
      const wrong = named.find((it) => !wordIn(serviceNames, it));
      if (wrong !== undefined)
        return {
          why: {
            it: `Il servizio «${wrong.slice(0, 40)}» non esiste: ${Object.keys(serviceNames).join(', ')}.`,
            en: `There is no service “${wrong.slice(0, 40)}”: ${Object.keys(serviceNames).join(', ')}.`,
          },
        };
      const model = (cells['serviceModel'] ?? '').toUpperCase();
      if (model !== 'FULL_UPD' && model !== 'SUPPORT')
        return { why: { it: 'Il modello è FULL_UPD o SUPPORT.', en: 'The model is FULL_UPD or SUPPORT.' } };
      const [body, id] = [(cells['comune'] ?? '').toLowerCase(), cells['id'] ?? ''];
      const known = find(body)?.conventions.find((it) => it.id === id);
      const agreed = wordIn(yesOrNo, cells['agreedSanction']);
      if (cells['agreedSanction'] && agreed === undefined)
        return {
          why: { it: 'La sanzione concordata è sì o no.', en: 'The agreed sanction is yes or no (sì, no).' },
        };
      const convention: Convention = {
        id,
        province: (cells['province'] ?? '').toLowerCase(),
        services: named.flatMap((it) => wordIn(serviceNames, it) ?? []),
        serviceModel: model,
        validFrom: dayIn(cells['validFrom'] ?? ''),
        validTo: cells['validTo'] ? dayIn(cells['validTo']) : null,
        // What the file does not say stays as it is.
        startsUntil:
          cells['startsUntil'] === undefined
            ? (known?.startsUntil ?? null)
            : cells['startsUntil'] === ''
              ? null
              : dayIn(cells['startsUntil']),
        rulesAct: cells['rulesAct'] || (known?.rulesAct ?? null),
        agreedSanction: agreed ?? known?.agreedSanction ?? false,
      };
      return { item: { body, command: { type: 'RecordConvention', convention } } };
    },
    nameOf: ({ body, command }) => `${body} ${command.convention.id}`,
    judge({ body, command }) {
      const before = find(body);
      const events = decideBody(before, command);
      if (!('code' in events)) after.set(body, events.reduce(evolveBody, before));
      return judged(before, command);
    },
  };
};

type Posted = BodyCommand & { type: 'RecordMailbox' };

/** Mailboxes of bodies. */
export const mailboxesImport = (
  find: (ipa: string) => Body | null,
): ImportKind<{ readonly body: string; readonly command: Posted }> => ({
  columns: [
    column('body', ['ente', 'codice IPA', 'ipa']),
    column('address', ['indirizzo', 'address']),
    column('kind', ['tipo', 'kind']),
    column('purpose', ['uso', 'purpose']),
  ],
  read({ cells }) {
    const named = (text = ''): string => wordIn(mailboxNames, text) ?? text.toUpperCase();
    const mailbox: Mailbox = {
      address: (cells['address'] ?? '').toLowerCase(),
      kind: named(cells['kind']) as Mailbox['kind'],
      purpose: named(cells['purpose']) as Mailbox['purpose'],
    };
    return {
      item: { body: (cells['body'] ?? '').toLowerCase(), command: { type: 'RecordMailbox', mailbox } },
    };
  },
  nameOf: ({ body, command }) => `${body} ${command.mailbox.address}`,
  judge: ({ body, command }) => judged(find(body), command),
});

const yesOrNo: Readonly<Record<string, boolean>> = { sì: true, si: true, yes: true, no: false };

const mailboxNames: Readonly<Record<string, string>> = {
  pec: 'CERTIFIED_MAIL',
  posta: 'MAIL',
  protocollo: 'PROTOCOL',
  disciplina: 'DISCIPLINE',
  personale: 'STAFF',
  altro: 'OTHER',
};

const serviceNames: Readonly<Record<string, Service>> = {
  ...Object.fromEntries(services.map((it) => [it, it])),
  disciplina: 'discipline',
  selezione: 'selection',
  formazione: 'training',
  adesione: 'onboarding',
};

/** What a command would do to a body: as the register itself decides. */
function judged(
  body: Body | null,
  command: BodyCommand,
): 'new' | 'changed' | 'same' | { readonly why: Label } {
  const events = decideBody(body, command);
  if ('code' in events) return { why: events.message };
  if (events.length === 0) return 'same';
  if (command.type === 'RegisterBody') return body ? 'changed' : 'new';
  const known =
    (command.type === 'RecordConvention' &&
      body?.conventions.some(({ id }) => id === command.convention.id)) ||
    (command.type === 'RecordMailbox' &&
      body?.mailboxes.some(({ address }) => address === command.mailbox.address));
  return known ? 'changed' : 'new';
}
