import type { Progressed } from './divide.ts';
import type { SampleTally } from './sample/tally.ts';
import type { Count } from './tally.ts';

/** What is known of a search as text, from which it goes on. */
export function progressedText({ tally, rest, names }: Progressed): string {
  const profiles = [...tally.profiles].map(([profile, { hashes, others }]) => [profile, packed(hashes), others]);
  const numbers = new Map(profiles.map(([profile], i) => [profile, i]));
  const kept = tally.kept.map(({ path, nth, profile, hash }) => [path.join(' '), nth, numbers.get(profile), hash]);
  const sample: SampleJson | null = tally.sample && {
    ...tally.sample,
    weight: `${tally.sample.weight}`,
    executions: packed(tally.sample.executions),
  };
  return JSON.stringify({
    ...tally,
    sample,
    profiles,
    kept,
    rest: rest.map(({ path, weight }) => [path.join(' '), weight]),
    names,
  });
}

export function progressedFromText(text: string): Progressed {
  const { profiles, kept, rest, names, sample, ...tally } = JSON.parse(text) as ProgressedJson;
  return {
    tally: {
      ...tally,
      sample: sample && {
        ...sample,
        weight: BigInt(sample.weight),
        executions: unpacked(sample.executions),
      },
      profiles: new Map(
        profiles.map(([profile, hashes, others]): [string, Count] => [profile, { hashes: unpacked(hashes), others }]),
      ),
      kept: kept.map(([path, nth, profile, hash]) => ({
        path: numbersOf(path),
        nth,
        profile: profiles[profile]?.[0] ?? '',
        hash,
      })),
    },
    rest: rest.map(([path, weight]) => ({ path: numbersOf(path), weight })),
    names,
  };
}

interface SampleJson extends Omit<SampleTally, 'weight' | 'executions'> {
  readonly weight: string;
  readonly executions: string;
}

interface ProgressedJson extends Omit<Progressed['tally'], 'profiles' | 'kept' | 'sample'>, Pick<Progressed, 'names'> {
  readonly sample: SampleJson | null;
  /** The profile, hashes, and executions without one. */
  readonly profiles: readonly (readonly [string, string, number])[];
  /** Path, which at its end, the index of the profile, hash. */
  readonly kept: readonly (readonly [string, number, number, number | null])[];
  readonly rest: readonly (readonly [string, number])[];
}

function numbersOf(text: string): readonly number[] {
  return text === '' ? [] : text.split(' ').map(Number);
}

/** In base 36: hashes have 53 bits. */
function packed(hashes: Iterable<number>): string {
  let text = '';
  for (const hash of hashes) text += `${hash.toString(36)} `;
  return text.trimEnd();
}

function unpacked(text: string): Set<number> {
  return new Set(text === '' ? [] : text.split(' ').map((digits) => Number.parseInt(digits, 36)));
}
