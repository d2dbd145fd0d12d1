import type { Grammar, Semantics } from 'ohm-js';
import type { Diagnostic } from '../base/diagnostic.ts';
import { type Result, err, ok } from '../base/result.ts';
import type { Source } from '../base/span.ts';
import type { Command, Litmus, Script, ScriptModule } from '../syntax/script.ts';
import { UNIT, classOf } from './classes.ts';
import { type Cursor, newModuleContext } from './context.ts';
import { litmusGrammar, scriptGrammar } from './grammars.ts';
import { litmusActions } from './litmus-actions.ts';
import { malformed } from './malformed.ts';
import { matchView } from './match.ts';
import { newSpace } from './names.ts';
import { isModule, parseModuleGroup, parseModuleTokens, topGroups } from './parse-module.ts';
import { quotedText } from './quoted.ts';
import { type ScriptModuleHead, scriptActions, scriptModuleActions } from './script-actions.ts';
import { tokenize } from './tokenize.ts';
import { type Tokens, spanOf } from './tokens.ts';
import { typeActions } from './type-actions.ts';
import { type View, outline } from './view.ts';

/**
 * A text as a script. A file that is one module, or a module's fields alone, is a script of one module. A malformed
 * module is part of the script, with the reason; a malformed command is an error, and all of them are reported.
 */
export function parseScript(source: Source): Result<Script, Diagnostic[]> {
  const tokens = tokenize(source.text);
  if (!tokens.ok) return tokens;
  const groups = topGroups(tokens.value);
  if (!groups.ok) return groups;
  const [first] = groups.value;
  if (first !== undefined && FIELDS.has(keywordOf(tokens.value, first))) return fieldsAlone(tokens.value);
  return new ScriptReader(tokens.value).script(groups.value);
}

const FIELDS = new Set(['type', 'import', 'export', 'func', 'global', 'memory', 'table', 'data', 'start']);

function keywordOf(tokens: Tokens, open: number): string {
  return classOf(tokens.units[open + 1] ?? '');
}

function fieldsAlone(tokens: Tokens): Result<Script, Diagnostic[]> {
  const module: ScriptModule = {
    id: null,
    at: spanOf(tokens, 0, tokens.units.length - 1),
    parsed: parseModuleTokens(tokens),
  };
  return ok({ commands: [{ kind: 'module', module, at: module.at }], litmus: [] });
}

/** Threads in threads that the stack can take. */
const MAX_THREADS = 50;
/** Nesting of a condition that one match takes. */
const MAX_CONDITION = 100;

/** Hides the cursor that the actions follow. */
class ScriptReader {
  readonly #tokens: Tokens;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #litmus: Litmus[] = [];
  readonly #cursor: Cursor;
  #semantics: Semantics | null = null;
  #litmusSemantics: Semantics | null = null;
  #threads = 0;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
    const module = newModuleContext(tokens, this.#diagnostics);
    const view: View = { tokens, units: '', first: 0, map: null, holeEnds: new Map() };
    this.#cursor = { module, view, index: 0, locals: newSpace('local'), labels: [], out: [] };
  }

