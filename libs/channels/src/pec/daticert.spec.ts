import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDaticert } from './daticert.ts';
import { withoutLabour } from '../../../../test/support/labour.ts';
import { daticertXml } from '../../../../test/support/pec.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (xml: string) => readDaticert(bytes(xml));
const faultOf = (xml: string) => {
  const answer = read(xml);
  return answer.ok ? null : answer.fault;
};

describe('daticert.xml', () => {
  it('is read whole', () => {
    expect(read(daticertXml({ external: ['x@mail.example'], detail: 'a < b' }))).toEqual({
      ok: true,
      daticert: {
        kind: 'delivery',
        error: 'none',
        sender: 'provincia@pec.example',
        recipients: [
          { address: 'rita@pec.example', certified: true },
          { address: 'x@mail.example', certified: false },
        ],
        subject: 'PD-2026-001 & allegati',
        provider: 'GESTORE S.P.A.',
        at: '2026-03-25T10:12:13+01:00',
        id: 'opec296.20260325101213.12345.01.1.2@pec.gestore.example',
        messageId: 'lettera-1@iter.example',
        extent: 'complete',
        deliveredTo: 'rita@pec.example',
        receivedBy: [],
        detail: 'a < b',
      },
    });
  });

  it.each([
    ['accettazione', 'acceptance'],
    ['non-accettazione', 'non-acceptance'],
    ['presa-in-carico', 'taking-charge'],
    ['posta-certificata', 'transport'],
    ['errore-consegna', 'delivery-error'],
    ['preavviso-errore-consegna', 'delivery-warning'],
    ['rilevazione-virus', 'virus-detection'],
  ])('tells %s', (tipo, kind) => {
    expect(read(daticertXml({ tipo }))).toMatchObject({ ok: true, daticert: { kind } });
  });

  it.each([
    [{ giorno: '30/02/2026' }, 'giorno'],
    [{ giorno: '31/04/2026' }, 'giorno'],
    [{ giorno: '2026-03-25' }, 'giorno'],
    [{ giorno: '25/03/1999' }, 'giorno'],
    [{ ora: '24:00:00' }, 'ora'],
    [{ ora: '10:12' }, 'ora'],
    [{ zona: 'CET' }, 'data/@zona'],
    [{ zona: '+1500' }, 'data/@zona'],
  ])('refuses the moment of %j', (parts, where) => {
    expect(faultOf(daticertXml(parts))).toEqual({ code: 'wrong-date', where });
  });

  it('keeps the offset as it stands, and leap days', () => {
    expect(read(daticertXml({ giorno: '29/02/2028', zona: '-0330' }))).toMatchObject({
      daticert: { at: '2028-02-29T10:12:13-03:30' },
    });
  });

  it.each([
    [
      'two dates',
      (xml: string) => xml.replace('<identificativo>', '<data zona="+0100"/><identificativo>'),
      'repeated',
    ],
    ['two messages', (xml: string) => xml.replace('<msgid>', '<msgid>b</msgid><msgid>'), 'repeated'],
    ['no date', (xml: string) => xml.replace(/<data.*<\/data>/, ''), 'missing'],
    ['no recipient', (xml: string) => xml.replace(/<destinatari.*<\/destinatari>/, ''), 'missing'],
    ['a kind that is none', (xml: string) => xml.replace('avvenuta-consegna', 'constructor'), 'wrong-value'],
    ['another file', () => '<a/>', 'not-daticert'],
    ['no XML', () => 'ciao', 'malformed'],
    ['half a file', (xml: string) => xml.slice(0, -30), 'malformed'],
    ['two roots', (xml: string) => `${xml}<a/>`, 'malformed'],
    ['an unknown reference', (xml: string) => xml.replace('GESTORE', '&gestore;'), 'malformed'],
    [
      'a document type',
      (xml: string) => xml.replace('?>', '?><!DOCTYPE postacert SYSTEM "file:///etc/passwd">'),
      'forbidden',
    ],
    ['a processing instruction', (xml: string) => xml.replace('?>', '?><?php x?>'), 'forbidden'],
    ['another encoding', (xml: string) => xml.replace('UTF-8', 'UTF-7'), 'encoding'],
    [
      'depth',
      (xml: string) => xml.replace('<risposte>', `<risposte>${'<a>'.repeat(12)}${'</a>'.repeat(12)}`),
      'too-complex',
    ],
    [
      'many elements',
      (xml: string) => xml.replace('<risposte>', `${'<a/>'.repeat(5_000)}<risposte>`),
      'too-complex',
    ],
    ['a large file', (xml: string) => `${xml}${' '.repeat(1024 * 1024)}`, 'too-large'],
  ])('refuses %s', (_, make, code) => {
    expect(faultOf(make(daticertXml()))?.code).toBe(code);
  });

  it('refuses entity bombs and endless tags without labour', async () => {
    const bomb = `<!DOCTYPE a [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, n) => `<!ENTITY a${n} "${'&a;'.repeat(10)}">`).join('')}]>`;
    const code = (xml: string) => withoutLabour(1_000, () => faultOf(xml)?.code);
    expect(await code(`${bomb}${daticertXml().replace(/<\?.*\?>/, '')}`)).toBe('forbidden');
    expect(await code(`<postacert ${'a '.repeat(400_000)}>`)).toBe('malformed');
    expect(await code('<'.repeat(500_000))).toBe('malformed');
    expect(await code('<![CDATA['.repeat(110_000))).toBe('malformed');
  });

  it('reads Latin-1 where it is declared', () => {
    const xml = daticertXml().replace('UTF-8', 'ISO-8859-1').replace('GESTORE', 'GESTORÈ');
    expect(readDaticert(Buffer.from(xml, 'latin1'))).toMatchObject({
      daticert: { provider: 'GESTORÈ S.P.A.' },
    });
    expect(readDaticert(Buffer.from(xml.replace('ISO-8859-1', 'UTF-8'), 'latin1'))).toMatchObject({
      fault: { code: 'encoding' },
    });
  });

  it('never throws, whatever is done to a file', () => {
    const good = daticertXml();
    fc.assert(
      fc.property(
        fc.nat(good.length),
        fc.nat(40),
        fc.oneof(
          fc.string({ maxLength: 40 }),
          fc.constantFrom('<', '>', '"', '&#0;', '<!--', '<![CDATA[', ']]>', '</', '<?'),
        ),
        (at, cut, put) => {
          const answer = read(good.slice(0, at) + put + good.slice(at + cut));
          if (answer.ok) expect(Number.isNaN(Date.parse(answer.daticert.at))).toBe(false);
        },
      ),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (junk) => typeof readDaticert(junk).ok === 'boolean'),
    );
  });
});
