import { describe, expect, it } from '@jest/globals';
import type { DraftText, DraftToKeep } from '@iter/read-models';
import type { Asked } from '../http/asked.ts';
import type { ApiPorts } from '../ports.ts';
import { someone } from '../testing/fake-ports.ts';
import { DraftsController } from './drafts.controller.ts';

const principal = someone('personale', 'COMUNE_HR', 'c_borgo');
const asked = { principal, route: 'PUT', idempotencyKey: 'k' } as Asked;

function house(most = 2) {
  const kept = new Map<string, DraftText>();
  const personal = {
    drafts: async () => [...kept.values()].map(({ form, keptAt }) => ({ form, keptAt })),
    draft: async (account: string, form: string) => kept.get(`${account} ${form}`) ?? null,
    keepDraft: async (account: string, { basedOn, ...draft }: DraftToKeep) => {
      if (kept.size >= most) return null;
      const name = `${account} ${draft.form}`;
      const before = kept.get(name)?.keptAt;
      const isNext = basedOn === undefined ? draft.keptAt >= (before ?? '') : before === (basedOn ?? before);
      if (before === undefined || (isNext && basedOn !== null)) kept.set(name, draft);
      return kept.get(name)!;
    },
    forgetDraft: async (account: string, form: string) => void kept.delete(`${account} ${form}`),
  };
  const clock = { now: () => '2026-03-06T08:00:00.000Z' };
  return new DraftsController({ views: { personal }, clock } as unknown as ApiPorts);
}

describe('drafts', () => {
  it('are given back to their writer as they were, and to nobody else', async () => {
    const drafts = house();
    const values = { requestText: 'Permessi' };
    await drafts.keep(asked, 'start.desk-request', { values });
    expect(await drafts.read(principal, 'start.desk-request')).toEqual({
      ...{ form: 'start.desk-request', keptAt: '2026-03-06T08:00:00.000Z', values },
    });
    const colleague = someone('segretario', 'SEGRETARIO', 'c_borgo');
    expect(await drafts.read(colleague, 'start.desk-request')).toMatchObject({ keptAt: null, values: null });
    await drafts.keep(asked, 'start.desk-request', { values: null });
    expect(await drafts.read(principal, 'start.desk-request')).toMatchObject({ values: null });
  });

  it.each([
    ['earlier', '2026-03-06T08:59:00+01:00', '2026-03-06T07:59:00.000Z'],
    ['by a clock that is a little ahead', '2026-03-06T08:01:00Z', '2026-03-06T08:01:00.000Z'],
    ['in a time to come', '2026-03-06T08:01:00.001Z', '2026-03-06T08:00:00.000Z'],
  ])('typed %s, at %s, are kept as of %s', async (_, at, keptAt) => {
    expect(await house().keep(asked, 'task.x', { values: {}, at })).toEqual({
      ...{ form: 'task.x', keptAt, values: null },
    });
  });

  it('give way to none that was typed before, and say when the one that stays was', async () => {
    const drafts = house();
    await drafts.keep(asked, 'task.x', { values: { note: 'later' } });
    const answer = await drafts.keep(asked, 'task.x', {
      ...{ values: { note: 'sent again' }, at: '2026-03-06T07:00:00Z' },
    });
    expect(answer).toMatchObject({ keptAt: '2026-03-06T08:00:00.000Z', values: { note: 'later' } });
    expect(await drafts.read(principal, 'task.x')).toMatchObject({ values: { note: 'later' } });
  });

  it('go on from the text that they name, and answer with another that is there', async () => {
    const drafts = house();
    const keep = (note: string, at: string, basedOn: string | null) =>
      drafts.keep(asked, 'task.x', { values: { note }, at, basedOn });
    await keep('first', '2026-03-06T07:00:00Z', null);
    const refused = { keptAt: '2026-03-06T07:00:00.000Z', values: { note: 'first' } };
    expect(await keep('from nothing', '2026-03-06T07:30:00Z', null)).toMatchObject(refused);
    expect(await keep('from another', '2026-03-06T07:30:00Z', '2026-03-06T06:00:00Z')).toMatchObject(refused);
    expect(await keep('next', '2026-03-06T07:30:00Z', '2026-03-06T08:00:00+01:00')).toMatchObject({
      ...{ keptAt: '2026-03-06T07:30:00.000Z', values: null },
    });
  });

  it.each([
    ['of what is no form', 'comment.x', {}, 'not-found'],
    ['with more than a form can hold', 'task.x', { text: 'x'.repeat(256_000) }, 'body-too-large'],
  ])('%s are refused', async (_, form, values, code) => {
    await expect(house().keep(asked, form, { values })).rejects.toMatchObject({ code });
  });

  it('are refused when somebody else signed in meanwhile', async () => {
    const keeping = house().keep(asked, 'task.x', { account: 'segretario', values: {} });
    await expect(keeping).rejects.toMatchObject({ code: 'signed-in-as-another' });
    expect(await house().keep(asked, 'task.x', { account: 'personale', values: {} })).toBeDefined();
  });

  it('are refused when there are as many as may be', async () => {
    const keeping = house(0).keep(asked, 'task.x', { values: {} });
    await expect(keeping).rejects.toMatchObject({ code: 'too-many-drafts' });
  });
});
