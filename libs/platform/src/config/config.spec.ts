import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './index.ts';

describe('the configuration', () => {
  it('has the embedded default when nothing is set', () => {
    expect(readConfig({}, '/srv/iter')).toMatchObject({
      databaseUrl: null,
      redisUrl: null,
      home: '/srv/iter/var',
      host: '127.0.0.1',
      port: 3000,
      demo: true,
      masterKey: null,
    });
  });

  it.each([
    ['PORT', '80a'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://secret@host/db'],
    ['REDIS_URL', 'not an address'],
    ['EVENTSTORE_URL', 'esdb://localhost'],
    ['ITER_DEMO', 'yes'],
    ['ITER_DEMO_PASSWORD', 'short'],
    ['ITER_MASTER_KEY', 'AAAA'],
  ])('refuses %s=%s, names the variable and repeats no secret', (name, value) => {
    const attempt = () => readConfig({ [name]: value }, '/');
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(name);
    expect(attempt).not.toThrow('secret');
  });
});
