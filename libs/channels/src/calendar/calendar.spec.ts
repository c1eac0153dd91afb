import { describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { mostEvents, renderFeed } from './index.ts';
import type { FeedDeadline } from './index.ts';

const deadline = (more: Partial<FeedDeadline> = {}): FeedDeadline => ({
  id: 'c1.k1',
  caseCode: 'PD-2026-001',
  body: 'Comune di Borgo Sereno',
  label: 'Contestazione dell’addebito',
  safeActionDate: '2026-04-03',
  legalDueDate: '2026-04-07',
  isOfLaw: true,
  changedAt: '2026-03-06T09:00:00.000Z',
  changes: 0,
  link: 'https://iter.example/cases/c1',
  reminders: [],
  ...more,
});

/** Read by another parser than the one that the writer's library brings. */
const parse = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text) as never);
  return { calendar, events: calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event)) };
};
const feed = (...deadlines: FeedDeadline[]) => parse(renderFeed({ name: 'Le mie', deadlines }).text);

describe('a feed', () => {
  it('has the safe date and the legal date, as whole days', () => {
    const { events } = feed(deadline());
    const [safe, legal] = events;
    expect(events.map(({ startDate }) => [startDate.isDate, startDate.toString()])).toEqual([
      [true, '2026-04-03'],
      [true, '2026-04-07'],
    ]);
    expect(events.map(({ endDate }) => endDate.toString())).toEqual(['2026-04-04', '2026-04-08']);
    expect(safe!.summary).toBe('PD-2026-001: agire entro oggi – Contestazione dell’addebito');
    expect(legal!.summary).toBe('PD-2026-001: scadenza di legge – Contestazione dell’addebito');
    expect(safe!.description).toContain('https://iter.example/cases/c1');
  });

  it('calls no promise of the service a term of the law', () => {
    const [safe, last] = feed(deadline({ isOfLaw: false })).events;
    expect(last!.summary).toBe('PD-2026-001: scadenza – Contestazione dell’addebito');
    expect(safe!.description).toContain('Scadenza: 7 aprile 2026');
  });

  it('keeps the ids of a deadline that moves, and counts its changes', () => {
    const before = feed(deadline()).events;
    const after = feed(deadline({ legalDueDate: '2026-05-07', changes: 3 })).events;
    expect(after.map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
    expect(new Set(after.map(({ uid }) => uid)).size).toBe(2);
    expect(after.map(({ sequence }) => sequence)).toEqual([3, 3]);
    expect(feed(deadline({ id: 'c1.k2' })).events[0]!.uid).not.toBe(before[0]!.uid);
  });

  it('gives terms of hours as instants, and reminders as alarms of the safe date', () => {
    const { events } = feed(
      deadline({
        safeActionDate: '2026-03-28T10:00:00+01:00',
        legalDueDate: '2026-03-29T03:30:00+02:00',
        reminders: ['2026-03-27T07:00:00.000Z', '2026-03-28T07:00:00.000Z'],
      }),
    );
    expect(events.map(({ startDate }) => startDate.toJSDate().toISOString())).toEqual([
      '2026-03-28T09:00:00.000Z',
      '2026-03-29T01:30:00.000Z',
    ]);
    const alarms = events[0]!.component.getAllSubcomponents('valarm');
    expect(alarms.map((it) => String(it.getFirstPropertyValue('trigger')))).toEqual([
      '2026-03-27T07:00:00Z',
      '2026-03-28T07:00:00Z',
    ]);
    expect(events[1]!.component.getAllSubcomponents('valarm')).toEqual([]);
  });

  it('lets no text out of its place', () => {
    const wicked = 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:y;,\\';
    const { text } = renderFeed({
      name: wicked,
      deadlines: [deadline({ caseCode: wicked, body: wicked, label: 'ò'.repeat(200) })],
    });
    const { calendar, events } = parse(text);
    expect(events).toHaveLength(2);
    expect(calendar.getFirstPropertyValue('name')).toBe('x END:VEVENT BEGIN:VEVENT SUMMARY:y\\;\\,\\\\');
    expect(events[0]!.description).toContain('BEGIN:VEVENT\nSUMMARY:y;,\\');
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  });

  it('is the same bytes for the same deadlines, and another tag when one changes', () => {
    const tag = (changes: number) => renderFeed({ name: 'x', deadlines: [deadline({ changes })] }).etag;
    expect(tag(1)).toBe(tag(1));
    expect(tag(1)).not.toBe(tag(2));
  });

  it('is bounded, and may be empty', () => {
    const many = Array.from({ length: 1_500 }, (_, n) => deadline({ id: `c.${n}` }));
    expect(feed(...many).events).toHaveLength(mostEvents);
    expect(feed().events).toEqual([]);
  });
});
