import { Source } from '../../src/base/span.ts';
import type { Execution } from '../../src/event/execution.ts';
import type { CatDiagnostic } from '../../src/model/cat/ast.ts';
import type { CatModel, CatOptions } from '../../src/model/cat/load.ts';
import { loadCat } from '../../src/model/cat/load.ts';
import type { View } from '../../src/model/cat/view.ts';
import { addBit, wordsOf } from '../../src/rel/rows.ts';

/** A structure to evaluate files on: elements 0 … size-1, sets and relations by name. */
export interface Structure {
  readonly size: number;
  readonly sets: Readonly<Record<string, readonly number[]>>;
  readonly relations: Readonly<Record<string, readonly (readonly [number, number])[]>>;
}

/** No events: what a file says of a {@link Structure} does not depend on them. */
export const NO_EVENTS: Execution = { events: [], threads: [], rf: [], asw: [] };

/** A view that shows every execution as the structure; element e is of event e. */
export function structureView({ size, sets, relations }: Structure): View {
  const words = wordsOf(size);
  return {
    name: 'Structure',
    about: 'A structure.',
    bases: [
      ...Object.keys(sets).map((name) => ({ name, kind: 'set' as const, doc: name })),
      ...Object.keys(relations).map((name) => ({ name, kind: 'relation' as const, doc: name })),
    ],
    wholeReads: false,
    frame: () => ({
      size,
      eventOf: Int32Array.from({ length: size }, (_, i) => i),
      write: (name, out) => {
        for (const element of sets[name] ?? []) addBit(out, words, 0, element);
        for (const [a, b] of relations[name] ?? []) addBit(out, words, a, b);
      },
    }),
  };
}

export type Loaded = ReturnType<typeof loadCat>;

/** Loads a text, with other texts that it may include. */
export function loadText(
  text: string,
  view: View,
  files: Readonly<Record<string, string>> = {},
  options: Partial<CatOptions> = {},
): Loaded {
  const sources = new Map(Object.entries(files).map(([name, content]) => [name, new Source(name, content)]));
  return loadCat(new Source('test.cat', text), (name) => sources.get(name) ?? null, { views: [view], ...options });
}

export function modelOf(loaded: Loaded): CatModel {
  if (loaded.ok) return loaded.value;
  throw new Error(loaded.error.map(describe).join('\n'));
}

/** `file:line:column: rule: message`. */
export function describe({ source, at, rule, message }: CatDiagnostic): string {
  const { line, column } = source.position(at.start);
  return `${source.name}:${line}:${column}: ${rule}: ${message}`;
}

export function complaints(loaded: Loaded): readonly string[] {
  return loaded.ok ? [] : loaded.error.map(describe);
}
