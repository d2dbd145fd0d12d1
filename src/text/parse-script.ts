import type { Grammar, MatchResult, Semantics } from 'ohm-js';
import { known } from '../base/assert.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { type Result, err, ok } from '../base/result.ts';
import type { Source } from '../base/span.ts';
import { type DecodeOptions, decodeModule } from '../binary/decode.ts';
import type { Command, Litmus, Script, ScriptModule } from '../syntax/script.ts';
import { UNIT, classOf, unitOf } from './classes.ts';
import { type Cursor, newCursor, newModuleContext } from './context.ts';
import { COMMAND_PATTERN } from './generated/command-pattern.ts';
import { lazy, litmusGrammar, scriptGrammar } from './grammars.ts';
import { litmusActions } from './litmus-actions.ts';
import { malformed } from './malformed.ts';
import { matchView } from './match.ts';
import type { Reader } from './resolve.ts';
import { isModule, parseModuleBody, parseModuleTokens, topGroups } from './parse-module.ts';
import { quotedBytes, quotedText } from './quoted.ts';
import { type Holes, commandAt, isComponent } from './script-commands.ts';
import { type ModuleHead, moduleHeadAt } from './script-module.ts';
import { tokenize } from './tokenize.ts';
import { type Tokens, closeOf, spanOf, tokenText } from './tokens.ts';
import { type View, outline, unitText } from './view.ts';

/**
 * A text as a script. A file that is one module, or a module's fields alone, is a script of one module. A malformed
 * module is part of the script, with the reason; a malformed command is an error, and all of them are reported. The options are for
 * binary modules.
 */
export function parseScript(source: Source, options: DecodeOptions = {}): Result<Script, Diagnostic[]> {
  const tokens = tokenize(source.text);
  if (!tokens.ok) return tokens;
  const groups = topGroups(tokens.value);
  if (!groups.ok) return groups;
  const [first] = groups.value;
  if (first !== undefined && FIELDS.has(keywordOf(tokens.value, first))) return fieldsAlone(tokens.value);
  return new ScriptReader(tokens.value, options).script(groups.value);
}

const FIELDS = new Set([
  'type',
  'rec',
  'import',
  'export',
  'func',
  'global',
  'memory',
  'table',
  'tag',
  'elem',
  'data',
  'start',
]);

function keywordOf(tokens: Tokens, open: number): string {
  return classOf(tokens.units[open + 1]);
}

function fieldsAlone(tokens: Tokens): Result<Script, Diagnostic[]> {
  const module: ScriptModule = {
    id: null,
    at: spanOf(tokens, 0, tokens.units.length - 1),
    form: 'text',
    bytes: null,
    parsed: parseModuleTokens(tokens),
  };
  return ok({ commands: [{ kind: 'module', module, definition: false, at: module.at }], litmus: [] });
}

/** Threads in threads that the stack can take. */
const MAX_THREADS = 50;
/** Nesting of a condition, or of a command that is no thread, that one match takes. */
const MAX_NESTING = 100;
/** Tokens of a command, less those of modules and commands in it; scripts that people write have hundreds. */
const MAX_TOKENS = 10_000;

const HOLES = { module: unitOf('{module}'), command: unitOf('{command}'), component: unitOf('{component}') } as const;

const regularCommand = lazy(() => new RegExp(`^${COMMAND_PATTERN}$`));

/** Complaints about commands after which the others are not read. */
const MAX_COMPLAINTS = 100;

/** Hides what is complained of so far. */
class ScriptReader {
  readonly #tokens: Tokens;
  readonly #options: DecodeOptions;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #litmus: Litmus[] = [];
  readonly #reader: Reader;
  readonly #holes: Holes;
  #threads = 0;

  constructor(tokens: Tokens, options: DecodeOptions) {
    this.#tokens = tokens;
    this.#options = options;
    this.#reader = { tokens, diagnostics: this.#diagnostics };
    this.#holes = { module: (open) => this.#module(open).module, command: (open) => this.#command(open) };
  }

