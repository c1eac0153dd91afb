import { beforeAll, describe, expect, it } from '@jest/globals';
import type { WorldCase } from '../world/world.ts';
import type { Entry } from './books.ts';
import { lostStarts, violationsIn } from './recount.ts';
import { services } from './services.ts';
import { simulate } from './simulate.ts';
import type { Played } from './simulate.ts';

const small = { years: 1, scale: 0.02, only: [] };

describe('a small year', () => {
  let played: Played;

  beforeAll(async () => {
    played = await simulate({ ...small, seed: 'a' });
  }, 180_000);

  it('leaves folds, recounts, views and chains that agree, and nobody before a task that cannot be done', () => {
    const { violations, stuck, cases, services } = played.report;
    expect({ violations, stuck }).toEqual({ violations: [], stuck: {} });
    expect(cases).toBeGreaterThan(8);
    for (const { service, terms } of services)
      expect({ service, terms: terms.length > 0 }).toEqual({ service, terms: true });
  });

  it('has cases of every process of every service, or another one has', async () => {
    const missingIn = ({ world }: Played, of: readonly string[]): readonly string[] => {
      const there = new Set(world.cases.map(({ process }) => process));
      return of.filter((key) => !there.has(key));
    };
    let missing = missingIn(
      played,
      services.flatMap(({ processes }) => processes),
    );
    expect(missing.length).toBeLessThan(4);
    // Of what is rare a small year has one or none, as chance will have it.
    for (const seed of ['b', 'c', 'd', 'e'])
      if (missing.length > 0) missing = missingIn(await simulate({ ...small, seed }), missing);
    expect(missing).toEqual([]);
  }, 180_000);

  it('has people who are wrong, and whom the house refuses', () => {
    const { slips = 0, slipsTaken, absences } = played.report.people;
    expect(slips).toBeGreaterThan(0);
    expect(slipsTaken).toBe(0);
    expect(absences).toBeGreaterThan(0);
  });

  it('notices a case that was said to have begun and is not there', () => {
    const { books } = played;
    const entries = books.entries();
    const isOfPath = (it: Entry): boolean => it.process === 'training-path' && it.begunBy === 'pathOpened';
    const told = entries.filter(isOfPath).length;
    const begun = new Map([['training-path (pathOpened)', told]]);
    expect(told).toBeGreaterThan(1);
    expect(lostStarts(begun, entries)).toEqual([]);
    const lost = entries.toSpliced(entries.findIndex(isOfPath), 1);
    const sentence = `of training-path (pathOpened) ${told} cases have begun, ${told - 1} are there`;
    expect(lostStarts(begun, lost)).toEqual([sentence]);
    const byAnother = { process: 'training-path', begunBy: null };
    expect(lostStarts(begun, [...lost, byAnother])).toEqual([sentence]);
  });

  it('knows which cases others have begun', () => {
    const entries = played.books.entries();
    const isPath = ({ process }: Entry): boolean => process === 'accompaniment-project-work';
    const linked = entries.filter(isPath);
    expect(linked.length).toBeGreaterThan(0);
    expect(linked.map(({ begunBy }) => begunBy)).toEqual(linked.map(() => null));
    expect(entries.some(({ begunBy }) => begunBy === '')).toBe(true);
  });

  it('notices a fact that was told to one and not to the other', () => {
    const isDecided = ({ type }: { type: string }): boolean =>
      type === 'DeadlineMet' || type === 'DeadlineMissed';
    const going = played.world.cases.filter(({ state }) => state.status === 'active');
    const it = going.map((each) => played.books.whole(each)).find(({ events }) => events.some(isDecided))!;
    expect(violationsIn(it)).toEqual([]);
    const forgetful: WorldCase = { ...it, events: it.events.filter((event) => !isDecided(event)) };
    expect(violationsIn(forgetful).join('\n')).toMatch(/deadlines by the fold and by the recount/);
  });
});

it('the same seed plays the same year to the last letter, another seed another year', async () => {
  const desk = { ...small, scale: 0.05, only: ['desk'] };
  const [one, again, other] = [
    (await simulate({ ...desk, seed: 'a' })).report,
    (await simulate({ ...desk, seed: 'a' })).report,
    (await simulate({ ...desk, seed: 'b' })).report,
  ];
  expect(JSON.stringify(again)).toBe(JSON.stringify(one));
  expect(other.history).not.toBe(one.history);
}, 180_000);
