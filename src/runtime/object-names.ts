import type { Addr } from '../event/location.ts';
import type { ExternVal, ModuleInst } from './instance.ts';
import type { Instance, ScriptState } from './script-state.ts';
import { isRefusal } from './script-state.ts';

/**
 * How a script thread calls the objects that it can name [DESIGN, The command line]: `mem.shared` for an export of a registered instance,
 * `$M.shared` for one of an instance with an identifier. An object that is not exported goes by its own identifier or index
 * (`mem.$table`, `$M.memory0`), an instance without a name by its position (`module1`). The first name of an object counts.
 */
export function objectNames<S>(state: ScriptState<S>): ReadonlyMap<Addr, string> {
  const names = new Map<Addr, string>();
  if (state.kind === 'call') return names;
  const { registry, instances, spectest } = state.session;
  for (const [name, instance] of registry) if (!isRefusal(instance)) nameExports(names, name, instance.exports);
  const instanceNames = instances.map(
    ({ id, instance }, i) =>
      [registeredName(registry, instance) ?? (id === null ? `module${i}` : `$${id}`), instance] as const,
  );
  for (const [name, instance] of instanceNames) nameExports(names, name, instance.exports);
  if (spectest !== null) nameExports(names, 'spectest', spectest.exports);
  for (const [name, instance] of instanceNames) nameOwn(names, name, instance);
  return names;
}

function registeredName(registry: ReadonlyMap<string, Instance>, instance: ModuleInst): string | null {
  for (const [name, registered] of registry) if (registered === instance) return name;
  return null;
}

function nameExports(names: Map<Addr, string>, instance: string, exports: ReadonlyMap<string, ExternVal>): void {
  for (const [name, value] of exports) {
    const addr = addrOfExtern(value);
    if (addr !== null && !names.has(addr)) names.set(addr, `${instance}.${name}`);
  }
}

function addrOfExtern(value: ExternVal): Addr | null {
  switch (value.kind) {
    case 'func':
      return null;
    case 'memory':
      return value.memory.addr;
    case 'table':
      return value.table.addr;
    case 'global':
      return value.global.addr;
    case 'tag':
      return null;
  }
}

/** What the module defines and does not export. */
function nameOwn(
  names: Map<Addr, string>,
  instance: string,
  { module: { module }, memories, tables, globals }: ModuleInst,
): void {
  const spaces = [
    ['memory', memories, module.memories],
    ['table', tables, module.tables],
    ['global', globals, module.globals],
  ] as const;
  for (const [kind, space, definitions] of spaces) {
    const imported = space.length - definitions.length;
    for (const [i, { addr }] of space.slice(imported).entries()) {
      const id = definitions[i]?.id ?? null;
      if (!names.has(addr)) names.set(addr, `${instance}.${id === null ? `${kind}${imported + i}` : `$${id}`}`);
    }
  }
}

/** The objects that a script thread can reach and that are shared. */
export function sharedObjects<S>(state: ScriptState<S>): ReadonlySet<Addr> {
  const shared = new Set<Addr>();
  if (state.kind === 'call') return shared;
  const { registry, instances } = state.session;
  for (const instance of [...registry.values(), ...instances.map((named) => named.instance)]) {
    if (isRefusal(instance)) continue;
    for (const { addr, type } of [...instance.memories, ...instance.tables, ...instance.globals]) {
      if (type.share === 'shared') shared.add(addr);
    }
  }
  return shared;
}
