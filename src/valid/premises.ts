import { INSTR_PREMISES } from './instr-premises.ts';

/**
 * The premises that keep unshared things out of shared ones, each under the rule that has it. A checker that drops one is
 * a mutant: `test/mutation/sharing-premises.test.ts` drops each in turn and names the module that then slips through.
 */
export const PREMISES = {
  'Heaptype_ok:abstract': 'an abstract heap type is ok(shared) only if it is annotated as shared',
  'Heaptype_ok:defined': 'a type index is ok(shared) only if it expands to a shared composite type',
  'Functype_ok:params': 'the parameters of a shared function type are ok(shared)',
  'Functype_ok:results': 'the results of a shared function type are ok(shared)',
  'Structtype_ok:fields': 'the fields of a shared structure type are ok(shared)',
  'Arraytype_ok:elements': 'the elements of a shared array type are ok(shared)',
  'Subtype_ok:share': 'a definition and its declared supertype have the same share',
  'Globaltype_ok:content': 'the content of a shared global is ok(shared)',
  'Globaltype_ok/thread_local:content': 'the content of a thread-local global is ok(shared)',
  'Globaltype_ok/thread_local:defaultable': 'the content of a thread-local global is defaultable',
  'Tabletype_ok:elem': 'the elements of a shared table are ok(shared)',
  'Memtype_ok:max': 'a shared memory has a maximum',
  'Blocktype_ok:params': 'the parameters of a block in a shared function are ok(shared)',
  'Blocktype_ok:results': 'the results of a block in a shared function are ok(shared)',
  'Func_ok:body': 'the body of a shared function validates as shared',
  'Func_ok:locals': 'the locals of a shared function are ok(shared)',
  'Global_ok:init': 'the initialiser of a shared global validates as shared',
  'Global_ok:thread-local': 'the initialiser of a shared global uses no thread-local global',
  'Global_ok/thread_local:init': "a thread-local global is initialised to its type's default value",
  'Global_ok/thread_local:things':
    'under a richer reading of thread-local-init, the initialiser of a thread-local global validates as shared',
  'Global_ok/thread_local:allocation':
    'under thread-local-init=non-allocating, the initialiser of a thread-local global allocates nothing',
  'Table_ok:init': 'the initialiser of a shared table validates as shared',
  'Elem_ok:type': 'the elements of a shared element segment are ok(shared)',
  'Elem_ok:items': 'the items of an element segment that is shared, or of shared elements, validate as shared',
  'Import_ok/shared:type': 'everything that a shared module imports is shared or thread-local',
  'Export_ok/shared:type': 'everything that a shared module exports is shared or thread-local',
  ...INSTR_PREMISES,
  'Heaptype_sub:share': 'a heap type and its supertype have the same share',
  'Globaltype_sub:share': 'a global matches an import only of the same share',
  'Memtype_sub:share': 'a memory matches an import only of the same share',
  'Tabletype_sub:share': 'a table matches an import only of the same share',
} as const satisfies Record<string, string>;

export type SharingPremise = keyof typeof PREMISES;

/** The premises that a judgement insists on. */
export type Premises = ReadonlySet<SharingPremise>;

/** All of them: what everything but a mutation test uses. */
export const SHARING_PREMISES: Premises = new Set(Object.keys(PREMISES) as SharingPremise[]);
