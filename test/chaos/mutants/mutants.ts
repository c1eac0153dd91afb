/** A defect in one source file, and the experiment that must find it. */
export interface Mutant {
  readonly id: string;
  readonly what: string;
  readonly file: string;
  /** Text that stands in the file once, and what stands there instead. */
  readonly edits: readonly (readonly [from: string, to: string])[];
  readonly by: string;
  /** Until it is found; the seeds follow one another. */
  readonly trials: number;
}

const log = (file: string): string => `libs/event-store/src/${file}`;

const ofFollowers: readonly Mutant[] = [
  {
    id: 'checkpoint-before-rows',
    what: 'the checkpoint is committed before the rows',
    file: log('following/commit-page.ts'),
    edits: [
      [
        'await advance(db, schema, from, page.position);',
        'await inTransaction(options.pool, (own) => advance(own, schema, from, page.position));',
      ],
    ],
    ...{ by: 'F17', trials: 5 },
  },
  {
    id: 'checkpoint-after-rows',
    what: 'the checkpoint is committed after the rows',
    file: log('following/commit-page.ts'),
    edits: [
      ['await advance(db, schema, from, page.position);', ''],
      [
        'tellPoison(options, schema, result.poison);',
        'await inTransaction(options.pool, (own) => advance(own, schema, from, page.position));\ntellPoison(options, schema, result.poison);',
      ],
    ],
    ...{ by: 'F17', trials: 5 },
  },
  {
    id: 'no-fencing',
    what: 'the checkpoint is moved wherever it stands',
    file: log('following/generation.ts'),
    edits: [
      [
        'where position is not distinct from $2 and fingerprint = $3',
        "where $2 is distinct from '' and $3 <> ''",
      ],
    ],
    ...{ by: 'F18', trials: 5 },
  },
  {
    id: 'aside-goes-on',
    what: 'a case that was set aside is folded on',
    file: log('following/fold-page.ts'),
    edits: [['.filter(([id]) => !parked.has(id))', '.filter(() => parked.size >= 0)']],
    ...{ by: 'F17', trials: 2 },
  },
  {
    id: 'unknown-passed-over',
    what: 'an event that nobody knows is passed over',
    file: log('following/fold-page.ts'),
    edits: [
      [
        'if (last < 0) return foldOver(projections, events, rows);',
        'if (last < 1e9) return foldOver(projections, events, rows);',
      ],
    ],
    ...{ by: 'F17', trials: 2 },
  },
  {
    id: 'taken-back-too-early',
    what: 'the stream of a case that is taken back is read before the checkpoint is held',
    file: log('following/resume.ts'),
    edits: [
      ['const { position: end } = await hold(db, schema);', ''],
      [
        'const upTo =',
        'await new Promise((go) => setTimeout(go, 20));\nconst { position: end } = await hold(db, schema);\nconst upTo =',
      ],
    ],
    ...{ by: 'F19', trials: 10 },
  },
  {
    id: 'taken-back-beside',
    what: 'a case is taken back while the checkpoint moves on',
    file: log('following/resume.ts'),
    edits: [
      [
        'const { position: end } = await hold(db, schema);',
        'const { position: end } = await inTransaction(pool, (own) => hold(own, schema));',
      ],
    ],
    ...{ by: 'F19', trials: 5 },
  },
  {
    id: 'taken-back-over-rows',
    what: 'the rows of a case that is taken back stay, and are folded over',
    file: log('following/resume.ts'),
    edits: [['await forgetRows(db, schema, projections, [caseId]);', '']],
    ...{ by: 'F19', trials: 2 },
  },
  {
    id: 'swap-too-early',
    what: 'tables made anew are shown before the last events came over',
    file: log('following/rebuild.ts'),
    edits: [
      [
        'const page = await log.readAll({ after: at.position, prefixes });',
        'const page = { events: [], position: at.position, atEnd: true };',
      ],
    ],
    ...{ by: 'F20', trials: 5 },
  },
  {
    id: 'leftovers-stay',
    what: 'what a killed rebuild left is not dropped',
    file: log('following/generation.ts'),
    edits: [['drop schema if exists ${schema} cascade; create schema', 'create schema']],
    ...{ by: 'F20', trials: 5 },
  },
  {
    id: 'left-in-memory',
    what: 'rows of cases that are still in memory at the end are not written',
    file: log('following/fill.ts'),
    edits: [['portion.whole.push(...shelf.clear());', 'shelf.clear();']],
    ...{ by: 'F20', trials: 5 },
  },
  {
    id: 'rebuild-in-place',
    what: 'the live tables are dropped while they are made anew',
    file: log('following/rebuild.ts'),
    edits: [
      [
        'let at: Checkpoint = { fingerprint, position: null };',
        'let at: Checkpoint = { fingerprint, position: null };\nawait pool.query(`delete from ${schema}.tally`);',
      ],
    ],
    ...{ by: 'F20', trials: 2 },
  },
];

