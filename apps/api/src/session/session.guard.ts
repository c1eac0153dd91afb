import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import type { SignIn } from '@iter/access/accounts';
import type { RateLimit } from '../http/rate-limit.ts';
import { Problem } from '../problems/problem.ts';
import { cookieName, isPublic } from './session.ts';
import type { IterRequest } from './session.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Tells who asks, from the bearer token or the session cookie. A browser sends the cookie by itself, also for pages that are
 * not ours: with a cookie, what changes something also needs a header that foreign pages cannot set.
 */
export class SessionGuard implements CanActivate {
  constructor(
    private readonly signIn: Pick<SignIn, 'principalOf'>,
    private readonly limit: RateLimit,
    private readonly reflector: Reflector,
    private readonly secureCookies: boolean,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<IterRequest>();
    const reply = http.getResponse<FastifyReply>();
    const found = this.#tokenOf(request);
    const principal = found && (await this.signIn.principalOf(found.token));
    if (request.url.startsWith('/api/')) {
      this.limit.take(principal ? `account ${principal.account}` : `address ${request.ip}`, reply);
    }
    if (found && principal) request.signedIn = { principal, token: found.token };
    if (this.reflector.getAllAndOverride<boolean>(isPublic, [context.getHandler(), context.getClass()])) {
      return true;
    }
    if (!found || !principal) {
      throw new Problem('unauthenticated', { headers: { 'WWW-Authenticate': 'Bearer realm="Iter"' } });
    }
    if (found.by === 'cookie' && !safe.has(request.method) && !request.headers['x-iter-request']) {
      throw new Problem('csrf-header-missing', {
        detail: {
          it: 'Chi usa il cookie di sessione aggiunge l’intestazione X-Iter-Request a ogni richiesta che modifica.',
          en: 'Whoever uses the session cookie puts the header X-Iter-Request on every request that changes something.',
        },
      });
    }
    return true;
  }

  #tokenOf(request: IterRequest): { readonly token: string; readonly by: 'bearer' | 'cookie' } | null {
    const { authorization } = request.headers;
    // A header that is there counts, right or wrong: a broken client must not act as the browser's session.
    if (authorization !== undefined) {
      const token = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(authorization)?.[1];
      return token ? { token, by: 'bearer' } : null;
    }
    const token = request.cookies[cookieName(this.secureCookies)];
    return token ? { token, by: 'cookie' } : null;
  }
}
