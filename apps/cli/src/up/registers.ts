import { bodiesOf, mayAct } from '@iter/access';
import type { Act, Role } from '@iter/access';
import type { Accounts } from '@iter/access/accounts';
import type { BodyFacts, Choice, ChoiceQuestion, RegisterFacts, RegisterQuestion } from '@iter/commands';
import type { ChoiceRegister, Json, LookupRegister } from '@iter/process-model';
import type { Bodies } from '@iter/registers';
import { isWorkedOn, sendingMailbox, serviceOf } from '@iter/registers';
import type { OfficeRegister } from '@iter/registers/offices';
import type { StaffEntry, StaffRegister } from '@iter/registers/staff';

/** Reads one register; null when there is no such entry. */
export type ReadRegister = (key: Json, about: Omit<RegisterQuestion, 'register' | 'key'>) => Promise<Json>;

/** Entries of one register that somebody may choose. */
export type ChooseFrom = (asked: Omit<ChoiceQuestion, 'register'>) => Promise<readonly Choice[]>;

/** Whether an entry is one of those that are called, or that the words find. */
function seeker({
  called,
  text = '',
}: Omit<ChoiceQuestion, 'register'>): (name: string, said: string) => boolean {
  const asked = called && new Set(called.map((name) => name.trim().toUpperCase()));
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return (name, said) =>
    asked
      ? asked.has(name.toUpperCase())
      : words.every((word) => `${said} ${name}`.toLowerCase().includes(word));
}

/** Accounts that hold the office of an examiner, for those who put boards together; an absent person is one all the same. */
export const examinersAmong = (accounts: Pick<Accounts, 'list'>): ChooseFrom =>
  holdersAmong(accounts, 'COMMISSION', 'ChooseExaminers');

/** Accounts of participants of the bodies whose staff one may read: nobody enrols somebody else's by mistake. */
export const participantsAmong = (accounts: Pick<Accounts, 'list'>): ChooseFrom =>
  holdersAmong(accounts, 'PARTICIPANT', 'ReadStaff');

/** Accounts of trainers of the bodies whose editions one publishes: the register of attendance is a task of theirs. */
export const trainersAmong = (accounts: Pick<Accounts, 'list'>): ChooseFrom =>
  holdersAmong(accounts, 'TRAINER', 'HandOutSurvey');

/** Accounts that hold an office at a body, for those who may do an act there. */
const holdersAmong =
  (accounts: Pick<Accounts, 'list'>, office: Role, act: Act): ChooseFrom =>
  async (asked) => {
    const { principal, limit } = asked;
    const isSought = seeker(asked);
    return accounts
      .list()
      .filter(
        ({ username, displayName, disabled, grants }) =>
          !disabled &&
          isSought(username, displayName) &&
          grants.some(({ role, body }) => role === office && mayAct(principal, act, { body }).allowed),
      )
      .toSorted((one, other) => one.displayName.localeCompare(other.displayName, 'it'))
      .slice(0, limit)
      .map(({ username, displayName }) => {
        const label = `${displayName} (${username})`;
        return { value: username, label: { it: label, en: label }, names: [username], entry: { username } };
      });
  };

/** What a case may know of somebody who works for a body: the office as people call it. */
export const referenceOf = (
  offices: Pick<OfficeRegister, 'nameOf'>,
  body: string,
  { employeeRef, office, area, hiredOn }: StaffEntry,
) => ({ employeeRef, office: offices.nameOf(body, office), area, hiredOn });

/**
 * What `iter:lookup` finds in a running house, and what people choose from in forms.
 * @param offices with who heads what
 * @param readers of the registers that are views over the log
 * @param choosers the same
 * @param certifiedMail whether the house sends certified mail
 */
