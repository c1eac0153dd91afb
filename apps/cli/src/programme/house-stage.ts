import { setTimeout as sleep } from 'node:timers/promises';
import { systemPrincipal } from '@iter/access';
import type { Principal } from '@iter/access';
import type { CaseCommands, CaseReader, Outcome } from '@iter/commands';
import type { Key } from '@iter/engine';
import { atRome } from '@iter/legal-calendar';
import { WrongInput } from '../output.ts';
import type { Office, Stage } from './play.ts';

/** What a running house gives to a play: the ports that everybody's commands go through, and its movable clock. */
export interface HouseParts {
  readonly cases: CaseCommands & Pick<CaseReader, 'readState'>;
  readonly clock: { now(): string; advanceTo(instant: string): Promise<void> };
  /** The path that an edition has started for a Province, as the views know it; null: not yet. */
  pathOf(edition: string, province: string): Promise<string | null>;
  /** How long something that follows by itself (a bell, a message) may take; a minute when absent. */
  readonly patienceMs?: number;
}

/**
 * Plays in a running house: its bells ring and its messages travel by themselves, so every step waits until what it needs
 * is there. Played again with the same name, the same commands are recognised and nothing happens twice.
 * @param name of the play, part of each command's identity
 */
export function houseStage({ cases, clock, pathOf, patienceMs = 60_000 }: HouseParts, name: string): Stage {
  const request = (by: Office, key: string) => ({
    ...{ principal: personOf(by), route: 'programme seed', idempotencyKey: `${name}.${key}`.slice(-200) },
  });
  const patiently = async <T>(find: () => Promise<T | null>, what: string): Promise<T> => {
    const until = performance.now() + patienceMs;
    for (;;) {
      const found = await find();
      if (found !== null) return found;
      if (performance.now() > until) throw new WrongInput(`${what} did not come`);
      await sleep(50);
    }
  };
  const openTasks = async (caseId: string, element: string): Promise<readonly Key[] | null> => {
    const reading = await cases.readState({ caseId, principal: systemPrincipal, act: 'SeeCase' });
    if (reading.outcome !== 'read') return null;
    const open = [...reading.state.tasks.values()].filter((it) => it.element === element);
    return open.length > 0 ? open.map(({ key }) => key) : null;
  };
  return {
    async start(process, body, by, variables) {
      const key = `start.${process}.${body}.${String(variables['theme'])}`;
      const outcome = await cases.start({ process, comune: body, variables, ...request(by, key) });
      return done(outcome, process).caseId;
    },
    async complete(caseId, element, by, variables) {
      const keys = await patiently(() => openTasks(caseId, element), `${element} of ${caseId}`);
      // Of several, each is for another office: whoever is not meant is refused, and the next is tried.
      let last: Outcome | null = null;
      for (const key of keys) {
        const command = { type: 'CompleteUserTask', key, variables } as const;
        last = await cases.execute({ caseId, command, ...request(by, `${caseId}.${key}`) });
        if (last.outcome === 'done') return;
      }
      if (last) done(last, `${element} of ${caseId}`);
    },
    async comeTo(caseId, element) {
      await patiently(() => openTasks(caseId, element), `${element} of ${caseId}`);
    },
    async receive(caseId, message, by, variables) {
      const command = {
        type: 'RegisterIncoming',
        ...{
          message,
          protocolNo: `${String(variables['province'])}/1`,
          receivedOn: clock.now().slice(0, 10),
        },
        ...{ sender: String(variables['province']), note: '', documents: [], variables },
      } as const;
      const key = `${caseId}.${message}.${String(variables['province'])}`;
      done(await cases.execute({ caseId, command, ...request(by, key) }), `${message} to ${caseId}`);
    },
    linked: (process, body, cause) => patiently(() => pathOf(cause, body), `the ${process} of ${body}`),
    async pass(day) {
      const instant = atRome(day, '09:00');
      if (instant > clock.now()) await clock.advanceTo(instant);
    },
  };
}

/** Whoever holds this role there; a demo has no accounts of fictitious Provinces. */
const personOf = ({ role, body }: Office): Principal => ({
  account: `programma.${role.toLowerCase()}.${body}`,
  displayName: 'Programma dimostrativo',
  grants: [{ role, body }],
  serves: {},
});

function done(outcome: Outcome, what: string): Extract<Outcome, { outcome: 'done' }> {
  if (outcome.outcome === 'done') return outcome;
  const why = outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome;
  throw new WrongInput(`${what} was refused: ${why}`);
}
