import { known } from '../../base/assert.ts';
import type { EventId, Execution } from '../../event/execution.ts';
import { BitMatrix } from '../../rel/bit-matrix.ts';
import type { Rows } from '../../rel/rows.ts';
import { hasBit, wordsOf } from '../../rel/rows.ts';
import type { Verdict } from '../model.ts';
import { MOST } from '../quick/numbers.ts';
import { lazyVerdict } from '../quick/verdict.ts';
import { ModelRefusal } from '../refusal.ts';
import { Complaint } from './complain.ts';
import type { Node } from './nodes.ts';
import type { Program } from './program.ts';
import { definedNode } from './program.ts';
import { QuickRunner } from './quick/runner.ts';
import { CandidateRelations } from './relations-of.ts';
import { Runner } from './run.ts';
import type { Frame, View } from './view.ts';

interface Judging {
  /** See {@link import("./load.ts").CatOptions}. */
  readonly enumerate?: boolean;
  readonly plain?: boolean;
}

/** Judges executions by a program: one after another, in memory that is used again. */
export class Judge {
  readonly #name: string;
  readonly #view: View;
  readonly #runner: Runner;
  readonly #quick: QuickRunner | null;
  readonly #hb: Node | null;
  readonly #sw: Node | null;
  readonly #program: Program;
  readonly #enumerate: boolean;
  /** Keeps the rows of defined relations too. */
  #wide: { readonly runner: Runner; readonly nodes: readonly Node[] } | null = null;

  constructor(name: string, view: View, program: Program, { enumerate = false, plain = false }: Judging) {
    this.#name = name;
    this.#view = view;
    // Elsewhere than under Weft's own view not every event has an element, and a file's hb says nothing of those that have none.
    this.#hb = view.wholeReads ? null : definedNode(program, 'hb', 'relation');
    this.#sw = view.wholeReads ? null : definedNode(program, 'sw', 'relation');
    const kept = [this.#hb, this.#sw].flatMap((node) => (node === null ? [] : [node]));
    this.#runner = new Runner(program.steps, kept, enumerate);
    this.#quick = plain || enumerate ? null : QuickRunner.of(program.steps);
    this.#program = program;
    this.#enumerate = enumerate;
  }

  /** Relations over events that the nodes compute in a consistent execution, all with the same choices; null of one that is not consistent. */
  relations(execution: Execution, nodes: readonly Node[]): readonly BitMatrix[] | null {
    const frame = this.#view.frame(execution);
    if ('impossible' in frame || 'unsupported' in frame) return null;
    if (this.#wide?.nodes !== nodes)
      this.#wide = { nodes, runner: new Runner(this.#program.steps, nodes, this.#enumerate) };
    const found = this.#run(frame, this.#wide.runner);
    if (found.kind === 'failed') return null;
    return nodes.map((node) => projected(known(found.kept.get(node), 'rows'), frame, execution));
  }

  /** A {@link ModelRefusal} where there is no verdict. Where yes or no can be told without them, reasons are found when somebody looks at them. */
  check(execution: Execution): Verdict {
    const consistent = this.#quickly(execution);
    return consistent === null ? this.#plainly(execution) : lazyVerdict(consistent, execution, this.#reasons);
  }

  #quickly(execution: Execution): boolean | null {
    if (this.#quick === null) return null;
    const { small } = this.#view;
    const frame = small === undefined ? this.#view.frame(execution) : small(execution);
    if (frame === null || 'impossible' in frame || 'unsupported' in frame || frame.size > MOST) return null;
    return this.#quick.run(frame);
  }

  readonly #reasons = (execution: Execution): Verdict => this.#plainly(execution);

  #plainly(execution: Execution): Verdict {
    const frame = this.#view.frame(execution);
    if ('impossible' in frame) return { consistent: false, axiom: frame.impossible, events: frame.events };
    if ('unsupported' in frame) {
      const site = frame.event === null ? null : (execution.events[frame.event]?.site ?? null);
      throw new ModelRefusal(this.#name, `the model does not speak of ${frame.unsupported}`, site);
    }
    const found = this.#run(frame);
    if (found.kind === 'failed')
      return { consistent: false, axiom: found.axiom, events: eventsOf(frame, found.elements) };
    const tot = found.order === null ? execution.events.map(({ id }) => id) : totOf(frame, found.order);
    const [hb, sw] = [this.#hb, this.#sw].map((node) => {
      const rows = node === null ? undefined : found.kept.get(node);
      return rows === undefined ? null : (): BitMatrix => projected(rows, frame, execution);
    });
    const relations = new CandidateRelations(execution, sw ?? null, hb ?? null);
    const { flags } = found;
    return flags.length === 0 ? { consistent: true, tot, relations } : { consistent: true, tot, relations, flags };
  }

  #run(frame: Frame, runner = this.#runner): ReturnType<Runner['run']> {
    try {
      return runner.run(frame);
    } catch (error) {
      if (!(error instanceof Complaint) || error.diagnostic === null) throw error;
      const { message, at, source } = error.diagnostic;
      const { line, column } = source.position(at.start);
      throw new ModelRefusal(this.#name, `${source.name}:${line}:${column}: ${message}`);
    }
  }
}

/** The events of elements in order, a cycle's first one once. */
function eventsOf({ eventOf }: Frame, elements: readonly number[]): readonly EventId[] {
  const events: EventId[] = [];
  for (const element of elements) {
    const event = eventOf[element] as EventId;
    if (event !== events.at(-1)) events.push(event);
  }
  if (events.length > 1 && events[0] === events.at(-1)) events.pop();
  return events;
}

/** All events by an order of elements; those that it leaves out come by their numbers. */
function totOf({ eventOf }: Frame, order: readonly number[]): readonly EventId[] {
  const events = new Set<EventId>();
  for (const element of order) events.add(eventOf[element] as EventId);
  for (let element = 0; element < eventOf.length; element++) events.add(eventOf[element] as EventId);
  return [...events];
}

function projected(rows: Rows, { eventOf, size }: Frame, { events }: Execution): BitMatrix {
  const words = wordsOf(size);
  const relation = new BitMatrix(events.length);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      const [from, to] = [eventOf[a] as number, eventOf[b] as number];
      if (from !== to && hasBit(rows, words, a, b)) relation.add(from, to);
    }
  }
  return relation;
}