export function registersOf(
  bodies: Bodies,
  staff: StaffRegister,
  offices: Pick<OfficeRegister, 'nameOf'> & Pick<BodyFacts, 'headship'>,
  readers: Partial<Record<LookupRegister, ReadRegister>>,
  choosers: Partial<Record<ChoiceRegister, ChooseFrom>>,
  certifiedMail: boolean,
): RegisterFacts {
  // Of a body that was set aside nobody can say that it is not there, nor that it has no convention.
  const known = (ipa: string): string => {
    if (bodies.isSetAside(ipa)) throw new Error(`what the register says of ${ipa} cannot be read`);
    return ipa;
  };
  const bodyOf = (key: Json, process: string, on: string): Json => {
    const found = typeof key === 'string' ? bodies.find(known(key)) : null;
    if (!found) return null;
    const { ipa, name, kind, province, mailboxes } = found;
    const served = isWorkedOn(found, process, on);
    return { ...{ ipa, name, kind, province, served }, mailbox: sendingMailbox(mailboxes), certifiedMail };
  };
  const conventionOf = (key: Json, process: string, on: string): Json => {
    const [body = '', asked = process, day = on] = typeof key === 'string' ? key.split(' ') : [];
    const found = bodies.convention(known(body), asked, day);
    if (!found) return null;
    const { services: _, startsUntil = null, rulesAct = null, agreedSanction = false, ...rest } = found;
    return { ...rest, startsUntil, rulesAct, agreedSanction, service: serviceOf(asked) };
  };
  // A list of keys finds a list.
  const each =
    (read: (key: Json, process: string, on: string) => Json): ReadRegister =>
    async (key, { process, on }) =>
      Array.isArray(key) ? key.map((one: Json) => read(one, process, on)) : read(key, process, on);
  const all: Partial<Record<LookupRegister, ReadRegister>> = {
    // The one that covers this process today, or another, on a day, as named behind the body: `c_borgo desk-request 2029-12-31`.
    convention: each(conventionOf),
    body: each(bodyOf),
    async staff(key, { on }) {
      if (typeof key !== 'string') return null;
      return staff.page(key, on, null, Infinity).map((entry) => referenceOf(offices, key, entry));
    },
    async employee(key) {
      const found = typeof key === 'string' ? staff.find(key) : null;
      if (!found) return null;
      const { comune } = found;
      const { heads } = offices.headship(comune, found.employeeRef);
      return { ...referenceOf(offices, comune, found), comune, headAccounts: heads };
    },
    ...readers,
  };
  const offering: Partial<Record<ChoiceRegister, ChooseFrom>> = {
    // Which bodies there are is no secret of anybody signed in (`ReadBodies`).
    async body(asked) {
      const isSought = seeker(asked);
      return bodies
        .list()
        .filter(({ ipa, name }) => isSought(ipa, name))
        .toSorted((one, other) => one.name.localeCompare(other.name, 'it'))
        .slice(0, asked.limit)
        .map(({ ipa, name, kind, province }) => ({
          value: ipa,
          label: { it: name, en: name },
          names: [ipa],
          entry: { ipa, name, kind, province },
        }));
    },
    // Of the bodies whose staff one may read.
    async employee(asked) {
      const { principal, on, limit } = asked;
      const isSought = seeker(asked);
      return bodiesOf(principal)
        .filter((body) => mayAct(principal, 'ReadStaff', { body }).allowed)
        .flatMap((body) =>
          staff
            .page(body, on, null, Infinity)
            .map((entry) => ({ ...referenceOf(offices, body, entry), comune: body })),
        )
        .filter(({ employeeRef, office }) => isSought(employeeRef, office))
        .slice(0, limit)
        .map((entry) => {
          const { employeeRef, office } = entry;
          const said = `${employeeRef} · ${office}`;
          return { value: employeeRef, label: { it: said, en: said }, names: [employeeRef], entry };
        });
    },
    ...choosers,
  };
  return {
    async choices({ register, ...asked }) {
      const choose = offering[register];
      if (!choose) throw new Error(`nothing of the register ${register} is chosen here`);
      return choose(asked);
    },
    async read({ register, key, ...about }) {
      const reader = all[register];
      if (!reader) throw new Error(`the register ${register} is not kept here`);
      return reader(key, about);
    },
  };
}
