import { createHash } from 'node:crypto';
import type { Act } from '@iter/access';
import type { Position } from '@iter/event-store';
import {
  boardsImport,
  bodiesImport,
  calendarsImport,
  conventionsImport,
  judgeFile,
  mailboxesImport,
  officesImport,
  staffImport,
} from '@iter/registers/imports';
import type { Column, ImportKind, ImportReport } from '@iter/registers/imports';
import { mostBoardsAtOnce } from '@iter/registers/boards';
import { mostOfficesAtOnce } from '@iter/registers/offices';
import { mostStaffAtOnce } from '@iter/registers/staff';
import { canonicalJson } from '@iter/platform/ids';
import type { BodyCommand } from '@iter/registers';
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

interface Importable {
  readonly act: Act;
  readonly columns: readonly Column[];
  /** The registers of persons belong to one body, which the request names; the others stand in the lines. */
  readonly ofOneBody: boolean;
  plan(ports: ApiPorts, request: ImportDto & { readonly body: string }): ImportPlan;
}

const nothing = (): null => null;

/** How each register takes a file. */
export const importables: Readonly<Record<ImportRegister, Importable>> = {
  staff: {
    ...{ act: 'RecordStaff', ofOneBody: true, columns: staffImport(new Map(), new Map()).columns },
    plan({ staff, offices }, { csv, body }) {
      const report = judged(csv, staffImport(staff.of(body), offices.of(body)));
      return ofEntries(report, body, inParts(report.items, mostStaffAtOnce), staff);
    },
  },
  offices: {
    ...{ act: 'RecordStaff', ofOneBody: true, columns: officesImport(new Map()).columns },
    plan({ offices }, { csv, body }) {
      const report = judged(csv, officesImport(offices.of(body)));
      return ofEntries(report, body, inParts(report.items, mostOfficesAtOnce), offices);
    },
  },
  boards: {
    ...{ act: 'RecordBoards', ofOneBody: true, columns: boardsImport(new Map()).columns },
    plan({ boards }, { csv, body }) {
      const kind = boardsImport(boards.of(body));
      const report = judged(csv, kind);
      return ofEntries(report, body, inParts(kind.made(report.items), mostBoardsAtOnce), boards);
    },
  },
  bodies: {
    ...{ act: 'RegisterBody', ofOneBody: false, columns: bodiesImport(nothing).columns },
    plan({ bodies }, { csv }) {
      const report = judged(
        csv,
        bodiesImport((ipa) => bodies.find(ipa)),
      );
      return ofCommands(
        report,
        report.items.map((command) => ({ body: command.ipa, command })),
        bodies,
      );
    },
  },
  mailboxes: {
    ...{ act: 'RecordMailbox', ofOneBody: false, columns: mailboxesImport(nothing).columns },
    plan({ bodies }, { csv }) {
      const report = judged(
        csv,
        mailboxesImport((ipa) => bodies.find(ipa)),
      );
      return ofCommands(report, report.items, bodies);
    },
  },
  conventions: {
    ...{ act: 'RecordConvention', ofOneBody: false, columns: conventionsImport(nothing).columns },
    plan({ bodies }, { csv }) {
      const report = judged(
        csv,
        conventionsImport((ipa) => bodies.find(ipa)),
      );
      return ofCommands(report, report.items, bodies);
    },
  },
  calendars: {
    ...{ act: 'SetLocalCalendar', ofOneBody: false, columns: calendarsImport(nothing).columns },
    plan({ bodies }, { csv, reason = '' }) {
      const kind = calendarsImport((ipa) => bodies.find(ipa));
      const report = judged(csv, kind);
      const commands = kind.made().map(({ body, ...made }) => ({
        body,
        command: { type: 'SetLocalCalendar' as const, reason, ...made },
      }));
      return ofCommands(report, commands, bodies);
    },
  },
};

function ofEntries<T>(
  { lines, counts, warning }: ImportReport<unknown>,
  body: string,
  parts: readonly (readonly T[])[],
  register: {
    record(
      request: By & {
        readonly body: string;
        readonly entries: readonly T[];
      },
    ): Promise<Recorded>;
  },
): ImportPlan {
  return {
    ...{ lines, counts, warning, bodies: [body] },
    parts: parts.map((entries) => (by) => register.record({ body, entries, ...partOf(by, entries) })),
  };
}

function ofCommands(
  { lines, counts, warning }: ImportReport<unknown>,
  commands: readonly { readonly body: string; readonly command: BodyCommand }[],
  bodies: ApiPorts['bodies'],
): ImportPlan {
  return {
    ...{ lines, counts, warning, bodies: [...new Set(commands.map(({ body }) => body))] },
    parts: commands.map((each) => (by) => bodies.execute({ ...each, ...partOf(by, each) })),
  };
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
