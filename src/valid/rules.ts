/** A typing rule: what `weft rules` lists. Each has one function, tagged `@rule` with its id. */
export interface Rule {
  /** SpecTec's form: `Relation/case`. */
  readonly id: string;
  readonly source: string;
  /** One line. */
  readonly statement: string;
  /** Weft's own, without a counterpart in the sources' rules. */
  readonly ours?: true;
  /** It has no premise, so nothing is rejected by it. */
  readonly axiom?: true;
}

const CORE = 'core 3.0, Validation';
const MATCHING = 'core 3.0, Matching';
const THREADS = 'threads proposal, Validation';
const SET = 'shared-everything-threads overview';

/** Every typing and matching rule, in the order of the specification's chapters. */
export const RULES: readonly Rule[] = [
  {
    id: 'Heaptype_ok',
    source: `${CORE}, Heap Types; ${SET}, Heap Types`,
    statement: 'a heap type is known; ok(shared) if annotated, or defined as shared',
  },
  {
    id: 'Functype_ok',
    source: `${CORE}, Composite Types; ${SET}, Heap Types`,
    statement: 'parameters and results are ok; of a shared function type, ok(shared)',
  },
  { id: 'Limits_ok', source: `${CORE}, Limits`, statement: 'minimum ≤ maximum ≤ the bound of memories or tables' },
  {
    id: 'Globaltype_ok',
    source: `${CORE}, Global Types; ${SET}, Globals`,
    statement: 'the content is ok; of a shared global, ok(shared)',
  },
  {
    id: 'Globaltype_ok/thread_local',
    source: `${SET}, Thread-local storage`,
    statement: 'the content is ok(shared) and defaultable',
  },
  {
    id: 'Memtype_ok',
    source: `${THREADS}, Memory Types`,
    statement: 'the limits are ok; a shared memory has a maximum',
  },
  {
    id: 'Tabletype_ok',
    source: `${CORE}, Table Types; ${SET}, Tables`,
    statement: 'limits and elements are ok; of a shared table, ok(shared)',
  },
  {
    id: 'Blocktype_ok',
    source: `${CORE}, Block Types; ${SET}, Functions`,
    statement: 'a block’s type is known; in a shared function its values are ok(shared)',
  },

  {
    id: 'Heaptype_sub',
    source: `${MATCHING}, Heap Types; ${SET}, Heap Types`,
    statement: 'the abstract hierarchy, once for each share; shares are never mixed',
  },
  {
    id: 'Reftype_sub',
    source: `${MATCHING}, Reference Types`,
    statement: 'heap types match, and a nullable type matches only a nullable one',
  },
  {
    id: 'Valtype_sub',
    source: `${MATCHING}, Value Types`,
    statement: 'number types match themselves, reference types as Reftype_sub says',
  },
  { id: 'Limits_sub', source: `${MATCHING}, Limits`, statement: 'at least the minimum, at most the maximum' },
  {
    id: 'Deftype_sub',
    source: `${MATCHING}, Defined Types; ${SET}, Heap Types`,
    statement: 'equal shares and equal function types',
  },
  {
    id: 'Globaltype_sub',
    source: `${MATCHING}, Global Types; ${SET}, Globals`,
    statement: 'equal shares and mutability; the content matches, of mutable globals both ways',
  },
  { id: 'Memtype_sub', source: `${THREADS}, Matching, Memory Types`, statement: 'equal shares and matching limits' },
  {
    id: 'Tabletype_sub',
    source: `${MATCHING}, Table Types; ${SET}, Tables`,
    statement: 'equal shares, matching limits, elements that match both ways',
  },
  { id: 'Externtype_sub', source: `${MATCHING}, External Types`, statement: 'the same kind, and matching types' },

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
    id: 'Instr_ok/fork',
    source: 'OOPSLA19, Fig. 21',
    statement: 'fork x : t* → ε where x is a shared function t* → ε',
    ours: true,
  },
  { id: 'Instr_ok/drop', source: `${CORE}, Parametric Instructions`, statement: 'drop : t → ε' },
  {
    id: 'Instr_ok/select-expl',
    source: `${CORE}, Parametric Instructions; ${SET}, Functions`,
    statement: 'select t : t t i32 → t; in a shared function t is ok(shared)',
  },
  {
    id: 'Instr_ok/select-impl',
    source: `${CORE}, Parametric Instructions`,
    statement: 'select : t t i32 → t where t is a number type',
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
  {
    id: 'Instr_ok/ref.null',
    source: `${CORE}, Reference Instructions; ${SET}, Functions`,
    statement: 'ref.null ht : ε → (ref null ht); in a shared function ht is ok(shared)',
  },
  {
    id: 'Instr_ok/ref.is_null',
    source: `${CORE}, Reference Instructions`,
    statement: 'ref.is_null : (ref null ht) → i32',
  },
  {
    id: 'Instr_ok/ref.func',
    source: `${CORE}, Reference Instructions; ${SET}, Instructions`,
    statement: 'ref.func x : ε → (ref y), x declared; shared exactly if the function is',
  },
  { id: 'Instr_ok/const', source: `${CORE}, Numeric Instructions`, statement: 'nt.const c : ε → nt', axiom: true },
  {
    id: 'Instr_ok/numeric',
    source: `${CORE}, Numeric Instructions`,
    statement: 'operands and results are the instruction table’s',
  },
  {
    id: 'Instr_ok/load',
    source: `${CORE}, Memory Instructions`,
    statement: 'alignment ≤ natural; shared code loads from shared memories',
  },
  {
    id: 'Instr_ok/store',
    source: `${CORE}, Memory Instructions`,
    statement: 'alignment ≤ natural; shared code stores to shared memories',
  },
  { id: 'Instr_ok/memory.size', source: `${CORE}, Memory Instructions`, statement: 'memory.size x : ε → i32' },
  { id: 'Instr_ok/memory.grow', source: `${CORE}, Memory Instructions`, statement: 'memory.grow x : i32 → i32' },
  { id: 'Instr_ok/memory.fill', source: `${CORE}, Memory Instructions`, statement: 'memory.fill x : i32 i32 i32 → ε' },
  {
    id: 'Instr_ok/memory.copy',
    source: `${CORE}, Memory Instructions`,
    statement: 'memory.copy x y : i32 i32 i32 → ε',
  },
  {
    id: 'Instr_ok/atomic.load',
    source: `${THREADS}, Atomic Memory Instructions`,
    statement: 'alignment = natural; shared code loads from shared memories',
  },
  {
    id: 'Instr_ok/atomic.store',
    source: `${THREADS}, Atomic Memory Instructions`,
    statement: 'alignment = natural; shared code stores to shared memories',
  },
  {
    id: 'Instr_ok/atomic.rmw',
    source: `${THREADS}, Atomic Memory Instructions`,
    statement: 'alignment = natural; i32 nt → nt',
  },
  {
    id: 'Instr_ok/atomic.cmpxchg',
    source: `${THREADS}, Atomic Memory Instructions`,
    statement: 'alignment = natural; i32 nt nt → nt',
  },
  {
    id: 'Instr_ok/atomic.wait',
    source: `${THREADS}, Atomic Memory Instructions`,
    statement: 'alignment = natural; i32 nt i64 → i32',
  },
  {
    id: 'Instr_ok/atomic.notify',
    source: `${THREADS}, Atomic Memory Instructions`,
    statement: 'alignment = 4; i32 i32 → i32',
  },
  {
    id: 'Instr_ok/atomic.fence',
    source: `${THREADS}, Atomic Memory Instructions; acquire-release proposal`,
    statement: 'atomic.fence : ε → ε',
    axiom: true,
  },

  {
    id: 'Expr_const',
    source: `${CORE}, Constant Expressions`,
    statement: 'only constants, null, ref.func, immutable globals, and integer add, sub and mul',
  },
  {
    id: 'Func_ok',
    source: `${CORE}, Functions; ${SET}, Functions`,
    statement: 'the body has the type’s results; a shared function’s locals and body are ok(shared)',
  },
  {
    id: 'Global_ok',
    source: `${CORE}, Globals; ${SET}, Globals`,
    statement: 'the initialiser has the content’s type; a shared global’s uses shared globals only',
  },
  {
    id: 'Global_ok/thread_local',
    source: `${SET}, Thread-local storage`,
    statement: 'the initialiser, if any, is the default value of the content’s type',
  },
  { id: 'Table_ok', source: `${CORE}, Tables`, statement: 'the elements have a default value' },
  { id: 'Data_ok', source: `${CORE}, Data Segments`, statement: 'the memory is known, the offset a constant i32' },
  { id: 'Start_ok', source: `${CORE}, Start Function`, statement: 'the start function is ε → ε' },
  { id: 'Import_ok', source: `${CORE}, Imports`, statement: 'the imported type is ok' },
  {
    id: 'Import_ok/shared',
    source: 'wasm-c-api issue “Share wasm instance by several threads”',
    statement: 'a shared module imports only what is shared or thread-local',
    ours: true,
  },
  { id: 'Export_ok', source: `${CORE}, Exports`, statement: 'what is exported exists' },
  {
    id: 'Export_ok/shared',
    source: 'wasm-c-api issue “Share wasm instance by several threads”',
    statement: 'a shared module exports only what is shared or thread-local',
    ours: true,
  },
  { id: 'Module_ok', source: `${CORE}, Modules`, statement: 'every definition is ok, and export names differ' },
];
