import type { Label } from '@iter/platform/words';
import { urlFault } from '@iter/platform/outbound';
import type { UrlFault } from '@iter/platform/outbound';

/** What can be told outside. Each is explained in `docs/webhooks.md`; none says anything of a person. */
export const webhookKinds = [
  'case.opened',
  'case.ended',
  'term.opened',
  'term.escalated',
  'term.missed',
  'act.sent',
] as const;
export type WebhookKind = (typeof webhookKinds)[number];

export interface WebhookSecret {
  readonly secret: string;
  /** Instant from which on it is no good any more; null: it has not been replaced. */
  readonly until: string | null;
}

/** A receiver outside, and what it is told. */
export interface Webhook {
  readonly id: string;
  /** IPA code of the body of whose cases it is told; null: of all. */
  readonly body: string | null;
  /** What people call it. */
  readonly name: string;
  readonly url: string;
  readonly kinds: readonly WebhookKind[];
  /** It is told of cases that are need-to-know too, disciplinary ones for instance; of all bodies it never is. */
  readonly confidential: boolean;
  /** The newest first. */
  readonly secrets: readonly WebhookSecret[];
  readonly state: 'active' | 'paused' | 'ended';
  /** How often it was said what it is told and where. */
  readonly version: number;
  /** It is told of what was recorded from then on. */
  readonly since: string;
  /** Why it ended: somebody said so, or the receiver answered that it is gone; null: it has not. */
  readonly ended: { readonly at: string; readonly why: 'asked' | 'gone' } | null;
}

/** What people say of it; the same for a new one and for a change. */
export interface WebhookTerms {
  readonly name: string;
  readonly url: string;
  readonly kinds: readonly WebhookKind[];
  /** Cases that are need-to-know too: nobody is told of them by default. */
  readonly confidential: boolean;
}

/** `reason`: why people do it; null: the house does. */
export type WebhookCommand = { readonly reason: string | null } & (
  | ({
      readonly type: 'SubscribeWebhook';
      readonly body: string | null;
      readonly secret: string;
    } & WebhookTerms)
  /** `expectedVersion`: that of the terms which whoever changes them has read; without it the last word counts. */
  | ({ readonly type: 'ChangeWebhook'; readonly expectedVersion?: number } & WebhookTerms)
  | { readonly type: 'PauseWebhook' }
  | { readonly type: 'ResumeWebhook' }
  | { readonly type: 'RotateWebhookSecret'; readonly secret: string }
  | { readonly type: 'EndWebhook'; readonly why: 'asked' | 'gone' }
);

/** Why it was done; null: the house did it. Absent: nobody was asked yet. */
interface Reasoned {
  readonly reason?: string | null;
}

/** Absent: nobody was asked about confidential cases yet, and they are left out. */
interface ToldTerms extends Reasoned, Omit<WebhookTerms, 'confidential'> {
  readonly confidential?: boolean;
}

export type WebhookEvent =
  | {
      readonly type: 'WebhookSubscribed';
      readonly data: ToldTerms & {
        readonly id: string;
        readonly body: string | null;
        readonly secret: string;
        readonly at: string;
      };
    }
  | { readonly type: 'WebhookChanged'; readonly data: ToldTerms }
  | { readonly type: 'WebhookPaused'; readonly data: Reasoned & { readonly at: string } }
  | { readonly type: 'WebhookResumed'; readonly data: Reasoned & { readonly at: string } }
  /** `until`: so long the former one is good as well. */
  | {
      readonly type: 'WebhookSecretRotated';
      readonly data: Reasoned & { readonly secret: string; readonly at: string; readonly until: string };
    }
  | {
      readonly type: 'WebhookEnded';
      readonly data: Reasoned & { readonly at: string; readonly why: 'asked' | 'gone' };
    };

/** Fields that stay readable: an address may hold a token of the receiver's, a name and a reason are free text. */
export const webhookClear: Readonly<Record<WebhookEvent['type'], readonly string[]>> = {
  WebhookSubscribed: ['id', 'body', 'kinds', 'confidential', 'at'],
  WebhookChanged: ['kinds', 'confidential'],
  WebhookPaused: ['at'],
  WebhookResumed: ['at'],
  WebhookSecretRotated: ['at', 'until'],
  WebhookEnded: ['at', 'why'],
};

