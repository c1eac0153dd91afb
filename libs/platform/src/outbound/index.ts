import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Longest address of a receiver. */
export const longestUrl = 2_000;

/** Why nothing is sent to an address that somebody names. */
export type UrlFault = 'url-unreadable' | 'url-scheme' | 'url-credentials' | 'url-fragment' | 'url-address';

/** Names of this machine, as `URL` writes them. */
const ownHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Source: IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast (RFC 5771) and reserved (RFC 1112) */
const special4 = new BlockList();
for (const [network, bits] of [
  ...([['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16]] as const),
  ...([['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24]] as const),
  ...([['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24]] as const),
  ...([['224.0.0.0', 4], ['240.0.0.0', 4]] as const),
] as const) special4.addSubnet(network, bits); // prettier-ignore

/** Only what is given out for the whole world; of it not what carries other addresses, is for documents or for benchmarks. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
/** Source: IANA IPv6 Special-Purpose Address Registry; Teredo lies in 2001::/23, 6to4 in 2002::/16 */
const special6 = new BlockList();
for (const [network, bits] of [
  ...([['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]] as const),
] as const) special6.addSubnet(network, bits, 'ipv6'); // prettier-ignore

/** Whether an IP address is one of the public internet: not of a network inside, of this machine or of a cloud's own services. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special4.check(address);
  return isIPv6(address) && global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
}

/**
 * Whether a connection may be made to what a host name led to.
 * @param own this machine itself counts, under its own names: in a demo
 */
export const mayReach = (host: string, address: string, own: boolean): boolean =>
  isPublicAddress(address) || (own && ownHosts.has(host) && /^(127(\.\d+){3}|::1)$/.test(address));

/**
 * Why something may not be sent to a URL that somebody names; null: as far as can be said without asking what its host leads
 * to, it may. Encrypted only, but in a demo to this machine itself.
 */
export function urlFault(text: string, own: boolean): UrlFault | null {
  if (text.length > longestUrl || !URL.canParse(text)) return 'url-unreadable';
  const { protocol, hostname, username, password, hash } = new URL(text);
  const isOwn = own && ownHosts.has(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isOwn)) return 'url-scheme';
  if (username !== '' || password !== '') return 'url-credentials';
  if (hash !== '') return 'url-fragment';
  const literal = hostname.replace(/^\[|\]$/g, '');
  const isLiteral = isIPv4(literal) || isIPv6(literal);
  const isLocal = isLiteral ? !isPublicAddress(literal) : /(^|\.)localhost\.?$/.test(hostname);
  return isLocal && !isOwn ? 'url-address' : null;
}
