export { createApi } from './create-api.ts';
export type { Api } from './create-api.ts';
export type * from './ports.ts';
export { createViews } from './views.ts';
export { openApiDocument } from './openapi.ts';
export { cachedSessions } from './session/cached-sessions.ts';
