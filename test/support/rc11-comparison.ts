import type { Order } from '../../src/event/action.ts';
import type { Execution } from '../../src/event/execution.ts';
import { lettersOf, singleBytes } from '../../src/model/bounded/alphabet.ts';
import { Executions } from '../../src/model/bounded/execution.ts';
import type { BoundedProgram } from '../../src/model/bounded/programs.ts';
import { forEachProgram, letterOf } from '../../src/model/bounded/programs.ts';
import { HappensBefore } from '../../src/model/bounded/happens-before.ts';
import { InterleavingFinder } from '../../src/model/bounded/interleavings.ts';
import type { ReadSlots } from '../../src/model/bounded/reads-from.ts';
import { forEachReadsFrom, readSlotsOf } from '../../src/model/bounded/reads-from.ts';
import { wasm } from '../../src/model/definitions.ts';
import { nativeModel } from '../../src/model/native.ts';
import { judgeByRc11 } from './rc11.ts';

export interface Rc11Options {
  readonly events: number;
  readonly fences: readonly Order[];
  /**
   * Leaves out accesses that no other access conflicts with, fences that begin or end a thread or follow a fence, and executions that both models know at
   * once ({@link KnownAtOnce}).
   */
  readonly reduced: boolean;
  /** Whether there are read-modify-writes. */
  readonly updates: boolean;
  readonly onProgress?: (comparison: Rc11Comparison) => void;
}

/** How the outcomes of programs differ: a read of a write with a value of its own tells what it reads from, so an outcome is a reads-from. */
export interface Rc11Comparison {
  programs: number;
  executions: number;
  /** Those of them that were judged. */
  judged: number;
  /** Those of them that wasm allows. */
  allowed: number;
  /** Programs with an outcome that wasm forbids and RC11 allows, and such executions. */
  differing: number;
  stronger: number;
  /** Executions that wasm allows and RC11 forbids. */
  weaker: number;
  /** Executions on which wasm differs from RC11 with all of hb in the order of seqcst events. */
  otherwise: number;
  /** Some of the stronger, of the fewest events first seen; all of the others. */
  readonly examples: Execution[];
  readonly faults: Execution[];
}

/** Examples kept. */
const KEPT = 20;

/** Judges all executions of all programs of the fragment of so many events by `wasm` and by RC11. */
export function compareWithRc11({ events, fences, reduced, updates, onProgress }: Rc11Options): Rc11Comparison {
  const model = nativeModel({ base: wasm });
  const result: Rc11Comparison = {
    programs: 0,
    executions: 0,
    judged: 0,
    allowed: 0,
    differing: 0,
    stronger: 0,
    weaker: 0,
    otherwise: 0,
    examples: [],
    faults: [],
  };
  const places = singleBytes(reduced ? Math.max(1, events >> 1) : events);
  const letters = lettersOf(['acqrel', 'seqcst'], fences).filter(({ kind }) => updates || kind !== 'rmw');
  const alphabet = { places, letters };
  forEachProgram({ alphabet, events, withoutIdle: reduced }, (program) => {
    if (reduced && !isReduced(program)) return;
    if ((++result.programs & 0xfff) === 0) onProgress?.(result);
    const slots = readSlotsOf(program, 'local');
    let make: Executions | null = null;
    const known = reduced ? new KnownAtOnce(program, slots) : null;
    let differs = false;
    forEachReadsFrom(program, slots, (rf) => {
      result.executions++;
      if (known?.has(rf) === true) return;
      result.judged++;
      make ??= new Executions(program, slots);
      const execution = make.execution(rf);
      const { consistent } = model.check(execution);
      const verdict = judgeByRc11(execution);
      if (consistent) result.allowed++;
      const weaker = consistent && verdict === 'forbidden';
      const otherwise = consistent !== (verdict === 'allowed with hb');
      if (weaker) result.weaker++;
      if (otherwise) result.otherwise++;
      if ((weaker || otherwise) && result.faults.length < KEPT) result.faults.push(execution);
      if (consistent || verdict === 'forbidden') return;
      result.stronger++;
      differs = true;
      if (result.examples.length < KEPT) result.examples.push(execution);
    });
    if (differs) result.differing++;
  });
  return result;
}

/**
 * The interleavings among the executions of one program, which both models allow, and those that both forbid by hb alone: in both it contains po and,
 * since every access of the fragment is atomic and of one byte, rf; fences only add to it. What hb so far contradicts (a cycle, a read that comes before its write, or
 * after one that overwrote it) stays contradicted.
 */
class KnownAtOnce {
  readonly #interleavings: InterleavingFinder;
  readonly #hb: HappensBefore;

  constructor(program: BoundedProgram, slots: ReadSlots) {
    this.#interleavings = new InterleavingFinder(program, slots);
    this.#hb = new HappensBefore(program, slots);
  }

  has(rf: Int8Array): boolean {
    this.#hb.close(rf);
    return !this.#hb.isConsistent(rf) || this.#interleavings.explains(rf);
  }
}

/** Whether no fence begins or ends a thread or follows another: such fences change nothing in either model. */
function isReduced(program: BoundedProgram): boolean {
  const { count, thread } = program;
  for (let e = 0; e < count; e++) {
    if (letterOf(program, e).kind !== 'fence') continue;
    if (e === 0 || thread[e - 1] !== thread[e] || e === count - 1 || thread[e + 1] !== thread[e]) return false;
    if (letterOf(program, e - 1).kind === 'fence') return false;
  }
  return true;
}
