import type { Chapter } from './rules.ts';

const SET = 'shared-everything-threads overview';

export const VARIABLE_ATOMIC_CHAPTER: Chapter = {
  name: 'Atomic accesses to globals and tables',
  tests: 'test/unit/valid/rule-cases-variable-atomics.ts',
  rules: [
    {
      id: 'Instr_ok/global.atomic.get',
      source: `${SET}, Instructions`,
      statement: 'global.atomic.get ord x : ε → t where t is i32, i64 or a reference below any',
    },
    {
      id: 'Instr_ok/global.atomic.set',
      source: `${SET}, Instructions`,
      statement: 'global.atomic.set ord x : t → ε where t is i32, i64 or a reference below any and mutable',
    },
    {
      id: 'Instr_ok/global.atomic.rmw',
      source: `${SET}, Instructions`,
      statement: 'global.atomic.rmw.op ord x : t → t where t is i32 or i64 and mutable',
    },
    {
      id: 'Instr_ok/global.atomic.rmw.xchg',
      source: `${SET}, Instructions`,
      statement: 'global.atomic.rmw.xchg ord x : t → t where t is i32, i64 or a reference below any and mutable',
    },
    {
      id: 'Instr_ok/global.atomic.rmw.cmpxchg',
      source: `${SET}, Instructions`,
      statement:
        'global.atomic.rmw.cmpxchg ord x : t’ t → t where t is i32, i64 or a reference below eq and mutable, t’ itself or eq',
    },
    {
      id: 'Instr_ok/table.atomic.get',
      source: `${SET}, Instructions`,
      statement: 'table.atomic.get ord x : at → t where t is a reference below any',
    },
    {
      id: 'Instr_ok/table.atomic.set',
      source: `${SET}, Instructions`,
      statement: 'table.atomic.set ord x : at t → ε where t is a reference below any and mutable',
    },
    {
      id: 'Instr_ok/table.atomic.rmw.xchg',
      source: `${SET}, Instructions`,
      statement: 'table.atomic.rmw.xchg ord x : at t → t where t is a reference below any and mutable',
    },
    {
      id: 'Instr_ok/table.atomic.rmw.cmpxchg',
      source: `${SET}, Instructions`,
      statement:
        'table.atomic.rmw.cmpxchg ord x : at t’ t → t where t is a reference below eq and mutable, t’ itself or eq',
    },
  ],
};

export const AGGREGATE_ATOMIC_CHAPTER: Chapter = {
  name: 'Atomic accesses to structures and arrays',
  tests: 'test/unit/valid/rule-cases-aggregate-atomics.ts',
  rules: [
    {
      id: 'Instr_ok/struct.atomic.get',
      source: `${SET}, Instructions`,
      statement:
        'struct.atomic.get_sx? ord x y : (ref null x) → t where t is i32, i64 or a reference below any; packed ones extend',
    },
    {
      id: 'Instr_ok/struct.atomic.set',
      source: `${SET}, Instructions`,
      statement:
        'struct.atomic.set ord x y : (ref null x) t → ε where t is i32, i64 or a reference below any and mutable',
    },
    {
      id: 'Instr_ok/struct.atomic.rmw',
      source: `${SET}, Instructions`,
      statement: 'struct.atomic.rmw.op ord x y : (ref null x) t → t where t is i32 or i64 and mutable',
    },
    {
      id: 'Instr_ok/struct.atomic.rmw.xchg',
      source: `${SET}, Instructions`,
      statement:
        'struct.atomic.rmw.xchg ord x y : (ref null x) t → t where t is i32, i64 or a reference below any and mutable',
    },
    {
      id: 'Instr_ok/struct.atomic.rmw.cmpxchg',
      source: `${SET}, Instructions`,
      statement:
        'struct.atomic.rmw.cmpxchg ord x y : (ref null x) t’ t → t where t is i32, i64 or a reference below eq and mutable, t’ itself or eq',
    },
    {
      id: 'Instr_ok/array.atomic.get',
      source: `${SET}, Instructions`,
      statement:
        'array.atomic.get_sx? ord x : (ref null x) i32 → t where t is i32, i64 or a reference below any; packed ones extend',
    },
    {
      id: 'Instr_ok/array.atomic.set',
      source: `${SET}, Instructions`,
      statement:
        'array.atomic.set ord x : (ref null x) i32 t → ε where t is i32, i64 or a reference below any and mutable',
    },
    {
      id: 'Instr_ok/array.atomic.rmw',
      source: `${SET}, Instructions`,
      statement: 'array.atomic.rmw.op ord x : (ref null x) i32 t → t where t is i32 or i64 and mutable',
    },
    {
      id: 'Instr_ok/array.atomic.rmw.xchg',
      source: `${SET}, Instructions`,
      statement:
        'array.atomic.rmw.xchg ord x : (ref null x) i32 t → t where t is i32, i64 or a reference below any and mutable',
    },
    {
      id: 'Instr_ok/array.atomic.rmw.cmpxchg',
      source: `${SET}, Instructions`,
      statement:
        'array.atomic.rmw.cmpxchg ord x : (ref null x) i32 t’ t → t where t is i32, i64 or a reference below eq and mutable, t’ itself or eq',
    },
  ],
};