  script(groups: readonly number[]): Result<Script, Diagnostic[]> {
    const commands = groups.flatMap((group) => this.#topCommand(group) ?? []);
    return this.#diagnostics.length > 0 ? err(this.#diagnostics) : ok({ commands, litmus: this.#litmus });
  }

  #topCommand(open: number): Command | null {
    if (keywordOf(this.#tokens, open) !== 'litmus') return this.#command(open);
    const test = this.#litmusTest(open);
    if (test !== null) this.#litmus.push(test);
    return null;
  }

  /** A command; null if it is malformed. */
  #command(open: number): Command | null {
    if (isModule(this.#tokens, open)) {
      const module = this.#module(open);
      return { kind: 'module', module, at: module.at };
    }
    const isThread = keywordOf(this.#tokens, open) === 'thread';
    if (isThread && this.#threads >= MAX_THREADS)
      return this.#complain('Parse/depth', open, 'threads are nested too deeply');
    const view = outline(this.#tokens, open, (group) => holeClass(this.#tokens, group, isThread));
    if (isThread) this.#threads++;
    const command = this.#read<Command>(scriptGrammar(), () => this.#scriptSemantics(), view, 'command');
    if (isThread) this.#threads--;
    return command;
  }

  #litmusTest(open: number): Litmus | null {
    const close = this.#tokens.closes[open] ?? open;
    let depth = 0;
    for (let i = open; i <= close; i++) {
      const unit = this.#tokens.units[i];
      if (unit === UNIT.open) depth++;
      else if (unit === UNIT.close) depth--;
      if (depth > MAX_CONDITION) return this.#complain('Parse/depth', i, 'nested too deeply');
    }
    this.#litmusSemantics ??= this.#actionsOf(litmusGrammar(), litmusActions(this.#cursor));
    const semantics = this.#litmusSemantics;
    return this.#read<Litmus>(
      litmusGrammar(),
      () => semantics,
      outline(this.#tokens, open, () => null),
      'litmus',
    );
  }

  #module(open: number): ScriptModule {
    const at = spanOf(this.#tokens, open, this.#tokens.closes[open]);
    const failures = this.#diagnostics.length;
    const view = outline(this.#tokens, open, () => '{field}');
    const head = this.#read<ScriptModuleHead>(scriptGrammar(), () => this.#scriptSemantics(), view, 'scriptModule');
    // What is wrong with a module is the module's, not the script's.
    const problems = this.#diagnostics.splice(failures);
    if (head === null || problems.length > 0) return { id: null, at, parsed: err(problems) };
    return { id: head.id, at, parsed: this.#moduleBody(open, head) };
  }

  #moduleBody(open: number, head: ScriptModuleHead): ScriptModule['parsed'] {
    if (head.form === 'textual') return parseModuleGroup(this.#tokens, open);
    const at = spanOf(this.#tokens, open, open + 1);
    if (head.form === 'binary') return err([malformed('Parse/binary', at, 'binary modules are not supported yet')]);
    const quoted = quotedText(this.#tokens, head.strings);
    if (!quoted.ok) return err([malformed('Lex/name', spanOf(this.#tokens, quoted.error.token), quoted.error.message)]);
    const tokens = tokenize(quoted.value.text, quoted.value.origin);
    return tokens.ok ? parseModuleTokens(tokens.value) : tokens;
  }

  #scriptSemantics(): Semantics {
    this.#semantics ??= this.#actionsOf(scriptGrammar(), {});
    return this.#semantics;
  }

  #actionsOf(grammar: Grammar, more: Parameters<Semantics['addOperation']>[1]): Semantics {
    const holes = { module: (open: number) => this.#module(open), command: (open: number) => this.#command(open) };
    return grammar.createSemantics().addOperation('build', {
      ...typeActions(this.#cursor),
      ...scriptModuleActions(this.#cursor),
      ...scriptActions(this.#cursor, holes),
      ...more,
    });
  }

  #read<T>(grammar: Grammar, semantics: () => Semantics, view: View, rule: string): T | null {
    const match = matchView(grammar, view, rule);
    if (!match.ok) {
      this.#diagnostics.push(match.error);
      return null;
    }
    const outer = this.#cursor.view;
    this.#cursor.view = view;
    const built = (semantics()(match.value) as { build(): T }).build();
    this.#cursor.view = outer;
    return built;
  }

  #complain(rule: string, token: number, message: string): null {
    this.#diagnostics.push(malformed(rule, spanOf(this.#tokens, token), message));
    return null;
  }
}

/** Whether a group inside a command is read separately: modules, and in a thread all but the modules that it shares. */
function holeClass(tokens: Tokens, group: number, inThread: boolean): string | null {
  if (isModule(tokens, group)) return '{module}';
  return inThread && keywordOf(tokens, group) !== 'shared' ? '{command}' : null;
}
