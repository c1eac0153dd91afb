// Who may import whom, and what "pure" forbids: the table of the house style as data.
// Read by the boundary check (.dependency-cruiser.mjs), the linter (eslint.config.mjs) and test/architecture.spec.ts.

/** For each library, the libraries it may import; anything not pure may also use `platform`. */
export const mayImport = {
  feel: [],
  'process-model': ['feel'],
  dmn: ['feel', 'process-model'],
  'legal-calendar': [],
  engine: ['feel', 'process-model', 'dmn', 'legal-calendar'],
  'event-store': [],
  'process-catalog': ['process-model', 'dmn', 'legal-calendar', 'event-store', 'feel'],
  access: ['event-store'],
  commands: ['engine', 'event-store', 'process-catalog', 'access'],
  'read-models': ['engine', 'event-store', 'process-catalog', 'access'],
  reactions: ['engine', 'event-store', 'process-catalog', 'access'],
  documents: ['event-store', 'access'],
  channels: ['event-store', 'access'],
  registers: ['event-store', 'access'],
  platform: ['feel'],
};

/** Libraries whose code computes and nothing else: time, ids and evaluation arrive in `env`. */
export const pure = ['feel', 'process-model', 'dmn', 'legal-calendar', 'engine'];

/** Only the compositions of the apps, and tests, name an adapter of the log. */
export const adapters = ['memory', 'postgres', 'eventstoredb'];

/** Types of the pure libraries may be named by whoever may import the engine: they are its vocabulary. */
export const vocabulary = {
  commands: ['process-model', 'dmn', 'legal-calendar'],
  'read-models': ['process-model', 'dmn', 'legal-calendar'],
  reactions: ['process-model', 'dmn', 'legal-calendar'],
  // The acts that it writes to files are blocks of the process model.
  documents: ['process-model'],
};
