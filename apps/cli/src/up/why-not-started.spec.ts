import { expect, it } from '@jest/globals';
import { LogUnreached } from './log.ts';
import { whyNotStarted } from './why-not-started.ts';

const databaseUrl = 'postgres://iter:geheim@db/iter';
const at = { host: '10.0.0.9', port: 80, home: '/srv/iter/var', databaseUrl };
const onDisk = (code: string, path: string) => Object.assign(new Error(`${code}: ${path}`), { code, path });
const failed = (code: string, syscall = 'listen', hostname?: string) =>
  Object.assign(new Error(`${syscall} ${code}`), { code, syscall, hostname });

it.each([
  [failed('EADDRINUSE'), /porta 80 di 10.0.0.9 è occupata.*PORT/],
  [failed('EACCES'), /porta 80 è riservata.*PORT/],
  [failed('EADDRNOTAVAIL'), /10.0.0.9 non è un indirizzo.*HOST/],
  [failed('ENOTFOUND', 'getaddrinfo', '10.0.0.9'), /10.0.0.9 non è un indirizzo.*HOST/],
  [failed('ENOTFOUND', 'getaddrinfo', 'db'), /base di dati non risponde.*DATABASE_URL/],
  [failed('ECONNREFUSED', 'connect'), /base di dati non risponde.*DATABASE_URL/],
  [failed('28P01', ''), /rifiuta chi accede.*DATABASE_URL/],
  [failed('3D000', ''), /non c’è.*DATABASE_URL/],
  [new LogUnreached(new Error('14 UNAVAILABLE')), /EVENTSTORE_URL.*14 UNAVAILABLE/],
  [onDisk('ENOENT', '/srv/iter'), /^\/srv\/iter non è una cartella.*ITER_HOME/],
  [onDisk('EACCES', '/srv/iter/var/keys'), /non si può scrivere in \/srv\/iter\/var\/keys.*ITER_HOME/],
  [onDisk('ENOSPC', '/srv/iter/var/postgres'), /non c’è più posto.*ITER_HOME/],
  [onDisk('EACCES', '/srv/iter-other'), /^EACCES: \/srv\/iter-other$/],
  [failed('EACCES', 'mkdir'), /^mkdir EACCES$/],
  [new Error('the database is newer'), /^the database is newer$/],
  [undefined, /^undefined$/],
])('says of %p which setting to change', (error, said) => {
  expect(whyNotStarted(error, at)).toMatch(said);
});

it('blames no address of a database where none is configured', () => {
  const refused = failed('ECONNREFUSED', 'connect');
  expect(whyNotStarted(refused, { ...at, databaseUrl: null })).toBe('connect ECONNREFUSED');
});
