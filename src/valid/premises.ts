/**
 * The premises that keep unshared things out of shared ones, each under the rule that has it. A checker that drops one is
 * a mutant: `test/mutation/sharing-premises.test.ts` drops each in turn and names the module that then slips through.
 */
export const PREMISES = {
  'Heaptype_ok:abstract': 'an abstract heap type is ok(shared) only if it is annotated as shared',
  'Heaptype_ok:defined': 'a type index is ok(shared) only if it expands to a shared composite type',
  'Functype_ok:params': 'the parameters of a shared function type are ok(shared)',
  'Functype_ok:results': 'the results of a shared function type are ok(shared)',
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
  'Import_ok/shared:type': 'everything that a shared module imports is shared or thread-local',
  'Export_ok/shared:type': 'everything that a shared module exports is shared or thread-local',
  'Instr_ok/call:func': 'a function called by shared code is shared',
  'Instr_ok/fork:func': 'a forked function is shared',
  'Instr_ok/ref.func:func': 'a function that shared code refers to is shared',
  'Instr_ok/ref.null:type': 'the type of a null reference in shared code is ok(shared)',
  'Instr_ok/select:type': 'the annotated type of a select in shared code is ok(shared)',
  'Instr_ok/global.get:global': 'a global read by shared code is shared or thread-local',
  'Instr_ok/global.set:global': 'a global written by shared code is shared or thread-local',
  'Instr_ok/load:memory': 'a memory loaded from by shared code is shared',
  'Instr_ok/store:memory': 'a memory stored to by shared code is shared',
  'Instr_ok/memory.size:memory': 'a memory whose size shared code reads is shared',
  'Instr_ok/memory.grow:memory': 'a memory grown by shared code is shared',
  'Instr_ok/memory.fill:memory': 'a memory filled by shared code is shared',
  'Instr_ok/memory.copy:destination': 'a memory copied to by shared code is shared',
  'Instr_ok/memory.copy:source': 'a memory copied from by shared code is shared',
  'Instr_ok/atomic.load:memory': 'a memory loaded from atomically by shared code is shared',
  'Instr_ok/atomic.store:memory': 'a memory stored to atomically by shared code is shared',
  'Instr_ok/atomic.rmw:memory': 'a memory updated atomically by shared code is shared',
  'Instr_ok/atomic.cmpxchg:memory': 'a memory compared and exchanged by shared code is shared',
  'Instr_ok/atomic.wait:memory': 'a memory waited on by shared code is shared',
  'Instr_ok/atomic.notify:memory': 'a memory whose waiters shared code wakes is shared',
  'Instr_ok/atomic:object':
    'under the reading unshared-atomics=reject, a memory accessed atomically by any code is shared',
  'Heaptype_sub:share': 'a heap type and its supertype have the same share',
  'Deftype_sub:share': 'a function matches an import only of the same share',
  'Globaltype_sub:share': 'a global matches an import only of the same share',
  'Memtype_sub:share': 'a memory matches an import only of the same share',
  'Tabletype_sub:share': 'a table matches an import only of the same share',
} as const satisfies Record<string, string>;

export type SharingPremise = keyof typeof PREMISES;

/** The premises that a judgement insists on. */
export type Premises = ReadonlySet<SharingPremise>;

/** All of them: what everything but a mutation test uses. */
export const SHARING_PREMISES: Premises = new Set(Object.keys(PREMISES) as SharingPremise[]);
