import type { Node } from 'ohm-js';
import { type ModuleContext, type Cursor, newModuleContext } from './context.ts';
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

/** Holes inside holes that the stack can take while actions run; {@link nestedView} says how deep one is. */
const MAX_HOLES = 12;

const NO_TOKENS: Tokens = { text: '', units: '', starts: new Int32Array(), ends: new Int32Array(), closes: new Int32Array(), origin: null };

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
    holes: 0,
  };
  const semantics = grammar.createSemantics().addOperation('build', {
    ...typeActions(cursor),
    ...instrActions(cursor, readHole),
    ...fieldActions(cursor),
  });

  /** Matches tokens by a rule and runs the actions on them; what is wrong with them goes to the module's diagnostics. */
  function read(first: number, last: number, rule: string): void {
    const { tokens, diagnostics } = cursor.module;
    const view = nestedView(tokens, first, last);
    if ('tooDeepAt' in view || cursor.holes > MAX_HOLES) {
      const at = spanOf(tokens, 'tooDeepAt' in view ? view.tooDeepAt : first);
      diagnostics.push(malformed('Parse/depth', at, 'nested too deeply'));
      return;
    }
    const match = matchView(grammar, view, rule);
    if (!match.ok) {
      diagnostics.push(match.error);
      return;
    }
    const outer = cursor.view;
    cursor.view = view;
    build(semantics(match.value) as Node);
    cursor.view = outer;
  }

  function readHole(firstToken: number, rule: string): void {
    const unit = cursor.view.map?.indexOf(firstToken) ?? -1;
    cursor.holes++;
    read(firstToken, cursor.view.holeEnds.get(unit) ?? firstToken, rule);
    cursor.holes--;
  }

  return (module, head) => {
    cursor.module = module;
    cursor.index = head.index;
    cursor.holes = 0;
    read(head.open, module.tokens.closes[head.open] ?? head.open, 'field');
    cursor.module = nowhere;
  };
});
