import { describe, expect, it } from '@jest/globals';
import type { LibraryItem, PublishedVersion } from '@iter/registers/library';
import { describePackage, describeVerdict, matches } from './describe.ts';
import { describeChange } from './difference.ts';
import { judgeArchive } from './publish.ts';

const change = {
  section: 'forms',
  file: 'processes/p/forms/f.json',
  kind: 'changed',
} as const;

describe('a change, for people', () => {
  it('says what of which thing was and is', () => {
    const told = describeChange({
      ...change,
      path: 'components/f/validate/maxLength',
      of: 'Tema',
      before: 120,
      after: 200,
    });
    expect(told).toMatchObject({ of: 'Tema', field: 'maxLength', before: '120', after: '200', patch: null });
  });

  it('names a thing that came or went by its name, or by its id and never by what is around it', () => {
    const added = { ...change, kind: 'added', path: 'components/field_x', of: 'Tutto il modulo' } as const;
    expect(describeChange({ ...added, after: { id: 'field_x', label: 'Urgenza' } })).toMatchObject({
      ...{ of: 'Urgenza', field: null, before: null, after: null },
    });
    expect(describeChange({ ...added, after: { id: 'field_x' } })).toMatchObject({ of: 'field_x' });
    // A value has no name of its own: it is a part of what is around it.
    expect(describeChange({ ...added, path: 'components/f/description', after: 'x' })).toMatchObject({
      ...{ of: 'Tutto il modulo', field: 'description', after: 'x' },
    });
  });

  it('passes over places that only count, and does not tell how a drawing was drawn', () => {
    expect(describeChange({ ...change, path: 'steps/3/to/1', before: 'A', after: 'B' })).toMatchObject({
      field: 'to',
    });
    const layout = describeChange({ ...change, path: 'layout', before: '<a/>', after: '<b/>' });
    expect(layout).toMatchObject({ field: 'layout', before: null, after: null });
  });

  it('is never longer than people read', () => {
    const told = describeChange({
      ...change,
      path: 'name',
      before: 'a'.repeat(900),
      after: ['b'.repeat(900)],
    });
    expect([told.before?.length, told.after?.length]).toEqual([300, 300]);
    const patch = describeChange({
      ...change,
      path: '',
      patch: `1\n2\n3\n4\n${'+riga\n'.repeat(2_000)}`,
    }).patch;
    expect(patch?.startsWith('+riga')).toBe(true);
    expect(patch).toHaveLength(4_000);
  });
});

const version = (number: string, more: Partial<PublishedVersion> = {}): PublishedVersion => ({
  ...{ version: number, name: 'Richiesta', summary: { it: 'Un parere', en: 'Advice' }, licence: 'EUPL-1.2' },
  origin: { body: 'p_a', name: 'Provincia A' },
  ...{ authors: ['Sportello'], basedOn: null, processes: ['desk-request'], contentHash: `sha256:${number}` },
  ...{ archive: number, sizeBytes: 1, fingerprint: null, publishedAt: '2026-03-06', publishedBy: 'p_a' },
  withdrawn: null,
  ...more,
});
const item = (...versions: PublishedVersion[]): LibraryItem => ({ versions, uses: [] });
const basedOn = (contentHash: string) => ({
  ...{ origin: { body: 'p_a', name: 'Provincia A' }, key: 'desk-request', version: '1.0.0', contentHash },
});

describe('a package, for people', () => {
  const original = item(
    version('1.0.0'),
    version('1.1.0'),
    version('1.2.0', { withdrawn: { at: 'x', reason: 'y' } }),
  );
  const other = item(
    version('1.0.0', { origin: { body: 'p_b', name: 'Provincia B' }, basedOn: basedOn('sha256:1.0.0') }),
  );
  const forged = item(version('3.0.0', { basedOn: basedOn('sha256:other') }));
  const all = new Map([
    ['p_a.desk-request', original],
    ['p_b.desk-request', other],
    ['p_c.desk-request', forged],
  ]);
  const shelf = { find: (key: string) => all.get(key) ?? null, list: () => [...all] };
  const bodies = { find: (ipa: string) => (ipa === 'p_a' ? { name: 'Provincia di A' } : null) };
  const shown = (key: string) => describePackage(key, all.get(key)!, shelf, bodies, new Map());

  it('is offered in its last version that can be adopted, and lists all of them, the latest first', () => {
    const told = shown('p_a.desk-request');
    expect(told).toMatchObject({
      version: '1.1.0',
      withdrawn: false,
      versions: 3,
      figures: null,
      service: 'onboarding',
    });
    expect(told.all.map((it) => it.version)).toEqual(['1.2.0', '1.1.0', '1.0.0']);
  });

  it('knows what it was made from by its content, and what others made of it', () => {
    expect(shown('p_a.desk-request').derived.map(({ key, from }) => [key, from])).toEqual([
      ['p_b.desk-request', '1.0.0'],
    ]);
    expect(shown('p_b.desk-request').all[0]?.basedOn).toMatchObject({
      ...{ key: 'p_a.desk-request', known: true, later: ['1.1.0'] },
    });
    expect(shown('p_c.desk-request').all[0]?.basedOn).toMatchObject({ known: false, later: [] });
  });

  it('calls bodies as they are registered, and others as the package does', () => {
    expect([shown('p_a.desk-request').origin.name, shown('p_b.desk-request').origin.name]).toEqual([
      ...['Provincia di A', 'Provincia B'],
    ]);
  });

  it('is found by what it says of itself, in whatever case of letters', () => {
    const found = (text: string) => matches('p_a.desk-request', original, text);
    expect(['parere', 'ADVICE', 'provincia a', 'sportello', 'desk-', ''].every(found)).toBe(true);
    expect(found('concorso')).toBe(false);
  });
});

it('says what keeps an archive from being published in the language of whoever reads it', async () => {
  const packages = {
    inspect: () =>
      Promise.resolve({
        ...{ opened: null, broken: [], errors: [] },
        personalData: [{ path: 'README.md', line: 2, kind: 'iban' }],
      }),
  };
  const judged = await judgeArchive(
    { packages } as unknown as Parameters<typeof judgeArchive>[0],
    new Uint8Array(1),
  );
  const told = (language: 'it' | 'en') =>
    describeVerdict(judged, { find: () => undefined } as never, {} as never, language).problems;
  const place = { code: 'personal-data', place: 'README.md:2' };
  expect(told('it')).toEqual([{ ...place, message: 'Sembra un IBAN.' }]);
  expect(told('en')).toEqual([{ ...place, message: 'It looks like an IBAN.' }]);
});
