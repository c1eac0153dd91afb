import type { Act } from '@iter/access';
import type { Label } from '@iter/process-model';
import { serviceOf } from '@iter/registers';
import type { BodyCommand } from '@iter/registers';
import { entryOn } from '@iter/registers/boards';
import type { WithdrawEntryDto, withdrawable } from '../dto/registers.ts';
import type { Asked } from '../http/asked.ts';
import type { ApiPorts } from '../ports.ts';
import { byWhom } from './imports.ts';
import type { Recorded } from './imports.ts';

export type WithdrawalRegister = (typeof withdrawable)[number];

interface Withdrawable {
  readonly act: Act;
  /** Why an entry stays on the register, and what to do instead; null: nothing holds it. */
  whyKept(ports: ApiPorts, body: string, entry: string): Promise<Label | null>;
  /** @throws Problem 412 with who was faster, where another version was seen than there is */
  withdraw(ports: ApiPorts, request: Request): Promise<Recorded>;
}

type Request = Pick<Asked, 'principal' | 'route' | 'idempotencyKey'> &
  WithdrawEntryDto & { readonly body: string };

/** Of what stands with a body on the register of bodies. */
const fromBody =
  (commandOf: (request: Request) => BodyCommand): Withdrawable['withdraw'] =>
  async ({ bodies, accounts }, request) => {
    const { body, principal, route, idempotencyKey, seen } = request;
    const command = commandOf(request);
    const by = { principal, route, idempotencyKey, ...(seen !== undefined && { seen }) };
    return byWhom({ accounts }, await bodies.execute({ body, command, ...by }), () =>
      bodies.lastChange(body, command),
    );
  };

/** Of a register of persons. */
const fromRegister =
  (name: 'boards' | 'staff' | 'offices'): Withdrawable['withdraw'] =>
  async (ports, request) => {
    const register: Pick<ApiPorts['staff'], 'withdraw' | 'keyOfWithdrawn' | 'lastChange'> = ports[name];
    const { body, entry } = request;
    // Before it is gone: what it belongs to.
    const key = register.keyOfWithdrawn(body, entry) ?? entry;
    return byWhom(ports, await register.withdraw(request), () => register.lastChange(body, key));
  };

/** How entries of each register are taken back that were recorded by mistake. */
export const withdrawables: Readonly<Record<WithdrawalRegister, Withdrawable>> = {
  conventions: {
    act: 'RecordConvention',
    async whyKept({ bodies, views }, body, entry) {
      const convention = bodies.find(body)?.conventions.find(({ id }) => id === entry);
      if (!convention) return null;
      const { validFrom: from, validTo: to, services } = convention;
      const begun = await views.reliance.processesBegun(body, { from, to });
      const isUsed = begun.some((process) => {
        const service = serviceOf(process);
        return service === null || services.includes(service);
      });
      return isUsed
        ? {
            it: 'Su questa convenzione sono stati avviati casi: non si ritira. Se non vale più, se ne corregge l’ultimo giorno.',
            en: 'Cases were begun under this convention: it is not withdrawn. If it is no longer in force, its last day is corrected.',
          }
        : null;
    },
    withdraw: fromBody(({ entry: id, reason }) => ({ type: 'WithdrawConvention', id, reason })),
  },
  mailboxes: {
    act: 'RecordMailbox',
    // What was sent from it names it in its own case: nothing hangs on the register.
    whyKept: async () => null,
    withdraw: fromBody(({ entry: address, reason }) => ({ type: 'RemoveMailbox', address, reason })),
  },
  boards: {
    act: 'RecordBoards',
    async whyKept({ boards, views }, body, entry) {
      const found = entryOn(boards.of(body), entry);
      if (!found || found.declaration || found.member.account === null) return null;
      const { kind, validFrom: from, validTo: to } = found.board;
      const role = kind === 'UPD' ? 'UPD' : 'COMMISSION';
      return (await views.reliance.hasActed(found.member.account, role, { from, to }))
        ? {
            it: 'Il componente ha già compiuto atti: non si ritira. Si chiude l’organo con il suo ultimo giorno e se ne registra un altro.',
            en: 'The member has acted already: the entry is not withdrawn. The board is closed with its last day, and another one is recorded.',
          }
        : null;
    },
    withdraw: fromRegister('boards'),
  },
  staff: {
    act: 'RecordStaff',
    async whyKept({ offices, views }, body, entry) {
      const headed = [...offices.of(body).values()].find(({ head }) => head === entry);
      if (headed)
        return {
          it: `È responsabile dell’ufficio ${headed.code}: va prima corretto l’ufficio.`,
          en: `Heads the office ${headed.code}: the office has to be corrected first.`,
        };
      return (await views.reliance.hasPath(body, entry))
        ? {
            it: 'Ha un percorso di formazione: non si ritira. Se non è più in servizio, si indica la data di cessazione.',
            en: 'There is a training path: the entry is not withdrawn. Of whoever has left the service, the last day is given.',
          }
        : null;
    },
    withdraw: fromRegister('staff'),
  },
  offices: {
    act: 'RecordStaff',
    async whyKept({ staff }, body, entry) {
      const people = [...staff.of(body).values()].filter(({ office }) => office === entry).length;
      return people > 0
        ? {
            it: `Vi ${people === 1 ? 'lavora una persona' : `lavorano ${people} persone`}: non si ritira. Se non c’è più, se ne indica l’ultimo giorno.`,
            en: `${people === 1 ? 'One person works' : `${people} people work`} there: it is not withdrawn. If it is there no more, its last day is given.`,
          }
        : null;
    },
    withdraw: fromRegister('offices'),
  },
};
