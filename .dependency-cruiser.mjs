import { adapters, mayImport, pure, vocabulary } from './boundaries.mjs';

const src = (names) => `^libs/(${names.join('|')})/(src|dist)/`;

const libraries = Object.entries(mayImport).map(([name, allowed]) => {
  const all = [name, ...allowed, ...(vocabulary[name] ?? []), ...(pure.includes(name) ? [] : ['platform'])];
  return {
    name: `${name}-imports`,
    comment: `libs/${name} may import ${all.slice(1).join(', ') || 'nothing of ours'}.`,
    severity: 'error',
    from: { path: `^libs/${name}/src/`, pathNot: '\\.spec\\.ts$' },
    to: { path: '^(libs|apps)/', pathNot: src(all) },
  };
});

export default {
  forbidden: [
    ...libraries,
    {
      name: 'no-circular',
      comment: 'Data flows one way.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'only-apps-name-an-adapter',
      comment: 'Libraries know the port of the log; the composition of an app chooses the adapter.',
      severity: 'error',
      from: { path: '^libs/', pathNot: '^libs/event-store/|\\.spec\\.ts$' },
      to: { path: `^libs/event-store/src/(${adapters.join('|')})/` },
    },
    {
      name: 'apps-apart',
      comment: 'Apps do not import one another; only cli composes the others.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/', pathNot: '^apps/cli/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'desk-knows-the-contract-only',
      comment: 'The desk knows the HTTP contract and nothing else of ours.',
      severity: 'error',
      from: { path: '^apps/desk/src/' },
      to: { path: '^libs/' },
    },
    {
      name: 'pure-without-node',
      comment: 'Pure libraries run anywhere.',
      severity: 'error',
      from: { path: src(pure), pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-without-nest',
      comment: 'Pure libraries know no framework.',
      severity: 'error',
      from: { path: src(pure) },
      to: { path: 'node_modules/@nestjs/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|var|public)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
