import type { FastifyInstance } from 'fastify';

export interface Gauge {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const bucketsS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Series {
  readonly counts: number[];
  sum: number;
  total: number;
}

/** Figures of this process in the text format of Prometheus: by route and status, never by person or case. */
export class Metrics {
  readonly #series = new Map<string, Series>();

  /** Times every request from its arrival to its answer. */
  observe(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      const labels = `method="${request.method}",route="${route}",status="${reply.statusCode}"`;
      this.#add(labels, reply.elapsedTime / 1000);
      done();
    });
  }

  #add(labels: string, seconds: number): void {
    let series = this.#series.get(labels);
    if (!series) this.#series.set(labels, (series = { counts: bucketsS.map(() => 0), sum: 0, total: 0 }));
    bucketsS.forEach((bound, i) => {
      if (seconds <= bound) series.counts[i]! += 1;
    });
    series.sum += seconds;
    series.total += 1;
  }

  text(gauges: readonly Gauge[]): string {
    const { rss, heapUsed } = process.memoryUsage();
    const all: readonly Gauge[] = [
      ...gauges,
      { name: 'process_resident_memory_bytes', labels: {}, value: rss },
      { name: 'nodejs_heap_size_used_bytes', labels: {}, value: heapUsed },
      { name: 'process_uptime_seconds', labels: {}, value: process.uptime() },
    ];
    const names = [...new Set(all.map(({ name }) => name))];
    const lines = names.flatMap((name) => [
      `# TYPE ${name} gauge`,
      ...all
        .filter((gauge) => gauge.name === name)
        .map(({ labels, value }) => `${name}${braces(labels)} ${value}`),
    ]);
    lines.push('# TYPE iter_http_request_duration_seconds histogram');
    for (const [labels, { counts, sum, total }] of this.#series) {
      const name = 'iter_http_request_duration_seconds';
      bucketsS.forEach((bound, i) => lines.push(`${name}_bucket{${labels},le="${bound}"} ${counts[i]}`));
      lines.push(
        `${name}_bucket{${labels},le="+Inf"} ${total}`,
        `${name}_sum{${labels}} ${sum}`,
        `${name}_count{${labels}} ${total}`,
      );
    }
    return `${lines.join('\n')}\n`;
  }
}

const braces = (labels: Gauge['labels']): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/["\\\n]/g, '_')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};
