import type { FastifyReply } from 'fastify';
import { Problem } from '../problems/problem.ts';

const windowMs = 60_000;

/**
 * Counts requests per subject (an account, or the address of who is not signed in) in windows of a minute, and says in every
 * answer what is left. Per process: behind a balancer each process counts for itself.
 * Source: draft-ietf-httpapi-ratelimit-headers; RAC ModI (429 with its headers, Reset in seconds).
 */
export class RateLimit {
  #counts = new Map<string, number>();
  #endsAtMs = 0;

  constructor(
    private readonly perMinute: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** @throws Problem 429 when the subject has used up its minute */
  take(subject: string, reply: FastifyReply): void {
    const now = this.nowMs();
    if (now >= this.#endsAtMs) {
      this.#counts = new Map();
      this.#endsAtMs = now + windowMs;
    }
    const count = (this.#counts.get(subject) ?? 0) + 1;
    this.#counts.set(subject, count);
    const resetS = Math.ceil((this.#endsAtMs - now) / 1000);
    void reply
      .header('RateLimit-Limit', this.perMinute)
      .header('RateLimit-Remaining', Math.max(0, this.perMinute - count))
      .header('RateLimit-Reset', resetS);
    if (count > this.perMinute) {
      throw new Problem('too-many-requests', {
        detail: {
          it: `Al massimo ${this.perMinute} richieste al minuto: riprovare tra ${resetS} secondi.`,
          en: `At most ${this.perMinute} requests a minute: try again in ${resetS} seconds.`,
        },
        headers: { 'Retry-After': String(resetS) },
      });
    }
  }
}
