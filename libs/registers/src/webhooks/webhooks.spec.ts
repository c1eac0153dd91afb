import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemPrincipal } from '@iter/access';
import type { Principal, Role } from '@iter/access';
import { createMemoryLog } from '@iter/event-store/memory';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { decideWebhook, evolveWebhook, goodSecrets, mostWebhooks } from './webhook.ts';
import type { Webhook, WebhookCommand, WebhookEnv, WebhookEvent } from './webhook.ts';
import { createWebhooks } from './webhooks.ts';
import type { Webhooks } from './webhooks.ts';

const at = '2026-03-06T09:00:00.000Z';
const later = (hours: number): string => new Date(Date.parse(at) + hours * 3_600_000).toISOString();

const terms = {
  name: 'Protocollo',
  url: 'https://hooks.comune.example/iter?token=CANARY-URL',
  kinds: ['case.opened', 'act.sent'],
  confidential: false,
} as const;
/** A name is said in it: it is sealed. */
const reason = 'Lo chiede CANARY-Rossi';
const subscribe: WebhookCommand = {
  ...{ type: 'SubscribeWebhook', reason },
  body: 'c_borgo',
  secret: 'whsec_CANARY',
  ...terms,
};
const env = (more: Partial<WebhookEnv> = {}): WebhookEnv => ({
  ...{ id: 'w1', now: at, own: false, others: 0, isBody: (ipa) => ipa === 'c_borgo' },
  ...more,
});

const folded = (events: readonly WebhookEvent[]): Webhook | null =>
  events.reduce<Webhook | null>(evolveWebhook, null);
const given = (...commands: readonly WebhookCommand[]): WebhookEvent[] =>
  commands.reduce<WebhookEvent[]>((events, command) => {
    const decided = decideWebhook(folded(events), command, env());
    if (!Array.isArray(decided)) throw new Error(JSON.stringify(decided));
    return [...events, ...(decided as WebhookEvent[])];
  }, []);
const when = (history: readonly WebhookEvent[], command: WebhookCommand, around = env()) =>
  decideWebhook(folded(history), command, around);

