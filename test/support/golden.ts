import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exploreProgram, programOf } from './explore-file.ts';

/** The whole outcome sets of the litmus library: file → model → outcomes, each as `observation = value; …`, in the explorer's order. */
export type Golden = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export const GOLDEN_FILE = new URL('../litmus/outcomes.golden.json', import.meta.url).pathname;
const MODELS = ['wasm', 'wasm-oopsla19', 'sc'];
const library = new URL('../../models/litmus', import.meta.url).pathname;

/** The outcome sets as the explorer gives them now. */
export function outcomesNow(): Golden {
  const files = readdirSync(library, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.wast'));
  return Object.fromEntries(
    files.sort().map((file) => {
      const program = programOf(join(library, file));
      const sets = MODELS.map((model) => {
        const { outcomes } = exploreProgram(program, model);
        const texts = outcomes.map(({ values }) => [...values].map(([key, value]) => `${key} = ${value}`).join('; '));
        return [model, texts] as const;
      });
      return [file, Object.fromEntries(sets)];
    }),
  );
}
