import { atRome } from '@iter/legal-calendar';
import { WrongInput } from '../output.ts';
import type { Answer, World, WorldCase } from '../world/world.ts';
import type { Office, Stage } from './play.ts';

/** Plays in a world in memory: its clock jumps to the days of the play. */
export function worldStage(world: World): Stage {
  const of = (caseId: string): WorldCase => {
    const it = world.cases.find(({ id }) => id === caseId);
    if (!it) throw new WrongInput(`there is no case ${caseId}`);
    return it;
  };
  const done = (answer: Answer, what: string): WorldCase => {
    if (!answer.done) throw new WrongInput(`${what}: ${answer.code}: ${answer.message}`);
    if (!answer.case) throw new WrongInput(`${what}: nothing began`);
    return answer.case;
  };
  const person = ({ role, body }: Office) => world.inRole(role, body);
  return {
    async start(process, body, by, variables) {
      return done(await world.start(process, person(by), variables, { body }), process).id;
    },
    async complete(caseId, element, by, variables) {
      const it = of(caseId);
      const task = [...it.state.tasks.values()].find(
        ({ key, element: id }) => id === element && isFor(world.officeOf(it, key), by, it),
      );
      if (!task) throw new WrongInput(`${element} of ${it.name} is not open for ${by.body}`);
      const command = { type: 'CompleteUserTask', key: task.key, variables } as const;
      done(await world.execute(it, person(by), command), `${element} of ${it.name}`);
    },
    // Messages are there as soon as they are sent.
    comeTo: () => Promise.resolve(),
    async receive(caseId, message, _by, variables) {
      const it = of(caseId);
      done(
        await world.send({ name: message, correlationKey: null, variables }, it),
        `${message} to ${it.name}`,
      );
    },
    async linked(process, body, cause) {
      const found = world.cases.find(
        (it) =>
          it.process === process &&
          it.state.comune === body &&
          it.state.root.variables['editionRef'] === cause,
      );
      if (!found) throw new WrongInput(`no ${process} of ${body} was started by ${cause}`);
      return found.id;
    },
    async pass(day) {
      await world.advance(new Date(atRome(day, '09:00')).toISOString());
      await world.ringDue();
    },
  };
}

/** A task of the case's own body is for whoever holds the role above it; one of another office is for that body alone. */
const isFor = (office: string, by: Office, { state }: WorldCase): boolean =>
  office === by.body || office === state.comune;
