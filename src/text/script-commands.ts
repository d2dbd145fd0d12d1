import { Bug } from '../base/assert.ts';
import type { Action, Assertion, Command, ResultPattern, ScriptModule } from '../syntax/script.ts';
import { UNIT } from './classes.ts';
import { idOfToken, nameOfToken, type Reader } from './resolve.ts';
import { childGroups } from './parentheses.ts';
import { constAt, patternAt } from './script-values.ts';
import { closeOf, spanOf, tokenText } from './tokens.ts';

/** Commands of scripts, read from groups that the grammar has taken [core interpreter README, Scripts]. */

/** What the groups that stand as holes in a command read as. */
export interface Holes {
  module(open: number): ScriptModule;
  /** Null if it is malformed. */
  command(open: number): Command | null;
}

export function commandAt(reader: Reader, open: number, holes: Holes): Command {
  const { tokens } = reader;
  const at = spanOf(tokens, open, closeOf(tokens, open));
  const keyword = tokenText(tokens, open + 1);
  switch (keyword) {
    case 'register': {
      const as = nameOfToken(reader, open + 2);
      return { kind: 'register', as, module: idAt(reader, open + 3), at };
    }
    case 'wait':
      return { kind: 'wait', thread: idAt(reader, open + 2), at };
    case 'module': {
      const id = idAt(reader, open + 3);
      return { kind: 'instance', id, module: id === null ? null : idAt(reader, open + 4), at };
    }
    case 'invoke':
    case 'get':
      return { kind: 'action', action: actionAt(reader, open), at };
    case 'thread':
      return threadAt(reader, open, holes);
    default:
      return assertionAt(reader, open, keyword as Assertion['kind'], holes);
  }
}

/** The identifier that may stand at a token. */
function idAt(reader: Reader, token: number): string | null {
  return reader.tokens.units[token] === UNIT.id ? idOfToken(reader, token) : null;
}

/** Whether a group is text of the component model. */
export function isComponent({ tokens }: Pick<Reader, 'tokens'>, open: number): boolean {
  return tokens.units[open + 1] === UNIT.word && tokenText(tokens, open + 1) === 'component';
}

function actionAt(reader: Reader, open: number): Action {
  const { tokens } = reader;
  const module = idAt(reader, open + 2);
  const named = { module, name: nameOfToken(reader, open + (module === null ? 2 : 3)) };
  const at = spanOf(tokens, open, closeOf(tokens, open));
  if (tokenText(tokens, open + 1) === 'get') return { kind: 'get', ...named, at };
  const args = childGroups(tokens, open).map((arg) => constAt(reader, arg));
  return { kind: 'invoke', ...named, args, at };
}

function assertionAt(reader: Reader, open: number, kind: Assertion['kind'], holes: Holes): Command {
  const { tokens } = reader;
  const close = closeOf(tokens, open);
  const at = spanOf(tokens, open, close);
  const message = (): string => nameOfToken(reader, close - 1);
  switch (kind) {
    case 'assert_return': {
      const results: ResultPattern[] = [];
      for (let i = closeOf(tokens, open + 2) + 1; i < close; i = closeOf(tokens, i) + 1)
        results.push(patternAt(reader, i));
      return { kind, action: actionAt(reader, open + 2), results, at };
    }
    case 'assert_exception':
      return { kind, action: actionAt(reader, open + 2), at };
    case 'assert_exhaustion':
      return { kind, action: actionAt(reader, open + 2), message: message(), at };
    case 'assert_trap':
      if (isComponent(reader, open + 2)) return { kind: 'component', command: kind, at };
      if (tokens.units[open + 3] === UNIT.module)
        return { kind: 'assert_trap_module', module: holes.module(open + 2), message: message(), at };
      return { kind, action: actionAt(reader, open + 2), message: message(), at };
    case 'assert_invalid':
    case 'assert_malformed':
    case 'assert_unlinkable':
    case 'assert_invalid_custom':
    case 'assert_malformed_custom':
      if (isComponent(reader, open + 2)) return { kind: 'component', command: kind, at };
      return { kind, module: holes.module(open + 2), message: message(), at };
    case 'assert_trap_module':
      throw new Bug('no keyword');
  }
}

function threadAt(reader: Reader, open: number, holes: Holes): Command {
  const { tokens } = reader;
  const shared: string[] = [];
  const commands: Command[] = [];
  for (const group of childGroups(tokens, open)) {
    // `(shared (module $M))`
    if (tokenText(tokens, group + 1) === 'shared') shared.push(idOfToken(reader, group + 4));
    else {
      const command = holes.command(group);
      if (command !== null) commands.push(command);
    }
  }
  const at = spanOf(tokens, open, closeOf(tokens, open));
  return { kind: 'thread', id: idAt(reader, open + 2), shared, commands, at };
}
