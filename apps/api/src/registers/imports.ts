import { createHash } from 'node:crypto';
import type { Act } from '@iter/access';
import type { Position } from '@iter/event-store';
import {
  boardsImport,
  bodiesImport,
  calendarsImport,
  conventionsImport,
  judgeFile,
  judgeIpa,
  mailboxesImport,
  officesImport,
  staffImport,
} from '@iter/registers/imports';
import type { Column, ImportKind, ImportReport } from '@iter/registers/imports';
import { mostBoardsAtOnce } from '@iter/registers/boards';
import { mostOfficesAtOnce } from '@iter/registers/offices';
import { mostStaffAtOnce } from '@iter/registers/staff';
import { canonicalJson } from '@iter/platform/ids';
import { versionOf } from '@iter/registers';
import type { BodyCommand, Change, SealedRegister } from '@iter/registers';
import type { ImportDto, importable } from '../dto/registers.ts';
import type { Asked } from '../http/asked.ts';
import { Problem } from '../problems/problem.ts';
import type { refused } from '../problems/problem.ts';
import type { ApiPorts } from '../ports.ts';

export type ImportRegister = (typeof importable)[number];

export type Recorded =
  | { readonly outcome: 'key-reused' }
  | { readonly outcome: 'rejected'; readonly rejection: Parameters<typeof refused>[0] }
  | { readonly outcome: 'done'; readonly position: Position | null };

type By = Pick<Asked, 'principal' | 'route' | 'idempotencyKey'>;

/** What a file would do. */
export interface ImportPlan extends Pick<ImportReport<unknown>, 'lines' | 'counts' | 'warning'> {
  /** Bodies whose registers it would change: whoever asks must be allowed to for each. */
  readonly bodies: readonly string[];
  /** What is recorded, command by command. A part that was recorded before is found recorded. */
  readonly parts: readonly ((by: By) => Promise<Recorded>)[];
}

type ImportRequest = ImportDto & { readonly body: string };

interface Importable {
  readonly act: Act;
  readonly columns: readonly Column[];
  /** The registers of persons belong to one body, which the request names; the others stand in the lines. */
  readonly ofOneBody: boolean;
  plan(ports: ApiPorts, request: ImportRequest): ImportPlan;
}

const nothing = (): null => null;

/** How each register takes a file. */
export const importables: Readonly<Record<ImportRegister, Importable>> = {
  staff: {
    ...{ act: 'RecordStaff', ofOneBody: true, columns: staffImport(new Map(), new Map()).columns },
    plan(ports, request) {
      const { staff, offices } = ports;
      const { csv, body } = request;
      const report = judged(csv, staffImport(staff.of(body), offices.of(body)));
      return ofEntries(report, request, ports, inParts(report.items, mostStaffAtOnce), staff);
    },
  },
  offices: {
    ...{ act: 'RecordStaff', ofOneBody: true, columns: officesImport(new Map(), () => false).columns },
    plan(ports, request) {
      const { offices, accounts } = ports;
      const { csv, body } = request;
      const isHead = (account: string) => accounts.holds(account, { role: 'STRUCTURE_HEAD', body });
      const report = judged(csv, officesImport(offices.of(body), isHead));
      return ofEntries(report, request, ports, inParts(report.items, mostOfficesAtOnce), offices);
    },
  },
  boards: {
    ...{ act: 'RecordBoards', ofOneBody: true, columns: boardsImport(new Map()).columns },
    plan(ports, request) {
      const { boards } = ports;
      const { csv, body } = request;
      const kind = boardsImport(boards.of(body));
      const report = judged(csv, kind);
      return ofEntries(report, request, ports, inParts(kind.made(report.items), mostBoardsAtOnce), boards);
    },
  },
  bodies: {
    ...{ act: 'RegisterBody', ofOneBody: false, columns: bodiesImport(nothing).columns },
    plan(ports, { csv, seen }) {
      const { bodies } = ports;
      const report = judged(
        csv,
        bodiesImport((ipa) => bodies.find(ipa)),
      );
      return ofCommands(
        report,
        report.items.map((command) => ({ body: command.ipa, command })),
        ports,
        seen,
      );
    },
  },
  mailboxes: {
    ...{ act: 'RecordMailbox', ofOneBody: false, columns: mailboxesImport(nothing).columns },
    plan(ports, { csv, seen }) {
      const { bodies } = ports;
      const find = (ipa: string) => bodies.find(ipa);
      const report = judgeIpa(csv, find, mailboxesImport(find)) ?? judged(csv, mailboxesImport(find));
      return ofCommands(report, report.items, ports, seen);
    },
  },
  conventions: {
    ...{ act: 'RecordConvention', ofOneBody: false, columns: conventionsImport(nothing).columns },
    plan(ports, { csv, seen }) {
      const { bodies } = ports;
      const report = judged(
        csv,
        conventionsImport((ipa) => bodies.find(ipa)),
      );
      return ofCommands(report, report.items, ports, seen);
    },
  },
  calendars: {
    ...{ act: 'SetLocalCalendar', ofOneBody: false, columns: calendarsImport(nothing).columns },
    plan(ports, { csv, reason = '' }) {
      const { bodies } = ports;
      const kind = calendarsImport((ipa) => bodies.find(ipa));
      const report = judged(csv, kind);
      const commands = kind.made().map(({ body, ...made }) => ({
        body,
        command: { type: 'SetLocalCalendar' as const, reason, ...made },
      }));
      return ofCommands(report, commands, ports);
    },
  },
};

