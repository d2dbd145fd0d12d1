import { NOWHERE } from '../../src/base/span.ts';
import { MAIN } from '../../src/event/location.ts';
import { SharedStore } from '../../src/exec/store.ts';
import type { FuncInst, ModuleInst } from '../../src/runtime/instance.ts';
import { linkModule } from '../../src/runtime/instantiate.ts';
import type { Expr, Instr, Module } from '../../src/syntax/module.ts';
import type { Readings } from '../../src/syntax/readings.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { ValType } from '../../src/syntax/types.ts';
import type { Value } from '../../src/syntax/values.ts';
import { NULL } from '../../src/syntax/values.ts';
import { checkModule } from '../../src/valid/check.ts';
import { CLOSED, matchValType } from '../../src/valid/match.ts';
import type { Choices } from '../property/generators/modules/choices.ts';
import { choicesFromSeed } from '../property/generators/modules/choices.ts';
import type { Imports } from './lively-imports.ts';
import { makeImports, withNumberedImports } from './lively-imports.ts';

/** A generated module, instantiated with things that it wants. */
export interface Generated {
  readonly module: Module;
  readonly imports: Imports;
  readonly instance: ModuleInst;
  readonly store: SharedStore;
}

/** null: something that it imports cannot be made. */
export function instantiateGenerated(
  generated: Module,
  seed: number,
  readings: Readings = DEFAULT_READINGS,
): Generated | null {
  const module = withSites(withNumberedImports(generated));
  const imports = makeImports(module, choicesFromSeed(seed));
  if (imports === null) return null;
  const store = new SharedStore();
  store.alloc(imports.writes);
  const instance = link(module, imports, readings, store);
  return { module, imports, instance, store };
}

/** A module as it would be in another's place: with the same imports, keys and addresses. */
export function instantiateInstead({ imports }: Generated, module: Module): ModuleInst {
  return link(module, imports, DEFAULT_READINGS, null);
}

function link(module: Module, imports: Imports, readings: Readings, store: SharedStore | null): ModuleInst {
  const valid = checkModule(module, readings);
  if (!valid.ok) throw new Error(`invalid: ${valid.error.map((d) => d.message).join('; ')}`);
  const { refs, allocations } = imports;
  const naming = { thread: MAIN, instances: 0, allocations, refs };
  const linked = linkModule(valid.value, (_, name) => imports.resolve(name), naming, new Map());
  if (!linked.ok) throw new Error(linked.error.message);
  const { alloc, segments, instance } = linked.value;
  if (store !== null) {
    if (alloc !== null) store.answer(alloc);
    for (const { request } of segments) store.answer(request);
  }
  return instance;
}

/** Every instruction in a place of its own. */
function withSites(module: Module): Module {
  let place = 1;
  const here = (): { at: { start: number; end: number } } => ({ at: { start: place, end: place++ } });
  const each = (instr: Instr): Instr => {
    const at = here();
    if (instr.kind === 'plain') return { ...instr, ...at };
    if (instr.kind === 'if') return { ...instr, ...at, then: all(instr.then), else: all(instr.else) };
    return { ...instr, ...at, body: all(instr.body) };
  };
  const all = (body: Expr): Expr => body.map(each);
  return { ...module, at: NOWHERE, funcs: module.funcs.map((f) => ({ ...f, body: all(f.body) })) };
}

/** Arguments of a function; null if there are none of its types. */
export function someArguments({ imports, instance }: Generated, func: FuncInst, c: Choices): readonly Value[] | null {
  const args: Value[] = [];
  for (const t of func.type.params) {
    const arg = someArgument(imports, instance, t, c);
    if (arg === null) return null;
    args.push(arg);
  }
  return args;
}

function someArgument(imports: Imports, { funcs, refs }: ModuleInst, t: ValType, c: Choices): Value | null {
  if (typeof t === 'object') {
    if (t.nullable && c.chance(1, 6)) return NULL;
    const own = funcs.filter(({ closed }) => {
      const type: ValType = { kind: 'ref', nullable: false, heap: { kind: 'index', type: closed.id } };
      return matchValType(type, t, CLOSED);
    });
    const func = c.maybe(own);
    if (func !== null) return refs.func(func);
  }
  return imports.valueOf(t) ?? (typeof t === 'object' && t.nullable ? NULL : null);
}
