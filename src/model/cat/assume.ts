import type { Definition } from '../definition.ts';
import { DEFINITIONS } from '../definitions.ts';
import type { Assumptions } from '../model.ts';
import { NOTHING_ASSUMED } from '../model.ts';
import { DRF_AXIOMS, leavesOutRewrites } from '../native.ts';
import { Digests } from './digest.ts';
import { KNOWN_AXIOMS } from './generated/known-axioms.ts';
import type { Step } from './program.ts';
import type { View } from './view.ts';

/**
 * What a search may assume of a model from a file. Under Weft's own view the checks are compared with those of the shipped files, which say what the native
 * definitions say: a check that is one of theirs gives what its axiom gives there, and if there are no others then what holds of the native models
 * (proofs-notes/enumeration.md) holds. Of other checks nothing is assumed.
 */
export function assumptionsOf(view: View, steps: readonly Step[]): Assumptions {
  if (view.wholeReads) return { ...NOTHING_ASSUMED, mixes: 'none' };
  const digests = new Digests(steps);
  const checks = steps.filter(
    (step) => step.kind === 'check' && (step.purpose === 'check' || step.purpose === 'assert'),
  );
  const found = new Set(checks.map((step) => (step.kind === 'check' ? digests.ofCheck(step) : '')));
  const says = (definition: Definition, axiom: string): boolean => {
    const parts = KNOWN_AXIOMS[definition.name]?.[axiom];
    return parts !== undefined && parts.every((part) => found.has(part));
  };
  const among = (definitions: readonly Definition[]): boolean => {
    const known = new Set(definitions.flatMap(({ name }) => Object.values(KNOWN_AXIOMS[name] ?? {}).flat()));
    const plain = steps.every((step) => step.kind === 'check' || (step.kind === 'choose' && digests.isFree(step)));
    return plain && [...found].every((digest) => known.has(digest));
  };
  const ordered = DEFINITIONS.filter((definition) => says(definition, 'hb-irreflexive'));
  const synchronises = strongest(ordered);
  const latest = ordered.filter((definition) => says(definition, 'sc-latest'));
  const consistent = [
    ...latest,
    ...DEFINITIONS.filter((d) => says(d, 'hb-consistent-1') && says(d, 'hb-consistent-3')),
  ];
  const known = among(DEFINITIONS);
  const withoutInit = among(DEFINITIONS.filter(({ initSynchronises }) => !initSynchronises));
  const interleavings = latest.some(
    (definition) => definition.axioms.every((axiom) => says(definition, axiom)) && among([definition]),
  );
  const isSilent = checks.length === steps.filter(({ kind }) => kind === 'check').length;
  return {
    synchronises,
    hbConsistent: consistent.some(({ weakestAtomic }) => weakestAtomic === 'acqrel' || synchronises !== 'acqrel'),
    noTear: latest.length > 0 || DEFINITIONS.some((definition) => says(definition, 'no-tear')),
    mixes: withoutInit ? 'minimal' : known ? 'diluted' : 'all',
    monotone: known,
    interleavings,
    rewrites: DEFINITIONS.some((d) => leavesOutRewrites(d) && d.axioms.every((axiom) => says(d, axiom)) && among([d])),
    drf: isSilent && (interleavings || (known && DEFINITIONS.some((d) => DRF_AXIOMS.every((axiom) => says(d, axiom))))),
  };
}

/** The order that most accesses synchronise by. */
function strongest(definitions: readonly Definition[]): Assumptions['synchronises'] {
  if (definitions.some(({ weakestAtomic }) => weakestAtomic === 'acqrel')) return 'acqrel';
  return definitions.length > 0 ? 'seqcst' : null;
}