describe('a webhook', () => {
  it('is made with its terms, once', () => {
    const history = given(subscribe);
    expect(history).toEqual([
      {
        type: 'WebhookSubscribed',
        data: { id: 'w1', body: 'c_borgo', secret: 'whsec_CANARY', at, reason, ...terms },
      },
    ]);
    expect(when(history, subscribe)).toMatchObject({ code: 'webhook-invalid' });
    expect(folded(history)).toMatchObject({ state: 'active', since: at, ended: null });
  });

  it('is changed by who has read it as it is, and is not thrown back by who has not', () => {
    const change = (name: string, expectedVersion?: number): WebhookCommand => ({
      ...{ type: 'ChangeWebhook', reason, ...terms, name },
      ...(expectedVersion !== undefined && { expectedVersion }),
    });
    const history = given(subscribe, change('Albo', 1));
    expect(folded(history)).toMatchObject({ name: 'Albo', version: 2 });
    expect(when(history, change('Sito', 1))).toMatchObject({ code: 'webhook-changed' });
    // Somebody else has said the same: there is nothing to decide again.
    expect(when(history, change('Albo', 1))).toEqual([]);
    expect(when(history, change('Sito', 2))).toMatchObject([{ type: 'WebhookChanged' }]);
    expect(when(history, change('Sito'))).toMatchObject([{ type: 'WebhookChanged' }]);
  });

  it.each([
    ['an address inside', { ...subscribe, url: 'https://10.0.0.8/' }, 'webhook-invalid'],
    [
      'an address without encryption',
      { ...subscribe, url: 'http://hooks.comune.example/' },
      'webhook-invalid',
    ],
    ['no kind', { ...subscribe, kinds: [] }, 'webhook-invalid'],
    ['an unknown kind', { ...subscribe, kinds: ['case.read'] as never }, 'webhook-invalid'],
    ['no name', { ...subscribe, name: ' ' }, 'webhook-invalid'],
    ['an unknown body', { ...subscribe, body: 'c_altro' }, 'body-not-found'],
  ])('is not made with %s', (_, command, code) => {
    expect(when([], command as WebhookCommand)).toMatchObject({ code });
  });

  it('is told of confidential cases where it is of one body, which sees it among its own', () => {
    const open = { ...terms, confidential: true };
    const code = 'webhook-confidential-of-all';
    const ofAll: WebhookCommand = { ...subscribe, body: null };
    expect(when([], { ...ofAll, ...open })).toMatchObject({ code });
    expect(when([], { ...subscribe, ...open })).toHaveLength(1);
    const history = given(ofAll);
    expect(when(history, { type: 'ChangeWebhook', reason, ...open })).toMatchObject({ code });
    // What was decided before that was asked lets nothing out.
    const [made] = history;
    const before = { ...made!, data: { ...made!.data, confidential: true } } as WebhookEvent;
    const changed = { type: 'WebhookChanged', data: { ...open, reason } } as const;
    expect(folded([before])!.confidential).toBe(false);
    expect(folded([made!, changed])!.confidential).toBe(false);
  });

  it('is made to this machine in a demo only', () => {
    const command = { ...subscribe, url: 'http://localhost:9000/' };
    expect(when([], command)).toMatchObject({ code: 'webhook-invalid' });
    expect(when([], command, env({ own: true }))).toHaveLength(1);
  });

  it('is one of so many', () => {
    expect(when([], subscribe, env({ others: mostWebhooks }))).toMatchObject({ code: 'too-many-webhooks' });
    expect(when([], subscribe, env({ others: mostWebhooks - 1 }))).toHaveLength(1);
  });

  it('is changed; what is so already adds nothing, kinds in any order', () => {
    const history = given(subscribe);
    const change = { type: 'ChangeWebhook', reason, ...terms } as const;
    expect(when(history, { ...change, kinds: ['act.sent', 'case.opened', 'act.sent'] })).toEqual([]);
    expect(when(history, { ...change, url: 'https://127.1/' })).toMatchObject({ code: 'webhook-invalid' });
    expect(when(history, { ...change, confidential: true })).toMatchObject([
      { data: { confidential: true } },
    ]);
    expect(folded(given(subscribe, { ...change, confidential: true }))).toMatchObject({ confidential: true });
    const changed = given(subscribe, { ...change, kinds: ['term.missed'] });
    expect(folded(changed)).toMatchObject({ kinds: ['term.missed'], secrets: [{ until: null }], since: at });
  });

  it('was made and changed before reasons were asked, and says of itself no more than it is', () => {
    const [made] = given(subscribe);
    const {
      reason: _,
      confidential: __,
      ...before
    } = made!.data as { reason: string; confidential: boolean };
    const old = [
      { ...made!, data: before },
      { type: 'WebhookPaused', data: { at } },
    ] as WebhookEvent[];
    expect(folded(old)).toEqual({ ...folded(given(subscribe)), state: 'paused' });
    expect(JSON.stringify(folded(given(subscribe, { type: 'PauseWebhook', reason })))).not.toMatch(/Rossi/);
  });

  it('rests and goes on', () => {
    const paused = given(subscribe, { type: 'PauseWebhook', reason });
    expect(folded(paused)!.state).toBe('paused');
    expect(when(paused, { type: 'PauseWebhook', reason })).toEqual([]);
    const resumed = given(subscribe, { type: 'PauseWebhook', reason }, { type: 'ResumeWebhook', reason });
    expect(folded(resumed)!.state).toBe('active');
    expect(when(resumed, { type: 'ResumeWebhook', reason })).toEqual([]);
  });

  it('signs with both secrets for a day after the change, and is not changed more often than somebody means it', () => {
    const rotate = (secret: string): WebhookCommand => ({ type: 'RotateWebhookSecret', secret, reason });
    const history = given(subscribe, rotate('whsec_2'));
    const webhook = folded(history)!;
    expect(goodSecrets(webhook, at)).toEqual(['whsec_2', 'whsec_CANARY']);
    expect(goodSecrets(webhook, later(23))).toEqual(['whsec_2', 'whsec_CANARY']);
    expect(goodSecrets(webhook, later(24))).toEqual(['whsec_2']);
    expect(when(history, rotate('whsec_2'))).toEqual([]);
    const often = given(subscribe, rotate('whsec_2'), rotate('whsec_3'), rotate('whsec_4'));
    expect(when(often, rotate('whsec_5'))).toMatchObject({ code: 'too-many-secrets' });
    expect(when(often, rotate('whsec_5'), env({ now: later(24) }))).toHaveLength(1);
  });

  it('ends for good, and says why', () => {
    const ended = given(subscribe, { type: 'EndWebhook', why: 'gone', reason: null });
    expect(folded(ended)).toMatchObject({ state: 'ended', ended: { at, why: 'gone' } });
    expect(when(ended, { type: 'EndWebhook', why: 'asked', reason })).toEqual([]);
    for (const command of [
      { type: 'ResumeWebhook', reason },
      { type: 'PauseWebhook', reason },
      { type: 'ChangeWebhook', reason, ...terms },
      { type: 'RotateWebhookSecret', secret: 'x', reason },
    ] as const)
      expect(when(ended, command)).toMatchObject({ code: 'webhook-ended' });
    expect(when([], { type: 'EndWebhook', why: 'asked', reason })).toMatchObject({
      code: 'webhook-not-found',
    });
  });
});

const who = (role: Role, body: string, serves: readonly string[] = []): Principal => ({
  account: `${role.toLowerCase()}-${body}`,
  displayName: role,
  grants: [{ role, body }],
  serves: { [body]: serves },
});
const operator = who('SYSTEM_OPERATOR', 'p_demo');
const supervisor = who('DESK_SUPERVISOR', 'p_demo', ['c_borgo']);
const secretary = who('SEGRETARIO', 'c_borgo');

