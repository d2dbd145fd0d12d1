/**
 * Design switches: questions that the sources leave open or answer differently. Each has named readings; the first is
 * the default. Chosen on the command line by `--reading NAME=VALUE`. A script in models/readings/ of a switch's name tells its
 * readings apart.
 */
export interface Switch {
  readonly name: string;
  /** What the answer changes: which modules are valid, or what a program may do. */
  readonly decides: 'typing' | 'execution';
  readonly question: string;
  readonly readings: readonly { readonly value: string; readonly meaning: string }[];
  readonly source: string;
}

export const SWITCHES = [
  {
    name: 'body-strictness',
    decides: 'typing',
    question: 'Must the intermediate values and block types of a shared function be shared?',
    readings: [
      { value: 'strict', meaning: 'yes: every value type in the body is valid as shared' },
      { value: 'relaxed', meaning: 'no: only the indices that the body mentions must be shared' },
    ],
    source: 'shared-everything-threads overview, Functions (note); issues 42, 44, 46, 47',
  },
  {
    name: 'unshared-locals',
    decides: 'typing',
    question: 'May the locals of a shared function be unshared?',
    readings: [
      { value: 'reject', meaning: 'no: locals are valid as shared' },
      { value: 'allow', meaning: 'yes: a local belongs to one thread' },
    ],
    source: 'shared-everything-threads overview, Functions (note); issues 42, 44',
  },
  {
    name: 'unshared-atomics',
    decides: 'typing',
    question: 'May an atomic instruction access an unshared object?',
    readings: [
      { value: 'allow', meaning: 'yes, as in the threads proposal' },
      { value: 'reject', meaning: 'no: ⊢ seqcst : shared [OOPSLA19, Fig. 21]' },
    ],
    source: 'threads proposal (unshared memory is OK); OOPSLA19 Fig. 21; shared-everything-threads issue 98',
  },
  {
    name: 'packed-atomic-arithmetic',
    decides: 'typing',
    question: 'Are atomic add, sub, and, or, xor, xchg and cmpxchg valid on packed fields (i8, i16)?',
    readings: [
      { value: 'reject', meaning: 'no: only get_s, get_u and set' },
      { value: 'allow', meaning: 'yes, on values wrapped to the field’s width, read as unsigned' },
    ],
    source:
      'shared-everything-threads overview, Instructions (note: Should we allow atomic arithmetic on i8 and i16 fields?)',
  },
  {
    name: 'atomic-references',
    decides: 'typing',
    question: 'Which references may atomic instructions access?',
    readings: [
      { value: 'any', meaning: 'subtypes of anyref (cmpxchg: of eqref) and of their shared forms' },
      { value: 'all', meaning: 'every reference type for get, set and xchg' },
    ],
    source:
      'shared-everything-threads overview, Instructions (note: Should we allow atomic accesses to other reference types?)',
  },
  {
    name: 'rmw-orders',
    decides: 'typing',
    question: 'May the two orders of an atomic read-modify-write differ?',
    readings: [
      { value: 'equal', meaning: 'no: both are seq_cst or both acq_rel' },
      { value: 'pair', meaning: 'yes: the read and the write have an order each' },
    ],
    source: 'acquire-release overview, Binary Format (both must match, currently); shared-everything-threads issue 60',
  },
  {
    name: 'segment-shares',
    decides: 'typing',
    question: 'Is the share of an element or data segment written or implied?',
    readings: [
      { value: 'explicit', meaning: 'a segment is shared exactly if it is annotated' },
      { value: 'implied', meaning: 'an element segment is shared if its type is; a data segment always' },
    ],
    source: 'shared-everything-threads overview, Element Segments and Data Segments (notes); issue 83',
  },
  {
    name: 'exnref',
    decides: 'typing',
    question: 'Is a shared exception reference a subtype of the unshared one?',
    readings: [
      { value: 'unrelated', meaning: 'no: shares are never mixed' },
      { value: 'subtype', meaning: 'yes: (shared exn) <: exn, so that catch_all_ref handles every exception' },
    ],
    source: 'shared-everything-threads overview, Exception tags (TODO)',
  },
  {
    name: 'i31',
    decides: 'typing',
    question: 'Is i31 like i32, usable in shared and unshared contexts alike?',
    readings: [
      { value: 'separate', meaning: 'no: i31 and (shared i31) are two types' },
      { value: 'common', meaning: 'yes: i31 is valid as shared, and a subtype of (shared i31)' },
    ],
    source: 'shared-everything-threads overview, Heap Types (note); pull request 55',
  },
  {
    name: 'thread-local-init',
    decides: 'typing',
    question: 'What may initialise a thread-local global?',
    readings: [
      { value: 'default', meaning: "its type's default value only" },
      { value: 'non-allocating', meaning: 'any constant expression over shared things that allocates nothing' },
      { value: 'constant', meaning: 'any constant expression over shared things' },
    ],
    source: 'shared-everything-threads overview, Thread-local storage (note); issue 66',
  },
  {
    name: 'thread-local',
    decides: 'execution',
    question: 'What does a thread-local global hold in a thread that was just forked?',
    readings: [
      { value: 'default', meaning: "its type's default value" },
      { value: 'inherit', meaning: "a copy of the forking thread's current value" },
    ],
    source: 'shared-everything-threads overview, Thread-local storage; WAVM cloneContext',
  },
  {
    name: 'cmpxchg-failure',
    decides: 'execution',
    question: 'What does a compare-exchange do whose comparison fails?',
    readings: [
      { value: 'read', meaning: 'it only reads' },
      { value: 'write-back', meaning: 'it writes back the value that it read' },
    ],
    source: 'threads.md, Read-Modify-Write (no value is stored); early JavaScript Atomics.compareExchange',
  },
  {
    name: 'grow-failure',
    decides: 'execution',
    question: 'When may memory.grow answer -1?',
    readings: [
      { value: 'limit', meaning: "only where the new size is over the type's maximum" },
      { value: 'any', meaning: 'always: allocation may fail' },
    ],
    source: 'WebAssembly core specification, memory.grow (non-deterministic failure); OOPSLA19 Fig. 9',
  },
  {
    name: 'spurious-wakeups',
    decides: 'execution',
    question: 'May a waiting thread wake without having been notified?',
    readings: [
      { value: 'never', meaning: 'no: it is woken by a notification or its timeout' },
      { value: 'allowed', meaning: 'yes: a wait may answer 0 at any time' },
    ],
    source:
      'threads overview, Wait and Notify; shared-everything-threads overview, Managed Waiter Queues (note); issues 102, 110',
  },
  {
    name: 'main-thread-wait',
    decides: 'execution',
    question: 'May the main thread wait?',
    readings: [
      { value: 'allow', meaning: 'yes, as every other thread' },
      { value: 'trap', meaning: 'no: a wait of the main thread traps, as in a browser' },
    ],
    source: 'threads overview, Wait; shared-everything-threads overview, Managed Waiter Queues (note)',
  },
  {
    name: 'global-tearing',
    decides: 'execution',
    question: 'May a non-atomic access to an i64, f64 or v128 global tear?',
    readings: [
      { value: 'wide', meaning: 'yes, as fields of these types [Memory Model Considerations]' },
      { value: 'never', meaning: 'no: values written to globals are always treated atomically [Globals, note]' },
    ],
    source: 'shared-everything-threads overview, Globals (note) against Memory Model Considerations; issue 87',
  },
  {
    name: 'publication',
    decides: 'execution',
    question: 'Is a fresh object whose reference was passed on without synchronisation seen initialised?',
    readings: [
      { value: 'initialised', meaning: 'yes, but what its thread wrote before it was allocated is not thereby seen' },
      { value: 'synchronising', meaning: 'yes, and with it all that its thread wrote before it was allocated' },
      { value: 'racy', meaning: 'no: its contents are an unordered write after default values (zeroes, null)' },
    ],
    source: 'shared-everything-threads overview, Memory Model Considerations; issues 109, 119',
  },
] as const satisfies readonly Switch[];

type SwitchTable = (typeof SWITCHES)[number];
export type SwitchName = SwitchTable['name'];

/** One reading chosen for every switch. */
export type Readings = {
  readonly [N in SwitchName]: Extract<SwitchTable, { name: N }>['readings'][number]['value'];
};

/** The first reading of every switch. */
export const DEFAULT_READINGS = Object.fromEntries(
  SWITCHES.map(({ name, readings }) => [name, readings[0].value]),
) as Readings;