const ofReading: readonly Mutant[] = [
  {
    id: 'read-inclusive',
    what: 'reading after a position begins with it',
    file: log('postgres/read-all.ts'),
    edits: [
      ['where l.position > $1::bigint and l.position <=', 'where l.position >= $1::bigint and l.position <='],
    ],
    ...{ by: 'F17', trials: 2 },
  },
  {
    id: 'page-claims-the-end',
    what: 'a page that was cut says that it reaches the end',
    file: log('postgres/read-all.ts'),
    edits: [
      [
        'const reached = isCut ? end.position : isWindow',
        'const reached = isCut && now < 0 ? now : isWindow',
      ],
    ],
    ...{ by: 'F17', trials: 2 },
  },
  {
    id: 'ahead-unnoticed',
    what: 'a checkpoint ahead of the log is taken for one of its own',
    file: log('postgres/read-all.ts'),
    edits: [['if (!isFromEdge && from > last)', 'if (!isFromEdge && from < 0)']],
    // Only the trials in which the log ends before the checkpoint tell, about half of them.
    ...{ by: 'F38', trials: 10 },
  },
  {
    id: 'life-unnoticed',
    what: 'a log that was restored and went on keeps its epoch',
    file: log('postgres/index.ts'),
    edits: [['where one and life <> log_life()', "where one and life = ''"]],
    ...{ by: 'F38', trials: 5 },
  },
];

const ofWriting: readonly Mutant[] = [
  {
    id: 'position-without-lock',
    what: 'positions come from a sequence, and not in the order of commits',
    file: log('postgres/schema.ts'),
    edits: [
      ['create sequence stream_keys', 'create sequence positions;\n      create sequence stream_keys'],
      [
        'update log_counter c set position = c.position + 1 where c.one returning c.position into v_base;',
        "v_base := nextval('positions'); update log_counter c set position = greatest(c.position, v_base) where c.one;",
      ],
      ['update log_counter c set position = v_base - 1 where c.one;', ''],
      [
        'select c.position into v_base from log_counter c where c.one for update;',
        "v_base := nextval('positions'); perform setval('positions', v_base + array_length(p_expected, 1));",
      ],
    ],
    ...{ by: 'F15', trials: 3 },
  },
  {
    id: 'expected-revision-ignored',
    what: 'whatever revision the writer has seen, it may write',
    file: log('postgres/schema.ts'),
    edits: [
      [
        'where h.stream = p_streams and h.revision = p_expected[1] and h.hash = p_prev',
        'where h.stream = p_streams',
      ],
      ['create unique index log_stream', 'create index log_stream'],
    ],
    ...{ by: 'F13', trials: 5 },
  },
  {
    id: 'acknowledged-before-durable',
    what: 'an append is acknowledged before it is on the disk',
    file: log('postgres/schema.ts'),
    edits: [["jit: 'off',", "jit: 'off',\n  synchronous_commit: 'off',"]],
    ...{ by: 'F05', trials: 10 },
  },
  {
    id: 'command-done-twice',
    what: 'a command that the case has seen is done again',
    file: 'libs/commands/src/case/handler.ts',
    edits: [
      [
        'const seen = seenCommand(file.state, commandId);',
        'const seen = seenCommand(file.state, `${commandId} `);',
      ],
    ],
    ...{ by: 'F14', trials: 3 },
  },
  {
    id: 'other-body-taken',
    what: 'a command with another body gets the answer of the first',
    file: 'libs/commands/src/case/handler.ts',
    edits: [['return seen === requestHash ?', "return seen !== '' ?"]],
    ...{ by: 'F14', trials: 3 },
  },
  {
    id: 'stale-refusal',
    what: 'a state that is not fresh may refuse',
    file: 'libs/commands/src/case/handler.ts',
    edits: [
      [
        "if (!fresh && step.kind === 'nothing') {",
        "if (!fresh && known === null && step.kind === 'nothing') {",
      ],
    ],
    ...{ by: 'F21', trials: 3 },
  },
  {
    id: 'error-is-conflict',
    what: 'an append that ended in an error counts as not written',
    file: log('append-surely.ts'),
    edits: [
      [
        'const pause = Math.min(',
        "if (attempt > 0) return { outcome: 'conflict', actualRevision: append.expectedRevision };\nconst pause = Math.min(",
      ],
    ],
    ...{ by: 'F03e', trials: 3 },
  },
];

