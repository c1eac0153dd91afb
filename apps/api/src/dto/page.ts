import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import { Text, Whole } from './fields.ts';

/** How much of a list, and from where on. */
export class PageQuery {
  @Whole(50, {
    optional: true,
    min: 1,
    max: 1_000,
    inQuery: true,
    description: 'At most so many; 50 by default; of most lists 200 at most.',
  })
  limit?: number;

  @Text('eyJhdCI6Ii4uLiJ9', { optional: true, max: 500, description: '`nextCursor` of the page before.' })
  cursor?: string;
}

/** Documents a list with its cursor. */
export const PageOf = (item: new () => unknown): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({
      schema: {
        type: 'object',
        required: ['items', 'nextCursor'],
        properties: {
          items: { type: 'array', maxItems: 200, items: { $ref: getSchemaPath(item) } },
          nextCursor: { type: 'string', nullable: true, maxLength: 500, example: null },
        },
      },
    }),
  );

/** Documents a list that comes whole. */
export const ListOf = (item: new () => unknown): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({
      schema: {
        type: 'object',
        required: ['items'],
        properties: { items: { type: 'array', maxItems: 10_000, items: { $ref: getSchemaPath(item) } } },
      },
    }),
  );