export interface WebhookRejection {
  readonly code:
    | 'webhook-not-found'
    | 'webhook-invalid'
    | 'webhook-ended'
    | 'webhook-changed'
    | 'webhook-confidential-of-all'
    | 'too-many-webhooks'
    | 'too-many-secrets'
    | 'body-not-found';
  readonly message: Label;
}

/** What is around a command. */
export interface WebhookEnv {
  readonly id: string;
  /** Instant. */
  readonly now: string;
  /** A demo: this machine may be a receiver. */
  readonly own: boolean;
  /** How many of the same body (or of all cases) have not ended. */
  readonly others: number;
  readonly isBody: (ipa: string) => boolean;
}

/** Of one body, or of all cases. */
export const mostWebhooks = 20;
/** Good at the same time. */
const mostSecrets = 4;
const longestName = 80;
/** So long the former secret is good beside the new one. */
const bothGoodMs = 86_400_000;

const refuse = (code: WebhookRejection['code'], message: Label): WebhookRejection => ({ code, message });

/** The body must know who learns of its confidential cases, and in its history read why: so it is one of its own. */
const confidentialOfAll = refuse('webhook-confidential-of-all', {
  it: 'Le pratiche riservate si comunicano solo a un webhook di un ente, che lo vede tra i propri.',
  en: 'Confidential cases are told only to a webhook of a body, which sees it among its own.',
});

const faults: Readonly<Record<UrlFault, Label>> = {
  'url-unreadable': {
    it: 'L’indirizzo non è leggibile, o supera 2.000 caratteri.',
    en: 'The address cannot be read, or has more than 2,000 characters.',
  },
  'url-scheme': {
    it: 'L’indirizzo deve cominciare con https://.',
    en: 'The address must begin with https://.',
  },
  'url-credentials': {
    it: 'Nell’indirizzo non si scrivono nome utente e password.',
    en: 'No username or password is written in the address.',
  },
  'url-fragment': {
    it: 'L’indirizzo non può avere una parte dopo il cancelletto (#).',
    en: 'The address cannot have a part after the hash sign (#).',
  },
  'url-address': {
    it: 'L’indirizzo è di una rete interna o di questa macchina: non vi si invia nulla.',
    en: 'The address is of a network inside or of this machine: nothing is sent there.',
  },
};

function faultOf({ name, url, kinds }: WebhookTerms, own: boolean): Label | null {
  if (name.trim() === '' || name.length > longestName)
    return {
      it: `Il nome va da 1 a ${longestName} caratteri.`,
      en: `The name has 1 to ${longestName} characters.`,
    };
  if (kinds.length === 0 || kinds.some((kind) => !webhookKinds.includes(kind)))
    return {
      it: 'Va indicato almeno un tipo di evento, tra quelli previsti.',
      en: 'Choose at least one kind of event, of those there are.',
    };
  const fault = urlFault(url, own);
  return fault && faults[fault];
}

/** Whether a secret is good at an instant. */
const isGood = ({ until }: WebhookSecret, now: string): boolean => until === null || until > now;

/** With these messages are signed at an instant, the newest first. */
export const goodSecrets = ({ secrets }: Webhook, now: string): readonly string[] =>
  secrets.filter((it) => isGood(it, now)).map(({ secret }) => secret);