const ofEventStore: readonly Mutant[] = [
  {
    id: 'esdb-any-revision',
    what: 'appends name no revision',
    file: log('eventstoredb/write.ts'),
    edits: [
      [
        "expectedRevision: expectedRevision < 0 ? 'no_stream' : BigInt(expectedRevision),",
        "expectedRevision: 'any',",
      ],
    ],
    ...{ by: 'F13e', trials: 3 },
  },
  {
    id: 'esdb-ids-of-commands',
    what: 'the store compares the ids of events, and not what they say',
    file: log('eventstoredb/stored.ts'),
    edits: [['      id: storedId(event),', '      id: event.id,']],
    ...{ by: 'F14e', trials: 3 },
  },
  {
    id: 'esdb-no-time-limit',
    what: 'an append waits for its answer as long as it takes',
    file: log('eventstoredb/within.ts'),
    edits: [
      ['return Promise.race([answer, silence])', 'return Promise.race([answer])'],
      ["connection.suspect('append', askedAt);", 'void askedAt;'],
    ],
    ...{ by: 'F04e', trials: 3 },
  },
  {
    id: 'esdb-silence-unnoticed',
    what: 'a subscription that fell silent is trusted',
    file: log('eventstoredb/tail.ts'),
    edits: [['if (owed && (!end || end.commit < owed.commit))', 'if (owed && owed.commit < 0)']],
    ...{ by: 'F05e', trials: 5 },
  },
  {
    id: 'esdb-second-client',
    what: 'a process may be connected to two servers',
    file: log('eventstoredb/connection.ts'),
    edits: [['if (shared && shared.address !== address)', "if (shared && shared.address === '')"]],
    ...{ by: 'F40', trials: 2 },
  },
  {
    id: 'esdb-no-resubscription',
    what: 'a subscription that broke is not made again',
    file: log('eventstoredb/tail.ts'),
    edits: [
      [
        'if (cause) throw cause;',
        "if (cause) return await new Promise((end) => signal.addEventListener('abort', () => end(), { once: true }));",
      ],
    ],
    ...{ by: 'F39', trials: 3 },
  },
  {
    id: 'esdb-conflict-unasked',
    what: 'whatever the store says against an append is a conflict',
    file: log('eventstoredb/write.ts'),
    edits: [["if (type === 'wrong-expected-version') {", "if (type !== 'maximum-append-size-exceeded') {"]],
    ...{ by: 'F39', trials: 5 },
  },
];

const ofMigrations: readonly Mutant[] = [
  {
    id: 'migration-in-pieces',
    what: 'a step of the schema is no transaction',
    file: 'libs/platform/src/postgres/index.ts',
    edits: [
      [
        "await client.query('begin');\n        await client.query(sql);",
        "for (const piece of sql.includes('$$') ? [sql] : sql.split(';')) await client.query(piece);",
      ],
    ],
    ...{ by: 'F37', trials: 5 },
  },
  {
    id: 'migration-marked-first',
    what: 'a step of the schema is marked as done before it is',
    file: 'libs/platform/src/postgres/index.ts',
    edits: [
      [
        "await client.query('begin');\n        await client.query(sql);\n        await client.query('insert into applied_migrations (name) values ($1)', [name]);",
        "await client.query('insert into applied_migrations (name) values ($1)', [name]);\n        await client.query('begin');\n        await client.query(sql);",
      ],
    ],
    ...{ by: 'F37', trials: 5 },
  },
  {
    id: 'migrations-at-once',
    what: 'processes change the schema at the same time',
    file: 'libs/platform/src/postgres/index.ts',
    edits: [["'select pg_advisory_lock($1)'", "'select $1::bigint'"]],
    ...{ by: 'F37', trials: 5 },
  },
];

export const mutants: readonly Mutant[] = [
  ...ofFollowers,
  ...ofReading,
  ...ofWriting,
  ...ofEventStore,
  ...ofMigrations,
];

/** @throws Error when the text to change is not there exactly once: the mutant must be made anew for the code as it is */
export function mutated({ id, edits }: Mutant, source: string): string {
  return edits.reduce((text, [from, to]) => {
    const parts = text.split(from);
    if (parts.length !== 2) throw new Error(`mutant ${id}: found ${parts.length - 1} times: ${from}`);
    return parts.join(to);
  }, source);
}
