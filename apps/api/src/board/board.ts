import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { AppControllerRoute, AppViewRoute, BullBoardQueues } from '@bull-board/api/dist/types.js';
import type { UIConfig } from '@bull-board/api/typings/app';

/** What the board answers, whoever sends it. */
export interface BoardAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

export interface Board {
  /** @param path below the board's address, with the slash it begins with; null: there is nothing to read there */
  read(path: string, query: Readonly<Record<string, unknown>>): Promise<BoardAnswer | null>;
}

interface Reading {
  readonly pattern: RegExp;
  readonly handler: AppControllerRoute['handler'];
}

const types: Readonly<Record<string, string>> = {
  ...{ js: 'text/javascript', css: 'text/css', json: 'application/json', svg: 'image/svg+xml' },
  ...{ png: 'image/png', ico: 'image/x-icon', woff2: 'font/woff2' },
};

const ui = dirname(createRequire(import.meta.url).resolve('@bull-board/ui/package.json'));

/**
 * Bull Board over our queues, to look and nothing else: of its addresses only those that read exist here, and its page asks
 * nobody else's server for letters.
 * @param base the address that it is served at, without a slash at the end
 */
export function createBoard(queues: readonly object[], base: string): Board {
  const readings: Reading[] = [];
  let known: BullBoardQueues = new Map();
  let uiConfig: UIConfig = {};
  let entry: AppViewRoute | undefined;
  const server = {
    setQueues: (them: BullBoardQueues) => ((known = them), server),
    setViewsPath: () => server,
    setStaticPath: () => server,
    setErrorHandler: () => server,
    setUIConfig: (config: UIConfig) => ((uiConfig = config), server),
    setEntryRoute: (route: AppViewRoute) => ((entry = route), server),
    setApiRoutes(routes: AppControllerRoute[]) {
      for (const { method, route, handler } of routes) {
        if (![method].flat().includes('get')) continue;
        for (const one of [route].flat()) readings.push({ pattern: patternOf(one), handler });
      }
      return server;
    },
  };
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue as never, { readOnlyMode: true })),
    serverAdapter: server,
    options: { uiBasePath: ui, uiConfig: { boardTitle: 'Iter · Bull Board' } },
  });
  const files = staticFiles();
  const pages = [entry?.route ?? []].flat().map(patternOf);
  const page = pageOf(base, entry, uiConfig);

  return {
    async read(path, query) {
      const file = files.get(path);
      if (file) return { status: 200, type: typeOf(path), body: readFileSync(file) };
      for (const { pattern, handler } of readings) {
        const found = pattern.exec(path);
        if (!found) continue;
        const params = Object.fromEntries(
          Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
        );
        const { status = 200, body } = await handler({
          ...{ queues: known, uiConfig, params, query, body: {}, headers: {} },
        });
        return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(body) };
      }
      const isPage = pages.some((pattern) => pattern.test(path));
      return isPage ? { status: 200, type: 'text/html; charset=utf-8', body: page } : null;
    },
  };
}

const patternOf = (route: string): RegExp => new RegExp(`^${route.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`);

const typeOf = (path: string): string =>
  types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

/** The files of its page by their paths: what is not among them cannot be asked for. */
function staticFiles(): ReadonlyMap<string, string> {
  const folder = join(ui, 'dist', 'static');
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const paths = names.map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [`/static${path.slice(folder.length)}`, path]));
}

/** Its page, filled in: the one template that it has, without the letters that it would fetch from elsewhere. */
function pageOf(base: string, entry: AppViewRoute | undefined, uiConfig: UIConfig): string {
  const { params = {} } = entry?.handler({ basePath: base, uiConfig }) ?? {};
  return readFileSync(join(ui, 'dist', 'index.ejs'), 'utf8')
    .replaceAll(/<link href="https?:[^>]*>/g, '')
    .replaceAll(/<%[-=]\s*(\w+)\s*%>/g, (_, name: string) =>
      String((params as Record<string, unknown>)[name]),
    );
}