/** What a command adds; nothing when it is so already. Pure. @param webhook null: there is none yet */
export function decideWebhook(
  webhook: Webhook | null,
  command: WebhookCommand,
  { id, now, own, others, isBody }: WebhookEnv,
): readonly WebhookEvent[] | WebhookRejection {
  const reason = command.reason?.trim() ?? null;
  if (command.type === 'SubscribeWebhook') {
    const { body, secret } = command;
    // The same request again is answered before: this is another one under its id.
    if (webhook)
      return refuse('webhook-invalid', {
        it: 'C’è già un webhook con questo identificativo.',
        en: 'There is a webhook with this identifier already.',
      });
    if (body !== null && !isBody(body))
      return refuse('body-not-found', { it: 'L’ente non è registrato.', en: 'The body is not registered.' });
    const fault = faultOf(command, own);
    if (fault !== null) return refuse('webhook-invalid', fault);
    if (command.confidential && body === null) return confidentialOfAll;
    if (others >= mostWebhooks)
      return refuse('too-many-webhooks', {
        it: `Ne esistono già ${mostWebhooks}: terminarne uno che non serve.`,
        en: `There are ${mostWebhooks} already: end one that is not needed.`,
      });
    return [
      { type: 'WebhookSubscribed', data: { ...{ id, body, secret, at: now, reason }, ...termsOf(command) } },
    ];
  }
  if (!webhook)
    return refuse('webhook-not-found', {
      it: 'Non c’è un webhook con questo identificativo.',
      en: 'There is no webhook with this identifier.',
    });
  if (command.type === 'EndWebhook')
    return webhook.state === 'ended'
      ? []
      : [{ type: 'WebhookEnded', data: { at: now, why: command.why, reason } }];
  if (webhook.state === 'ended')
    return refuse('webhook-ended', {
      it: 'Il webhook è terminato: se serve ancora, se ne aggiunge uno nuovo.',
      en: 'The webhook has ended: if it is still needed, add a new one.',
    });
  switch (command.type) {
    case 'ChangeWebhook': {
      const fault = faultOf(command, own);
      if (fault !== null) return refuse('webhook-invalid', fault);
      if (command.confidential && webhook.body === null) return confidentialOfAll;
      const terms = termsOf(command);
      if (JSON.stringify(terms) === JSON.stringify(termsOf(webhook))) return [];
      const { expectedVersion = webhook.version } = command;
      if (expectedVersion !== webhook.version)
        return refuse('webhook-changed', {
          it: 'Il webhook è stato modificato nel frattempo: rileggerlo e decidere di nuovo.',
          en: 'The webhook has changed meanwhile: read it again and decide anew.',
        });
      return [{ type: 'WebhookChanged', data: { ...terms, reason } }];
    }
    case 'PauseWebhook':
      return webhook.state === 'paused' ? [] : [{ type: 'WebhookPaused', data: { at: now, reason } }];
    case 'ResumeWebhook':
      return webhook.state === 'active' ? [] : [{ type: 'WebhookResumed', data: { at: now, reason } }];
    case 'RotateWebhookSecret': {
      const { secret } = command;
      if (webhook.secrets[0]?.secret === secret) return [];
      if (goodSecrets(webhook, now).length >= mostSecrets)
        return refuse('too-many-secrets', {
          it: 'Il segreto è stato cambiato troppe volte in un giorno.',
          en: 'The secret was changed too often in one day.',
        });
      const until = new Date(Date.parse(now) + bothGoodMs).toISOString();
      return [{ type: 'WebhookSecretRotated', data: { secret, at: now, until, reason } }];
    }
  }
}

/** In the order of the catalogue, each once: two that mean the same are the same. */
const termsOf = ({ name, url, kinds, confidential }: WebhookTerms): WebhookTerms => ({
  name: name.trim(),
  url: new URL(url).href,
  kinds: webhookKinds.filter((kind) => kinds.includes(kind)),
  confidential,
});

export function evolveWebhook(webhook: Webhook | null, event: WebhookEvent): Webhook | null {
  if (event.type === 'WebhookSubscribed') {
    const { id, body, secret, at, ...terms } = event.data;
    const secrets = [{ secret, until: null }];
    return { id, body, ...told(terms, body), secrets, state: 'active', version: 1, since: at, ended: null };
  }
  if (!webhook) return null;
  switch (event.type) {
    case 'WebhookChanged':
      return { ...webhook, ...told(event.data, webhook.body), version: webhook.version + 1 };
    case 'WebhookPaused':
      return { ...webhook, state: 'paused' };
    case 'WebhookResumed':
      return { ...webhook, state: 'active' };
    case 'WebhookSecretRotated': {
      const { secret, at, until } = event.data;
      const former = webhook.secrets
        .filter((it) => isGood(it, at))
        .map((it) => ({ ...it, until: it.until ?? until }));
      return { ...webhook, secrets: [{ secret, until: null }, ...former] };
    }
    case 'WebhookEnded': {
      const { at, why } = event.data;
      return { ...webhook, state: 'ended', ended: { at, why } };
    }
  }
}

/** What a webhook is told and where, of an event that says more. */
const told = ({ name, url, kinds, confidential = false }: ToldTerms, body: string | null): WebhookTerms => ({
  name,
  url,
  kinds,
  confidential: confidential && body !== null,
});
