import { systemPrincipal } from '@iter/access';
import type { Grant, Role } from '@iter/access';
import type { Accounts, SignIn, SignInStore } from '@iter/access/accounts';
import type { Bodies } from './bodies.ts';
import type { BodyCommand } from './body.ts';
import { services } from './body.ts';

/**
 * The demo world, all of it fictitious: a Province, two Comuni that it serves (one leaves the whole disciplinary
 * office to it, the other keeps its own), and the programme's body.
 */
export const demoBodies: readonly (BodyCommand & { type: 'RegisterBody' })[] = [
  { type: 'RegisterBody', ipa: 'p_demo', name: 'Provincia di Monteverde', kind: 'province', province: null },
  {
    type: 'RegisterBody',
    ipa: 'c_borgo',
    name: 'Comune di Borgo Sereno',
    kind: 'comune',
    province: 'p_demo',
  },
  {
    type: 'RegisterBody',
    ipa: 'c_valle',
    name: 'Comune di Valle Chiara',
    kind: 'comune',
    province: 'p_demo',
  },
  {
    type: 'RegisterBody',
    ipa: 'upi_demo',
    name: 'Organismo del programma',
    kind: 'programme',
    province: null,
  },
];

const conventions: Readonly<Record<string, BodyCommand & { type: 'RecordConvention' }>> = {
  c_borgo: {
    type: 'RecordConvention',
    convention: {
      id: 'CONV-2025-001',
      province: 'p_demo',
      services,
      serviceModel: 'FULL_UPD',
      validFrom: '2025-01-01',
      validTo: null,
      rulesAct: 'Deliberazione della Giunta comunale n. 118 del 12 dicembre 2024',
    },
  },
  c_valle: {
    type: 'RecordConvention',
    convention: {
      id: 'CONV-2025-002',
      province: 'p_demo',
      services,
      serviceModel: 'SUPPORT',
      validFrom: '2025-01-01',
      validTo: null,
    },
  },
};

const mailbox = (address: string): BodyCommand & { type: 'RecordMailbox' } => ({
  ...{ type: 'RecordMailbox', mailbox: { address, kind: 'CERTIFIED_MAIL', purpose: 'PROTOCOL' } },
});

const mailboxes: Readonly<Record<string, BodyCommand & { type: 'RecordMailbox' }>> = {
  p_demo: mailbox('protocollo@pec.provincia.example'),
  c_borgo: mailbox('protocollo@pec.borgo.example'),
  c_valle: mailbox('protocollo@pec.valle.example'),
};

/**
 * What the demo Comuni decided. Borgo’s staff office knows where all cases of the Comune stand, as the cockpit of disciplinary.md § 13
 * has it; Valle left it at what is not disciplinary.
 */
const sharing = (shared: readonly string[]): BodyCommand & { type: 'ShareCases' } => ({
  ...{ type: 'ShareCases', services: shared, reason: 'Dimostrazione: l’ufficio personale lavora insieme.' },
});
const sharings: Readonly<Record<string, BodyCommand & { type: 'ShareCases' }>> = {
  c_borgo: sharing(services),
  c_valle: sharing(services.filter((one) => one !== 'discipline')),
};

const calendars: Readonly<Record<string, BodyCommand & { type: 'SetLocalCalendar' }>> = {
  c_borgo: {
    type: 'SetLocalCalendar',
    calendar: { patronSaint: { day: '06-24', name: 'San Giovanni Battista' }, closures: [] },
  },
};

interface DemoAccount {
  readonly username: string;
  readonly displayName: string;
  readonly grants: readonly Grant[];
}

const person = (username: string, displayName: string, role: Role, body: string): DemoAccount => ({
  username,
  displayName,
  grants: [{ role, body }],
});

/**
 * One account per role, the people whom the second Comune cannot do without, and one for a program, all with the same
 * password. Source: contracts.md, Two commands.
 */
