import type { Command, Invoke, Get, Script, ScriptModule } from '../syntax/script.ts';
import type { Module } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import type { Place, WrittenList } from '../syntax/written.ts';
import { headOf } from '../syntax/written.ts';
import { makeContext } from './context.ts';
import { printId } from './describe.ts';
import { aboutThing } from './look-facts.ts';
import type { Looked } from './look.ts';
import { SHARING_PREMISES } from './premises.ts';

/** Exports of a module that are told. */
const MOST = 8;

/** What there is to say of a script’s own words: names of modules and threads, calls, and observations of litmus tests. */
export function lookAtScript({ commands }: Script, readings: Readings, { word, lists }: Place): Looked | null {
  const [own] = lists;
  const told = observed(commands, word.text, readings) ?? spoken(commands, word.text, own, readings);
  return told === null ? null : { at: word.at, rule: null, stack: null, ...told };
}

type Told = Pick<Looked, 'name' | 'facts'>;

function spoken(
  commands: readonly Command[],
  text: string,
  own: WrittenList | undefined,
  readings: Readings,
): Told | null {
  switch (headOf(own)) {
    case 'invoke':
    case 'get': {
      const action = own === undefined ? undefined : actionsIn(commands).find(({ at }) => at.start === own.at.start);
      return action === undefined ? null : called(commands, action, readings);
    }
    case 'thread':
    case 'wait':
      return threadNamed(commands, text, headOf(own) === 'wait');
    case 'module':
    case 'register':
    case 'instance':
      return moduleNamed(commands, text, readings);
    default:
      return null;
  }
}

function moduleNamed(commands: readonly Command[], text: string, readings: Readings): Told | null {
  const module = modulesIn(commands).find(({ id }) => id !== null && printId(id) === text)?.parsed;
  if (module?.ok !== true) return null;
  const { exports, shared } = module.value;
  const facts = exports.slice(0, MOST).map(({ name }) => `exports ${exported(module.value, name, readings)}`);
  const more = exports.length > MOST ? [`and ${exports.length - MOST} more`] : [];
  const own = shared ? ['every import and export of it must be shared'] : [];
  return { name: `module ${text}`, facts: [...own, ...facts, ...more] };
}

function exported(module: Module, name: string, readings: Readings): string {
  const found = module.exports.find((one) => one.name === name);
  if (found === undefined) return `no "${name}"`;
  const C = makeContext(module, readings, SHARING_PREMISES, () => {});
  return `"${name}": ${aboutThing(C, { kind: found.kind, index: found.index }).fact}`;
}

function called(commands: readonly Command[], { module: id, name }: Invoke | Get, readings: Readings): Told | null {
  const modules = modulesIn(commands);
  const module = (id === null ? modules.at(-1) : modules.find((one) => one.id === id))?.parsed;
  if (module?.ok !== true) return null;
  const of = id === null ? 'the latest module' : `module ${printId(id)}`;
  return { name: `"${name}" of ${of}`, facts: [exported(module.value, name, readings)] };
}

function threadNamed(commands: readonly Command[], text: string, isWaited: boolean): Told | null {
  const thread = threadsIn(commands).find(({ id }) => id !== null && printId(id) === text);
  if (thread === undefined) return null;
  const shared = thread.shared.map((id) => `is given module ${printId(id)}: all of its exports must be shared`);
  const calls = actionsIn(thread.commands).map(({ name }, i) => `action ${i}: "${name}"`);
  return {
    name: `thread ${text}`,
    facts: [...(isWaited ? ['this waits until it has ended'] : []), ...shared, ...calls.slice(0, MOST)],
  };
}

/** `T1:0:0`, `T1:0` in a condition or an outcome. */
function observed(commands: readonly Command[], text: string, readings: Readings): Told | null {
  const [, name, k, result] = /^([^:]+):(\d+)(?::(\d+))?$/.exec(text) ?? [];
  if (name === undefined) return null;
  const thread = name === 'main' ? null : threadsIn(commands).find(({ id }) => id === name.split('/').at(-1));
  if (thread === undefined) return null;
  const action = actionsIn(thread === null ? commands : thread.commands, false)[Number(k)];
  if (action === undefined) return null;
  const what = result === undefined ? `how action ${k}` : `result ${result} of action ${k}`;
  const told = called(commands, action, readings);
  return {
    name: `${what} of thread ${name}${result === undefined ? ' ends' : ''}`,
    facts: told === null ? [] : [told.name, ...told.facts],
  };
}

function modulesIn(commands: readonly Command[]): readonly ScriptModule[] {
  return commands.flatMap((command): readonly ScriptModule[] => {
    if (command.kind === 'thread') return modulesIn(command.commands);
    return command.kind === 'module' ? [command.module] : [];
  });
}

function threadsIn(commands: readonly Command[]): readonly Extract<Command, { readonly kind: 'thread' }>[] {
  return commands.flatMap((command) => (command.kind === 'thread' ? [command, ...threadsIn(command.commands)] : []));
}

/** Actions in their order, those that assertions make too. */
function actionsIn(commands: readonly Command[], nested = true): readonly (Invoke | Get)[] {
  return commands.flatMap((command): readonly (Invoke | Get)[] => {
    if (command.kind === 'thread') return nested ? actionsIn(command.commands) : [];
    return 'action' in command ? [command.action] : [];
  });
}
