import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemPrincipal } from '@iter/access';
import { createCaseCommands, createMessages } from '@iter/commands';
import { worldComune } from '@iter/commands/world';
import { createDocuments } from '@iter/documents';
import { writeDocx, writePdf } from '@iter/documents/acts';
import { createPostgresContents, documentMigrations } from '@iter/documents/postgres';
import type { CaseCommand, EventOf } from '@iter/engine';
import { createEvaluator } from '@iter/platform/feel';
import { createPool, migrate } from '@iter/platform/postgres';
import { createPostgresDataKeys, createSealer, dataKeyMigrations } from '@iter/platform/sealing';
import { createQueues, createReactions, draftThrough } from '@iter/reactions';
import type { Reactions } from '@iter/reactions';
import type { Pool } from 'pg';
import { createTestDatabase } from './support/database.ts';
import { openTestLog } from './support/logs.ts';
import { eventually } from './support/system.ts';
import { testWorld } from './support/world.ts';
import { throughCommands } from './support/reactions.ts';

const bpmn = `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:iter="urn:iter:bpmn:1"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="x">
  <bpmn:process id="letters" isExecutable="true">
    <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="gw"/>
    <bpmn:exclusiveGateway id="gw"/><bpmn:sequenceFlow id="f2" sourceRef="gw" targetRef="t_sign"/>
    <bpmn:userTask id="t_sign"><bpmn:extensionElements><zeebe:userTask/>
      <iter:act template="letter" out="letterDoc"/></bpmn:extensionElements></bpmn:userTask>
    <bpmn:sequenceFlow id="f3" sourceRef="t_sign" targetRef="gw2"/>
    <bpmn:exclusiveGateway id="gw2" default="f4"/>
    <bpmn:sequenceFlow id="f4" sourceRef="gw2" targetRef="e"/>
    <bpmn:sequenceFlow id="f5" sourceRef="gw2" targetRef="gw">
      <bpmn:conditionExpression>=again = true</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:endEvent id="e"/>
  </bpmn:process>
</bpmn:definitions>`;
const letter = `---
title: Lettera di prova (D.Lgs. 165/2001)
version: 3
protocol: true
signers: [{ role: UPD, label: Il presidente }]
place: true
---
Gentile {{ employeeName }}, il {{ day(hearingOn) }} presso {{ place }}.
{{#each facts as fact}}
- {{ fact }}
{{/each}}
`;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: Pool;
let house: Awaited<ReturnType<typeof openHouse>>;
const logged: string[] = [];

async function openHouse(worker: string) {
  const log = await openTestLog(database.url);
  const world = testWorld(log);
  const sealer = createSealer({ store: createPostgresDataKeys(pool, new Uint8Array(32).fill(1)) });
  const ports = { ...world.ports, sealer };
  const cases = createCaseCommands(ports);
  const messages = createMessages(ports, cases);
  const documents = createDocuments({ store: createPostgresContents(pool), sealer });
  const written: string[] = [];
  const queues = await createQueues({
    databaseUrl: database.url,
    onError: (error) => void logged.push(String(error)),
  });
  const draft = draftThrough({
    async read(caseId, revision) {
      const reading = await cases.readCase({ caseId, principal: systemPrincipal, revision });
      if (reading.outcome !== 'read') return null;
      const { state, events } = reading;
      return { state, startedAt: events[0]!.recordedAt, at: events.at(-1)!.recordedAt };
    },
    template: (definition, name) => world.catalog.byHash(definition)?.acts.get(name),
    bodies: ({ comune }) => {
      const body = { ipa: comune, name: 'Comune di Prova' };
      return { body, province: null, author: body, programme: null };
    },
    evaluator: (now) => createEvaluator({ now }),
    async write(document) {
      written.push(document.template);
      return { pdf: await writePdf(document), docx: await writeDocx(document) };
    },
    async keep(caseId, name, content) {
      const kept = await documents.keep(caseId, name, content);
      if (kept.outcome !== 'kept') throw new Error(kept.rejection.code);
      return kept.document;
    },
    discard: (caseId, sha256) => documents.discard(caseId, sha256),
    execute: (request) => cases.execute(request),
  });
  const reactions: Reactions = await createReactions({
    ...{ log, pool, queues, clock: world.clock, worker, draft },
    logger: {
      info: () => undefined,
      error: (fields, message) => void logged.push(`${message} ${JSON.stringify(fields)}`),
    },
    ...throughCommands({ world, sealer, cases, messages }),
  });
  return {
    ...{ log, world, cases, documents, reactions, written },
    async close() {
      await reactions.stop();
      await queues.close();
      await log.close();
    },
  };
}

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, max: 20 });
  await migrate(pool, [...dataKeyMigrations, ...documentMigrations]);
  house = await openHouse('spec');
  const { deployed, problems } = await house.world.deploy([
    { name: 'letters.bpmn', text: bpmn },
    { name: 'acts/letter.md', text: letter },
  ]);
  if (!deployed) throw new Error(JSON.stringify(problems));
  house.reactions.start();
  await house.reactions.ready;
});
afterAll(async () => {
  await house.close();
  await pool.end();
  await database.drop();
});

