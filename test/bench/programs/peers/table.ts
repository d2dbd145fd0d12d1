import { chaseLev, michaelScott, seqlock, treiber } from './containers.ts';
import { fibBench, increments, indexer, readers, ring, writers } from './independent.ts';
import type { PeerProgram } from './language.ts';
import {
  casLock,
  dekkerEntry,
  exchangeLock,
  lamport,
  mcsLock,
  peterson,
  spinLock,
  szymanski,
  ticketLock,
} from './locks.ts';

/** A family of programs, and what GenMC 0.10.3 says of it under sequential consistency: its own figures, not ours. */
export interface PeerRow {
  readonly name: string;
  readonly make: (n: number) => PeerProgram;
  /** Size → executions, one for each reads-from and order of writes; awaits are not unrolled. */
  readonly genmc: Readonly<Record<number, number>>;
  /** Whether writes that nothing orders make GenMC refuse its quicker search. */
  readonly disordered?: boolean;
  /** Whether herd7 can read it: no loop that a thread leaves by what it reads. */
  readonly straight?: boolean;
}

/** All accesses are atomic and sequentially consistent, but for what locks guard. Sizes are as the literature counts them. */
export const PEERS: readonly PeerRow[] = [
  { name: 'ring', make: ring, genmc: { 3: 7, 6: 63, 10: 1023, 12: 4095 }, straight: true },
  { name: 'readers', make: readers, genmc: { 3: 8, 8: 256, 13: 8192 }, straight: true },
  { name: 'indexer', make: indexer, genmc: { 11: 1, 12: 8, 14: 512, 15: 4096, 16: 32768 } },
  { name: 'fib_bench', make: fibBench, genmc: { 1: 11, 2: 140, 3: 1698, 4: 19605, 5: 218243 }, straight: true },
  {
    name: 'fetch_add',
    make: increments,
    genmc: { 3: 6, 4: 24, 5: 120, 6: 720, 7: 5040, 8: 40320, 9: 362880 },
    straight: true,
  },
  { name: 'writers', make: writers, genmc: { 2: 24, 4: 720, 5: 5040, 6: 40320 }, disordered: true, straight: true },
  { name: 'spin lock', make: spinLock, genmc: { 2: 4, 3: 36, 4: 576 } },
  { name: 'spin lock by CAS', make: casLock, genmc: { 2: 2, 3: 6, 4: 24 } },
  { name: 'spin lock by exchange', make: exchangeLock, genmc: { 2: 2, 3: 6, 4: 24 } },
  { name: 'ticket lock', make: ticketLock, genmc: { 2: 2, 3: 6, 4: 24 } },
  { name: 'MCS lock', make: mcsLock, genmc: { 2: 6, 3: 66, 4: 1080 } },
  { name: 'Peterson', make: peterson, genmc: { 2: 4 }, disordered: true },
  { name: 'Dekker’s entry', make: dekkerEntry, genmc: { 2: 3 } },
  { name: 'Lamport', make: lamport, genmc: { 2: 16, 3: 9216 }, disordered: true },
  { name: 'Szymanski', make: szymanski, genmc: { 2: 29, 3: 17771 } },
  { name: 'Treiber’s stack', make: treiber, genmc: { 2: 22 } },
  { name: 'Michael and Scott’s queue', make: michaelScott, genmc: { 2: 16 }, disordered: true },
  { name: 'Chase and Lev’s deque', make: chaseLev, genmc: { 1: 6, 2: 7, 3: 9 } },
  { name: 'seqlock', make: seqlock, genmc: { 1: 2, 2: 4 } },
];
