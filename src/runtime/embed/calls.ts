import { known } from '../../base/assert.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Request, Start } from '../../event/request.ts';
import type { Value } from '../../syntax/values.ts';
import { callStart } from '../call-start.ts';
import type { CallStart, ThreadLocals } from '../executor.ts';
import type { FuncInst } from '../instance.ts';
import { Schedule } from '../schedule.ts';
import type { Parts } from './parts.ts';

/** How a thread's call ended, before its references are looked up. */
export type CallEnd =
  | { readonly kind: 'return'; readonly values: readonly Value[] }
  | { readonly kind: 'trap'; readonly reason: string; readonly exception?: number; readonly cause?: unknown }
  | { readonly kind: 'exit'; readonly code: bigint }
  | { readonly kind: 'deadlock' }
  | { readonly kind: 'bound'; readonly what: string };

/** Runs calls, and knows the threads that they leave behind. */
export interface Calls {
  run(func: FuncInst, args: readonly Value[], locals: ThreadLocals): readonly [CallEnd, ThreadLocals];
  /** Whatever host functions ask from now on: calls need the schedule. */
  needsThreads(): void;
  /** What a thread of the compartment began with. */
  startOf(thread: ThreadId): Start;
  /** Threads that somebody may join, so that their ends are remembered. */
  readonly joinable: Set<ThreadId>;
}

/** The calls of a compartment: alone, as long as nothing in it can make threads; else on one schedule. */
export function makeCalls<S>({ executor, store, runner, limits: { requests } }: Parts<S>): Calls {
  /** Threads that earlier calls forked go on while later ones run. */
  const schedule = new Schedule<S, CallStart>(executor, store, requests);
  const joinable = new Set<ThreadId>();
  let threaded = false;
  return {
    joinable,
    needsThreads: () => {
      threaded = true;
    },
    startOf: (thread) => schedule.thread(thread).start,
    run(func, args, locals) {
      if (runner !== null && !threaded) {
        const { end, locals: left } = runner(store, func, args, locals);
        return [end, left];
      }
      schedule.allow(requests);
      const id = schedule.spawn(callStart(func, args, locals), 'call');
      const stop = schedule.run(id);
      const { suspended, standing } = schedule.thread(id);
      if (stop !== 'done') schedule.cancel(id, stop);
      schedule.forgetEnded(joinable);
      const left = executor.threadLocals(suspended.state);
      if (stop === 'deadlock') return [{ kind: 'deadlock' }, left];
      if (stop === 'bound') return [{ kind: 'bound', what: 'requests' }, left];
      switch (standing.kind) {
        case 'trapped':
          return [trapOf(suspended.request), left];
        case 'cut':
          return [{ kind: 'trap', reason: standing.reason }, left];
        case 'bound':
          return [{ kind: 'bound', what: standing.what }, left];
        default: {
          const code = exitCode(suspended.request);
          if (code !== null) return [{ kind: 'exit', code }, left];
          const completion = executor.completion(suspended.state);
          return [{ kind: 'return', values: completion.results }, completion.locals];
        }
      }
    },
  };
}

/** A `done` with a code is an exit, since the caller's own thread was not asked to tell one. */
function exitCode(request: Request): bigint | null {
  return request.kind === 'done' ? (request.code ?? null) : null;
}

function trapOf(request: Request): CallEnd {
  const trap = known(request.kind === 'trap' ? request : null, 'trap');
  return {
    kind: 'trap',
    reason: trap.reason,
    ...(trap.exception === undefined ? {} : { exception: trap.exception }),
    ...('cause' in trap ? { cause: trap.cause } : {}),
  };
}
