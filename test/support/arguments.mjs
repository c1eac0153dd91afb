import { parseArgs } from 'node:util';

/**
 * What stands on the command line; the process ends with the usage where it was asked for (0) or an option is not known (2).
 * @param {string} usage one line
 * @param {{ options: import('node:util').ParseArgsOptionsConfig }} config
 */
export function readArguments(usage, { options }) {
  try {
    const parsed = parseArgs({
      allowPositionals: true,
      options: { ...options, help: { type: 'boolean', short: 'h', default: false } },
    });
    if (!parsed.values.help) return parsed;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}
