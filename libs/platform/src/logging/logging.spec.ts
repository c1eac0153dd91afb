import { describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { createLogger } from './index.ts';

function logged(fields: object): string {
  const lines: string[] = [];
  const to = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  createLogger({ name: 'test', to }).error(fields, 'it failed');
  return lines.join('');
}

describe('the log of a process', () => {
  it('says what an error is and where, not what the database quotes of a row', () => {
    const error = Object.assign(new Error('duplicate key value (name)=(Rossi)'), {
      code: '23505',
      severity: 'ERROR',
      detail: 'Key (name)=(Rossi) already exists.',
      client: { password: 'geheim' },
    });
    const text = logged({ err: new Error('the append failed', { cause: error }) });
    expect(text).toContain('the append failed');
    expect(text).toContain('PostgreSQL error 23505');
    expect(text).toContain('logging.spec.ts');
    for (const secret of ['Rossi', 'geheim']) expect(text).not.toContain(secret);
  });

  it('cuts out what could be personal or secret, whoever passes it', () => {
    const text = logged({ password: 'p1', request: { variables: { v: 'v1' }, token: 't1' }, caseId: 'c1' });
    expect(text).toContain('c1');
    for (const secret of ['p1', 'v1', 't1']) expect(text).not.toContain(secret);
  });
});
