import { setTimeout as pause } from 'node:timers/promises';
import { EsdbDouble } from '../../support/esdb/index.ts';
import type { EsdbOptions, Member } from '../../support/esdb/index.ts';
import type { Disturb } from '../../support/esdb/faults.ts';
import { EsdbStore } from '../../support/esdb/store.ts';

const size = 3;

/**
 * Three nodes with the same log, as a cluster has whose majority is there: one leads and takes appends, the others send clients
 * to it. Whoever is away is not alive for the others; when the leader goes, another leads.
 */
export class Cluster {
  readonly url: string;
  readonly store: EsdbStore;
  disturb: Disturb = () => undefined;
  readonly #nodes: readonly EsdbDouble[];
  readonly #away = new Set<EsdbDouble>();
  #leader = 0;
  /** Nodes that tell nobody of the cluster. */
  #reticent = 0;
  #turns = 0;

  private constructor(store: EsdbStore, nodes: readonly EsdbDouble[]) {
    this.store = store;
    this.#nodes = nodes;
    this.url = `esdb://${nodes.map(({ port }) => `127.0.0.1:${port}`).join()}?tls=false&discoveryInterval=20`;
    for (const [i, node] of nodes.entries()) {
      node.disturb = (request) => {
        if (request.rpc === 'Gossip') return i < this.#reticent ? 'not-ready' : undefined;
        const isAppend = request.rpc === 'Append' || request.rpc === 'BatchAppend';
        if (isAppend && node !== this.#nodes[this.#leader]) return 'not-leader';
        return this.disturb(request);
      };
    }
    this.#tell();
  }

  static async start(this: void, options: EsdbOptions): Promise<Cluster> {
    const store = new EsdbStore();
    const nodes = await Promise.all(
      Array.from({ length: size }, () => EsdbDouble.start({ ...options, store })),
    );
    return new Cluster(store, nodes);
  }

  stop(): void {
    for (const node of this.#nodes) node.stop();
  }

  readonly events = [
    /** Another leads from one moment to the next. */
    (): void => this.#elect(),
    /** A node goes, perhaps the one that leads, and comes back. */
    async (): Promise<void> => {
      const node = this.#nodes[this.#turns++ % size]!;
      this.#away.add(node);
      node.stop();
      if (node === this.#nodes[this.#leader]) {
        // Nobody leads until the others have noticed.
        await pause(80);
        this.#elect();
      } else this.#tell();
      await pause(150);
      await node.start();
      this.#away.delete(node);
      this.#tell();
    },
    /** Two nodes refuse gossip, or all of them; and connections break, so that somebody asks for it. */
    async (): Promise<void> => {
      this.#reticent = this.#turns % 2 === 0 ? size : size - 1;
      await this.#nodes[this.#leader]!.restart();
      await pause(250);
      this.#reticent = 0;
    },
    /** All of them go and come back. */
    async (): Promise<void> => {
      this.stop();
      await pause(60);
      for (const node of this.#nodes) await node.start();
    },
    (): void => {
      for (const node of this.#nodes) node.dropSubscriptions();
    },
  ];

  #elect(): void {
    do this.#leader = (this.#leader + 1) % size;
    while (this.#away.has(this.#nodes[this.#leader]!));
    this.#tell();
  }

  #tell(): void {
    const leader = this.#nodes[this.#leader]!;
    const members = this.#nodes.map((node): Member => ({
      port: node.port,
      isLeader: node === leader,
      isAlive: !this.#away.has(node),
    }));
    for (const node of this.#nodes) Object.assign(node, { leader, members });
  }
}
