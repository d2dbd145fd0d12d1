import { known } from '../../base/assert.ts';
import type { Source } from '../../base/span.ts';
import type { Executor } from '../../runtime/executor.ts';
import type { Program } from '../../runtime/program.ts';
import { makeScriptMachine } from '../../runtime/script-machine.ts';
import { scriptMain } from '../../runtime/session.ts';
import type { Readings } from '../../syntax/readings.ts';
import { choiceOf, hasEnded, labelOf } from '../interleave/step.ts';
import type { NonTermination, ScheduledStep } from '../loops/non-termination.ts';
import { explored } from '../publication.ts';
import { mergedContinuations } from '../states/continuations.ts';
import { StateWorld } from '../states/state-world.ts';
import { ThreadNames } from '../thread-names.ts';
import type { LassoFile, LassoStep, ReplayHeader } from './file.ts';
import { Departure } from './departure.ts';
import type { Replayed } from './replay.ts';

/** A schedule without end: what leads to a state, and what leads from there back to it. */
export function lassoFileOf(
  { prefix, cycle }: NonTermination,
  header: Omit<ReplayHeader, 'weft' | 'version'>,
  source: Source,
): LassoFile {
  const stepOf = ({ thread, at, text, label }: ScheduledStep): LassoStep => {
    const { line, column } = source.position(at.start);
    return { thread, choice: choiceOf(label), at: `${line}:${column}`, instruction: text };
  };
  return { weft: 'replay', version: 1, ...header, prefix: prefix.map(stepOf), cycle: cycle.map(stepOf) };
}

/**
 * Makes the steps of the file, one interleaving: they are the program's, those of the cycle lead back to the state in which they begin, and that is a fair
 * way to go on for ever: every thread that has not ended makes one of them, or cannot go on somewhere.
 */
export function replayLasso<S>(
  program: Program,
  executor: Executor<S>,
  readings: Readings,
  { prefix, cycle }: LassoFile,
): Replayed {
  const names = new ThreadNames();
  const continuations = mergedContinuations(makeScriptMachine(explored(executor, readings), program));
  const world = new StateWorld(continuations, scriptMain(program), names, { readings, histories: false });
  const moved = new Set<string>();
  const stopped = new Set<string>();
  const nameOf = ({ id }: (typeof world.threads)[number]): string => names.info(id).name;
  try {
    prefix.forEach((step, i) => make(step, i));
    const before = stateNow();
    cycle.forEach((step, i) => {
      lookAround();
      make(step, prefix.length + i);
      moved.add(step.thread);
    });
    const after = stateNow();
    const differs = before.length !== after.length || before.some((value, slot) => value !== after[slot]);
    if (differs || cycle.length === 0)
      throw new Departure('the state in which the cycle begins does not come back', null, null);
    const starved = world.threads.find((thread) => {
      const local = world.localOf(thread);
      const name = nameOf(thread);
      return local !== null && !hasEnded(local.status) && !moved.has(name) && !stopped.has(name);
    });
    if (starved !== undefined)
      throw new Departure(`${nameOf(starved)} could go on all the time, and never does: that is not fair`, null, null);
    return { kind: 'done', same: true, found: null };
  } catch (error) {
    if (!(error instanceof Departure)) throw error;
    return { kind: 'departs', why: error.message, event: error.event, site: error.site };
  }

  function make({ thread, choice, instruction }: LassoStep, i: number): void {
    const found = world.threads.find((other) => nameOf(other) === thread);
    const local = found === undefined ? null : world.localOf(found);
    if (found === undefined || local === null) throw new Departure(`there is no thread ${thread} by then`, i, null);
    const { request } = local.at;
    const site = 'site' in request ? request.site : null;
    if (hasEnded(local.status)) throw new Departure(`${thread} has ended by then`, i, site);
    if ((site?.text ?? request.kind) !== instruction)
      throw new Departure(`the program does ${site?.text ?? request.kind} there`, i, site);
    if (!world.choices(local).includes(choice)) throw new Departure(`${thread} cannot go on there`, i, site);
    world.step(labelOf(found.id, choice));
  }

  /** Notes who cannot go on. */
  function lookAround(): void {
    for (const thread of world.threads) {
      const local = world.localOf(thread);
      if (local !== null && !hasEnded(local.status) && world.choices(local).length === 0) stopped.add(nameOf(thread));
    }
  }

  function stateNow(): readonly number[] {
    return Array.from({ length: known(world.state.end, 'end') }, (_, slot) => world.state.get(slot));
  }
}
