import type { Node } from 'ohm-js';
import type { Instr } from '../syntax/module.ts';
import { type Cursor, type ModuleContext, newModuleContext } from './context.ts';
import { fieldActions } from './field-actions.ts';
import { lazy, moduleGrammar } from './grammars.ts';
import type { FieldHead } from './heads.ts';
import { instrActions } from './instr-actions.ts';
import { malformed } from './malformed.ts';
import { matchView } from './match.ts';
import { newSpace } from './names.ts';
import { build } from './nodes.ts';
import { type Tokens, spanOf } from './tokens.ts';
import { typeActions } from './type-actions.ts';
import { nestedView } from './view.ts';

/** Reads one field into a module: matched by the grammar, then resolved and added by the actions. */
export type FieldReader = (module: ModuleContext, head: FieldHead) => void;

const NO_TOKENS: Tokens = {
  text: '',
  units: '',
  starts: new Int32Array(),
  ends: new Int32Array(),
  closes: new Int32Array(),
  origin: null,
};

/** The reader, made once: a semantics has one set of actions, which follow a cursor that each reading sets anew. */
export const fieldReader: () => FieldReader = lazy(() => {
  const grammar = moduleGrammar();
  const nowhere = newModuleContext(NO_TOKENS, []);
  const cursor: Cursor = {
    module: nowhere,
    view: { tokens: NO_TOKENS, units: '', first: 0, map: null, holeEnds: new Map() },
    index: 0,
    locals: newSpace('local'),
    labels: [],
    out: [],
  };
  const holes: Hole[] = [];
  const semantics = grammar.createSemantics().addOperation('build', {
    ...typeActions(cursor),
    ...instrActions(cursor, readLater),
    ...fieldActions(cursor),
  });

  /** Matches tokens by a rule and runs the actions on them; what is wrong with them goes to the module's diagnostics. */
  function read(first: number, last: number, rule: string): void {
    const { tokens, diagnostics } = cursor.module;
    const view = nestedView(tokens, first, last);
    if ('tooDeepAt' in view) {
      diagnostics.push(malformed('Parse/depth', spanOf(tokens, view.tooDeepAt), 'nested too deeply'));
      return;
    }
    const match = matchView(grammar, view, rule);
    if (!match.ok) {
      diagnostics.push(match.error);
      return;
    }
    cursor.view = view;
    build(semantics(match.value) as Node);
  }

  function readLater(first: number, last: number, rule: string): void {
    const { labels, out, module } = cursor;
    const placeholder: Instr = { kind: 'plain', op: 'nop', imm: { kind: 'none' }, at: spanOf(module.tokens, first) };
    out.push(placeholder);
    holes.push({ first, last, rule, labels: [...labels], within: out, placeholder, instrs: [] });
  }

  return (module, head) => {
    cursor.module = module;
    cursor.index = head.index;
    holes.length = 0;
    read(head.open, module.tokens.closes[head.open] ?? head.open, 'field');
    for (const hole of holes) {
      cursor.labels = hole.labels;
      cursor.out = hole.instrs;
      read(hole.first, hole.last, hole.rule);
    }
    // The last hole may stand inside the one before it, so it is filled first.
    for (const hole of holes.toReversed()) fill(hole);
    cursor.module = nowhere;
  };
});

/** An instruction that is read when its field is done, so that the stack is only ever as deep as one view. */
interface Hole {
  readonly first: number;
  readonly last: number;
  readonly rule: string;
  readonly labels: (string | null)[];
  /** The list in which the placeholder stands for what the hole holds. */
  readonly within: Instr[];
  readonly placeholder: Instr;
  readonly instrs: Instr[];
}

function fill(hole: Hole): void {
  const after = hole.within.splice(hole.within.indexOf(hole.placeholder)).slice(1);
  for (const instr of hole.instrs) hole.within.push(instr);
  for (const instr of after) hole.within.push(instr);
}
