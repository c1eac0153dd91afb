import { describe, expect, it } from '@jest/globals';
import type { Headship, Role } from '@iter/access';
import type { CaseEvent, EventOf } from '@iter/engine';
import { italianCalendar } from '@iter/legal-calendar';
import type { CaseSeen } from '../case-event.ts';
import { isMoot } from './case-told.ts';
import type { CaseTold, DeadlineTold } from './case-told.ts';
import { letterTo } from './letter.ts';
import type { Item } from './letter.ts';
import { recipientsOf } from './recipients.ts';
import type { People, Person } from './recipients.ts';
import { dispatchOf } from './timing.ts';
import { inCharge, toldBy } from './told.ts';
import type { Told } from './told.ts';

const at = '2026-03-06T09:00:00.000Z';
const seen = (event: CaseEvent, commandId = 'cmd', id: string = event.type): CaseSeen =>
  ({ ...event, id, commandId, stream: 'case-c1', recordedAt: at }) as never;

type Step = EventOf<'LadderStepReached'>['data'];
const step = (more: Partial<Step> = {}, commandId?: string, id?: string): CaseSeen =>
  seen(
    {
      type: 'LadderStepReached',
      data: {
        ...{
          key: 'd1',
          id: 'DL_X',
          instance: null,
          step: 's',
          round: 1,
          to: ['UPD'],
          does: 'notice' as const,
        },
        label: { it: 'promemoria', en: 'reminder' },
        ...more,
      },
    },
    commandId,
    id,
  );
const incident = (deadline: string | null, commandId?: string): CaseSeen =>
  seen(
    {
      type: 'IncidentRaised',
      data: {
        ...{ key: 'i1', host: null, element: null, code: 'decadence-risk', message: 'CANARY', deadline },
      },
    },
    commandId,
  );

describe('what is told by mail', () => {
  it('is what a ladder says is, or says nothing of', () => {
    expect(toldBy([step()])).toMatchObject([
      { kind: 'notice', roles: ['UPD'], deadline: 'd1', label: 'promemoria', caseId: 'c1', toldAt: at },
    ]);
    expect(toldBy([step({ by: ['desk', 'mail'] })])).toHaveLength(1);
    expect(toldBy([step({ by: ['desk', 'feed'] })])).toEqual([]);
    expect(toldBy([step({ passed: true })])).toEqual([]);
    expect(toldBy([step({ does: 'escalation' })])).toMatchObject([{ kind: 'call' }]);
  });

  it('is an escalation that no ladder raised, and one that was handed on', () => {
    const raised = (deadline: string | null) =>
      seen({
        type: 'EscalationRaised',
        data: {
          ...{ key: 'e1', deadline, deadlineId: null, step: '', to: ['DESK_SUPERVISOR'] },
          ...{ nature: null, legalDueDate: null, label: { it: 'bloccato', en: 'stuck' } },
        },
      });
    expect(toldBy([raised(null)])).toMatchObject([{ kind: 'call', about: 'e1' }]);
    expect(toldBy([raised('d1')])).toEqual([]);
    const handed = seen({
      type: 'EscalationHandedOn',
      data: { key: 'e1', account: 'rita', role: null, note: 'CANARY' },
    });
    expect(toldBy([handed])).toMatchObject([{ account: 'rita', roles: [], about: 'e1' }]);
    expect(JSON.stringify(toldBy([handed]))).not.toContain('CANARY');
  });

  it('is an incident, without what its message quotes, unless a ladder’s step tells it', () => {
    const alone = toldBy([incident(null), incident('d1')]);
    expect(alone.map(({ roles }) => roles)).toEqual([
      ['DESK_SUPERVISOR', 'SYSTEM_OPERATOR'],
      ['DESK_OPERATOR', 'DESK_SUPERVISOR'],
    ]);
    expect(JSON.stringify(alone)).not.toContain('CANARY');
    const raising = step({ does: 'incident' });
    expect(toldBy([raising, incident('d1')])).toHaveLength(1);
    expect(toldBy([incident('d1'), raising])).toHaveLength(1);
    expect(toldBy([step({ does: 'incident' }, 'other'), incident('d1')])).toHaveLength(2);
    expect(toldBy([step({ does: 'incident', by: ['desk'] }), incident('d1')])).toHaveLength(1);
  });
});

