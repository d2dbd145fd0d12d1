import type { ActionDict, Node } from 'ohm-js';
import type { Action, Assertion, Command, ResultPattern, ScriptModule } from '../syntax/script.ts';
import type { Value } from '../syntax/values.ts';
import { NULL } from '../syntax/values.ts';
import type { Cursor } from './context.ts';
import { literalOf } from './immediates.ts';
import { build, nameOfToken, optionalId, spanBetween, textOf, tokenOf } from './nodes.ts';

/** What the groups that stand as holes in a command read as. */
export interface Holes {
  module(open: number): ScriptModule;
  command(open: number): Command | null;
}

type ModuleAssertion = Extract<Assertion, { module: ScriptModule }>;

/** Actions of the script grammar's commands [core interpreter README, Scripts]. */
export function scriptActions(cursor: Cursor, holes: Holes): ActionDict<unknown> {
  const text = (string: Node): string => nameOfToken(cursor.module, tokenOf(cursor, string));
  const hole = (node: Node): ScriptModule => holes.module(tokenOf(cursor, node));

  const assertModule = (
    kind: ModuleAssertion['kind'],
    assertion: Node,
    module: Node,
    message: Node,
  ): ModuleAssertion => ({
    kind,
    module: hole(module),
    message: text(message),
    at: spanBetween(cursor, assertion),
  });

  const commandOf = (node: Node): Command | null => holes.command(tokenOf(cursor, node));

  return {
    command(node): Command {
      const at = spanBetween(cursor, this);
      if (node.isTerminal()) return { kind: 'module', module: hole(node), at };
      if (node.ctorName === 'action') return { kind: 'action', action: build<Action>(node), at };
      return build<Command>(node);
    },
    register(_open, _register, name, id, _close): Command {
      return { kind: 'register', as: text(name), module: optionalId(cursor, id), at: spanBetween(cursor, this) };
    },
    action_invoke(_open, _invoke, id, name, args, _close): Action {
      const values = args.children.map((arg) => build<Value>(arg));
      return {
        kind: 'invoke',
        module: optionalId(cursor, id),
        name: text(name),
        args: values,
        at: spanBetween(cursor, this),
      };
    },
    action_get(_open, _get, id, name, _close): Action {
      return { kind: 'get', module: optionalId(cursor, id), name: text(name), at: spanBetween(cursor, this) };
    },
    const: (_open, head, _close): Value => build(head),
    constHead(mnemonic, literal): Value {
      if (literal.ctorName === 'nullType') return NULL;
      const { kind, ...value } = literalOf(
        cursor,
        textOf(cursor, mnemonic).slice(0, 3) as 'i32' | 'i64' | 'f32' | 'f64',
        literal,
      );
      return { type: kind, ...value } as Value;
    },
    assertion_return(_open, _assert, action, patterns, _close): Assertion {
      const results = patterns.children.map((pattern) => build<ResultPattern>(pattern));
      return { kind: 'assert_return', action: build<Action>(action), results, at: spanBetween(cursor, this) };
    },
    assertion_trap(_open, _assert, action, message, _close): Assertion {
      return {
        kind: 'assert_trap',
        action: build<Action>(action),
        message: text(message),
        at: spanBetween(cursor, this),
      };
    },
    assertion_exhaustion(_open, _assert, action, message, _close): Assertion {
      return {
        kind: 'assert_exhaustion',
        action: build<Action>(action),
        message: text(message),
        at: spanBetween(cursor, this),
      };
    },
    assertion_trapModule(_open, _assert, module, message, _close): Assertion {
      return assertModule('assert_trap_module', this, module, message);
    },
    assertion_invalid(_open, _assert, module, message, _close): Assertion {
      return assertModule('assert_invalid', this, module, message);
    },
    assertion_malformed(_open, _assert, module, message, _close): Assertion {
      return assertModule('assert_malformed', this, module, message);
    },
    assertion_unlinkable(_open, _assert, module, message, _close): Assertion {
      return assertModule('assert_unlinkable', this, module, message);
    },
    pattern_either: (_open, _either, choices, _close): ResultPattern => ({
      kind: 'either',
      choices: choices.children.map((choice) => build<ResultPattern>(choice)),
    }),
    pattern_nan: (_open, mnemonic, nan, _close): ResultPattern => ({
      kind: 'nan',
      type: textOf(cursor, mnemonic).slice(0, 3) as 'f32' | 'f64',
      nan: textOf(cursor, nan).slice('nan:'.length) as 'canonical' | 'arithmetic',
    }),
    pattern_value: (value): ResultPattern => ({ kind: 'value', value: build<Value>(value) }),
    thread(_open, _thread, id, shared, commands, _close): Command {
      const names = shared.children.map((node) => build<string>(node));
      const inner = commands.children.flatMap((node) => commandOf(node) ?? []);
      return {
        kind: 'thread',
        id: optionalId(cursor, id),
        shared: names,
        commands: inner,
        at: spanBetween(cursor, this),
      };
    },
    sharedModule: (_open, _shared, _inner, _module, id, _innerClose, _close): string => textOf(cursor, id).slice(1),
    wait(_open, _wait, id, _close): Command {
      return { kind: 'wait', thread: optionalId(cursor, id), at: spanBetween(cursor, this) };
    },
  };
}

/** The identifier in a module's head and the strings of a quoted or binary one. */
export interface ScriptModuleHead {
  readonly form: 'textual' | 'quote' | 'binary';
  readonly id: string | null;
  readonly strings: readonly number[];
}

export function scriptModuleActions(cursor: Cursor): ActionDict<unknown> {
  const head = (form: ScriptModuleHead['form'], id: Node, strings: Node): ScriptModuleHead => ({
    form,
    id: optionalId(cursor, id),
    strings: strings.children.map((string) => tokenOf(cursor, string)),
  });
  return {
    scriptModule_binary: (_open, _module, id, _binary, strings, _close) => head('binary', id, strings),
    scriptModule_quote: (_open, _module, id, _quote, strings, _close) => head('quote', id, strings),
    scriptModule_textual: (module) => build(module),
    module: (_open, _module, id, _shared, _fields, _close): ScriptModuleHead => ({
      form: 'textual',
      id: optionalId(cursor, id),
      strings: [],
    }),
  };
}
