import { describe, expect, it } from '@jest/globals';
import { Draft } from './draft.ts';
import { emptyState } from './state.ts';
import type { CaseState, Document } from './state.ts';

const document = (key: string, name = key): Document => ({ key, name }) as unknown as Document;
const names = ({ documents }: Pick<CaseState, 'documents'>): readonly string[] =>
  [...documents.values()].map(({ name }) => name);

/** A state with documents `a` and `b`. */
function before(): CaseState {
  const draft = new Draft(emptyState);
  draft.put('documents', 'a', document('a'));
  draft.put('documents', 'b', document('b'));
  draft.set('businessKey', 'before');
  return draft.state;
}

describe('a draft', () => {
  it('never changes the state that it was opened from', () => {
    const from = before();
    const draft = new Draft(from);
    draft.put('documents', 'c', document('c'));
    draft.put('documents', 'a', document('a', 'new'));
    draft.remove('documents', 'b');
    draft.set('businessKey', 'after');
    expect(names(draft.state)).toEqual(['new', 'c']);
    expect([names(from), from.businessKey]).toEqual([['a', 'b'], 'before']);
    expect([emptyState.documents.size, emptyState.businessKey]).toEqual([0, null]);
  });

  it('leaves alone what nobody writes', () => {
    const from = before();
    const draft = new Draft(from);
    draft.put('documents', 'c', document('c'));
    expect(draft.state.elements).toBe(from.elements);
    expect(draft.state.documents).not.toBe(from.documents);
    const { documents } = draft.state;
    draft.put('documents', 'd', document('d'));
    expect(draft.state.documents).toBe(documents);
  });

  it('goes back to a mark, in the order of what there was', () => {
    const draft = new Draft(before());
    draft.put('documents', 'c', document('c'));
    const mark = draft.mark();
    draft.put('documents', 'a', document('a', 'new'));
    draft.remove('documents', 'b');
    draft.put('documents', 'd', document('d'));
    draft.set('businessKey', 'after');
    draft.set('businessKey', 'later');
    draft.goBack(mark);
    expect(names(draft.state)).toEqual(['a', 'b', 'c']);
    expect(draft.state.businessKey).toBe('before');
  });

  it('keeps what was kept, unless an outer mark is gone back to', () => {
    const draft = new Draft(before());
    const outer = draft.mark();
    draft.set('businessKey', 'one');
    draft.mark();
    draft.set('businessKey', 'two');
    draft.put('documents', 'c', document('c'));
    draft.keep();
    expect(draft.state.businessKey).toBe('two');
    draft.goBack(outer);
    expect([draft.state.businessKey, names(draft.state)]).toEqual(['before', ['a', 'b']]);
  });

  it('goes back to an inner mark only as far as that', () => {
    const draft = new Draft(before());
    draft.mark();
    draft.set('businessKey', 'one');
    const inner = draft.mark();
    draft.set('businessKey', 'two');
    draft.goBack(inner);
    expect(draft.state.businessKey).toBe('one');
    draft.set('businessKey', 'three');
    draft.keep();
    expect(draft.state.businessKey).toBe('three');
    const next = draft.mark();
    draft.set('businessKey', 'four');
    draft.goBack(next);
    expect(draft.state.businessKey).toBe('three');
  });

  it('remembers nothing outside marks, so that there is nothing to take back', () => {
    const draft = new Draft(before());
    draft.set('businessKey', 'one');
    draft.put('documents', 'c', document('c'));
    draft.remove('documents', 'a');
    const mark = draft.mark();
    expect(mark).toBe(0);
    draft.goBack(mark);
    expect([draft.state.businessKey, names(draft.state)]).toEqual(['one', ['b', 'c']]);
    draft.mark();
    draft.set('businessKey', 'two');
    draft.keep();
    expect(draft.mark()).toBe(0);
  });
});
