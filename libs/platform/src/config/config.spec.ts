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
      publicUrl: 'http://127.0.0.1:3000',
      mail: null,
      certifiedMail: null,
    });
  });

  it('has mail when it is told where it goes, from whom, and where its links lead', () => {
    const env = {
      SMTP_URL: 'smtps://iter:geheim@mail.example:465',
      MAIL_FROM: 'Iter <iter@provincia.example>',
      PUBLIC_URL: 'https://iter.provincia.example/',
    };
    expect(readConfig(env, '/')).toMatchObject({
      publicUrl: 'https://iter.provincia.example',
      mail: { url: env.SMTP_URL, from: env.MAIL_FROM, plaintext: false },
    });
    for (const name of ['MAIL_FROM', 'PUBLIC_URL']) {
      const attempt = () => readConfig({ ...env, [name]: '' }, '/');
      expect(attempt).toThrow(name);
      expect(attempt).not.toThrow('geheim');
    }
    expect(() => readConfig({ ...env, MAIL_FROM: 'a@b.example\nBcc: x@y' }, '/')).toThrow('MAIL_FROM');
  });

  it('traces all, or a share, when a collector is named', () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.example:4318' };
    const share = (more: object = {}) => readConfig({ ...env, ...more }, '/').tracedShare;
    expect([readConfig({}, '/').tracedShare, share(), share({ OTEL_TRACES_SAMPLER_ARG: '0.05' })]).toEqual([
      null,
      1,
      0.05,
    ]);
    for (const wrong of ['2', '-1', 'all', '1.5'])
      expect(() => share({ OTEL_TRACES_SAMPLER_ARG: wrong })).toThrow('OTEL_TRACES_SAMPLER_ARG');
  });

  it('has a certified mailbox when it is told both ways and its address, and nothing less', () => {
    const env = {
      PEC_SMTP_URL: 'smtps://iter:geheim@pec.example:465',
      PEC_IMAP_URL: 'imaps://iter:geheim@pec.example:993',
      PEC_ADDRESS: 'provincia@pec.example',
    };
    expect(readConfig(env, '/').certifiedMail).toEqual({
      ...{ smtpUrl: env.PEC_SMTP_URL, imapUrl: env.PEC_IMAP_URL, address: env.PEC_ADDRESS },
    });
    for (const name of Object.keys(env)) {
      const attempt = () => readConfig({ ...env, [name]: '' }, '/');
      expect(attempt).toThrow(name);
      expect(attempt).not.toThrow('geheim');
    }
    expect(() => readConfig({ ...env, PEC_ADDRESS: 'Provincia <a@b.example>' }, '/')).toThrow('PEC_ADDRESS');
  });

  it('keeps the log in EventStoreDB when it is told where, a cluster by all its hosts', () => {
    const url = 'esdb://iter:geheim@a:2113,b:2113,c:2113?nodePreference=leader';
    expect(readConfig({}, '/').eventStore).toBeNull();
    expect(readConfig({ EVENTSTORE_URL: url }, '/').eventStore).toEqual({ url, namespace: 'iter' });
    const shared = { EVENTSTORE_URL: 'esdb://localhost:2113?tls=false', EVENTSTORE_NAMESPACE: 'chieti' };
    expect(readConfig(shared, '/').eventStore).toMatchObject({ namespace: 'chieti' });
    for (const kurrent of ['kurrentdb://a:2113', 'kurrentdb+discover://cluster'])
      expect(readConfig({ EVENTSTORE_URL: kurrent }, '/').eventStore?.url).toBe(kurrent);
    const wrong = { ...shared, EVENTSTORE_NAMESPACE: 'Prova 1' };
    expect(() => readConfig(wrong, '/')).toThrow('EVENTSTORE_NAMESPACE');
  });

  it.each([
    ['PORT', '80a'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://secret@host/db'],
    ['REDIS_URL', 'not an address'],
    ['EVENTSTORE_URL', 'http://secret@localhost'],
    ['EVENTSTORE_URL', 'kurrent://secret@localhost'],
    ['EVENTSTORE_URL', 'esdb://admin:secret@localhost:2113?tls=false'],
    ['SMTP_URL', 'http://secret@host'],
    ['PEC_SMTP_URL', 'imap://secret@host'],
    ['PEC_IMAP_URL', 'smtps://secret@host'],
    ['PUBLIC_URL', 'ftp://host'],
    ['PUBLIC_URL', 'https://host/?a=secret'],
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
