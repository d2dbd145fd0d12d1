import { expect, test } from 'vitest';
import type { EventId } from '../../src/event/execution.ts';
import type { AccessRequest } from '../../src/event/request.ts';
import type { Touch } from '../../src/explore/interleave/footprint.ts';
import { touchesOf } from '../../src/explore/interleave/footprint.ts';
import type { Label, Step } from '../../src/explore/interleave/step.ts';
import { World } from '../../src/explore/interleave/world.ts';
import { exploreTiny } from '../support/interleavings.ts';
import type { TinyProgram, TinyStep } from '../support/tiny-machine.ts';

const write = (at: number, value: number): TinyStep => ({ kind: 'write', at, size: 1, order: 'seqcst', value });
const read = (at: number, to: string): TinyStep => ({ kind: 'read', at, size: 1, order: 'seqcst', to });
const exchangeIf = (at: number, expected: number, value: number, to: string): TinyStep => {
  return { kind: 'cas', at, size: 1, order: 'seqcst', expected, value, to };
};
const trap: TinyStep = { kind: 'trap', reason: 'unreachable' };

function forking(threads: Readonly<Record<string, readonly TinyStep[]>>): TinyProgram {
  return { main: Object.keys(threads).map((thread): TinyStep => ({ kind: 'fork', thread })), ...threads };
}

class Unmoved<S> extends World<S> {
  override touchesWithout(_: AccessRequest, made: EventId): Touch[] {
    return touchesOf(this.execution().events[made]?.actions ?? []);
  }
}

class Readless<S> extends World<S> {
  override step(label: Label): Step {
    const step = super.step(label);
    return {
      ...step,
      footprint: { ...step.footprint, touches: step.footprint.touches.filter(({ writes }) => writes) },
    };
  }
}

class Undisturbed<S> extends World<S> {
  override step(label: Label): Step {
    return { ...super.step(label), disabled: [] };
  }
}

interface WrongSearch {
  readonly worlds: typeof World;
  readonly program: TinyProgram;
  /** A trap ends all threads. */
  readonly fatal?: boolean;
}

const WRONG: Readonly<Record<string, WrongSearch>> = {
  'a compare-exchange that failed would have failed before what it raced with': {
    worlds: Unmoved,
    program: forking({
      t0: [exchangeIf(0, 0, 1, 'a')],
      t1: [exchangeIf(0, 0, 1, 'a')],
      t2: [exchangeIf(0, 0, 1, 'a')],
    }),
  },
  'reads depend on nothing': { worlds: Readless, program: forking({ t0: [write(0, 1)], t1: [read(0, 'a')] }) },
  'what a trap ended could not have gone on before': {
    worlds: Undisturbed,
    program: { main: [{ kind: 'fork', thread: 't0' }, trap], t0: [read(0, 'a')] },
    fatal: true,
  },
};

test.each(Object.entries(WRONG))(
  'a wrong search of interleavings, %s: it is not one execution of every trace',
  (_, { worlds, program, fatal = false }) => {
    const keys = [...exploreTiny(program, 'reduced', {}, () => fatal).keys].sort();
    expect(keys).toEqual([...new Set(exploreTiny(program, 'plain', {}, () => fatal).keys)].sort());
    const wrong = exploreTiny(program, 'reduced', { worlds }, () => fatal);
    expect([wrong.redundant, [...wrong.keys].sort()]).not.toEqual([0, keys]);
  },
);