const deadline = (more: Partial<DeadlineTold> = {}): DeadlineTold => ({
  nature: 'PEREMPTORY',
  isWait: false,
  legalDueDate: '2026-04-07',
  safeActionDate: '2026-04-03',
  isSilent: false,
  ...more,
});
const aCase = (more: Partial<CaseTold> = {}): CaseTold => ({
  id: 'c1',
  code: 'PD-2026-001',
  comune: 'c_borgo',
  facts: {
    comune: 'c_borgo',
    process: 'disciplinary-ordinary',
    startedBy: 'sara',
    serviceModel: 'FULL_UPD',
    deeds: [{ element: null, account: 'sara', role: 'STRUCTURE_HEAD' }],
  },
  inCharge: [],
  isOver: false,
  deadlines: new Map([['d1', deadline()]]),
  open: new Set(['i1']),
  ...more,
});
const told = (more: Partial<Told> = {}): Told => ({
  id: 'e1',
  caseId: 'c1',
  toldAt: at,
  kind: 'notice',
  roles: ['UPD'],
  account: null,
  deadline: 'd1',
  about: null,
  label: 'promemoria',
  ...more,
});

describe('what is settled', () => {
  it.each([
    [{}, {}, false],
    [{}, { isOver: true }, true],
    [{}, { deadlines: new Map([['d1', deadline({ isSilent: true })]]) }, true],
    [{ about: 'i1' }, {}, false],
    [{ about: 'i2' }, {}, true],
    [{ deadline: null }, {}, false],
  ])('is told to nobody any more: %j %j', (of, where, moot) => {
    expect(isMoot(told(of), aCase(where))).toBe(moot);
  });
});

const person = (account: string, role: Role, body = 'p_demo', more: Partial<Person> = {}): Person => ({
  account,
  grants: [{ role, body }],
  serves: body === 'p_demo' ? { p_demo: ['c_borgo'] } : {},
  email: `${account}@provincia.example`,
  delivery: 'immediate',
  ...more,
});
const peopleOf = (persons: readonly Person[], away: Record<string, string[]> = {}): People => ({
  all: () => persons,
  find: (account) => persons.find((it) => it.account === account) ?? null,
  substitutesOf: (account) => away[account] ?? [],
});
const names = (of: Told, where: CaseTold, people: People): string[] =>
  recipientsOf(of, where, people, at).map((it) => it.person.account);

describe('who is told', () => {
  const office = person('ugo', 'UPD');
  const elsewhere = person('elena', 'UPD', 'p_altra', { serves: { p_altra: ['c_altro'] } });
  const ofComune = person('carlo', 'UPD', 'c_borgo');

  it('are those who hold the role in the office that acts in the case', () => {
    const people = peopleOf([office, elsewhere, ofComune, person('olga', 'DESK_OPERATOR')]);
    expect(names(told(), aCase(), people)).toEqual(['ugo']);
    const own = aCase({ facts: { ...aCase().facts, serviceModel: 'SUPPORT' } });
    expect(names(told(), own, people)).toEqual(['carlo']);
    expect(names(told({ roles: [] }), aCase(), people)).toEqual([]);
  });

  it('are not those who may not judge: who reported', () => {
    const both = person('sara', 'UPD');
    expect(names(told(), aCase(), peopleOf([both, office]))).toEqual(['ugo']);
  });

  it('are not heads of other structures, and never the person whom the case is about', () => {
    const heads = (account: string) => person(account, 'STRUCTURE_HEAD', 'c_borgo');
    const people = peopleOf([heads('anna'), heads('bruno'), heads('sara')]);
    const about = (headship: Headship): CaseTold => {
      const { facts, ...of } = aCase();
      return { ...of, facts: { ...facts, headship } };
    };
    const of = told({ roles: ['STRUCTURE_HEAD'] });
    expect(names(of, about({ heads: ['anna'], own: [] }), people)).toEqual(['anna', 'sara']);
    expect(names(of, about({ heads: [], own: [] }), people)).toEqual(['sara']);
    expect(names(of, about({ heads: ['anna'], own: ['sara'] }), people)).toEqual(['anna']);
    expect(names(told({ account: 'sara' }), about({ heads: [], own: ['sara'] }), people)).toEqual([]);
    // Who stands as the head of whoever heads an office is told as one.
    const segretario = peopleOf([heads('sara'), person('sandra', 'SEGRETARIO', 'c_borgo')]);
    expect(names(of, about({ heads: ['sandra'], own: ['sara'] }), segretario)).toEqual(['sandra']);
    // Nor when it would stand in for somebody who is told.
    const away = peopleOf([heads('anna'), heads('sara')], { anna: ['sara'] });
    expect(names(of, about({ heads: ['anna'], own: ['sara'] }), away)).toEqual(['anna']);
  });

  it('are the people in charge and who is named, each once', () => {
    const people = peopleOf([office, person('olga', 'DESK_OPERATOR')]);
    const of = told({ roles: [inCharge, 'UPD'], account: 'ugo' });
    expect(names(of, aCase({ inCharge: ['olga', 'ugo', 'nessuno'] }), people)).toEqual(['ugo', 'olga']);
  });

  it('are operators of the system, who sit in no case', () => {
    const people = peopleOf([person('gino', 'SYSTEM_OPERATOR')]);
    expect(names(told({ roles: ['SYSTEM_OPERATOR'] }), aCase(), people)).toEqual(['gino']);
  });

  it('are the substitutes of who is away, and who is away when no substitute can be reached', () => {
    const rita = person('rita', 'DESK_OPERATOR');
    expect(names(told(), aCase(), peopleOf([office, rita], { ugo: ['rita'] }))).toEqual(['rita']);
    const mute = { ...rita, email: null };
    expect(names(told(), aCase(), peopleOf([office, mute], { ugo: ['rita'] }))).toEqual(['ugo']);
    expect(names(told(), aCase(), peopleOf([office], { ugo: ['rita'] }))).toEqual(['ugo']);
  });
});

