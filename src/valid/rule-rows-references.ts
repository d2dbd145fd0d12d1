import type { Chapter } from './rules.ts';

const CORE = 'core 3.0, Validation';
const SET = 'shared-everything-threads overview';

export const REFERENCE_CHAPTER: Chapter = {
  name: 'References',
  tests: 'test/unit/valid/rule-cases-references.ts',
  rules: [
    {
      id: 'Instr_ok/ref.null',
      source: `${CORE}, Reference Instructions; ${SET}, Functions`,
      statement: 'ref.null ht : ε → (ref null ht); in a shared function ht is ok(shared)',
    },
    {
      id: 'Instr_ok/ref.func',
      source: `${CORE}, Reference Instructions; ${SET}, Instructions`,
      statement: 'ref.func x : ε → (ref y), x declared; shared exactly if the function is',
    },
    {
      id: 'Instr_ok/ref.is_null',
      source: `${CORE}, Reference Instructions`,
      statement: 'ref.is_null : (ref null ht) → i32',
    },
    {
      id: 'Instr_ok/ref.as_non_null',
      source: `${CORE}, Reference Instructions`,
      statement: 'ref.as_non_null : (ref null ht) → (ref ht)',
    },
    {
      id: 'Instr_ok/ref.eq',
      source: `${CORE}, Reference Instructions; ${SET}, Instructions`,
      statement: 'ref.eq : (ref null (share eq)) (ref null (share eq)) → i32, of one share',
    },
    {
      id: 'Instr_ok/ref.test',
      source: `${CORE}, Reference Instructions; ${SET}, Functions`,
      statement: 'ref.test rt : rt’ → i32 where rt <: rt’; in a shared function rt is ok(shared)',
    },
    {
      id: 'Instr_ok/ref.cast',
      source: `${CORE}, Reference Instructions; ${SET}, Functions`,
      statement: 'ref.cast rt : rt’ → rt where rt <: rt’; in a shared function rt is ok(shared)',
    },
    {
      id: 'Instr_ok/ref.i31',
      source: `${CORE}, Reference Instructions; ${SET}, Instructions`,
      statement: 'ref.i31 : i32 → (ref i31); ref.i31_shared : i32 → (ref (shared i31))',
    },
    {
      id: 'Instr_ok/i31.get',
      source: `${CORE}, Reference Instructions; ${SET}, Instructions`,
      statement: 'i31.get_sx : (ref null (share i31)) → i32',
    },
    {
      id: 'Instr_ok/any.convert_extern',
      source: `${CORE}, External Reference Instructions; ${SET}, Instructions`,
      statement: '(ref null? (share extern)) → (ref null? (share any))',
    },
    {
      id: 'Instr_ok/extern.convert_any',
      source: `${CORE}, External Reference Instructions; ${SET}, Instructions`,
      statement: '(ref null? (share any)) → (ref null? (share extern))',
    },
  ],
};

export const AGGREGATE_CHAPTER: Chapter = {
  name: 'Structures and arrays',
  tests: 'test/unit/valid/rule-cases-aggregates.ts',
  rules: [
    {
      id: 'Instr_ok/struct.new',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Functions`,
      statement: 'struct.new x : t* → (ref x) where t* are the fields’ unpacked types',
    },
    {
      id: 'Instr_ok/struct.new_default',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Functions`,
      statement: 'struct.new_default x : ε → (ref x) where every field has a default value',
    },
    {
      id: 'Instr_ok/struct.get',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Functions`,
      statement: 'struct.get_sx? x y : (ref null x) → t, extending exactly packed fields',
    },
    {
      id: 'Instr_ok/struct.set',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Functions`,
      statement: 'struct.set x y : (ref null x) t → ε where field y is mutable',
    },
    {
      id: 'Instr_ok/array.new',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Functions`,
      statement: 'array.new x : t i32 → (ref x)',
    },
    {
      id: 'Instr_ok/array.new_default',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Functions`,
      statement: 'array.new_default x : i32 → (ref x) where the elements have a default value',
    },
    {
      id: 'Instr_ok/array.new_fixed',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Functions`,
      statement: 'array.new_fixed x n : t^n → (ref x)',
    },
    {
      id: 'Instr_ok/array.new_elem',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Element Segments`,
      statement: 'array.new_elem x y : i32 i32 → (ref x) where segment y’s references are elements',
    },
    {
      id: 'Instr_ok/array.new_data',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Data Segments`,
      statement: 'array.new_data x y : i32 i32 → (ref x) where the elements are numbers or vectors',
    },
    {
      id: 'Instr_ok/array.get',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Functions`,
      statement: 'array.get_sx? x : (ref null x) i32 → t, extending exactly packed elements',
    },
    {
      id: 'Instr_ok/array.set',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Functions`,
      statement: 'array.set x : (ref null x) i32 t → ε where the elements are mutable',
    },
    {
      id: 'Instr_ok/array.len',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Instructions`,
      statement: 'array.len : (ref null (share array)) → i32',
    },
    {
      id: 'Instr_ok/array.fill',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Functions`,
      statement: 'array.fill x : (ref null x) i32 t i32 → ε where the elements are mutable',
    },
    {
      id: 'Instr_ok/array.copy',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Functions`,
      statement: 'array.copy x y : (ref null x) i32 (ref null y) i32 i32 → ε where y’s elements match x’s mutable ones',
    },
    {
      id: 'Instr_ok/array.init_elem',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Element Segments`,
      statement: 'array.init_elem x y : (ref null x) i32 i32 i32 → ε where segment y’s references are elements',
    },
    {
      id: 'Instr_ok/array.init_data',
      source: `${CORE}, Aggregate Reference Instructions; ${SET}, Data Segments`,
      statement: 'array.init_data x y : (ref null x) i32 i32 i32 → ε where the elements are numbers or vectors',
    },
  ],
};
