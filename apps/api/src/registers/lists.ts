import { nameOf, versionOf } from '@iter/registers';
import type { Body } from '@iter/registers';
import { entryOf } from '@iter/registers/boards';
import type { Board } from '@iter/registers/boards';
import type { Office, Offices } from '@iter/registers/offices';
import type { StaffEntry } from '@iter/registers/staff';
import type {
  BoardDto,
  ConventionDto,
  MailboxDto,
  RegisteredOfficeDto,
  RegisteredBodyDto,
  StaffDto,
} from '../dto/registers.ts';

/** Those that hold the words in one of their texts, in whatever case of letters; without words all. */
export function holding<T>(
  all: readonly T[],
  words: string | undefined,
  textsOf: (it: T) => readonly string[],
): readonly T[] {
  const wanted = words?.trim().toLowerCase() ?? '';
  if (wanted === '') return all;
  return all.filter((it) => textsOf(it).some((text) => text.toLowerCase().includes(wanted)));
}

export const bodyOf = ({ ipa, name, kind, province }: Body): RegisteredBodyDto => ({
  ...{ ipa, name, kind, province, version: versionOf(nameOf({ name })) },
});

export const conventionsOf = ({ ipa, name, province, conventions }: Body): readonly ConventionDto[] =>
  conventions.map((convention) => {
    const { services, startsUntil = null, rulesAct = null, agreedSanction = false, ...rest } = convention;
    return {
      ...{ comune: ipa, comuneName: name, territory: province, ...rest, version: versionOf(convention) },
      ...{ services: [...services], startsUntil, rulesAct, agreedSanction },
    };
  });

export const mailboxesOf = ({ ipa, name, mailboxes }: Body): readonly MailboxDto[] =>
  mailboxes.map((it) => ({ body: ipa, bodyName: name, ...it, version: versionOf(it) }));

export const officeOf = (office: Office, all: Offices): RegisteredOfficeDto => ({
  ...office,
  version: versionOf(office),
  parentName: office.parent === null ? null : (all.get(office.parent)?.name ?? office.parent),
});

export const staffOf = (entry: StaffEntry, offices: Offices): StaffDto => ({
  ...entry,
  version: versionOf(entry),
  officeName: offices.get(entry.office)?.name ?? entry.office,
});

export const boardOf = (board: Board): BoardDto => ({
  ...board,
  version: versionOf(board),
  members: board.members.map((member) => ({
    ...member,
    entry: entryOf(board.id, member),
    incompatibilities: member.incompatibilities.map((it) => ({
      ...it,
      entry: entryOf(board.id, member, it),
    })),
  })),
});
