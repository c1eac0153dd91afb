/** Certified mail as providers write it, for tests. Source: RFC 6109 § 3 and 4.4 */
export interface ReceiptParts {
  readonly tipo?: string;
  readonly errore?: string;
  readonly messageId?: string;
  readonly id?: string;
  readonly to?: readonly string[];
  readonly external?: readonly string[];
  readonly deliveredTo?: string;
  readonly giorno?: string;
  readonly ora?: string;
  readonly zona?: string;
  readonly detail?: string;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const defaults = {
  tipo: 'avvenuta-consegna',
  errore: 'nessuno',
  messageId: 'lettera-1@iter.example',
  id: 'opec296.20260325101213.12345.01.1.2@pec.gestore.example',
  to: ['rita@pec.example'],
  external: [] as readonly string[],
  giorno: '25/03/2026',
  ora: '10:12:13',
  zona: '+0100',
};

/** `daticert.xml`; `deliveredTo` is the first recipient in receipts about one. */
export function daticertXml(parts: ReceiptParts = {}): string {
  const it = { ...defaults, ...parts };
  const about = ['avvenuta-consegna', 'errore-consegna', 'preavviso-errore-consegna'].includes(it.tipo);
  const deliveredTo = it.deliveredTo ?? (about ? it.to[0] : undefined);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<postacert tipo="${it.tipo}" errore="${it.errore}">`,
    '<intestazione><mittente>provincia@pec.example</mittente>',
    ...it.to.map((to) => `<destinatari tipo="certificato">${to}</destinatari>`),
    ...it.external.map((to) => `<destinatari tipo="esterno">${to}</destinatari>`),
    '<risposte>provincia@pec.example</risposte><oggetto>PD-2026-001 &amp; allegati</oggetto></intestazione>',
    '<dati><gestore-emittente>GESTORE S.P.A.</gestore-emittente>',
    `<data zona="${it.zona}"><giorno>${it.giorno}</giorno><ora>${it.ora}</ora></data>`,
    `<identificativo>${escaped(it.id)}</identificativo><msgid>${escaped(`<${it.messageId}>`)}</msgid>`,
    ...(about ? ['<ricevuta tipo="completa" />'] : []),
    ...(deliveredTo === undefined ? [] : [`<consegna>${deliveredTo}</consegna>`]),
    ...(it.detail === undefined ? [] : [`<errore-esteso>${escaped(it.detail)}</errore-esteso>`]),
    '</dati></postacert>',
  ].join('\n');
}

const base64 = (bytes: string | Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n');

export interface MailParts {
  /** Header lines of its own. */
  readonly headers?: readonly string[];
  readonly files?: readonly {
    readonly name: string;
    readonly type: string;
    readonly content: string | Uint8Array;
  }[];
  readonly from?: string;
  readonly subject?: string;
}

/** A mail of a text and files, in the form of a signed one (its signature is no signature). */
export function signedForm({ headers = [], files = [], from, subject }: MailParts): string {
  return [
    `From: ${from ?? '"Per conto di: x" <posta-certificata@pec.gestore.example>'}`,
    'To: provincia@pec.example',
    `Subject: ${subject ?? 'CONSEGNA: PD-2026-001'}`,
    'Date: Wed, 25 Mar 2026 10:12:14 +0100',
    `Message-ID: <ricevuta-${files.length}@pec.gestore.example>`,
    ...headers,
    'MIME-Version: 1.0',
    'Content-Type: multipart/signed; protocol="application/x-pkcs7-signature"; micalg=sha-256; boundary="signed"',
    '',
    '--signed',
    'Content-Type: multipart/mixed; boundary="mixed"',
    '',
    '--mixed',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Ricevuta',
    ...files.flatMap(({ name, type, content }) => [
      '--mixed',
      `Content-Type: ${type}; name="${name}"`,
      `Content-Disposition: ${type === 'message/rfc822' ? 'inline' : 'attachment'}; filename="${name}"`,
      ...(type === 'message/rfc822'
        ? ['', Buffer.from(content).toString('latin1')]
        : ['Content-Transfer-Encoding: base64', '', base64(content)]),
    ]),
    '--mixed--',
    '--signed',
    'Content-Type: application/x-pkcs7-signature; name="smime.p7s"',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="smime.p7s"',
    '',
    'AAAA',
    '--signed--',
    '',
  ].join('\r\n');
}

/** A receipt as it lies in the mailbox. */
export function receiptMail(parts: ReceiptParts = {}, original?: string): string {
  const tipo = parts.tipo ?? defaults.tipo;
  return signedForm({
    headers: [`X-Ricevuta: ${tipo}`, `X-Riferimento-Message-ID: <${parts.messageId ?? defaults.messageId}>`],
    files: [
      { name: 'daticert.xml', type: 'application/xml', content: daticertXml(parts) },
      ...(original === undefined
        ? []
        : [{ name: 'postacert.eml', type: 'message/rfc822', content: original }]),
    ],
  });
}
