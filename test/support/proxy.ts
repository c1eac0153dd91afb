import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

/** What the network does to bytes on their way. */
export interface Weather {
  readonly name: string;
  /** How long a piece takes, ms. Its order is kept. */
  delayMs?(): number;
  /** So few bytes at a time. */
  readonly pieceBytes?: number;
  /** Pieces vanish, and nobody is told. */
  readonly isSilent?: true;
  /** Whether what the server says now is lost, and the connection with it. */
  losesAnswer?(): boolean;
}

export const fair: Weather = { name: 'fair' };

/** A network between a client and a server on this machine. */
export class Proxy {
  weather: Weather = fair;
  /** Answers that were lost. */
  lost = 0;
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(port: number): Promise<Proxy> {
    const server = createServer();
    const proxy = new Proxy(server);
    server.on('connection', (client) => proxy.#join(client, connect({ port, host: '127.0.0.1' })));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /** The address of the server, through here. */
  through(url: string): string {
    const { port } = this.#server.address() as { port: number };
    return Object.assign(new URL(url), { port: String(port) }).href;
  }

  /** Ends every connection at once, as a router does that lost its table. */
  reset(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  /** From now on nothing passes on the connections that there are; their ends hear nothing of it. New ones are well. */
  abandon(): void {
    for (const pair of this.#pairs) {
      for (const socket of pair) socket.removeAllListeners('data').resume();
      this.#abandoned.add(pair);
    }
  }
  readonly #abandoned = new Set<readonly [Socket, Socket]>();

  async stop(): Promise<void> {
    this.reset();
    this.#server.close();
    await once(this.#server, 'close');
  }

  get connections(): number {
    return this.#pairs.size - this.#abandoned.size;
  }

  #join(client: Socket, server: Socket): void {
    const pair = [client, server] as const;
    this.#pairs.add(pair);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      let last: Promise<void> = Promise.resolve();
      from.setNoDelay(true);
      from.on('data', (bytes) => {
        const { weather } = this;
        if (weather.isSilent) return;
        if (from === server && weather.losesAnswer?.()) {
          this.lost++;
          for (const socket of pair) socket.resetAndDestroy();
          return;
        }
        const size = weather.pieceBytes ?? bytes.length;
        for (let at = 0; at < bytes.length; at += size) {
          const piece = bytes.subarray(at, at + size);
          const delayMs = weather.delayMs?.() ?? 0;
          last = last.then(async () => {
            if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
            if (!to.destroyed) to.write(piece);
          });
        }
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        this.#pairs.delete(pair);
        this.#abandoned.delete(pair);
        void last.then(() => to.destroy());
      });
    }
  }
}