describe('webhooks in the log', () => {
  const log = { current: createMemoryLog() };
  const sealer = createSealer({ store: createMemoryDataKeys() });
  const open: Webhooks[] = [];
  let n = 0;
  const make = (): Webhooks => {
    const made = createWebhooks({
      ...{ log: log.current, sealer, clock: { now: () => at }, own: false },
      requestHash: (text) => text.length.toString(),
      isBody: (ipa) => ipa === 'c_borgo',
    });
    open.push(made);
    return made;
  };
  let webhooks: Webhooks;
  beforeEach(() => {
    log.current = createMemoryLog();
    webhooks = make();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });
  const ask = async (principal: Principal, command: WebhookCommand, id = 'w1', key = String(n++)) => {
    const result = await webhooks.execute({ id, command, principal, route: 'test', idempotencyKey: key });
    return result.outcome === 'rejected' ? result.rejection.code : result.outcome;
  };

  it('are of a body for whoever answers for it, of all cases for the operator alone', async () => {
    const ofAll: WebhookCommand = { ...subscribe, body: null };
    expect(await ask(operator, ofAll, 'all')).toBe('done');
    expect(await ask(supervisor, ofAll, 'x')).toBe('not-authorised');
    expect(await ask(supervisor, subscribe)).toBe('done');
    expect(await ask(secretary, { type: 'PauseWebhook', reason })).toBe('done');
    expect(await ask(operator, { type: 'ResumeWebhook', reason })).toBe('done');
    for (const stranger of [
      who('SEGRETARIO', 'c_valle'),
      who('DESK_SUPERVISOR', 'p_due'),
      who('COMUNE_HR', 'c_borgo'),
      who('AUDITOR', 'p_demo', ['c_borgo']),
    ]) {
      expect(await ask(stranger, { type: 'EndWebhook', why: 'asked', reason })).toBe('not-authorised');
      expect(await ask(stranger, subscribe, 'y')).toBe('not-authorised');
    }
    expect(await ask(supervisor, { type: 'EndWebhook', why: 'asked', reason }, 'all')).toBe('not-authorised');
    // Why, everybody says but the house.
    for (const missing of [null, '', '  '])
      for (const command of [subscribe, { type: 'PauseWebhook' }] as const)
        for (const principal of [operator, supervisor])
          expect(await ask(principal, { ...command, reason: missing } as WebhookCommand)).toBe(
            'not-authorised',
          );
    // Whether one is there is not told to whom it would not be shown.
    expect(await ask(supervisor, { type: 'PauseWebhook', reason }, 'none')).toBe('not-authorised');
    expect(await ask(operator, { type: 'PauseWebhook', reason }, 'none')).toBe('webhook-not-found');
    expect(await ask(systemPrincipal, { type: 'EndWebhook', why: 'gone', reason: null })).toBe('done');
    expect(webhooks.list().map(({ id, state }) => [id, state])).toEqual([
      ['all', 'active'],
      ['w1', 'ended'],
    ]);
  });

  it('keep secret and address sealed, and who asks twice gets the same', async () => {
    expect(await ask(supervisor, subscribe, 'w1', 'k')).toBe('done');
    expect(await ask(supervisor, subscribe, 'w1', 'k')).toBe('done');
    expect(await ask(supervisor, { ...subscribe, name: 'Un altro nome' }, 'w1', 'k')).toBe('key-reused');
    expect(await ask(operator, { ...subscribe, body: null }, 'w1', 'k')).toBe('webhook-invalid');
    const { events } = await log.current.readAll();
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ tenant: 'c_borgo', stream: 'webhook-w1' });
    expect(JSON.stringify(events)).not.toMatch(/CANARY|Protocollo/);
  });

  it('tell who did what and why, the latest first', async () => {
    await ask(supervisor, subscribe);
    await ask(secretary, { type: 'ChangeWebhook', reason, ...terms, confidential: true });
    await ask(secretary, { type: 'PauseWebhook', reason: ' Troppi messaggi ' });
    await ask(systemPrincipal, { type: 'EndWebhook', why: 'gone', reason: null });
    const by = (account: string, role: Role) => ({ at, by: account, role });
    const stayed = { kinds: null, confidential: null };
    const { kinds } = terms;
    expect(webhooks.history('w1')).toEqual([
      { type: 'WebhookEnded', ...by(systemPrincipal.account, 'SYSTEM'), reason: null, ...stayed },
      { type: 'WebhookPaused', ...by(secretary.account, 'SEGRETARIO'), reason: 'Troppi messaggi', ...stayed },
      { type: 'WebhookChanged', ...by(secretary.account, 'SEGRETARIO'), reason, kinds, confidential: true },
      {
        ...{ type: 'WebhookSubscribed', ...by(supervisor.account, 'DESK_SUPERVISOR'), reason },
        ...{ kinds, confidential: false },
      },
    ]);
    expect(webhooks.history('none')).toEqual([]);
  });

  it('are known to whoever follows the log', async () => {
    await ask(supervisor, subscribe);
    await ask(supervisor, { type: 'RotateWebhookSecret', secret: 'whsec_2', reason });
    const other = make();
    await other.catchUp();
    expect(other.list()).toEqual(webhooks.list());
    expect(other.find('w1')).toMatchObject({ url: terms.url, secrets: [{ secret: 'whsec_2' }, {}] });
  });
});
