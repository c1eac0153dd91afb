import { describe, expect, it } from '@jest/globals';
import { isPublicAddress, mayReach, urlFault } from './index.ts';

describe('what is outside', () => {
  it.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
    ...['172.31.255.255', '192.0.0.8', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.19.255.255'],
    ...['198.51.100.7', '203.0.113.9', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::7f00:1',
      'fc00::1',
      'fd12::1',
      'fe80::1',
    ],
    ...['fec0::1', 'ff02::1', '2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', 'fd00:ec2::254'],
    ...['', 'localhost', '1.2.3', '8.8.8.8 '],
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '8.8.8.8',
    '172.15.255.255',
    '172.32.0.1',
    '100.128.0.1',
    '2a00:1450:4002::200e',
    '2606:4700::1111',
  ])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it('is in a demo also this machine, under its own names and no others', () => {
    expect(mayReach('localhost', '127.0.0.1', true)).toBe(true);
    expect(mayReach('[::1]', '::1', true)).toBe(true);
    expect(mayReach('localhost', '127.0.0.1', false)).toBe(false);
    expect(mayReach('hook.example', '127.0.0.1', true)).toBe(false);
    expect(mayReach('localhost', '10.0.0.1', true)).toBe(false);
  });
});

describe('the address of a receiver', () => {
  const https = 'https://hooks.comune.example/iter?token=1';
  it.each([
    [https, null],
    ['https://8.8.8.8/', null],
    ['http://hooks.comune.example/', 'url-scheme'],
    ...[
      'file:///etc/passwd',
      'gopher://x.example/',
      'ftp://x.example/',
      'javascript:alert(1)',
      'data:,x',
    ].map((url) => [url, 'url-scheme'] as const),
    ['http://localhost/', 'url-scheme'],
    // However the same address is written.
    ...[
      'localhost',
      'LOCALHOST',
      'localhost.',
      'a.localhost',
      '127.0.0.1',
      '127.1',
      '0x7f000001',
      '2130706433',
    ].map((host) => [`https://${host}/`, 'url-address'] as const),
    ...[
      '017700000001',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '169.254.169.254',
      '[fd00::1]',
      '10.0.0.8',
      '１２７.0.0.1',
    ].map((host) => [`https://${host}/`, 'url-address'] as const),
    ['https://user:secret@hooks.comune.example/', 'url-credentials'],
    ['https://hooks.comune.example/#part', 'url-fragment'],
    ['hooks.comune.example', 'url-unreadable'],
    ['', 'url-unreadable'],
    ['https://', 'url-unreadable'],
  ])('%s: %s', (url, fault) => {
    expect(urlFault(url, false)).toBe(fault);
  });

  it('is not longer than anybody needs', () => {
    expect(urlFault(`https://x.example/${'a'.repeat(2_000)}`, false)).toBe('url-unreadable');
  });

  it('may in a demo be this machine, without encryption too; nothing else inside', () => {
    expect(urlFault('http://localhost:9000/hook', true)).toBeNull();
    expect(urlFault('http://127.0.0.1:9000/hook', true)).toBeNull();
    expect(urlFault('https://[::1]/', true)).toBeNull();
    expect(urlFault('http://127.0.0.2/', true)).toBe('url-scheme');
    expect(urlFault('https://10.0.0.8/', true)).toBe('url-address');
    expect(urlFault('http://hooks.comune.example/', true)).toBe('url-scheme');
  });
});
