import { aboutOf, firstSteps, nameOf } from './first.ts';
import { TEXTS } from './texts.ts';

/** A program that can be opened. */
export interface Example {
  readonly name: string;
  readonly family: string;
  /** Its first comment. */
  readonly about: string;
  /** `wasm allowed`, …: what its author says. */
  readonly verdicts: readonly { readonly model: string; readonly verdict: string }[];
  readonly text: string;
  /** What a search looks at. */
  readonly words: string;
}

const BEGINNING = 'First steps';

/** What families are called, in the order in which they are shown; one that is not here is called as its folder, and comes last. */
const FAMILIES = new Map([
  ['classic', 'Classic shapes'],
  ['locks', 'Locks'],
  ['wait-notify', 'Wait and notify'],
  ['acqrel', 'Acquire and release'],
  ['fences', 'Fences'],
  ['rmw', 'Read-modify-writes'],
  ['mixed-size', 'Mixed sizes'],
  ['tearing', 'Tearing'],
  ['growth', 'Growth'],
  ['publication', 'Publication'],
  ['fields', 'Fields of structures'],
  ['arrays', 'Arrays'],
  ['globals', 'Globals'],
  ['tables', 'Tables'],
  ['segments', 'Segments'],
  ['thread-local', 'Thread-local globals'],
  ['fork', 'Fork'],
  ['oopsla19', 'Weakening WebAssembly (OOPSLA 2019)'],
  ['papers', 'Other papers'],
]);

/** All examples, those for newcomers first, then by family. */
export function examples(): readonly Example[] {
  const places = [...FAMILIES.keys()];
  const familyOf = (path: string): string => path.split('/').at(-2) ?? '';
  const placeOf = (path: string): number => (places.indexOf(familyOf(path)) + places.length + 1) % (places.length + 1);
  return [
    ...firstSteps().map(({ path, text }) => exampleOf(BEGINNING, path, text)),
    ...Object.entries(TEXTS)
      .toSorted(([a], [b]) => placeOf(a) - placeOf(b))
      .map(([path, text]) => exampleOf(familyOf(path), path, text)),
  ];
}

function exampleOf(folder: string, path: string, text: string): Example {
  const family = FAMILIES.get(folder) ?? folder;
  const name = nameOf(path);
  const about = aboutOf(text);
  const verdicts = [...text.matchAll(/\(verdict\s+"([^"]+)"\s+(\w+)/g)].map(([, model = '', verdict = '']) => ({
    model,
    verdict,
  }));
  const said = verdicts.map(({ model, verdict }) => `${model} ${verdict}`).join('\n');
  return {
    name,
    family,
    about,
    verdicts,
    text,
    words: `${family}\n${folder}\n${name}\n${about}\n${said}`.toLowerCase(),
  };
}

/** Examples in which all words occur. */
export function matching(all: readonly Example[], search: string): readonly Example[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return all.filter((example) => words.every((word) => example.words.includes(word)));
}

/** Examples by family, in the order in which families first occur. */
export function byFamily(all: readonly Example[]): ReadonlyMap<string, readonly Example[]> {
  const families = new Map<string, Example[]>();
  for (const example of all) {
    const family = families.get(example.family);
    if (family === undefined) families.set(example.family, [example]);
    else family.push(example);
  }
  return families;
}
