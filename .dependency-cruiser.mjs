/** The rooms of src/ and what each may import [CONTRIBUTING.md, The rooms]; everyone may import base/. */
const MAY_IMPORT = {
  base: [],
  rel: [],
  syntax: [],
  binary: ['syntax'],
  text: ['syntax', 'binary'],
  valid: ['syntax', 'binary'],
  event: ['syntax', 'rel'],
  runtime: ['syntax', 'binary', 'valid', 'event'],
  semantics: ['syntax', 'valid', 'runtime', 'event'],
  exec: ['syntax', 'valid', 'runtime', 'event'],
  embed: ['syntax', 'binary', 'text', 'valid', 'event', 'runtime', 'exec'],
  model: ['event', 'rel'],
  explore: ['syntax', 'valid', 'runtime', 'exec', 'semantics', 'event', 'rel', 'model'],
  litmus: ['syntax', 'binary', 'text', 'valid', 'runtime', 'explore', 'model'],
  report: ['syntax', 'event', 'rel', 'model', 'explore', 'litmus'],
};

const rooms = Object.keys(MAY_IMPORT);

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: { pathNot: 'node_modules' }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-test-in-src', severity: 'error', from: { path: '^src' }, to: { path: '^(test|scripts)/' } },
    ...rooms.map((room) => ({
      name: `order-of-rooms-${room}`,
      comment: `src/${room} may import only: ${['base', ...MAY_IMPORT[room]].join(', ')}`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: `^src/(${[room, 'base', ...MAY_IMPORT[room]].join('|')})/` },
    })),
    {
      name: 'rooms-are-known',
      comment: 'a new room of src/ must be added to the table above',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: `^src/(${[...rooms, 'cli'].join('|')})/` },
    },
    { name: 'page-without-cli', severity: 'error', from: { path: '^viz/' }, to: { path: '^src/(cli|embed)/' } },
    { name: 'page-in-viz', severity: 'error', from: { path: '^src/' }, to: { path: '^viz/' } },
    { name: 'nobody-imports-cli', severity: 'error', from: { path: '^src/', pathNot: '^src/cli/' }, to: { path: '^src/cli/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'vite[.]config' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
