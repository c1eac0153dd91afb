import { describe, expect, it } from '@jest/globals';
import type { HistoryEvent } from '../../api/model.ts';
import { rectifiable } from './rectifiable.ts';
import { onlyNamed, plainForm } from './rectify-form.ts';

const fact = (id: string, type: string, variables: unknown): HistoryEvent =>
  ({ id, type, data: { variables } }) as unknown as HistoryEvent;

const start = fact('1', 'CaseStarted', { employeeRef: 'M-1', receivedOn: '2026-03-01' });
const done = fact('2', 'UserTaskCompleted', { receivedOn: '2026-03-02', note: 'a' });
const corrected = fact('3', 'CaseRectified', { receivedOn: '2026-03-03' });
const history = [start, done, corrected, fact('4', 'VariablesSet', { note: 'of a script' })];

describe('what may be corrected at a fact', () => {
  it('is what was entered there last, with the value that holds since it was corrected', () => {
    expect(rectifiable(history, done)).toEqual({ receivedOn: '2026-03-03', note: 'a' });
  });

  it('is nothing that was entered again since', () => {
    expect(rectifiable(history, start)).toEqual({ employeeRef: 'M-1' });
    expect(
      rectifiable([...history, fact('5', 'MessageCorrelated', { employeeRef: 'M-2' })], start),
    ).toBeNull();
  });

  it('is nothing of what is masked, or is no entry', () => {
    expect(rectifiable([fact('1', 'CaseStarted', '***')], fact('1', 'CaseStarted', '***'))).toBeNull();
    expect(rectifiable(history, corrected)).toBeNull();
  });
});

describe('the form by which it is corrected', () => {
  it('asks for nothing else, also in groups and lists', () => {
    const field = (key: string) => ({ key, type: 'textfield' });
    const schema = {
      type: 'default',
      components: [
        field('a'),
        field('b'),
        { type: 'group', components: [field('c'), field('a')] },
        { type: 'dynamiclist', path: 'rows', components: [field('x')] },
        { type: 'dynamiclist', path: 'others', components: [field('x')] },
        { type: 'text', text: 'Words' },
      ],
    };
    expect(onlyNamed(schema, new Set(['a', 'rows']))).toMatchObject({
      components: [
        { key: 'a' },
        { type: 'group', components: [{ key: 'a' }] },
        { path: 'rows', components: [{ key: 'x' }] },
        { type: 'text' },
      ],
    });
  });

  it('shows no names of variables where no form had asked: only what has a label', () => {
    const labelOf = (key: string) => (key === 'receivedOn' ? 'Data di arrivo' : null);
    expect(plainForm({ receivedOn: '2026-03-01', deadlineKey: 'k' }, labelOf).components).toEqual([
      {
        ...{ id: 'receivedOn', key: 'receivedOn', label: 'Data di arrivo' },
        ...{ type: 'datetime', subtype: 'date', dateLabel: 'Data di arrivo' },
      },
    ]);
  });
});