type Asked = Exclude<CaseCommand, { type: 'StartCase' }>;

async function begin(variables: Record<string, never[] | string | object>): Promise<string> {
  const outcome = await house.cases.start({
    ...{ process: 'letters', comune: worldComune, variables: variables as never, principal: systemPrincipal },
    ...{ route: 'spec', idempotencyKey: randomUUID() },
  });
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.caseId;
}

const ask = (caseId: string, command: Asked, principal = systemPrincipal) =>
  house.cases.execute({
    ...{ caseId, command, principal, reason: 'spec', route: 'spec', idempotencyKey: randomUUID() },
  });

async function read(caseId: string) {
  const reading = await house.cases.readCase({ caseId, principal: systemPrincipal });
  if (reading.outcome !== 'read') throw new Error('unreadable');
  const of = <T extends 'ActDrafted' | 'DocumentAttached' | 'IncidentRaised'>(type: T) =>
    reading.events.filter((event) => event.type === type).map(({ data }) => data as EventOf<T>['data']);
  return { state: reading.state, of };
}

const drafts = (caseId: string, count: number) =>
  eventually(
    `${count} drafts`,
    async () => {
      const it = await read(caseId);
      return it.of('ActDrafted').length >= count && it;
    },
    240_000,
  );

const complete = async (caseId: string, variables: object): Promise<void> => {
  const { state } = await read(caseId);
  const [task] = state.tasks.values();
  const outcome = await ask(
    caseId,
    { type: 'CompleteUserTask', key: task!.key, variables: variables as never },
    house.world.inRole('DESK_OPERATOR'),
  );
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
};

