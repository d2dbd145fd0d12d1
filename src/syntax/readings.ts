/**
 * Design switches: questions that the sources leave open or answer differently. Each has named readings; the first is
 * the default. Chosen on the command line by `--reading NAME=VALUE`.
 */
export interface Switch {
  readonly name: string;
  readonly question: string;
  readonly readings: readonly { readonly value: string; readonly meaning: string }[];
  readonly source: string;
}

export const SWITCHES = [
  {
    name: 'thread-local',
    question: 'What does a thread-local global hold in a thread that was just forked?',
    readings: [
      { value: 'default', meaning: "its type's default value" },
      { value: 'inherit', meaning: "a copy of the forking thread's current value" },
    ],
    source: 'shared-everything-threads overview, Thread-local storage; WAVM cloneContext',
  },
  {
    name: 'unshared-atomics',
    question: 'May an atomic instruction access an unshared memory?',
    readings: [
      { value: 'allow', meaning: 'yes, as in the threads proposal' },
      { value: 'reject', meaning: 'no: ⊢ seqcst : shared [OOPSLA19, Fig. 21]' },
    ],
    source: 'threads proposal (unshared memory is OK); OOPSLA19 Fig. 21; shared-everything-threads issue 98',
  },
  {
    name: 'body-strictness',
    question: 'Must locals and intermediate values of a shared function be shared?',
    readings: [
      { value: 'strict', meaning: 'yes: every value type in the body is valid as shared' },
      { value: 'relaxed', meaning: 'no: only the indices that the body mentions must be shared' },
    ],
    source: 'shared-everything-threads overview, Functions (note); issues 42, 44, 46, 47',
  },
  {
    name: 'cmpxchg-failure',
    question: 'What does a compare-exchange do whose comparison fails?',
    readings: [
      { value: 'read', meaning: 'it only reads' },
      { value: 'write-back', meaning: 'it writes back the value that it read' },
    ],
    source: 'threads.md, Read-Modify-Write (no value is stored); early JavaScript Atomics.compareExchange',
  },
  {
    name: 'grow-failure',
    question: 'When may memory.grow answer -1?',
    readings: [
      { value: 'limit', meaning: "only where the new size is over the type's maximum" },
      { value: 'any', meaning: 'always: allocation may fail' },
    ],
    source: 'WebAssembly core specification, memory.grow (non-deterministic failure); OOPSLA19 Fig. 9',
  },
] as const satisfies readonly Switch[];

type SwitchTable = (typeof SWITCHES)[number];
export type SwitchName = SwitchTable['name'];

/** One reading chosen for every switch. */
export type Readings = {
  readonly [N in SwitchName]: Extract<SwitchTable, { name: N }>['readings'][number]['value'];
};

export const DEFAULT_READINGS: Readings = {
  'thread-local': 'default',
  'unshared-atomics': 'allow',
  'body-strictness': 'strict',
  'cmpxchg-failure': 'read',
  'grow-failure': 'limit',
};