describe('when somebody is told', () => {
  const calendar = italianCalendar({ bodies: { p_demo: { patron: '03-09', closures: ['2026-03-11'] } } });
  const when = (
    now: string,
    more: { kind?: Told['kind']; peremptory?: boolean; delivery?: Person['delivery'] },
  ) =>
    dispatchOf(more.kind ?? 'notice', more.peremptory ?? false, more.delivery ?? 'immediate', {
      now: new Date(now).toISOString(),
      calendar,
      body: 'p_demo',
    });

  it.each([
    // A Friday in office hours; the same minute is one letter.
    ['2026-03-06T09:00:20+01:00', '2026-03-06T08:01:00.000Z'],
    ['2026-03-06T17:59:59+01:00', '2026-03-06T17:00:00.000Z'],
    // After closing: Monday 9 March is the patron saint's day, hence Tuesday.
    ['2026-03-06T18:00:00+01:00', '2026-03-10T07:00:00.000Z'],
    ['2026-03-08T12:00:00+01:00', '2026-03-10T07:00:00.000Z'],
    ['2026-03-10T07:59:00+01:00', '2026-03-10T07:00:00.000Z'],
    ['2026-03-10T05:10:00+01:00', '2026-03-10T07:00:00.000Z'],
    // A closure of the office.
    ['2026-03-11T10:00:00+01:00', '2026-03-12T07:00:00.000Z'],
    // Over the night in which clocks go forward: 08:00 in Rome is an hour earlier.
    ['2026-03-27T20:00:00+01:00', '2026-03-30T06:00:00.000Z'],
    // Easter Monday, and 4 October, a holiday again from 2026 on, which is a Sunday.
    ['2026-04-03T19:00:00+02:00', '2026-04-07T06:00:00.000Z'],
  ])('waits for office hours at %s', (now, dueAt) => {
    expect(when(now, {})).toEqual({ dueAt, alone: false });
    expect(when(now, { kind: 'call', delivery: 'digest' })).toEqual({ dueAt, alone: false });
  });

  it.each([
    ['2026-03-06T09:00:00+01:00', '2026-03-10T07:00:00.000Z'],
    ['2026-03-06T07:00:00+01:00', '2026-03-06T07:00:00.000Z'],
    ['2026-03-06T08:00:00+01:00', '2026-03-10T07:00:00.000Z'],
  ])('comes with the digest of the next working day at eight: %s', (now, dueAt) => {
    expect(when(now, { delivery: 'digest' })).toEqual({ dueAt, alone: false });
  });

  it('is at once, alone and at any hour, when the power to act hangs on it, whatever is preferred', () => {
    for (const delivery of ['off', 'immediate', 'digest'] as const) {
      const now = '2026-03-08T02:00:00.000Z';
      expect(when(now, { peremptory: true, delivery })).toEqual({ dueAt: now, alone: true });
    }
    expect(when('2026-03-06T09:00:00+01:00', { delivery: 'off' })).toBeNull();
  });
});

