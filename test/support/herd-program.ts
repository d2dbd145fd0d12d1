import type { AccessOrder, Cycle } from '../../src/litmus/cycles.ts';

/** A small program that Weft and herd can both be given. Places are words, numbered from 0, and start as 0. */
export interface SmallProgram {
  readonly name: string;
  readonly threads: readonly (readonly Instruction[])[];
  readonly places: number;
}

export type Instruction =
  | { readonly kind: 'read'; readonly place: number; readonly order: AccessOrder }
  | { readonly kind: 'write'; readonly place: number; readonly order: AccessOrder; readonly value: number }
  /** An atomic exchange. */
  | { readonly kind: 'exchange'; readonly place: number; readonly order: 'acqrel' | 'sc'; readonly value: number }
  | { readonly kind: 'fence'; readonly order: 'acqrel' | 'sc' };

/** What is observed: what each thread's reads return, thread by thread, then the places at the end. */
export type Observed = string;

export interface Answer {
  readonly outcomes: ReadonlySet<Observed>;
  /** Whether some execution is undefined behaviour. */
  readonly undefined: boolean;
}

export function observed(reads: readonly (readonly number[])[], finals: readonly number[]): Observed {
  return [...reads, finals].map((values) => values.join(' ')).join(' | ');
}

/** How many values a thread observes. */
export function readsOf(thread: readonly Instruction[]): number {
  return thread.filter(({ kind }) => kind === 'read' || kind === 'exchange').length;
}

/** A cycle without its condition. */
export function programOfCycle({ name, threads }: Cycle): SmallProgram {
  const places = new Set(threads.flatMap((accesses) => accesses.map(({ place }) => place))).size;
  return { name, places, threads };
}

const ORDERS: readonly AccessOrder[] = ['un', 'acqrel', 'sc'];

/**
 * Random programs: two or three threads of up to four instructions on two or three places. Every write of a place has a value of its own, so that
 * outcomes tell executions apart.
 */
export function randomPrograms(count: number, seed: number): SmallProgram[] {
  const draw = generator(seed);
  return Array.from({ length: count }, (_, i) => {
    const threadCount = 2 + draw(2);
    const places = 2 + draw(2);
    const next = Array.from({ length: places }, () => 1);
    const most = threadCount === 2 ? 4 : 3;
    const threads = Array.from({ length: threadCount }, () =>
      Array.from({ length: 1 + draw(most) }, (): Instruction => {
        const place = draw(places);
        const order = ORDERS[draw(3)] as AccessOrder;
        const strong = order === 'un' ? 'sc' : order;
        const kind = draw(12);
        if (kind === 0) return { kind: 'fence', order: strong };
        if (kind < 6) return { kind: 'read', place, order };
        const value = next[place] as number;
        next[place] = value + 1;
        return kind === 6 ? { kind: 'exchange', place, order: strong, value } : { kind: 'write', place, order, value };
      }),
    );
    return { name: `R${i}`, threads, places };
  });
}

/** Lehmer's generator: numbers below a limit, the same for the same seed. */
function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}
