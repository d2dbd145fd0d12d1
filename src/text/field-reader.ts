import type { Node, Semantics } from 'ohm-js';
import { type Cursor, type ModuleContext, newCursor, newModuleContext } from './context.ts';
import { fieldActions } from './field-actions.ts';
import { lazy, moduleGrammar } from './grammars.ts';
import type { FieldHead } from './heads.ts';
import { malformed } from './malformed.ts';
import { matchView } from './match.ts';
import { build } from './nodes.ts';
import { segmentActions } from './segment-actions.ts';
import { NO_TOKENS, closeOf, spanOf } from './tokens.ts';
import { typeActions } from './type-actions.ts';
import { UNIT } from './classes.ts';
import { type Within, nestedView } from './nested-view.ts';
import { type View, plainView } from './view.ts';

/** Reads one field into a module: matched by the grammar, then resolved and added by the actions. */
export type FieldReader = (module: ModuleContext, head: FieldHead) => void;

/** Units of one view that the grammar is given: a match takes a kilobyte and more for each. */
const MAX_UNITS = 100_000;

/** Units of a node that is worth remembering, and of all that are remembered. */
const MEMORABLE = 256;
const MEMORY = 100_000;

/**
 * Nodes of earlier matches. What a node is depends on its units alone, not on the tokens behind them, and most fields of a large text
 * are like one before.
 */
class Remembered {
  readonly #nodes = new Map<string, Node>();
  #size = 0;

  get(rule: string, units: string): Node | undefined {
    return units.length > MEMORABLE ? undefined : this.#nodes.get(`${units}${rule}`);
  }

  set(rule: string, units: string, node: Node): void {
    if (units.length > MEMORABLE) return;
    if (this.#size > MEMORY) {
      this.#nodes.clear();
      this.#size = 0;
    }
    this.#nodes.set(`${units}${rule}`, node);
    this.#size += units.length;
  }
}

/** The reader, made once: a semantics has one set of actions, which follow a cursor that each reading sets anew. */
export const fieldReader: () => FieldReader = lazy(() => {
  const grammar = moduleGrammar();
  const nowhere = newModuleContext(NO_TOKENS, []);
  const cursor: Cursor = newCursor(nowhere, readPart);
  const remembered = new Remembered();
  const semantics: Semantics = grammar.createSemantics().addOperation('build', {
    ...typeActions(cursor),
    ...fieldActions(cursor),
    ...segmentActions(cursor),
  });

  /** Tokens as a view that a match can take; null, with a complaint, if there is none. */
  function viewed(first: number, last: number, within: Within): View | null {
    const { tokens, diagnostics } = cursor.module;
    const view = nestedView(tokens, first, last, within);
    if ('tooDeepAt' in view) {
      diagnostics.push(malformed('Parse/depth', spanOf(tokens, view.tooDeepAt), 'nested too deeply'));
      return null;
    }
    if (view.units.length <= MAX_UNITS) return view;
    diagnostics.push(malformed('Parse/size', spanOf(tokens, first), `over ${MAX_UNITS} tokens in one place`));
    return null;
  }

  /** The node that a view is by a rule; null, with a complaint, if it is none. */
  function matched(view: View, rule: string): Node | null {
    const known = remembered.get(rule, view.units);
    if (known !== undefined) return known;
    const match = matchView(grammar, view, rule);
    if (!match.ok) {
      cursor.module.diagnostics.push(match.error);
      return null;
    }
    const node = semantics(match.value) as Node;
    remembered.set(rule, view.units, node);
    return node;
  }

  /** Whether the instructions that stand as holes in a view are well-formed; the holes in them are matched after them. */
  function holesMatch(outer: View): boolean {
    const waiting = outer.holes.filter(({ isMatched }) => !isMatched).toReversed();
    for (let hole = waiting.pop(); hole !== undefined; hole = waiting.pop()) {
      const isRun = hole.unit === UNIT.run;
      const view = viewed(hole.first, hole.last, isRun ? 'list' : 'operands');
      if (view === null) return false;
      if (matched(view, isRun ? 'run' : 'folds') === null) return false;
      waiting.push(...view.holes.filter(({ isMatched }) => !isMatched).toReversed());
    }
    return true;
  }

  function readField(head: FieldHead): void {
    const view = viewed(head.open, closeOf(cursor.module.tokens, head.open), 'list');
    const node = view === null ? null : matched(view, 'field');
    if (view === null || node === null || !holesMatch(view)) return;
    cursor.view = view;
    build(node);
  }

  /** A part of what is being read, which the grammar takes by a rule of its own: the types among an instruction's immediates. */
  function readPart(first: number, last: number, rule: string): unknown {
    const view = plainView(cursor.module.tokens, first, last);
    const node = matched(view, rule);
    if (node === null) return null;
    const outer = cursor.view;
    cursor.view = view;
    const built = build(node);
    cursor.view = outer;
    return built;
  }

  return (module, head) => {
    cursor.module = module;
    cursor.index = head.index;
    readField(head);
    cursor.module = nowhere;
  };
});
