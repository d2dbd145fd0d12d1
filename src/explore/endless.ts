import { known } from '../base/assert.ts';
import type { EventId } from '../event/execution.ts';
import { AnswerTrie } from '../exec/answer-trie.ts';
import type { Executor } from '../runtime/executor.ts';
import type { Program } from '../runtime/program.ts';
import { makeScriptMachine } from '../runtime/script-machine.ts';
import { scriptMain } from '../runtime/session.ts';
import type { Readings } from '../syntax/readings.ts';
import { nativeModel } from '../model/native.ts';
import { sc } from '../model/definitions.ts';
import { witnessOf } from './executions.ts';
import { foundExecution } from './interleave/explore.ts';
import { choiceOf, labelOf } from './interleave/step.ts';
import { World } from './interleave/world.ts';
import type { NonTermination, ScheduledStep } from './loops/non-termination.ts';
import type { Explored } from './publication.ts';
import { explored } from './publication.ts';
import type { Witness } from './result.ts';
import { ThreadEnds } from './outcome.ts';
import { ThreadNames } from './thread-names.ts';

const interleaved = nativeModel({ base: sc });

/** What a schedule without end does until it begins to repeat itself, and once more. */
export interface FinitePart {
  readonly witness: Witness;
  /** The events of the round that comes again and again. */
  readonly repeated: ReadonlySet<EventId>;
}

/** Null where the steps are not the program's. */
export function finitePart<S>(
  program: Program,
  executor: Executor<S>,
  readings: Readings,
  { prefix, cycle }: NonTermination,
): FinitePart | null {
  const names = new ThreadNames();
  const trie = new AnswerTrie(makeScriptMachine(explored(executor, readings), program));
  const world = new World(trie, scriptMain(program), names, readings);
  if (!prefix.every(make)) return null;
  const before = world.mark().events;
  if (!cycle.every(make)) return null;
  const { execution, threads } = foundExecution(world, names, null);
  const main = threads.find(({ info }) => info.parent === null);
  const { objects } = new ThreadEnds<Explored<S>>().objects(known(main, 'main thread').state);
  const witness = known(witnessOf(program, interleaved, execution, objects), 'interleaving');
  const repeated = new Set(execution.events.slice(before).map(({ id }): EventId => id));
  return { witness: { ...witness, part: true }, repeated };

  function make({ thread, label }: ScheduledStep): boolean {
    const found = world.threads().find(({ id }) => names.info(id).name === thread);
    if (found === undefined || world.bound !== null) return false;
    const own = labelOf(found.id, choiceOf(label));
    // A thread that spins is not run on by searches, but goes round here.
    if (found.status !== 'parked' && !world.choices(found.id).includes(own)) return false;
    world.step(own);
    return true;
  }
}
