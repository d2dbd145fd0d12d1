import type { Chapter } from './rules.ts';

const CORE = 'core 3.0, Validation';
const SET = 'shared-everything-threads overview';

export const MEMORY_CHAPTER: Chapter = {
  name: 'Memories and tables',
  tests: 'test/unit/valid/rule-cases-memory.ts',
  rules: [
    {
      id: 'Memarg_ok',
      source: `${CORE}, Memory Instructions`,
      statement: 'alignment ≤ natural; the offset is an address',
    },
    {
      id: 'Instr_ok/load',
      source: `${CORE}, Memory Instructions`,
      statement: 'nt.load x : at → nt; shared code loads from shared memories',
    },
    {
      id: 'Instr_ok/store',
      source: `${CORE}, Memory Instructions`,
      statement: 'nt.store x : at nt → ε; shared code stores to shared memories',
    },
    { id: 'Instr_ok/vload', source: `${CORE}, Memory Instructions`, statement: 'v128.load x : at → v128' },
    { id: 'Instr_ok/vstore', source: `${CORE}, Memory Instructions`, statement: 'v128.store x : at v128 → ε' },
    {
      id: 'Instr_ok/vload_lane',
      source: `${CORE}, Memory Instructions`,
      statement: 'v128.loadN_lane x i : at v128 → v128 where i < 128 / N',
    },
    {
      id: 'Instr_ok/vstore_lane',
      source: `${CORE}, Memory Instructions`,
      statement: 'v128.storeN_lane x i : at v128 → ε where i < 128 / N',
    },
    { id: 'Instr_ok/memory.size', source: `${CORE}, Memory Instructions`, statement: 'memory.size x : ε → at' },
    { id: 'Instr_ok/memory.grow', source: `${CORE}, Memory Instructions`, statement: 'memory.grow x : at → at' },
    { id: 'Instr_ok/memory.fill', source: `${CORE}, Memory Instructions`, statement: 'memory.fill x : at i32 at → ε' },
    {
      id: 'Instr_ok/memory.copy',
      source: `${CORE}, Memory Instructions`,
      statement: 'memory.copy x y : at1 at2 min(at1, at2) → ε',
    },
    {
      id: 'Instr_ok/memory.init',
      source: `${CORE}, Memory Instructions; ${SET}, Data Segments`,
      statement: 'memory.init x y : at i32 i32 → ε; shared code copies shared segments',
    },
    {
      id: 'Instr_ok/data.drop',
      source: `${CORE}, Memory Instructions; ${SET}, Data Segments`,
      statement: 'data.drop x : ε → ε; shared code drops shared segments',
    },
    {
      id: 'Instr_ok/table.get',
      source: `${CORE}, Table Instructions; ${SET}, Functions`,
      statement: 'table.get x : at → rt; shared code reads shared tables',
    },
    {
      id: 'Instr_ok/table.set',
      source: `${CORE}, Table Instructions; ${SET}, Functions`,
      statement: 'table.set x : at rt → ε',
    },
    {
      id: 'Instr_ok/table.size',
      source: `${CORE}, Table Instructions; ${SET}, Functions`,
      statement: 'table.size x : ε → at',
    },
    {
      id: 'Instr_ok/table.grow',
      source: `${CORE}, Table Instructions; ${SET}, Functions`,
      statement: 'table.grow x : rt at → at',
    },
    {
      id: 'Instr_ok/table.fill',
      source: `${CORE}, Table Instructions; ${SET}, Functions`,
      statement: 'table.fill x : at rt at → ε',
    },
    {
      id: 'Instr_ok/table.copy',
      source: `${CORE}, Table Instructions; ${SET}, Functions`,
      statement: 'table.copy x y : at1 at2 min(at1, at2) → ε where y’s elements match x’s',
    },
    {
      id: 'Instr_ok/table.init',
      source: `${CORE}, Table Instructions; ${SET}, Element Segments`,
      statement: 'table.init x y : at i32 i32 → ε where segment y’s references are elements',
    },
    {
      id: 'Instr_ok/elem.drop',
      source: `${CORE}, Table Instructions; ${SET}, Element Segments`,
      statement: 'elem.drop x : ε → ε; shared code drops shared segments',
    },
  ],
};
