import { assert, assertNever, known } from '../../../src/base/assert.ts';
import {
  concludeAccess,
  concludeGrow,
  concludeNew,
  concludeNotify,
  concludeWait,
  dataReads,
  lengthRead,
  mayGrow,
} from '../../../src/event/answer.ts';
import type { Action } from '../../../src/event/action.ts';
import { isWriting } from '../../../src/event/action.ts';
import type { Range, Region, ThreadId } from '../../../src/event/location.ts';
import { MAIN, objectAddr } from '../../../src/event/location.ts';
import type { Request, Response } from '../../../src/event/request.ts';
import { UNIT } from '../../../src/event/request.ts';
import { isFill, unitAt } from '../../../src/event/units.ts';
import { DEFAULT_READINGS, type Readings } from '../../../src/syntax/readings.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import type { Executor, ThreadLocals } from '../../../src/runtime/executor.ts';
import type { FuncInst } from '../../../src/runtime/instance.ts';
import { makeSemantics } from '../../../src/semantics/executor.ts';

/** The simplest world: one thread, whose accesses happen at once. Nobody is ever woken. */
export class World {
  readonly #units = new Map<Region, Map<number, number>>();
  #forks = 0;
  #objects = 0;

  write(region: Region, offset: number, units: readonly number[]): void {
    units.forEach((unit, i) => this.#region(region).set(offset + i, unit));
  }

  read({ region, offset, size }: Range): readonly number[] {
    return Array.from({ length: size }, (_, i) => this.#region(region).get(offset + i) ?? 0);
  }

  answer(request: Request): Response {
    switch (request.kind) {
      case 'access': {
        const length = this.#length(lengthRead(request));
        const reads = dataReads(request, length).map((read) => this.read(read));
        return this.#conclude(concludeAccess(request, length, reads, { writeBack: false }));
      }
      case 'grow': {
        const length = known(this.#length(lengthRead(request)), 'length');
        return this.#conclude(concludeGrow(request, length, mayGrow(request, length)));
      }
      case 'wait': {
        const length = this.#length(lengthRead(request)) ?? 0;
        const concluded = concludeWait(
          request,
          length,
          dataReads(request, length).map((read) => this.read(read)),
        );
        return concluded.response ?? { kind: 'waited', result: 2 };
      }
      case 'notify':
        return this.#conclude(concludeNotify(request, this.#length(lengthRead(request)) ?? 0, 0));
      case 'fork':
        this.#forks += 1;
        return { kind: 'forked', thread: this.#forks as ThreadId };
      case 'join':
        return { kind: 'joined', code: 0n };
      case 'new': {
        this.#objects += 1;
        const { actions, response } = concludeNew(request, objectAddr(MAIN, this.#objects));
        return this.#conclude({ actions, response });
      }
      case 'fence':
      case 'alloc':
      case 'host':
        return UNIT;
      case 'done':
      case 'trap':
      case 'bound':
        throw new Error(`${request.kind} has no answer`);
      default:
        return assertNever(request);
    }
  }

  #conclude({ actions, response }: { actions: readonly Action[]; response: Response | null }): Response {
    for (const action of actions.filter(isWriting)) {
      // Fresh units are zero anyway.
      if (isFill(action.written) && action.written.fill === 0 && action.size >= 65536) continue;
      this.write(
        action.region,
        action.offset,
        Array.from({ length: action.size }, (_, i) => unitAt(action.written, i)),
      );
    }
    return known(response, 'response');
  }

  #length(read: Range | null): number | null {
    return read === null ? null : (this.read(read)[0] ?? 0);
  }

  #region(region: Region): Map<number, number> {
    const units = this.#units.get(region) ?? new Map<number, number>();
    this.#units.set(region, units);
    return units;
  }
}

export interface Ran {
  /** Every request, the last of which is `done`, `trap` or `bound`. */
  readonly requests: readonly Request[];
  readonly results: readonly Value[] | null;
  readonly trap: string | null;
  readonly locals: ThreadLocals;
}

export interface RunOptions {
  readonly world?: World;
  readonly readings?: Partial<Readings>;
  readonly locals?: ThreadLocals;
  readonly fuel?: number;
}

export function semantics(readings: Partial<Readings> = {}, fuel = 100_000) {
  return makeSemantics({ readings: { ...DEFAULT_READINGS, ...readings }, fuel });
}

/** Runs `func` to its end in a world. */
export function run(func: FuncInst, args: readonly Value[] = [], options: RunOptions = {}): Ran {
  const { world = new World(), readings = {}, locals = new Map(), fuel = 100_000 } = options;
  return runOn(semantics(readings, fuel), func, args, world, locals);
}

function runOn<S>(
  executor: Executor<S>,
  func: FuncInst,
  args: readonly Value[],
  world: World,
  locals: ThreadLocals,
): Ran {
  let { state, request } = executor.start(callStart(func, args, locals));
  const requests = [request];
  while (request.kind !== 'done' && request.kind !== 'trap' && request.kind !== 'bound') {
    ({ state, request } = executor.resume(state, world.answer(request)));
    requests.push(request);
  }
  assert(requests.at(-1) === request, 'the last request ends the run');
  return {
    requests,
    results: request.kind === 'done' ? executor.completion(state).results : null,
    trap: request.kind === 'trap' ? request.reason : null,
    locals: executor.threadLocals(state),
  };
}
