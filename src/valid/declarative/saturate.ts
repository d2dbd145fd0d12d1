import { DEFAULT_READINGS } from '../../syntax/readings.ts';
import type { AbsHeapName } from '../../syntax/types.ts';
import { emptyModuleContext, type ModuleContext } from './context.ts';
import { instance } from './derivation.ts';
import { DIRECT_HEAP_RULES } from './heap-sub-rules.ts';
import type { Judgement } from './judgement.ts';
import { heapKey } from './keys.ts';
import { abstract, BOT_HEAP, unroll, type HeapTerm } from './terms.ts';

/**
 * Subtyping of heap types as the least relation that is closed under the rules: their instances over all heap types of a module are
 * applied until nothing new comes.
 */

const NAMES: readonly AbsHeapName[] = [
  'any',
  'eq',
  'i31',
  'struct',
  'array',
  'none',
  'func',
  'nofunc',
  'extern',
  'noextern',
  'exn',
  'noexn',
  'waitqueue',
  'nowaitqueue',
];

/** All heap types of a module: abstract ones of each share, `bot`, and each definition as index and as defined type. */
export function heapTypes(M: ModuleContext): readonly HeapTerm[] {
  const abstracts = (['unshared', 'shared', 'bot'] as const).flatMap((s) => NAMES.map((name) => abstract(s, name)));
  return [BOT_HEAP, ...abstracts, ...M.types.flatMap((dt, type): HeapTerm[] => [dt, { kind: 'index', type }])];
}

/** The types that every module has: they come first. */
const COMMON = heapTypes(emptyModuleContext(DEFAULT_READINGS)).length;

interface Pair {
  readonly left: number;
  readonly right: number;
}

/** The instance of a rule by which a pair follows, from another or from none. */
interface Instance extends Pair {
  readonly premise: Pair | null;
}

/** The instances among the types that every module has: the same for all modules under the same readings. */
const commonInstances = new Map<string, readonly Instance[]>();

class Saturation {
  readonly #M: ModuleContext;
  readonly #terms: readonly HeapTerm[];
  readonly #numbers = new Map<string, number>();
  readonly #related: Uint8Array;

  constructor(M: ModuleContext) {
    this.#M = M;
    this.#terms = heapTypes(M);
    const n = this.#terms.length;
    this.#terms.forEach((ht, i) => this.#numbers.set(heapKey(ht), i));
    this.#related = new Uint8Array(n * n);
    const instances = [...this.#common()];
    for (let left = 0; left < n; left++) {
      for (let right = 0; right < n; right++)
        if (left >= COMMON || right >= COMMON) instances.push(...this.#instances(left, right));
    }
    this.#saturate(instances);
  }

  #common(): readonly Instance[] {
    const { i31, exnref } = this.#M.readings;
    const key = `${i31} ${exnref}`;
    let known = commonInstances.get(key);
    if (known === undefined) {
      const all = Array.from({ length: COMMON }, (_, i) => i);
      known = all.flatMap((left) => all.flatMap((right) => this.#instances(left, right)));
      commonInstances.set(key, known);
    }
    return known;
  }

  /** The instances of all rules but transitivity that conclude a pair. */
  #instances(i: number, k: number): readonly Instance[] {
    const [left, right] = [this.#terms[i], this.#terms[k]];
    const instances: Instance[] = [];
    for (const rule of DIRECT_HEAP_RULES) {
      const step = instance(rule, { M: this.#M, left, right });
      if (step === null) continue;
      const premises = step.premises[0] === undefined ? [null] : this.#seen(step.premises[0]);
      for (const premise of premises) instances.push({ left: i, right: k, premise });
    }
    return instances;
  }

  /** What a premise asks for; Deftype_sub is seen through: equal types, or a supertype. */
  #seen(premise: Judgement): readonly (Pair | null)[] {
    if (premise.relation === 'Heaptype_sub') return [this.#pair(premise.left, premise.right)];
    if (premise.relation !== 'Deftype_sub') return [];
    const { left, right } = premise;
    if (instance('Deftype_sub/refl', { M: this.#M, left, right }) !== null) return [null];
    return unroll(left).supers.map((above) => this.#pair(above, right));
  }

  #pair(left: HeapTerm, right: HeapTerm): Pair {
    return { left: this.#numbers.get(heapKey(left)) ?? -1, right: this.#numbers.get(heapKey(right)) ?? -1 };
  }

  #holds({ left, right }: Pair): boolean {
    return left >= 0 && right >= 0 && this.#related[left * this.#terms.length + right] === 1;
  }

  #saturate(instances: readonly Instance[]): void {
    for (let changed = true; changed; ) {
      changed = this.#closeTransitively();
      for (const { left, right, premise } of instances) {
        if (this.#holds({ left, right }) || (premise !== null && !this.#holds(premise))) continue;
        this.#related[left * this.#terms.length + right] = 1;
        changed = true;
      }
    }
  }

  /** Heaptype_sub/trans */
  #closeTransitively(): boolean {
    const related = this.#related;
    const n = this.#terms.length;
    let changed = false;
    for (let via = 0; via < n; via++) {
      for (let i = 0; i < n; i++) {
        if (related[i * n + via] !== 1) continue;
        for (let k = 0; k < n; k++) {
          if (related[via * n + k] !== 1 || related[i * n + k] === 1) continue;
          related[i * n + k] = 1;
          changed = true;
        }
      }
    }
    return changed;
  }

  /** Whether left <: right, both heap types of the module. */
  related(left: HeapTerm, right: HeapTerm): boolean {
    return this.#holds(this.#pair(left, right));
  }
}

/** By the types, which contexts of one module share. */
const saturations = new WeakMap<ModuleContext['types'], Map<ModuleContext['readings'], Saturation>>();

export function saturation(M: ModuleContext): Saturation {
  const known = saturations.get(M.types) ?? new Map<ModuleContext['readings'], Saturation>();
  saturations.set(M.types, known);
  const s = known.get(M.readings) ?? new Saturation(M);
  known.set(M.readings, s);
  return s;
}
