/**
 * Writes src/model/cat/generated/known-axioms.ts: by native definition and axiom, the digests of the checks of models/<definition>.cat that say it, so
 * that these checks are known in any file. To be run after an edit of those files.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Source } from '../src/base/span.ts';
import { Digests } from '../src/model/cat/digest.ts';
import { parseCat } from '../src/model/cat/parse.ts';
import { buildProgram } from '../src/model/cat/program.ts';
import { wasmView } from '../src/model/cat/wasm-view.ts';
import { DEFINITIONS } from '../src/model/definitions.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT = join(root, 'src/model/cat/generated/known-axioms.ts');

function readIfPresent(path: string): Source | null {
  try {
    return new Source(basename(path), readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** Of a shipped file: the digests of its checks by their names. */
function axiomsOf(name: string): Record<string, string[]> {
  const source = readIfPresent(join(root, 'models', `${name}.cat`));
  const file = source === null ? null : parseCat(source);
  if (source === null || file === null || !file.ok) throw new Error(`models/${name}.cat cannot be read`);
  const resolve = (include: string): Source | null => readIfPresent(join(root, 'models/lib', include));
  const { program, diagnostics } = buildProgram(file.value.instructions, source, wasmView, resolve, new Set());
  if (diagnostics[0] !== undefined) throw new Error(`models/${name}.cat: ${diagnostics[0].message}`);
  const digests = new Digests(program.steps);
  const axioms: Record<string, string[]> = {};
  for (const step of program.steps) if (step.kind === 'check') (axioms[step.name] ??= []).push(digests.ofCheck(step));
  return axioms;
}

/** What the generated file should be. */
export function knownAxioms(): string {
  const lines = DEFINITIONS.flatMap(({ name }) => [
    `  '${name}': {`,
    ...Object.entries(axiomsOf(name)).map(
      ([axiom, digests]) => `    '${axiom}': [${digests.map((digest) => `'${digest}'`).join(', ')}],`,
    ),
    '  },',
  ]);
  return [
    '// Generated from models/ by scripts/build-axioms.ts; do not edit.',
    '',
    'export const KNOWN_AXIOMS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {',
    ...lines,
    '};',
    '',
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(OUTPUT, knownAxioms());
