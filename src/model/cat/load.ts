import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { Source } from '../../base/span.ts';
import type { Execution } from '../../event/execution.ts';
import type { BitMatrix } from '../../rel/bit-matrix.ts';
import type { Axiom, Flag, Model } from '../model.ts';
import { assumptionsOf } from './assume.ts';
import type { CatDiagnostic, CatFile } from './ast.ts';
import { Judge } from './check.ts';
import { baseName, headerOf } from './header.ts';
import type { Node } from './nodes.ts';
import { isOperator } from './nodes.ts';
import { parseCat } from './parse.ts';
import type { ChooseStep, Program, Resolve, Step } from './program.ts';
import { buildProgram, definedNode } from './program.ts';
import type { View } from './view.ts';

export interface CatOptions {
  /** The views that a file may be written for; the first is that of files which name none of them. */
  readonly views: readonly View[];
  /** The name of the view, whatever the file says. */
  readonly view?: string;
  /** The variants that `if "name"` finds set; none. */
  readonly variants?: readonly string[];
  /** Tries every element of `with x from S`, also where orders can be solved for: the plain meaning, for tests. */
  readonly enumerate?: boolean;
  /** Judges small executions like large ones, with their reasons at once: for tests of what judges them quickly. */
  readonly plain?: boolean;
}

/** A model from a file. */
export interface CatModel extends Model {
  readonly view: View;
  /** The relations that the file asks pictures to show, by name. */
  readonly shows: readonly string[];
  /** What the file may remark on an execution: its `flag`s and `undefined_unless`es. */
  readonly remarks: readonly Flag[];
  /** The relations over events that the file defines, in its order. */
  readonly definitions: readonly Defined[];
  /** What {@link definitions} are in a consistent execution, one after the other; null of one that is not consistent. */
  derived(execution: Execution): readonly BitMatrix[] | null;
}

/** A relation that a file defines by `let`. */
export interface Defined {
  readonly name: string;
  /** Its definition as the file has it; null of one from a file that is included. */
  readonly text: string | null;
  /** Whether it depends on what the model chooses for an execution: an order of its writes, say. */
  readonly isChosen: boolean;
}

/**
 * Reads a model from a file of the cat language; `resolve` finds what it includes, by the name in the file and the name of the including source. What is wrong
 * with the file, or with what it includes, is answered as complaints: syntax as `malformed`, names and types as `invalid`.
 */
export function loadCat(
  source: Source,
  resolve: Resolve,
  options: CatOptions,
): Result<CatModel, readonly CatDiagnostic[]> {
  const file = parseCat(source);
  if (!file.ok) return err([file.error]);
  const view = viewOf(file.value, options);
  if (typeof view === 'string') return err([unknownView(source, view, options)]);
  const variants = new Set(options.variants ?? []);
  const { program, diagnostics } = buildProgram(file.value.instructions, source, view, resolve, variants);
  if (diagnostics.length > 0) return err(diagnostics);
  return ok(modelOf(file.value, view, program, options));
}

function viewOf({ architecture }: CatFile, { views, view }: CatOptions): View | string {
  if (view !== undefined) return views.find(({ name }) => name === view) ?? view;
  return views.find(({ name }) => name === architecture) ?? (views[0] as View);
}

function unknownView(source: Source, view: string, { views }: CatOptions): CatDiagnostic {
  const names = views.map(({ name }) => name).join(', ');
  return {
    code: 'usage',
    rule: 'Cat/view',
    severity: 'error',
    message: `there is no view ${view}`,
    at: { start: 0, end: 0 },
    source,
    hint: `the views are ${names}`,
  };
}

function modelOf(
  file: CatFile,
  view: View,
  whole: Program,
  options: CatOptions,
  without: ReadonlySet<string> = new Set(),
): CatModel {
  const header = headerOf(file.source);
  const base = baseName(file.source.name);
  const name = without.size === 0 ? base : `${base} less ${[...without].join(', ')}`;
  const program = { ...whole, steps: whole.steps.filter((step) => step.kind !== 'check' || !without.has(step.name)) };
  const judge = new Judge(name, view, program, options);
  const defined = definitionsOf(file, program);
  const nodes = defined.map(({ node }) => node);
  return {
    name,
    title: header.title ?? file.title ?? file.architecture ?? base,
    source: header.source ?? file.source.name,
    about: header.about ?? '',
    axioms: axiomsOf(program.steps, file.source, header.source ?? file.source.name),
    assumes: assumptionsOf(view, program.steps),
    view,
    shows: [...program.shown.keys()],
    remarks: remarksOf(program.steps),
    definitions: defined.map(({ definition }) => definition),
    derived: (execution) => judge.relations(execution, nodes),
    check: (execution) => judge.check(execution),
    less: (more) => modelOf(file, view, whole, options, new Set([...without, ...more])),
  };
}

/** Relations that models get from the library files which they include, and speak of. */
const INCLUDED = ['co', 'fr'] as const;

function definitionsOf(
  { instructions, source }: CatFile,
  program: Program,
): readonly { readonly definition: Defined; readonly node: Node }[] {
  const texts = new Map<string, string | null>();
  for (const instruction of instructions) {
    if (instruction.kind !== 'let') continue;
    for (const { pattern, at } of instruction.bindings) {
      if (pattern.kind !== 'one' || pattern.name === null) continue;
      const text = source.text.slice(at.start, at.end).replace(/\(\*.*?\*\)/gs, '');
      texts.set(
        pattern.name.text,
        text
          .slice(text.indexOf('=') + 1)
          .replace(/\s+/g, ' ')
          .trim(),
      );
    }
  }
  for (const name of INCLUDED) if (!texts.has(name)) texts.set(name, null);
  const chosen = new Set(program.steps.flatMap((step) => (step.kind === 'choose' ? [step.variable] : [])));
  return [...texts].flatMap(([name, text]) => {
    const node = definedNode(program, name, 'relation');
    if (node === null) return [];
    return [
      { definition: { name, text, isChosen: [...node.variables].some((variable) => chosen.has(variable)) }, node },
    ];
  });
}

/** Whether a choice is a condition: there need not be anything to choose from. The library's choices of coherence orders always find something. */
function demands({ orders, at }: ChooseStep, main: Source): boolean {
  return orders === null ? at.source === main : !isOperator(orders.relation, 'none');
}

function remarksOf(steps: readonly Step[]): readonly Flag[] {
  return steps.flatMap((step): readonly Flag[] => {
    if (step.kind === 'forall') return remarksOf(step.body);
    if (step.kind === 'choose' || (step.purpose !== 'flag' && step.purpose !== 'undefined-unless')) return [];
    return [{ name: step.name, undefined: step.purpose === 'undefined-unless' }];
  });
}

/** Each name once: a check may be made in several parts. */
function axiomsOf(steps: readonly Step[], main: Source, source: string): readonly Axiom[] {
  const statements = new Map<string, string>();
  const visit = (step: Step): void => {
    if (step.kind === 'forall') step.body.forEach(visit);
    else if (step.kind === 'choose' ? demands(step, main) : step.purpose === 'check') {
      const before = statements.get(step.name);
      statements.set(step.name, before === undefined ? step.statement : `${before}; ${step.statement}`);
    }
  };
  steps.forEach(visit);
  return [...statements].map(([name, statement]) => ({ name, statement, source }));
}
