import type { Chapter } from './rules.ts';

const CORE = 'core 3.0, Validation';
const SET = 'shared-everything-threads overview';

export const VALUE_CHAPTER: Chapter = {
  name: 'Values, variables and vectors',
  tests: 'test/unit/valid/rule-cases-values.ts',
  rules: [
    { id: 'Instr_ok/drop', source: `${CORE}, Parametric Instructions`, statement: 'drop : t → ε' },
    {
      id: 'Instr_ok/select-expl',
      source: `${CORE}, Parametric Instructions; ${SET}, Functions`,
      statement: 'select t : t t i32 → t; in a shared function t is ok(shared)',
    },
    {
      id: 'Instr_ok/select-impl',
      source: `${CORE}, Parametric Instructions`,
      statement: 'select : t t i32 → t where t is a number or vector type',
    },
    {
      id: 'Instr_ok/local.get',
      source: `${CORE}, Variable Instructions`,
      statement: 'local.get x : ε → t where local x is set',
    },
    { id: 'Instr_ok/local.set', source: `${CORE}, Variable Instructions`, statement: 'local.set x : t → ε' },
    { id: 'Instr_ok/local.tee', source: `${CORE}, Variable Instructions`, statement: 'local.tee x : t → t' },
    {
      id: 'Instr_ok/global.get',
      source: `${CORE}, Variable Instructions; ${SET}, Globals`,
      statement: 'global.get x : ε → t; shared code reads shared and thread-local globals',
    },
    {
      id: 'Instr_ok/global.set',
      source: `${CORE}, Variable Instructions; ${SET}, Globals`,
      statement: 'global.set x : t → ε, x mutable; shared code writes shared and thread-local globals',
    },
    { id: 'Instr_ok/const', source: `${CORE}, Numeric Instructions`, statement: 'nt.const c : ε → nt', axiom: true },
    {
      id: 'Instr_ok/numeric',
      source: `${CORE}, Numeric Instructions`,
      statement: 'operands and results are the instruction table’s',
    },
    {
      id: 'Instr_ok/vector',
      source: `${CORE}, Vector Instructions`,
      statement: 'operands and results are the instruction table’s',
    },
    {
      id: 'Instr_ok/vshuffle',
      source: `${CORE}, Vector Instructions`,
      statement: 'i8x16.shuffle i* : v128 v128 → v128 where every i < 32',
    },
    {
      id: 'Instr_ok/vextract_lane',
      source: `${CORE}, Vector Instructions`,
      statement: 'the lane is one of the shape’s',
    },
    {
      id: 'Instr_ok/vreplace_lane',
      source: `${CORE}, Vector Instructions`,
      statement: 'the lane is one of the shape’s',
    },
  ],
};
