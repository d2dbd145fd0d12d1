import { current, isDraft } from 'immer';
import { assert, known } from '../base/assert.ts';
import type { Request } from '../event/request.ts';
import type { PlainInstr } from '../syntax/module.ts';
import { printValue } from '../syntax/print-values.ts';
import type { Readings } from '../syntax/readings.ts';
import { callStart } from '../runtime/call-start.ts';
import type { ThreadLocals } from '../runtime/executor.ts';
import { HostException, HostTrap } from '../runtime/instance.ts';
import { Atom } from './atom.ts';
import { deliver, funcOf } from './call.ts';
import type { Admin, Config, State } from './config.ts';
import { peekMany, popMany } from './operands.ts';
import type { Rule } from './rule.ts';
import { indexOf, siteOf, trap } from './rule.ts';

/** What the host does: its functions, and new threads. */

type Invoke = Extract<Admin, { kind: 'invoke' }>;
type HostReturn = Extract<Admin, { kind: 'host' }>;

/**
 * @rule Step/invoke-host
 *
 *     v^n (call′ a) ↪ host′ v^n v′*      (if s(a) = host function g, v′* = g(v^n))
 *     v^n (call′ a) ↪ trap               (if g(v^n) fails)
 *     v^n (call′ a) ↪ (ref.exn a′) throw_ref    (if g(v^n) throws the exception a′)
 */
export const stepInvokeHost: Rule<Invoke> = {
  id: 'Step/invoke-host',
  source: 'core, Host Functions',
  step(z, { func: { it }, args, caller, site }) {
    assert(it.kind === 'host', 'a host function');
    try {
      const results = it.call(args);
      z.admin = { kind: 'host', name: it.name, args: args.map(printValue), results: [...results], site };
    } catch (error) {
      if (error instanceof HostException) throwException(z, error, caller, site);
      else if (error instanceof HostTrap) trap(z, error.message, site);
      else {
        const message = error instanceof Error ? error.message : String(error);
        const reason = `host function ${it.name} threw: ${message}`;
        z.admin = { kind: 'trap', reason, site, exception: null, cause: new Atom(error) };
      }
    }
  },
};

/** Where nobody called the host's function, nobody can catch what it throws. */
function throwException(z: Config, { tag, args }: HostException, caller: Invoke['caller'], site: Invoke['site']): void {
  if (caller === null) trap(z, 'uncaught exception', site);
  else z.admin = { kind: 'throw', exception: caller.it.refs.exn(tag, args).id, site };
}

/**
 * @rule Step/host-return
 *
 *     host′ v^n v′* ↪(host g v^n) v′*
 */
export const stepHostReturn: Rule<HostReturn> = {
  id: 'Step/host-return',
  source: 'core, Host Functions',
  ask(_, { name, args, site }) {
    return { kind: 'host', name, args, site };
  },
  step(z, { results }) {
    deliver(z, results);
  },
};

/**
 * A host function that asks the world itself, such as one that starts, joins or ends a thread.
 *
 * @rule Step/invoke-asking
 *
 *     v^n (call′ a) ↪(g(v^n)) v′*    (if s(a) = asking host function g, v′* what it makes of the answer)
 *     v^n (call′ a) ↪ trap           (if g(v^n) = trap)
 *     E*[v^n (call′ a)] ↪ done c     (if g(v^n) = done c)
 */
export function stepInvokeAsking(readings: Readings): Rule<Invoke> {
  const asked = (z: State, { func, args, site }: Invoke): Request => {
    assert(func.it.kind === 'host', 'a host function');
    return known(func.it.asks, 'request').request(args, localsOfNew(readings, z), site);
  };
  return {
    id: 'Step/invoke-asking',
    source: 'shared-everything-threads overview, Managing Threads; WAVM, thread intrinsics',
    ask(z, redex) {
      const request = asked(z, redex);
      return request.kind === 'done' || request.kind === 'trap' ? null : request;
    },
    step(z, redex, answer) {
      const { func, args } = redex;
      if (answer !== null) {
        assert(func.it.kind === 'host', 'a host function');
        deliver(z, known(func.it.asks, 'results').results(args, answer));
        return;
      }
      const last = asked(z, redex);
      if (last.kind === 'done') z.admin = { kind: 'done', results: [], code: last.code ?? null };
      else if (last.kind === 'trap') z.admin = trapOf(last);
    },
  };
}

function trapOf({ reason, site, exception, cause }: Extract<Request, { kind: 'trap' }>): Admin {
  return {
    kind: 'trap',
    reason,
    site,
    exception: exception ?? null,
    cause: cause === undefined ? null : new Atom(cause),
  };
}

/**
 * The new thread calls the function; this one goes on. @ours as an instruction of the surface language.
 *
 * @rule Step/fork
 *
 *     s; f; v^n (fork x) ↪ fork′ (v^n (call′ a))    (if a = f.func(x), type(s(a)) = shared t^n → ε)
 *     s; (E[fork′ e*])^h p* ↪ s; (E[ε])^h′ (e*)^h p*
 */
export function stepFork(readings: Readings): Rule<PlainInstr> {
  return {
    id: 'Step/fork',
    source: 'OOPSLA19 Fig. 10, 11',
    ask(z, instr) {
      const func = funcOf(z, indexOf(instr));
      const args = peekMany(z, func.type.params.length);
      return { kind: 'fork', start: callStart(func, args, localsOfNew(readings, z)), name: null, site: siteOf(instr) };
    },
    step(z, instr) {
      popMany(z, funcOf(z, indexOf(instr)).type.params.length);
    },
  };
}

/** The thread-locals that a new thread begins with. */
function localsOfNew(readings: Readings, { context }: State): ThreadLocals {
  if (readings['thread-local'] !== 'inherit') return new Map();
  // A request keeps them, so it cannot be a draft of them.
  return isDraft(context) ? (current(context as object) as ThreadLocals) : context;
}
