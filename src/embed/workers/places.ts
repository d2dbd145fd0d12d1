import { assert, known } from '../../base/assert.ts';
import type { ExternVal, ModuleInst } from '../../runtime/instance.ts';
import { encodeModule } from '../../binary/encode.ts';
import type { InstanceMessage, PartPlace } from './messages.ts';
import type { SharedParts } from './worker-store.ts';

/** An instance as a message that makes it anew: a module's bytes, and where its imports are among the instances before it. */
export function describeInstance(
  instances: readonly ModuleInst[],
  instance: ModuleInst,
  shared: SharedParts,
): InstanceMessage {
  const { module } = instance.module;
  const next = { func: 0, memory: 0, table: 0, global: 0, tag: 0 };
  const imports = module.imports.map(({ desc: { kind } }) => placeOf(instances, partAt(instance, kind, next[kind]++)));
  return { kind: 'instance', bytes: encodeModule(module), imports, shared };
}

/** The part that is at a place. */
export function partIn(instances: readonly ModuleInst[], { kind, instance, index }: PartPlace): ExternVal {
  return partAt(known(instances[instance], 'instance'), kind, index);
}

/** Where a part was first defined or imported; null for a host function. */
export function placeOf(instances: readonly ModuleInst[], part: ExternVal): PartPlace | null {
  if (part.kind === 'func' && part.func.kind === 'host') return null;
  for (const [instance, inst] of instances.entries()) {
    const index = spaceOf(inst, part.kind).indexOf(innerOf(part));
    if (index >= 0) return { kind: part.kind, instance, index };
  }
  assert(false, 'a part of the compartment');
}

function spaceOf({ funcs, memories, tables, globals, tags }: ModuleInst, kind: ExternVal['kind']): readonly object[] {
  return { func: funcs, memory: memories, table: tables, global: globals, tag: tags }[kind];
}

function innerOf(part: ExternVal): object {
  switch (part.kind) {
    case 'func':
      return part.func;
    case 'memory':
      return part.memory;
    case 'table':
      return part.table;
    case 'global':
      return part.global;
    case 'tag':
      return part.tag;
  }
}

function partAt({ funcs, memories, tables, globals, tags }: ModuleInst, kind: ExternVal['kind'], x: number): ExternVal {
  switch (kind) {
    case 'func':
      return { kind, func: known(funcs[x], 'function') };
    case 'memory':
      return { kind, memory: known(memories[x], 'memory') };
    case 'table':
      return { kind, table: known(tables[x], 'table') };
    case 'global':
      return { kind, global: known(globals[x], 'global') };
    case 'tag':
      return { kind, tag: known(tags[x], 'tag') };
  }
}
