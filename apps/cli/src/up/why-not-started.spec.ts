import { expect, it } from '@jest/globals';
import { whyNotStarted } from './why-not-started.ts';

const at = { host: '10.0.0.9', port: 80 };
const failed = (code: string, syscall = 'listen', hostname?: string) =>
  Object.assign(new Error(`${syscall} ${code}`), { code, syscall, hostname });

it.each([
  [failed('EADDRINUSE'), /porta 80 di 10.0.0.9 è occupata.*PORT/],
  [failed('EACCES'), /porta 80 è riservata.*PORT/],
  [failed('EADDRNOTAVAIL'), /10.0.0.9 non è un indirizzo.*HOST/],
  [failed('ENOTFOUND', 'getaddrinfo', '10.0.0.9'), /10.0.0.9 non è un indirizzo.*HOST/],
  [failed('ENOTFOUND', 'getaddrinfo', 'db'), /^getaddrinfo ENOTFOUND$/],
  [failed('EACCES', 'mkdir'), /^mkdir EACCES$/],
  [new Error('the database is newer'), /^the database is newer$/],
  [undefined, /^undefined$/],
])('says of %p which setting to change', (error, said) => {
  expect(whyNotStarted(error, at)).toMatch(said);
});
