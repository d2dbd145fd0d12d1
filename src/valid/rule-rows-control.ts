import type { Chapter } from './rules.ts';

const CORE = 'core 3.0, Validation';
const SET = 'shared-everything-threads overview';

export const CONTROL_CHAPTER: Chapter = {
  name: 'Control instructions',
  tests: 'test/unit/valid/rule-cases-control.ts',
  rules: [
    {
      id: 'Instr_ok/unreachable',
      source: `${CORE}, Control Instructions`,
      statement: 'unreachable : t1* → t2*',
      axiom: true,
    },
    { id: 'Instr_ok/nop', source: `${CORE}, Control Instructions`, statement: 'nop : ε → ε', axiom: true },
    {
      id: 'Instr_ok/block',
      source: `${CORE}, Control Instructions`,
      statement: 'the body has the block’s type; its label takes the results',
    },
    {
      id: 'Instr_ok/loop',
      source: `${CORE}, Control Instructions`,
      statement: 'the body has the block’s type; its label takes the parameters',
    },
    { id: 'Instr_ok/if', source: `${CORE}, Control Instructions`, statement: 'both branches have the block’s type' },
    {
      id: 'Instr_ok/try_table',
      source: `${CORE}, Control Instructions`,
      statement: 'the body has the block’s type; the clauses are ok',
    },
    {
      id: 'Catch_ok/catch',
      source: `${CORE}, Control Instructions; ${SET}, Exception tags`,
      statement: 'label l takes what tag x carries; shared code catches shared tags',
    },
    {
      id: 'Catch_ok/catch_ref',
      source: `${CORE}, Control Instructions; ${SET}, Exception tags`,
      statement: 'label l takes what tag x carries and an exception reference of the tag’s share',
    },
    { id: 'Catch_ok/catch_all', source: `${CORE}, Control Instructions`, statement: 'label l takes nothing' },
    {
      id: 'Catch_ok/catch_all_ref',
      source: `${CORE}, Control Instructions; ${SET}, Exception tags`,
      statement: 'label l takes an exception reference, shared exactly in shared code',
    },
    {
      id: 'Instr_ok/br',
      source: `${CORE}, Control Instructions`,
      statement: 'br l : t1* t* → t2* where label l takes t*',
    },
    {
      id: 'Instr_ok/br_if',
      source: `${CORE}, Control Instructions`,
      statement: 'br_if l : t* i32 → t* where label l takes t*',
    },
    {
      id: 'Instr_ok/br_table',
      source: `${CORE}, Control Instructions`,
      statement: 'the operands match what every label takes',
    },
    {
      id: 'Instr_ok/br_on_null',
      source: `${CORE}, Control Instructions`,
      statement: 'br_on_null l : t* (ref null ht) → t* (ref ht) where label l takes t*',
    },
    {
      id: 'Instr_ok/br_on_non_null',
      source: `${CORE}, Control Instructions`,
      statement: 'br_on_non_null l : t* (ref null ht) → t* where label l takes t* (ref ht)',
    },
    {
      id: 'Instr_ok/br_on_cast',
      source: `${CORE}, Control Instructions; ${SET}, Functions`,
      statement: 'br_on_cast l rt1 rt2 : t* rt1 → t* (rt1 \\ rt2) where rt2 <: rt1 and label l takes t* rt2',
    },
    {
      id: 'Instr_ok/br_on_cast_fail',
      source: `${CORE}, Control Instructions; ${SET}, Functions`,
      statement: 'br_on_cast_fail l rt1 rt2 : t* rt1 → t* rt2 where rt2 <: rt1 and label l takes t* (rt1 \\ rt2)',
    },
    {
      id: 'Instr_ok/return',
      source: `${CORE}, Control Instructions`,
      statement: 'return : t1* t* → t2* where the function’s results are t*',
    },
    {
      id: 'Instr_ok/call',
      source: `${CORE}, Control Instructions; ${SET}, Functions`,
      statement: 'the function’s parameters → its results; shared code calls shared functions',
    },
    {
      id: 'Instr_ok/call_ref',
      source: `${CORE}, Control Instructions; ${SET}, Functions`,
      statement: 'call_ref y : t1* (ref null y) → t2*; shared code calls functions of shared types',
    },
    {
      id: 'Instr_ok/call_indirect',
      source: `${CORE}, Control Instructions; ${SET}, Functions`,
      statement:
        'call_indirect x y : t1* at → t2* where table x holds functions; shared code calls through shared tables',
    },
    {
      id: 'Instr_ok/return_call',
      source: `${CORE}, Control Instructions; ${SET}, Functions`,
      statement: 'as call, and the callee’s results match the caller’s',
    },
    {
      id: 'Instr_ok/return_call_ref',
      source: `${CORE}, Control Instructions; ${SET}, Functions`,
      statement: 'as call_ref, and the callee’s results match the caller’s',
    },
    {
      id: 'Instr_ok/return_call_indirect',
      source: `${CORE}, Control Instructions; ${SET}, Functions`,
      statement: 'as call_indirect, and the callee’s results match the caller’s',
    },
    {
      id: 'Instr_ok/throw',
      source: `${CORE}, Control Instructions; ${SET}, Exception tags`,
      statement: 'throw x : t1* t* → t2* where tag x carries t*; shared code throws shared tags',
    },
    {
      id: 'Instr_ok/throw_ref',
      source: `${CORE}, Control Instructions; ${SET}, Exception tags`,
      statement: 'throw_ref : t1* (ref null (share exn)) → t2*',
    },
    {
      id: 'Instr_ok/fork',
      source: 'OOPSLA19, Fig. 21',
      statement: 'fork x : t* → ε where x is a shared function t* → ε',
      ours: true,
    },
  ],
};
