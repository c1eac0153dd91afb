import { webcrypto } from 'node:crypto';
import { Integer, ObjectIdentifier, OctetString, PrintableString } from 'asn1js';
import * as pkijs from 'pkijs';

/** Signs content as signing programs do. `detached`: without the content. */
export type Sign = (
  content: Buffer,
  options?: {
    readonly detached?: boolean;
    readonly withCertificate?: boolean;
    readonly digest?: 'SHA-256' | 'SHA-512';
  },
) => Promise<Buffer>;

/** A signer with a certificate of their own. */
export async function signer(): Promise<Sign> {
  const key = (await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new Integer({ value: 1 });
  const name = new pkijs.AttributeTypeAndValue({
    type: '2.5.4.3',
    value: new PrintableString({ value: 'Prova' }),
  });
  certificate.issuer.typesAndValues.push(name);
  certificate.subject.typesAndValues.push(name);
  certificate.notBefore.value = new Date('2020-01-01');
  certificate.notAfter.value = new Date('2040-01-01');
  await certificate.subjectPublicKeyInfo.importKey(key.publicKey as webcrypto.CryptoKey);
  await certificate.sign(key.privateKey as webcrypto.CryptoKey, 'SHA-256');
  return async (content, { detached = false, withCertificate = true, digest = 'SHA-256' } = {}) => {
    const hash = await webcrypto.subtle.digest(digest, content);
    const signed = new pkijs.SignedData({
      version: 1,
      encapContentInfo: new pkijs.EncapsulatedContentInfo({
        eContentType: '1.2.840.113549.1.7.1',
        ...(!detached && { eContent: new OctetString({ valueHex: new Uint8Array(content).buffer }) }),
      }),
      signerInfos: [
        new pkijs.SignerInfo({
          version: 1,
          sid: new pkijs.IssuerAndSerialNumber({
            issuer: certificate.issuer,
            serialNumber: certificate.serialNumber,
          }),
          signedAttrs: new pkijs.SignedAndUnsignedAttributes({
            type: 0,
            attributes: [
              new pkijs.Attribute({
                type: '1.2.840.113549.1.9.3',
                values: [new ObjectIdentifier({ value: '1.2.840.113549.1.7.1' })],
              }),
              new pkijs.Attribute({
                type: '1.2.840.113549.1.9.4',
                values: [new OctetString({ valueHex: hash })],
              }),
            ],
          }),
        }),
      ],
      certificates: withCertificate ? [certificate] : [],
    });
    await signed.sign(key.privateKey as webcrypto.CryptoKey, 0, digest, new Uint8Array(content).buffer);
    const info = new pkijs.ContentInfo({
      contentType: pkijs.ContentInfo.SIGNED_DATA,
      content: signed.toSchema(true),
    });
    return Buffer.from(info.toSchema().toBER());
  };
}