describe('a letter', () => {
  const options = { publicUrl: 'https://iter.example', nameOf: () => 'Comune di <Borgo> Sereno' };
  const item = (id: string, more: Partial<Item> = {}): Item => ({
    id,
    told: { label: 'Ultimi giorni per contestare in sicurezza', toldAt: at },
    of: aCase(),
    deadline: deadline(),
    ...more,
  });

  it('says code, body, words of the ladder, dates and where to look, and nothing else', () => {
    const { subject, text, html } = letterTo('ugo', [item('1')], options);
    expect(subject).toBe('PD-2026-001, entro il 3 aprile 2026: Ultimi giorni per contestare in sicurezza');
    expect(text).toBe(
      [
        'PD-2026-001 – Comune di <Borgo> Sereno',
        '- Ultimi giorni per contestare in sicurezza (agire entro il 3 aprile 2026, scadenza di legge 7 aprile 2026)',
        'https://iter.example/cases/c1',
        '',
        'Messaggio automatico di Iter: non rispondere. Preferenze: https://iter.example/preferences',
      ].join('\n'),
    );
    expect(html).toContain('Comune di &#60;Borgo&#62; Sereno');
    expect(html).toContain('href="https://iter.example/cases/c1"');
    const links = `${text} ${html}`.match(/https?:\/\/[^"\s<]+/g) ?? [];
    expect(links.every((link) => link.startsWith('https://iter.example/'))).toBe(true);
  });

  it('names no day by which to act where one waits, and that of a notice that has to be given', () => {
    const letter = (isWait: boolean) =>
      letterTo('ugo', [item('1', { deadline: deadline({ nature: 'DILATORY', isWait }) })], options);
    expect(letter(true).subject).toBe('PD-2026-001: Ultimi giorni per contestare in sicurezza');
    expect(letter(true).text).not.toContain('scadenza di legge');
    expect(letter(false).subject).toBe(
      'PD-2026-001, entro il 3 aprile 2026: Ultimi giorni per contestare in sicurezza',
    );
  });

  it('calls no promise of the service a term of the law', () => {
    const { text } = letterTo(
      'ugo',
      [item('1', { deadline: deadline({ nature: 'SERVICE_LEVEL' }) })],
      options,
    );
    expect(text).toContain('(agire entro il 3 aprile 2026, scadenza 7 aprile 2026)');
  });

  it('says the eighth and the eleventh as people do', () => {
    const eighth = item('1', { deadline: deadline({ safeActionDate: '2026-04-08' }) });
    expect(letterTo('ugo', [eighth], options)).toMatchObject({
      subject: expect.stringContaining('entro l’8 aprile 2026:'),
      text: expect.stringContaining('agire entro l’8 aprile 2026,'),
    });
  });

  it('groups by case, the most urgent first', () => {
    const other = aCase({ id: 'c2', code: 'SEL-1' });
    const { subject, text } = letterTo(
      'ugo',
      [
        item('1', { of: other, deadline: deadline({ nature: 'DIRECTORY', safeActionDate: '2026-03-20' }) }),
        item('2', { told: { label: 'secondo', toldAt: at } }),
        item('3', {
          told: { label: 'primo', toldAt: at },
          deadline: deadline({ safeActionDate: '2026-04-01' }),
        }),
      ],
      options,
    );
    expect(subject).toBe('3 avvisi, 2 pratiche: il primo entro il 20 marzo 2026');
    const order = ['PD-2026-001', 'primo', 'secondo', 'SEL-1'].map((word) => text.indexOf(word));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(text.match(/cases\/c1/g)).toHaveLength(1);
  });

  it('bears the same id whenever it is written again, and another to anybody else', () => {
    const id = (account: string, ...ids: string[]) =>
      letterTo(
        account,
        ids.map((it) => item(it)),
        options,
      ).messageId;
    expect(id('ugo', '1', '2')).toBe(id('ugo', '2', '1'));
    expect(new Set([id('ugo', '1'), id('rita', '1'), id('ugo', '2'), id('ugo', '1', '2')]).size).toBe(4);
    expect(id('ugo', '1')).toMatch(/^[0-9a-f-]{36}@iter\.example$/);
  });
});
