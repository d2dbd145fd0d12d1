import type { Chapter } from './rules.ts';

/** The rules of types, of matching and of definitions; those of instructions are in `instr-rule-rows.ts`. */

const CORE = 'core 3.0, Validation';
const MATCHING = 'core 3.0, Matching';
const THREADS = 'threads proposal, Validation';
const SET = 'shared-everything-threads overview';
const FLAG = 'wasm-c-api issue “Share wasm instance by several threads”';

export const TYPE_CHAPTER: Chapter = {
  name: 'Types',
  tests: 'test/unit/valid/rule-cases-types.ts',
  rules: [
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
    {
      id: 'Structtype_ok',
      source: `${CORE}, Composite Types; ${SET}, Heap Types`,
      statement: 'the fields are ok; of a shared structure type, ok(shared)',
    },
    {
      id: 'Arraytype_ok',
      source: `${CORE}, Composite Types; ${SET}, Heap Types`,
      statement: 'the elements are ok; of a shared array type, ok(shared)',
    },
    {
      id: 'Subtype_ok',
      source: `${CORE}, Recursive Types; ${SET}, Heap Types`,
      statement: 'at most one super type, earlier, not final, of the same share; the composite types match',
    },
    { id: 'Limits_ok', source: `${CORE}, Limits`, statement: 'minimum ≤ maximum ≤ the bound of memories or tables' },
    {
      id: 'Tagtype_ok',
      source: `${CORE}, Tag Types; ${SET}, Exception tags`,
      statement: 'a function type without results; shared exactly if that is',
    },
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
      source: `${CORE}, Memory Types; ${THREADS}, Memory Types`,
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
      statement: 'a block’s type is known, and a function type; in a shared function its values are ok(shared)',
    },
  ],
};

export const MATCHING_CHAPTER: Chapter = {
  name: 'Matching',
  tests: 'test/unit/valid/match-cases.ts',
  rules: [
    {
      id: 'Heaptype_sub',
      source: `${MATCHING}, Heap Types; ${SET}, Heap Types, Managed Waiter Queues`,
      statement: 'the abstract hierarchy, once for each share; shares are never mixed',
    },
    {
      id: 'Deftype_sub',
      source: `${MATCHING}, Defined Types`,
      statement: 'equal definitions of equal recursive groups, or one that is declared below the other',
    },
    {
      id: 'Reftype_sub',
      source: `${MATCHING}, Reference Types`,
      statement: 'heap types match, and a nullable type matches only a nullable one',
    },
    {
      id: 'Valtype_sub',
      source: `${MATCHING}, Value Types`,
      statement: 'number and vector types match themselves, reference types as Reftype_sub says',
    },
    {
      id: 'Storagetype_sub',
      source: `${MATCHING}, Storage Types`,
      statement: 'packed types match themselves, value types as Valtype_sub says',
    },
    {
      id: 'Fieldtype_sub',
      source: `${MATCHING}, Field Types`,
      statement: 'equal mutability; the contents match, of mutable fields both ways',
    },
    {
      id: 'Structtype_sub',
      source: `${MATCHING}, Composite Types`,
      statement: 'at least the fields of the other, each matching',
    },
    {
      id: 'Functype_sub',
      source: `${MATCHING}, Function Types`,
      statement: 'parameters match the other way round, results this way',
    },
    {
      id: 'Comptype_sub',
      source: `${MATCHING}, Composite Types`,
      statement: 'both structures, both arrays, or both functions, which match',
    },
    { id: 'Limits_sub', source: `${MATCHING}, Limits`, statement: 'at least the minimum, at most the maximum' },
    { id: 'Tagtype_sub', source: `${MATCHING}, Tag Types`, statement: 'equal definitions' },
    {
      id: 'Globaltype_sub',
      source: `${MATCHING}, Global Types; ${SET}, Globals`,
      statement: 'equal shares and mutability; the content matches, of mutable globals both ways',
    },
    {
      id: 'Memtype_sub',
      source: `${MATCHING}, Memory Types; ${THREADS}, Matching, Memory Types`,
      statement: 'equal shares and address types, and matching limits',
    },
    {
      id: 'Tabletype_sub',
      source: `${MATCHING}, Table Types; ${SET}, Tables`,
      statement: 'equal shares and address types, matching limits, elements that match both ways',
    },
    { id: 'Externtype_sub', source: `${MATCHING}, External Types`, statement: 'the same kind, and matching types' },
  ],
};

export const MODULE_CHAPTER: Chapter = {
  name: 'Modules',
  tests: 'test/unit/valid/rule-cases-modules.ts',
  rules: [
    {
      id: 'Expr_const',
      source: `${CORE}, Constant Expressions; ${SET}, Managed Waiter Queues`,
      statement: 'only constants, new objects, references, immutable globals, and integer add, sub and mul',
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
      statement:
        'the initialiser, if any, is the default value of the content’s type, or what thread-local-init allows',
    },
    {
      id: 'Table_ok',
      source: `${CORE}, Tables; ${SET}, Tables`,
      statement:
        'the elements have a default value or a constant initialiser; a shared table’s uses shared globals only',
    },
    {
      id: 'Elem_ok',
      source: `${CORE}, Element Segments; ${SET}, Element Segments`,
      statement: 'the items are constants of the element type; of a shared segment or type, over shared things only',
    },
    {
      id: 'Elemmode_ok/active',
      source: `${CORE}, Element Segments`,
      statement: 'the table is known and takes the elements; the offset is a constant of its address type',
    },
    {
      id: 'Datamode_ok/active',
      source: `${CORE}, Data Segments`,
      statement: 'the memory is known; the offset is a constant of its address type',
    },
    { id: 'Start_ok', source: `${CORE}, Start Function`, statement: 'the start function is ε → ε' },
    { id: 'Import_ok', source: `${CORE}, Imports`, statement: 'the imported type is ok' },
    {
      id: 'Import_ok/shared',
      source: FLAG,
      statement: 'a shared module imports only what is shared or thread-local',
      ours: true,
    },
    { id: 'Export_ok', source: `${CORE}, Exports`, statement: 'what is exported exists' },
    {
      id: 'Export_ok/shared',
      source: FLAG,
      statement: 'a shared module exports only what is shared or thread-local',
      ours: true,
    },
    { id: 'Module_ok', source: `${CORE}, Modules`, statement: 'every definition is ok, and export names differ' },
  ],
};