/** Lines are judged by what is on the register then: what somebody changes before they are recorded is not written over either. */
function ofEntries<S extends ReadonlyMap<string, T>, T extends object>(
  { lines, counts, warning }: ImportReport<unknown>,
  { body, seen }: ImportRequest,
  ports: ApiPorts,
  parts: readonly (readonly T[])[],
  register: Pick<
    SealedRegister<S, T, Parameters<typeof refused>[0]>,
    'record' | 'of' | 'keyOf' | 'lastChange'
  >,
): ImportPlan {
  ofOne(lines, seen);
  const known = register.of(body);
  return {
    ...{ lines, counts, warning, bodies: [body] },
    parts: parts.map((entries) => async (by) => {
      const keys = entries.map((entry) => register.keyOf(entry));
      const versions = new Map(keys.map((key) => [key, seen ?? versionOf(known.get(key))]));
      const done = await register.record({ body, entries, seen: versions, ...partOf(by, entries) });
      return byWhom(ports, done, () => latest(keys.map((key) => register.lastChange(body, key))));
    }),
  };
}

function ofCommands(
  { lines, counts, warning }: ImportReport<unknown>,
  commands: readonly { readonly body: string; readonly command: BodyCommand }[],
  ports: ApiPorts,
  seen?: string,
): ImportPlan {
  ofOne(lines, seen);
  const isSeen = seen !== undefined && { seen };
  return {
    ...{ lines, counts, warning, bodies: [...new Set(commands.map(({ body }) => body))] },
    parts: commands.map((each) => async (by) => {
      const done = await ports.bodies.execute({ ...each, ...isSeen, ...partOf(by, each) });
      return byWhom(ports, done, () => ports.bodies.lastChange(each.body, each.command));
    }),
  };
}

/** What was seen is of one entry. */
function ofOne(lines: readonly unknown[], seen: string | undefined): void {
  if (seen === undefined || lines.length === 1) return;
  throw new Problem('request-invalid', {
    errors: [
      {
        ...{ pointer: '/seen', code: 'not-of-one' },
        message: {
          it: 'La versione letta è di una riga sola.',
          en: 'The version that was read is of one line.',
        },
      },
    ],
  });
}

/** Of several entries that were judged together, what somebody changed last: that is what has come between. */
const latest = (changes: readonly (Change | null)[]): Change | null =>
  changes.reduce((last, change) => (change && (!last || change.at > last.at) ? change : last), null);

/** @throws Problem 412 with who was faster, by name, and when */
export function byWhom<T extends Recorded>(
  { accounts }: Pick<ApiPorts, 'accounts'>,
  done: T,
  lastChange: () => Change | null,
): T {
  if (done.outcome !== 'rejected' || done.rejection.code !== 'register-changed') return done;
  const last = lastChange();
  throw new Problem('register-changed', {
    detail: done.rejection.message,
    more: { lastChange: last && { ...last, by: accounts.find(last.by)?.displayName ?? last.by } },
  });
}

/**
 * The same request as one of its parts, named by what that records: sent again when some are on the register already, the
 * file has fewer parts, and none may be taken for another.
 */
function partOf({ idempotencyKey, ...by }: By, content: unknown): By {
  const hash = createHash('sha256').update(canonicalJson(content)).digest('hex');
  return { ...by, idempotencyKey: `${idempotencyKey}-${hash}` };
}

function judged<T>(csv: string, kind: ImportKind<T>): ImportReport<T> {
  const report = judgeFile(csv, kind);
  if (!('fault' in report)) return report;
  const { code, message } = report.fault;
  throw new Problem('request-invalid', { errors: [{ pointer: '/csv', code, message }] });
}

const inParts = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
