import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject, KeyPairKeyObjectResult } from 'node:crypto';

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const bits = (bytes: Uint8Array): Buffer => der(0x03, Buffer.from([0]), bytes);
const utcTime = (at: Date): Buffer =>
  der(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const dayMs = 86_400_000;

const nameOf = (text: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text)))));
const pemOf = (told: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(told).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

const keyPair = (): KeyPairKeyObjectResult => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A certificate of a key, valid today, signed by whoever vouches for it. Source: RFC 5280 § 4.1 */
function certificateOf(subject: string, of: KeyObject, by: KeyObject, ...extensions: Buffer[]): string {
  const told = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    // The leading byte keeps the number positive.
    der(0x02, Buffer.from([1]), randomBytes(8)),
    ...[ecdsaWithSha256, nameOf(authority)],
    sequence(utcTime(new Date(Date.now() - dayMs)), utcTime(new Date(Date.now() + dayMs))),
    ...[nameOf(subject), of.export({ type: 'spki', format: 'der' })],
    der(0xa3, sequence(...extensions)),
  );
  const signature = createSign('sha256').update(told).sign(by);
  return pemOf(sequence(told, ecdsaWithSha256, bits(signature)));
}

const authority = 'iter test authority';
const isAuthority = sequence(oid('551d13'), der(0x04, sequence(der(0x01, Buffer.from([0xff])))));
const isForAddress = sequence(oid('551d11'), der(0x04, sequence(der(0x87, Buffer.from([127, 0, 0, 1])))));

/** A certificate for 127.0.0.1, its key, and the certificate of who vouches for it, which is another; all PEM. */
export function certified(): { readonly certificate: string; readonly key: string; readonly ca: string } {
  const [above, own] = [keyPair(), keyPair()];
  return {
    certificate: certificateOf('iter test', own.publicKey, above.privateKey, isForAddress),
    key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    ca: certificateOf(authority, above.publicKey, above.privateKey, isAuthority),
  };
}
