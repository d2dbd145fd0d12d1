import type { Chapter } from './rules.ts';

const THREADS = 'threads proposal, Validation, Atomic Memory Instructions';
const SET = 'shared-everything-threads overview';
const ACQREL = 'acquire-release proposal';

export const ATOMIC_CHAPTER: Chapter = {
  name: 'Atomic accesses to memories',
  tests: 'test/unit/valid/rule-cases-atomics.ts',
  rules: [
    {
      id: 'Order_ok',
      source: `${SET}, Memory orderings; ${ACQREL}, Binary Format`,
      statement: 'the two orders of a read-modify-write are equal',
    },
    {
      id: 'Object_ok/atomic',
      source: 'OOPSLA19, Fig. 21; threads proposal',
      statement: 'under unshared-atomics=reject, what is accessed atomically is shared',
    },
    { id: 'Memarg_ok/atomic', source: THREADS, statement: 'alignment = natural; the offset is an address' },
    {
      id: 'Instr_ok/atomic.load',
      source: THREADS,
      statement: 'nt.atomic.load ord x : at → nt; shared code loads from shared memories',
    },
    {
      id: 'Instr_ok/atomic.store',
      source: THREADS,
      statement: 'nt.atomic.store ord x : at nt → ε; shared code stores to shared memories',
    },
    { id: 'Instr_ok/atomic.rmw', source: THREADS, statement: 'nt.atomic.rmw.op ord x : at nt → nt' },
    { id: 'Instr_ok/atomic.cmpxchg', source: THREADS, statement: 'nt.atomic.rmw.cmpxchg ord x : at nt nt → nt' },
    { id: 'Instr_ok/atomic.wait', source: THREADS, statement: 'memory.atomic.wait x : at nt i64 → i32' },
    { id: 'Instr_ok/atomic.notify', source: THREADS, statement: 'memory.atomic.notify x : at i32 → i32' },
    {
      id: 'Instr_ok/atomic.fence',
      source: `${THREADS}; ${ACQREL}`,
      statement: 'atomic.fence ord : ε → ε',
      axiom: true,
    },
    { id: 'Instr_ok/pause', source: ACQREL, statement: 'pause : ε → ε', axiom: true },
  ],
};

export const WAITQUEUE_CHAPTER: Chapter = {
  name: 'Wait queues',
  tests: 'test/unit/valid/rule-cases-waitqueues.ts',
  rules: [
    {
      id: 'Instr_ok/waitqueue.new',
      source: `${SET}, Managed Waiter Queues`,
      statement: 'waitqueue.new : ε → (ref (shared waitqueue))',
      axiom: true,
    },
    {
      id: 'Instr_ok/waitqueue.notify',
      source: `${SET}, Managed Waiter Queues`,
      statement: 'waitqueue.notify : (ref null (shared waitqueue)) i32 → i32',
    },
    {
      id: 'Wait_expected',
      source: `${SET}, Managed Waiter Queues`,
      statement: 'a control word is i32, i64 or a reference below (shared eq)',
    },
    {
      id: 'Instr_ok/struct.wait',
      source: `${SET}, Managed Waiter Queues`,
      statement: 'struct.wait x y : (ref null x) (ref null (shared waitqueue)) t i64 → i32',
    },
    {
      id: 'Instr_ok/array.wait',
      source: `${SET}, Managed Waiter Queues`,
      statement: 'array.wait x : (ref null x) (ref null (shared waitqueue)) i32 t i64 → i32',
    },
    {
      id: 'Instr_ok/global.wait',
      source: `${SET}, Managed Waiter Queues`,
      statement: 'global.wait x : (ref null (shared waitqueue)) t i64 → i32',
    },
    {
      id: 'Instr_ok/table.wait',
      source: `${SET}, Managed Waiter Queues`,
      statement: 'table.wait x : (ref null (shared waitqueue)) at t i64 → i32',
    },
    {
      id: 'Instr_ok/memory.wait',
      source: `${SET}, Managed Waiter Queues`,
      statement: 'memory.waitN x : (ref null (shared waitqueue)) at iN i64 → i32',
    },
  ],
};
