import type { Label } from '@iter/platform/words';
import { isDate } from '../local-calendar.ts';
import { isCode, isTaxCode } from '../staff/entries.ts';
import { keyOfMember, withoutMember } from './withdrawn.ts';
import type { WithdrawnMember } from './withdrawn.ts';

/** The office that judges, and the commission that examines. Norms: D.Lgs. 165/2001 art. 55-bis c. 2; D.P.R. 487/1994 art. 9. */
export const boardKinds = ['UPD', 'EXAMINATION'] as const;
export type BoardKind = (typeof boardKinds)[number];

export const memberRoles = ['PRESIDENT', 'MEMBER', 'SECRETARY', 'SUBSTITUTE'] as const;
export type MemberRole = (typeof memberRoles)[number];

/**
 * With whom a member is too near, or at odds, to judge: an employee, or somebody of the house (who reported the facts).
 * Norms: c.p.c. art. 51; L. 241/1990 art. 6-bis; D.P.R. 62/2013 art. 7.
 */
export interface Incompatibility {
  /** By the body's own number; null: it is with an account. */
  readonly employeeRef: string | null;
  readonly account: string | null;
  readonly reason: string;
}

export interface BoardMember {
  readonly name: string;
  /** Null: signs in nowhere; nothing can be refused to them here. */
  readonly account: string | null;
  readonly role: MemberRole;
  /** Null: not said. Norm: D.Lgs. 165/2001 art. 57 c. 1 (a). */
  readonly gender: 'F' | 'M' | null;
  readonly incompatibilities: readonly Incompatibility[];
}

/** Dates `YYYY-MM-DD`, both included. */
export interface Board {
  /** Unique in the body. */
  readonly id: string;
  readonly kind: BoardKind;
  readonly name: string;
  /** The act that appoints it. */
  readonly act: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly members: readonly BoardMember[];
}

/** The boards of a body, by id. */
export type Boards = ReadonlyMap<string, Board>;

/** Streams `board-<ipa>`: a board as a whole, as it is from then on; what was put on it by mistake. */
export type BoardEvent =
  | { readonly type: 'BoardRecorded'; readonly data: Board }
  | { readonly type: 'BoardMemberWithdrawn'; readonly data: WithdrawnMember };

/** Who sits on it is personal, and why somebody is incompatible more so. */
export const boardClearFields = {
  BoardRecorded: ['id', 'kind', 'validFrom', 'validTo'],
  BoardMemberWithdrawn: ['id'],
} as const;

export interface BoardRejection {
  readonly code: 'board-invalid';
  readonly message: Label;
}

/** Of one command: with all their members and incompatibilities they fit into an append. */
export const mostBoardsAtOnce = 3;
const mostMembers = 50;
const mostIncompatibilities = 200;

export function evolveBoards(boards: Boards, { type, data }: BoardEvent): Boards {
  if (type === 'BoardRecorded') return new Map(boards).set(data.id, data);
  const board = boards.get(data.id);
  return board ? new Map(boards).set(data.id, withoutMember(board, data)) : boards;
}

/** What recording these boards adds: only those that are new or differ. Pure. */
export function decideBoards(
  boards: Boards,
  recorded: readonly Board[],
): readonly BoardEvent[] | BoardRejection {
  if (recorded.length > mostBoardsAtOnce) {
    return {
      code: 'board-invalid',
      message: {
        it: `Al massimo ${mostBoardsAtOnce} organi alla volta.`,
        en: `At most ${mostBoardsAtOnce} boards at a time.`,
      },
    };
  }
  const fault = recorded.map(boardFault).find((it) => it !== null);
  if (fault) return { code: 'board-invalid', message: fault };
  return recorded
    .filter((board) => !sameBoard(boards.get(board.id), board))
    .map((data) => ({ type: 'BoardRecorded', data }));
}

