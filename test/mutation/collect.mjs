// What `@jest/globals` is in the runner: `describe` and `it` collect, and nothing runs until it is asked for.
import { expect } from 'expect';
import { inspect } from 'node:util';

export { expect };

/** @typedef {{ id: string, file: string, run: () => Promise<void> }} Test */

/** What is collected now: every test, by id, in its order, and what went wrong while blocks were described. */
let tests = new Map();
let broken = [];
let file = '';
let block = { name: '', parent: null, before: [], after: [], beforeAll: [], afterAll: [] };
let times = 0;

/**
 * Imports a file of specs, also again.
 * @param path below the sandbox, for the ids
 * @param url what is imported
 * @returns {Promise<{ tests: Map<string, Test>, broken: { id: string, error: unknown }[] }>} what it has; broken files
 *   judge nothing and must be mended
 */
export async function collectFrom(path, url) {
  const collected = { tests: new Map(), broken: [] };
  ({ tests, broken } = collected);
  file = path;
  try {
    await import(`${url}?again=${times++}`);
  } catch (error) {
    broken.push({ id: `${path} loads`, error });
  }
  return collected;
}

function describeBlock(name, body) {
  const outer = block;
  block = { name: title(outer, name), parent: outer, before: [], after: [], beforeAll: [], afterAll: [] };
  try {
    body();
  } catch (error) {
    broken.push({ id: `${file} ${block.name}`, error });
  } finally {
    block = outer;
  }
}

const title = ({ name }, own) => (name === '' ? own : `${name} ${own}`);
const upwards = (inner) => (inner === null ? [] : [inner, ...upwards(inner.parent)]);

function add(name, body) {
  const around = block;
  const blocks = upwards(around);
  const said = `${file} ${title(around, name)}`;
  let id = said;
  for (let n = 2; tests.has(id); n++) id = `${said} (${n})`;
  const run = async () => {
    // `beforeAll` before every test: each of them must stand alone, since only some run for a mutant.
    try {
      for (const it of blocks.toReversed()) for (const hook of [...it.beforeAll, ...it.before]) await hook();
      await body();
    } finally {
      for (const it of blocks) for (const hook of [...it.after, ...it.afterAll]) await hook();
    }
  };
  tests.set(id, { id, file, run });
}

/** One test or block for each row: `$key.of.it` and `%s` in the name are filled in. */
const eachOf = (declare) => (rows) => (name, body) => {
  for (const [i, row] of rows.entries()) {
    const values = Array.isArray(row) ? row : [row];
    declare(named(name, row, values, i), () => body(...values));
  }
};

function named(name, row, values, i) {
  let next = 0;
  return name
    .replaceAll(/\$([\w.]+)/g, (_, path) => shown(path.split('.').reduce((it, key) => it?.[key], row)))
    .replaceAll(/%[spdifjo#]/g, (sign) => (sign === '%#' ? `${i}` : shown(values[next++])));
}
const shown = (value) => (typeof value === 'string' ? value : inspect(value, { depth: 1, breakLength: 100 }));

export const describe = Object.assign(describeBlock, { each: eachOf(describeBlock) });
export const it = Object.assign(add, { each: eachOf(add) });
export const test = it;
export const beforeEach = (hook) => void block.before.push(hook);
export const afterEach = (hook) => void block.after.push(hook);
export const beforeAll = (hook) => void block.beforeAll.push(hook);
export const afterAll = (hook) => void block.afterAll.push(hook);
