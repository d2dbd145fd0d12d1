import type { Program, ProgramCommand, ProgramModule } from '../runtime/program.ts';
import type { Module } from '../syntax/module.ts';
import type { Action } from '../syntax/script.ts';
import type { GlobalShare, ValType } from '../syntax/types.ts';
import { externTypeAt } from '../valid/extern-text.ts';

/** An action of a script thread (`invoke` or `get`), which shows a result for each of its types, or how it ended. */
export interface ObservableAction {
  /** As a person would write it: `invoke "f"`. */
  readonly text: string;
  /** Null where the script's types do not tell: an unknown module or export. */
  readonly results: readonly ValType[] | null;
}

/** What the executions of a script may show, as far as its text tells. */
export interface Observable {
  /** By the names that threads have in outcomes; the script's own is `main`. */
  readonly threads: ReadonlyMap<string, readonly ObservableAction[]>;
  /** What the main thread can name (`mem.shared`, `$M.shared`): memories, tables and globals that instances export. */
  readonly objects: ReadonlyMap<string, GlobalShare>;
}

export function observableOf(program: Program): Observable {
  const threads = new Map<string, ObservableAction[]>();
  collect('main', program.commands, new Map(), threads);
  return { threads, objects: objectsOf(program.commands) };
}

/** The modules that a thread's commands can name, `null` being the latest. */
type Modules = Map<string | null, Module>;

function collect(
  thread: string,
  commands: readonly ProgramCommand[],
  modules: Modules,
  threads: Map<string, ObservableAction[]>,
): void {
  const actions: ObservableAction[] = [];
  threads.set(thread, actions);
  for (const command of commands) {
    if (command.kind === 'module') bind(command.module, modules);
    else if (command.kind === 'thread') {
      const given = command.shared.flatMap((id) => {
        const module = modules.get(id);
        return module === undefined ? [] : [[id, module] as const];
      });
      collect(command.name, command.commands, new Map(given), threads);
    } else if ('action' in command) actions.push(observableAction(command.action, modules));
  }
}

function bind({ id, valid }: ProgramModule, modules: Modules): void {
  modules.set(null, valid.module);
  if (id !== null) modules.set(id, valid.module);
}

function observableAction(action: Action, modules: Modules): ObservableAction {
  const text = `${action.kind} ${JSON.stringify(action.name)}`;
  const module = modules.get(action.module);
  const found = module?.exports.find((e) => e.name === action.name);
  if (module === undefined || found === undefined) return { text, results: null };
  const type = externTypeAt(module, found.kind, found.index);
  if (type.kind === 'global') return { text, results: [type.type.content] };
  if (type.kind !== 'func') return { text, results: null };
  const comp = module.types[type.type]?.type.comp;
  return { text, results: comp?.kind === 'func' ? comp.results : null };
}

function objectsOf(commands: readonly ProgramCommand[]): ReadonlyMap<string, GlobalShare> {
  const modules: Modules = new Map();
  const objects = new Map<string, GlobalShare>();
  const add = (instance: string, module: Module | undefined): void => {
    for (const { name, kind, index } of module?.exports ?? []) {
      const type = externTypeAt(module as Module, kind, index);
      if (type.kind === 'memory' || type.kind === 'table' || type.kind === 'global')
        objects.set(`${instance}.${name}`, type.type.share);
    }
  };
  for (const command of commands) {
    if (command.kind === 'register') add(command.as, modules.get(command.module));
    if (command.kind !== 'module') continue;
    bind(command.module, modules);
    if (command.module.id !== null) add(`$${command.module.id}`, command.module.valid.module);
  }
  return objects;
}