/** Why a board cannot be recorded; null: it can. */
export function boardFault({ id, kind, name, act, validFrom, validTo, members }: Board): Label | null {
  if (!isCode(id))
    return {
      it: 'La sigla dell’organo è di lettere, cifre e «. _ / -», al massimo 40.',
      en: 'The code of the board is of letters, digits and “. _ / -”, at most 40.',
    };
  if (!boardKinds.includes(kind))
    return {
      it: `Il tipo è uno di ${boardKinds.join(', ')}.`,
      en: `The kind is one of ${boardKinds.join(', ')}.`,
    };
  if (name.trim() === '' || name.length > 120 || (act?.length ?? 0) > 200) {
    return {
      it: 'L’organo ha una denominazione di al massimo 120 caratteri e un atto di nomina di al massimo 200.',
      en: 'The board has a name of at most 120 characters and an act of appointment of at most 200.',
    };
  }
  if (!isDate(validFrom) || (validTo !== null && (!isDate(validTo) || validTo < validFrom))) {
    return { it: 'Le date dell’organo non sono valide.', en: 'The dates of the board are not valid.' };
  }
  const declared = members.reduce((sum, { incompatibilities }) => sum + incompatibilities.length, 0);
  if (members.length > mostMembers || declared > mostIncompatibilities) {
    return {
      it: `Un organo ha al massimo ${mostMembers} componenti e ${mostIncompatibilities} incompatibilità.`,
      en: `A board has at most ${mostMembers} members and ${mostIncompatibilities} incompatibilities.`,
    };
  }
  if (members.filter(({ role }) => role === 'PRESIDENT').length > 1)
    return { it: 'L’organo ha un solo presidente.', en: 'A board has one president alone.' };
  if (new Set(members.map(keyOfMember)).size < members.length)
    return { it: 'Un componente è indicato due volte.', en: 'A member is named twice.' };
  return members.map(memberFault).find((it) => it !== null) ?? null;
}

function memberFault({ name, account, role, gender, incompatibilities }: BoardMember): Label | null {
  if (name.trim() === '' || name.length > 120)
    return {
      it: 'Il componente ha un nome di al massimo 120 caratteri.',
      en: 'The member has a name of at most 120 characters.',
    };
  if (isTaxCode(name) || (account !== null && !isCode(account))) {
    return {
      it: 'Del componente si indicano il nome e l’utenza, non il codice fiscale.',
      en: 'Give the name and account of a member, not the tax code.',
    };
  }
  if (!memberRoles.includes(role))
    return {
      it: `Il ruolo è uno di ${memberRoles.join(', ')}.`,
      en: `The role is one of ${memberRoles.join(', ')}.`,
    };
  if (gender !== null && gender !== 'F' && gender !== 'M')
    return { it: 'Il genere è F, M o niente.', en: 'The gender is F, M or nothing.' };
  return incompatibilities.map(incompatibilityFault).find((it) => it !== null) ?? null;
}

function incompatibilityFault({ employeeRef, account, reason }: Incompatibility): Label | null {
  const other = employeeRef ?? account;
  if (other === null || (employeeRef !== null && account !== null)) {
    return {
      it: 'L’incompatibilità è con una matricola oppure con un’utenza.',
      en: 'An incompatibility is with a staff number or with an account.',
    };
  }
  if (!isCode(other)) {
    return {
      it: 'Chi è incompatibile si indica con la matricola o con l’utenza, non con il codice fiscale.',
      en: 'Whoever is incompatible is named by staff number or account, not by tax code.',
    };
  }
  if (reason.trim() === '' || reason.length > 300) {
    return {
      it: 'Di ogni incompatibilità si indica il motivo, di al massimo 300 caratteri.',
      en: 'Each incompatibility has its reason, of at most 300 characters.',
    };
  }
  return null;
}

/** Whether two boards say the same. */
export const sameBoard = (a: Board | undefined, b: Board): boolean =>
  a !== undefined && JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));

/** Its data in one order of names, whoever wrote them down. */
const inOrder = ({ id, kind, name, act, validFrom, validTo, members }: Board): unknown => [
  ...[id, kind, name, act, validFrom, validTo],
  members.map((it) => [
    ...[it.name, it.account, it.role, it.gender],
    it.incompatibilities.map(({ employeeRef, account, reason }) => [employeeRef, account, reason]),
  ]),
];

/** Whether a board is in office on a day. */
export const inOffice = ({ validFrom, validTo }: Board, on: string): boolean =>
  validFrom <= on && (validTo === null || on <= validTo);

/** About whom a case is, and who brought it. */
export interface Judged {
  readonly employeeRef: string | null;
  readonly reporters: readonly string[];
}

/**
 * The accounts that may not judge somebody, by what is on the register of disciplinary boards. A declaration outlives the
 * board for which it was made: who was too near to somebody does not become impartial by a new appointment.
 */
export function incompatibleWith(
  boards: Iterable<Board>,
  { employeeRef, reporters }: Judged,
): readonly string[] {
  const found = new Set<string>();
  for (const { kind, members } of boards) {
    if (kind !== 'UPD') continue;
    for (const { account, incompatibilities } of members) {
      const is = incompatibilities.some((it) =>
        it.employeeRef === null ? reporters.includes(it.account ?? '') : it.employeeRef === employeeRef,
      );
      if (account !== null && is) found.add(account);
    }
  }
  return [...found];
}
