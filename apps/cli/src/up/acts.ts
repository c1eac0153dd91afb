import { systemPrincipal } from '@iter/access';
import { writeDocx, writePdf } from '@iter/documents/acts';
import { createEvaluator } from '@iter/platform/feel';
import { draftThrough } from '@iter/reactions';
import type { DraftAct, DraftingPorts } from '@iter/reactions';
import { romeDate } from '@iter/legal-calendar';
import type { House } from './house.ts';

/** Drafts acts with the house's templates, bodies and documents. */
export function draftsOf(house: House): DraftAct {
  const { catalog, cases, documents } = house;
  return draftThrough({
    async read(caseId, revision) {
      const reading = await cases.readCase({ caseId, principal: systemPrincipal, revision });
      const [first] = reading.outcome === 'read' ? reading.events : [];
      const last = reading.outcome === 'read' ? reading.events.at(-1) : undefined;
      if (reading.outcome !== 'read' || !first || !last) return null;
      return { state: reading.state, startedAt: first.recordedAt, at: last.recordedAt };
    },
    template: (definition, name) => catalog.byHash(definition)?.acts.get(name),
    bodies: bodiesOf(house),
    evaluator: (now) => createEvaluator({ now }),
    write: async (document) => ({ pdf: await writePdf(document), docx: await writeDocx(document) }),
    async keep(caseId, name, content) {
      const kept = await documents.keep(caseId, name, content);
      if (kept.outcome === 'rejected') throw new Error(`a draft is no document: ${kept.rejection.code}`);
      return kept.document;
    },
    discard: (caseId, sha256) => documents.discard(caseId, sha256),
    execute: (request) => cases.execute(request),
  });
}

/**
 * Whom an act names. Under the full service the associated office of the Province is the author; under the support model,
 * without a convention, and when that is over, the body itself.
 * Source: domain/disciplinary.md § 2; domain/README.md, principle 8
 */
const bodiesOf =
  ({ bodies }: Pick<House, 'bodies'>): DraftingPorts['bodies'] =>
  ({ comune, process, startedAt, serviceModel }) => {
    const named = (ipa: string) => ({ ipa, name: bodies.nameOf(ipa) });
    const on = romeDate(startedAt);
    if (bodies.isSetAside(comune)) throw new Error(`whose act it is in ${comune} cannot be told`);
    const standing = bodies.standing(comune, process, on);
    const seat = bodies.convention(comune, process, on)?.province ?? standing.territory ?? null;
    const province = seat === null ? null : named(seat);
    const body = named(comune);
    const model = serviceModel ?? standing.serviceModel ?? null;
    const programme = bodies.list().find(({ kind }) => kind === 'programme');
    return {
      body,
      province,
      author: model === 'FULL_UPD' && !standing.isOver && province ? province : body,
      programme: programme ? named(programme.ipa) : null,
    };
  };
