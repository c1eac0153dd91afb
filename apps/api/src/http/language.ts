import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Label } from '@iter/process-model';

export type Language = keyof Label;

const quality = /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/;

/**
 * The language of what is said to whoever asks: the first that they prefer of ours, Italian where they ask for nothing or
 * for none of ours. Source: RFC 9110 § 12.5.4
 */
export function preferred(accepted = ''): Language {
  const ranges = accepted
    .toLowerCase()
    .split(',', 20)
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';');
      const weight = parameters.map((it) => quality.exec(it)?.[1]).find((it) => it !== undefined);
      return { language: tag.trim().split('-', 1)[0]!, weight: Number(weight ?? 1) };
    })
    .filter(({ language, weight }) => weight > 0 && ['it', 'en', '*'].includes(language))
    .toSorted((a, b) => b.weight - a.weight);
  return ranges[0]?.language === 'en' ? 'en' : 'it';
}

export const languageOf = ({ headers }: Pick<FastifyRequest, 'headers'>): Language =>
  preferred(headers['accept-language']);

/** The language in which to say something to whoever asks; the answer says that it depends on it. */
export const InLanguage = createParamDecorator<void, Language>((_, context: ExecutionContext) => {
  const http = context.switchToHttp();
  void http.getResponse<FastifyReply>().header('Vary', 'Accept-Language');
  return languageOf(http.getRequest<FastifyRequest>());
});