export const demoAccounts: readonly DemoAccount[] = [
  person('operatore', 'Olga Operatore', 'DESK_OPERATOR', 'p_demo'),
  person('responsabile', 'Rita Responsabile', 'DESK_SUPERVISOR', 'p_demo'),
  person('upd', 'Ugo Presidente UPD', 'UPD', 'p_demo'),
  person('struttura', 'Sara Capo Struttura', 'STRUCTURE_HEAD', 'c_borgo'),
  person('personale', 'Piero Personale', 'COMUNE_HR', 'c_borgo'),
  person('segretario', 'Sandra Segretario', 'SEGRETARIO', 'c_borgo'),
  person('altrocomune', 'Aldo Altro Comune', 'COMUNE_HR', 'c_valle'),
  person('updvalle', 'Urbano UPD Valle', 'UPD', 'c_valle'),
  person('segretariovalle', 'Selma Segretario Valle', 'SEGRETARIO', 'c_valle'),
  person('strutturavalle', 'Silvia Capo Struttura Valle', 'STRUCTURE_HEAD', 'c_valle'),
  person('commissione', 'Carla Commissione', 'COMMISSION', 'p_demo'),
  person('docente', 'Dino Docente', 'TRAINER', 'p_demo'),
  person('dipendente', 'Diana Dipendente', 'PARTICIPANT', 'c_borgo'),
  person('programma', 'Paola Programma', 'PROGRAMME_MANAGER', 'upi_demo'),
  person('esperto', 'Elio Esperto', 'EXPERT', 'upi_demo'),
  person('redazione', 'Rosa Redazione', 'COMMUNITY_EDITOR', 'upi_demo'),
  person('tutor', 'Tito Tutor', 'PROVINCE_TUTOR', 'p_demo'),
  person('partecipante', 'Pina Partecipante', 'PROVINCE_PARTICIPANT', 'p_demo'),
  person('auditor', 'Ada Auditor', 'AUDITOR', 'p_demo'),
  person('dpo', 'Dario DPO', 'DPO', 'p_demo'),
  person('gestore', 'Gino Gestore', 'SYSTEM_OPERATOR', 'p_demo'),
  person('automa', 'Servizio automatico', 'WORKER', 'p_demo'),
];

export interface DemoPorts {
  readonly bodies: Bodies;
  readonly accounts: Accounts;
  readonly signIn: Pick<SignIn, 'setPassword'>;
  readonly credentials: Pick<SignInStore, 'credential'>;
}

/**
 * Puts the demo bodies and people in, through the same commands as everybody. Doing it again at the next start
 * changes nothing; what people changed meanwhile stays.
 * @param password given to accounts that have none yet; `reset` gives it to all
 */
export async function seedDemo(
  { bodies, accounts, signIn, credentials }: DemoPorts,
  password: string,
  reset = false,
): Promise<void> {
  const by = { principal: systemPrincipal, route: 'demo' };
  await bodies.catchUp();
  await accounts.catchUp();
  for (const command of demoBodies) {
    const body = command.ipa;
    if (bodies.isSetAside(body)) continue;
    for (const each of [command, conventions[body], mailboxes[body], calendars[body], sharings[body]]) {
      if (!each) continue;
      const result = await bodies.execute({
        body,
        command: each,
        idempotencyKey: `${body}-${each.type}`,
        ...by,
      });
      if (result.outcome !== 'done') throw new Error(`the demo body ${body} was answered ${result.outcome}`);
    }
  }
  const known = new Set(accounts.list().map(({ username }) => username));
  await Promise.all(
    demoAccounts.map(async ({ username, ...rest }) => {
      if (!known.has(username)) {
        const command = { type: 'CreateAccount', username, ...rest } as const;
        const result = await accounts.execute({ username, command, idempotencyKey: username, ...by });
        if (result.outcome !== 'done')
          throw new Error(`the demo account ${username} was answered ${result.outcome}`);
      }
      if (reset || (await credentials.credential(username)) === null) {
        const refusal = await signIn.setPassword(username, password);
        if (refusal) throw new Error(`the demo password is refused: ${refusal}`);
      }
    }),
  );
}
