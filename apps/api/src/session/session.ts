import { createParamDecorator, SetMetadata } from '@nestjs/common';
import type { CustomDecorator, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '@iter/access';
import { Problem } from '../problems/problem.ts';

/** What the guard leaves on a request. */
export interface SignedIn {
  readonly principal: Principal;
  readonly token: string;
}

export type IterRequest = FastifyRequest & { signedIn?: SignedIn };

export const isPublic = 'iter:public';

/** Marks a route that anyone may call. Every other one asks for a session. */
export const Public = (): CustomDecorator => SetMetadata(isPublic, true);

export const signedInOf = (request: IterRequest): SignedIn => {
  if (!request.signedIn) throw new Problem('unauthenticated');
  return request.signedIn;
};

/** Who asks. */
export const Caller = createParamDecorator<void, Principal>(
  (_, context: ExecutionContext) => signedInOf(context.switchToHttp().getRequest<IterRequest>()).principal,
);

/** The cookie that browsers hold the session in; over TLS its name binds it to this host. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-iter' : 'iter');
