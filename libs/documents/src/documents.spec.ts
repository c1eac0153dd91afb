import { beforeEach, describe, expect, it } from '@jest/globals';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import type { Sealer } from '@iter/platform/sealing';
import { createMemoryContents } from './content-store.ts';
import type { ContentStore } from './content-store.ts';
import { ContentAltered, createDocuments, maxDocumentBytes } from './documents.ts';
import type { Documents } from './documents.ts';
import { safeName } from './file-name.ts';
import { fileTypeOf } from './file-type.ts';

const caseId = '3b0f0a52-6f0b-5a5e-9d38-1f5f6f0f8a11';
const pdf = Buffer.from('%PDF-1.7\nCANARY-7391 relazione del responsabile');

describe('documents', () => {
  let store: ContentStore;
  let sealer: Sealer;
  let documents: Documents;

  beforeEach(() => {
    store = createMemoryContents();
    sealer = createSealer({ store: createMemoryDataKeys() });
    documents = createDocuments({ store, sealer });
  });

  const keep = async (name = 'relazione.pdf', content = pdf) => {
    const result = await documents.keep(caseId, name, content);
    if (result.outcome !== 'kept') throw new Error(result.rejection.code);
    return result.document;
  };

  it('keeps what may be filed and gives it back', async () => {
    const document = await keep();
    expect(document).toMatchObject({
      name: 'relazione.pdf',
      mediaType: 'application/pdf',
      sizeBytes: pdf.length,
    });
    expect(await documents.read(caseId, document.sha256)).toEqual(pdf);
    expect(await documents.read('other-case', document.sha256)).toBeNull();
  });

  it('stores nothing in clear', async () => {
    const { sha256 } = await keep();
    expect((await store.get(caseId, sha256))?.box.includes('CANARY')).toBe(false);
  });

  it('notices a flipped bit, and content put in the place of another', async () => {
    const { sha256 } = await keep();
    const { keyId, box } = (await store.get(caseId, sha256))!;
    const flipped = Buffer.from(box);
    flipped[20]! ^= 1;
    await store.put(caseId, sha256, { keyId, box: flipped });
    await expect(documents.read(caseId, sha256)).rejects.toThrow(ContentAltered);
    const other = await keep('altra.pdf', Buffer.from('%PDF-1.4 altro'));
    await store.put(caseId, sha256, (await store.get(caseId, other.sha256))!);
    await expect(documents.read(caseId, sha256)).rejects.toThrow(ContentAltered);
  });

  it('is gone with its key', async () => {
    const { sha256 } = await keep();
    await sealer.destroy([(await store.get(caseId, sha256))!.keyId]);
    expect(await documents.read(caseId, sha256)).toBeNull();
  });

  it.each([
    ['vuoto.pdf', Buffer.alloc(0), 'document-empty'],
    ['enorme.pdf', Buffer.concat([pdf, Buffer.alloc(maxDocumentBytes)]), 'document-too-large'],
    ['programma.exe', Buffer.from('MZ'), 'document-type-not-allowed'],
    ['finto.pdf', Buffer.from('<html>'), 'document-type-not-allowed'],
    ['doppio.pdf.exe', pdf, 'document-type-not-allowed'],
    ['poliglotta.pdf', Buffer.from('GIF89a%PDF-1.7'), 'document-type-not-allowed'],
    ['disegno.svg', Buffer.from('<svg/>'), 'document-type-not-allowed'],
    ['pagina.html', Buffer.from('<html>'), 'document-type-not-allowed'],
    ['senza-estensione', pdf, 'document-type-not-allowed'],
  ])('refuses %s', async (name, content, code) => {
    expect(await documents.keep(caseId, name, content)).toMatchObject({
      outcome: 'rejected',
      rejection: { code },
    });
  });

  it.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\temp\\atto.pdf', 'atto.pdf'],
    ['con.pdf', '_con.pdf'],
    ['fattura\u202Efdp.exe.pdf', 'fatturafdp.exe.pdf'],
    ['a\u0000b\r\n.pdf', 'ab.pdf'],
    ['.htaccess', 'htaccess'],
    ['', 'documento'],
    ['perche\u0301.txt', 'perché.txt'],
    [`${'x'.repeat(500)}.pdf`, `${'x'.repeat(116)}.pdf`],
  ])('makes the name %j safe', (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  it.each([
    ['ricevuta.eml', 'Return-Path: <a@pec.it>\r\n', 'message/rfc822'],
    [
      'atto.pdf.p7m',
      '\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02',
      'application/pkcs7-mime',
    ],
    ['nota.txt', 'perché sì', null],
    [
      'daticert.xml',
      '<?xml version="1.0" encoding="UTF-8"?>\n<postacert tipo="accettazione"/>',
      'application/xml',
    ],
    // What the Inspectorate's form saves, also with a byte order mark and an older encoding.
    [
      'comunicazione.xml',
      '\xef\xbb\xbf<?xml version="1.0" encoding="ISO-8859-1"?>\r\n<!-- modulo -->\n<Comunicazione xmlns="urn:x"><Esito>Sì</Esito></Comunicazione>',
      'application/xml',
    ],
    ['dtd.xml', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', null],
    ['stile.xml', '<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><a/>', null],
    ['stile-interno.xml', '<a><b xmlns="http://www.w3.org/1999/XSL/Transform"/></a>', null],
    ['disegno.xml', '<svg xmlns="http://www.w3.org/2000/svg"/>', null],
    ['pagina.xml', '<x:html xmlns:x="http://www.w3.org/1999/xhtml"/>', null],
    ['nascosta.xml', '<x:img xmlns:x="http://www.w3.org/1999/&#x78;html" onerror="alert(1)"/>', null],
    [
      'nascosta-2.xml',
      "<x:iframe xmlns:x = '&#104;ttp://www.w3.org/1999/xhtm&#108;' src='javascript:alert(1)'/>",
      null,
    ],
    ['formula.xml', '<math xmlns="http://www.w3.org/1998/Math/MathML"/>', null],
    [
      'formula-2.xml',
      '<m:mi xmlns:m="http://www.w3.org/1998/Math/MathML" href="javascript:alert(1)"/>',
      null,
    ],
    ['non-xml.xml', '<a non xml at all', null],
    ['aperto.xml', '<a><b></a>', null],
    ['attributo.xml', '<a b=c/>', null],
    ['minore.xml', '<a b="<"/>', null],
    ['due-radici.xml', '<a/><b/>', null],
    ['testo-dopo.xml', '<a/>testo', null],
    ['cdata-fuori.xml', '<![CDATA[x]]><a/>', null],
    ['entita.xml', '<a>&nbsp;</a>', null],
    ['entita-2.xml', '<a b="&x;"/>', null],
    ['commento.xml', '<a><!-- a -- b --></a>', null],
    // To a browser the comment goes on, and ends before an element.
    ['commento-2.xml', '<a><!--><![CDATA[ --><i/><!-- ]]> --></a>', null],
    ['alfabeto.xml', '<?xml version="1.0" encoding="ISO-2022-JP"?><a/>', null],
    ['non-utf-8.xml', '<a>perch\xe9</a>', null],
    ['profondo.xml', `${'<a>'.repeat(101)}${'</a>'.repeat(101)}`, null],
    ['numeroso.xml', `<a>${'<b/>'.repeat(100_000)}</a>`, null],
    ['parole.xml', `<a ${'b '.repeat(1_000_000)}/>`, null],
    ['parole-2.xml', `<a c=">" ${'b '.repeat(1_000_000)}/>`, null],
    ['parole-3.xml', `<a "${`<${'b '.repeat(5_000)}`.repeat(400)}">`, null],
    ['minori.xml', `${'<'.repeat(5_000_000)}>`, null],
    ['spazi-soli.xml', `<a>${' '.repeat(5_000_000)}`, null],
    ['grande.xml', `<a>${'x'.repeat(5 * 1024 * 1024)}</a>`, null],
    [
      'nomi.xml',
      '<Qualit\xc3\xa0 citt\xc3\xa0="Forl\xc3\xac &amp; Cesena">&#233; &lt;<![CDATA[ & < ]]><!-- \xc3\xa8 --></Qualit\xc3\xa0>\n',
      'application/xml',
    ],
    ['spazi.xml', '<a b = "c" d= \'e\' ></a >', 'application/xml'],
    [
      'firmato.xml',
      `<a xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Certificate>${'QUJD'.repeat(10_000)}</ds:X509Certificate></a>`,
      'application/xml',
    ],
    ['utf-16.xml', '<\x00a\x00/\x00>\x00', null],
    ['testo.xml', 'nulla', null],
  ])('knows %s', (name, content, type) => {
    expect(fileTypeOf(name, Buffer.from(content, 'latin1'))).toBe(type);
  });
});