  script(groups: readonly number[]): Result<Script, Diagnostic[]> {
    const commands: Command[] = [];
    for (const group of groups) {
      const command = this.#topCommand(group);
      if (command !== null) commands.push(command);
      if (this.#diagnostics.length > MAX_COMPLAINTS) break;
    }
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
    const tokens = this.#tokens;
    const close = closeOf(tokens, open);
    if (isComponent(this.#reader, open))
      return { kind: 'component', command: 'component', at: spanOf(tokens, open, close) };
    if (isModule(tokens, open) && keywordOf(tokens, open + 1) !== 'instance') {
      const { module, definition } = this.#module(open);
      return { kind: 'module', module, definition, at: module.at };
    }
    if (close - open < MAX_TOKENS && regularCommand().test(unitText(tokens, open, close + 1)))
      return commandAt(this.#reader, open, this.#holes);
    const isThread = keywordOf(tokens, open) === 'thread';
    if (isThread && this.#threads >= MAX_THREADS)
      return this.#complain('Parse/depth', open, 'threads are nested too deeply');
    const view = outline(tokens, open, (group) => this.#holeClass(group, isThread));
    if (!this.#isModest(open, view) || this.#match(scriptGrammar(), view, 'command') === null) return null;
    if (isThread) this.#threads++;
    const command = commandAt(this.#reader, open, this.#holes);
    if (isThread) this.#threads--;
    return command;
  }

  /** Whether a group inside a command is read separately: modules, and in a thread all but the modules that it shares. */
  #holeClass(group: number, inThread: boolean): number | null {
    if (inThread) return keywordOf(this.#tokens, group) === 'shared' ? null : HOLES.command;
    if (isModule(this.#tokens, group)) return HOLES.module;
    return isComponent(this.#reader, group) ? HOLES.component : null;
  }

  #litmusTest(open: number): Litmus | null {
    const view = outline(this.#tokens, open, () => null);
    if (!this.#isModest(open, view)) return null;
    const match = this.#match(litmusGrammar(), view, 'litmus');
    return match === null ? null : buildLitmus(this.#tokens, this.#diagnostics, view, match);
  }

  #module(open: number): { readonly module: ScriptModule; readonly definition: boolean } {
    const tokens = this.#tokens;
    const at = spanOf(tokens, open, closeOf(tokens, open));
    const failures = this.#diagnostics.length;
    const head = moduleHeadAt(this.#reader, open);
    const { id, form, definition, stray } = head;
    if (stray !== null) this.#complain('Parse/token', stray, `unexpected token ${tokenText(tokens, stray)}`);
    // What is wrong with a module is the module's, not the script's.
    const problems = this.#diagnostics.splice(failures);
    if (problems.length > 0) return { module: { id, at, form, bytes: null, parsed: err(problems) }, definition };
    return { module: { id, at, form, ...this.#moduleBody(open, head) }, definition };
  }

  #moduleBody(open: number, head: ModuleHead): Pick<ScriptModule, 'bytes' | 'parsed'> {
    const tokens = this.#tokens;
    switch (head.form) {
      case 'text':
        return { bytes: null, parsed: parseModuleBody(tokens, open, head.after) };
      case 'binary': {
        const bytes = quotedBytes(tokens, head.strings);
        if (!bytes.ok) return { bytes: null, parsed: err([bytes.error]) };
        return { bytes: bytes.value, parsed: decodeModule(bytes.value, this.#options) };
      }
      case 'quote': {
        const quoted = quotedText(tokens, head.strings);
        if (!quoted.ok) return { bytes: null, parsed: err([quoted.error]) };
        const inner = tokenize(quoted.value.text, quoted.value.origin);
        return { bytes: null, parsed: inner.ok ? parseModuleTokens(inner.value) : inner };
      }
    }
  }

  /** Whether a group is small enough for a match; complains if it is not. */
  #isModest(open: number, { units }: View): boolean {
    if (nests(units, MAX_NESTING)) this.#complain('Parse/depth', open, 'nested too deeply');
    else if (units.length > MAX_TOKENS) this.#complain('Parse/size', open, `over ${MAX_TOKENS} tokens in a command`);
    else return true;
    return false;
  }

  #match(grammar: Grammar, view: View, rule: string): MatchResult | null {
    const match = matchView(grammar, view, rule);
    if (match.ok) return match.value;
    this.#diagnostics.push(match.error);
    return null;
  }

  #complain(rule: string, token: number, message: string): null {
    this.#diagnostics.push(malformed(rule, spanOf(this.#tokens, token), message));
    return null;
  }
}

/** Whether parentheses are nested more than `levels` deep. */
function nests(units: string, levels: number): boolean {
  let depth = 0;
  for (let i = 0; i < units.length; i++) {
    const unit = units.charCodeAt(i);
    if (unit === UNIT.open) depth++;
    else if (unit === UNIT.close) depth--;
    if (depth > levels) return true;
  }
  return false;
}

let litmusCursor: Cursor | null = null;

/** Made once: the semantics of a grammar take longer to make than a test to read. */
const litmusSemantics = lazy(
  (): Semantics =>
    litmusGrammar()
      .createSemantics()
      .addOperation(
        'build',
        litmusActions(() => known(litmusCursor, 'text')),
      ),
);

function buildLitmus(tokens: Tokens, diagnostics: Diagnostic[], view: View, match: MatchResult): Litmus {
  litmusCursor = newCursor(newModuleContext(tokens, diagnostics, 0, 0), () => null);
  litmusCursor.view = view;
  const test = (litmusSemantics()(match) as { build(): Litmus }).build();
  litmusCursor = null;
  return test;
}