describe('when a task that asks for an act opens', () => {
  it('the house files a draft to read and one to edit, and the flow gets the reference', async () => {
    const caseId = await begin({ employeeName: 'Rossi-Segreto', facts: ['assenza'] });
    const { state, of } = await drafts(caseId, 1);
    const [drafted] = of('ActDrafted');
    expect(drafted).toMatchObject({
      template: 'letter',
      templateVersion: 3,
      name: 'Lettera di prova (D.Lgs. 165/2001)',
      blanks: 2,
    });
    const [pdf, docx] = of('DocumentAttached');
    expect(state.root.variables['letterDoc']).toBe(`${caseId}.${pdf!.key}`);
    expect([pdf!.name, docx!.name]).toEqual([
      'Lettera di prova (D.Lgs. 165-2001) - bozza.pdf',
      'Lettera di prova (D.Lgs. 165-2001) - bozza.docx',
    ]);
    expect((await house.documents.read(caseId, pdf!.sha256))!.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await house.documents.read(caseId, docx!.sha256))!.subarray(0, 2).toString()).toBe('PK');
  });

  it('a task entered anew gets the next version, which takes the place of what people made of the last', async () => {
    const caseId = await begin({ employeeName: 'A' });
    const { of } = await drafts(caseId, 1);
    const [pdf, docx] = of('DocumentAttached');
    const edited = await ask(
      caseId,
      {
        ...{ type: 'AttachDocument', name: 'mia.docx', mediaType: docx!.mediaType, sizeBytes: 1 },
        ...{ sha256: 'e'.repeat(64), protocolNo: null, task: null, replaces: docx!.key },
      },
      house.world.inRole('UPD'),
    );
    expect(edited.outcome).toBe('done');
    await complete(caseId, { again: true, employeeName: 'B' });
    const after = await drafts(caseId, 2);
    const [, , mine, second] = after.of('DocumentAttached');
    expect(mine!.replaces).toBe(pdf!.key);
    expect(second!.replaces).toBe(mine!.key);
    expect(after.state.root.variables['letterDoc']).toBe(`${caseId}.${second!.key}`);
  });

  it('of what cannot be drafted people are told; once it is mended, resolving drafts it', async () => {
    const caseId = await begin({ employeeName: { first: 'Un contesto' } });
    const { of, state } = await eventually('an incident', async () => {
      const it = await read(caseId);
      return it.of('IncidentRaised').length > 0 && it;
    });
    const [incident] = of('IncidentRaised');
    expect(incident).toMatchObject({ code: 'act-not-drafted', element: 't_sign' });
    expect(incident!.message).toContain('acts/letter.md:8:9');
    expect(incident!.message).not.toContain('contesto,');
    expect(state.documents.size).toBe(0);
    const supervisor = house.world.inRole('DESK_SUPERVISOR');
    await ask(
      caseId,
      { type: 'SetVariables', variables: { employeeName: 'C' }, reason: 'mended' },
      supervisor,
    );
    await ask(caseId, { type: 'ResolveIncident', key: incident!.key, resolution: 'mended' }, supervisor);
    const after = await drafts(caseId, 1);
    expect(after.of('DocumentAttached')).toHaveLength(2);
  });

  it('done again after everything pending was forgotten, adds nothing', async () => {
    const caseId = await begin({ employeeName: 'D' });
    await drafts(caseId, 1);
    await pool.query('truncate effects.tries');
    await house.reactions.reconcile();
    const { of } = await read(caseId);
    expect(of('DocumentAttached')).toHaveLength(2);
    const { rows } = await pool.query('select 1 from document_contents where case_id = $1', [caseId]);
    expect(rows).toHaveLength(2);
  });

  it('those that many cases ask for at once are all drafted', async () => {
    const count = Number(process.env['ITER_ACTS'] ?? 12);
    const before = process.cpuUsage();
    const at = performance.now();
    const ids = await Promise.all(
      Array.from({ length: count }, (_, i) => begin({ employeeName: `N. ${i}` })),
    );
    for (const id of ids) await drafts(id, 1);
    const { user, system } = process.cpuUsage(before);
    if (process.env['ITER_ACTS']) {
      process.stderr.write(
        `${count} drafts: ${Math.round(performance.now() - at)} ms, CPU ${Math.round((user + system) / 1000 / count)} ms each\n`,
      );
    }
    expect(new Set(ids).size).toBe(count);
  }, 300_000);

  it('nothing personal stands in the queue, the table of what is pending, or what is logged', async () => {
    const { rows } = await pool.query<{ all: string }>(
      `select coalesce(string_agg(t::text, ' '), '') as all from effects.tries t
       union all select coalesce(string_agg(a::text, ' '), '') from reactions.acts a`,
    );
    for (const { all } of rows) expect(all).not.toContain('Rossi-Segreto');
    expect(logged.join(' ')).not.toContain('Rossi-Segreto');
  });
});
