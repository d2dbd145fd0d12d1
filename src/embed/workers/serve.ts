import { assert, known } from '../../base/assert.ts';
import { makeExec } from '../../exec/executor.ts';
import type { Compartment } from '../../runtime/embed/compartment.ts';
import { makeCompartment } from '../../runtime/embed/compartment.ts';
import type { Context } from '../../runtime/embed/context.ts';
import type { CallEnd } from '../../runtime/embed/calls.ts';
import type { CallResult } from '../../runtime/embed/result.ts';
import { HostTrap } from '../../runtime/instance.ts';
import type { ExternVal } from '../../runtime/instance.ts';
import { importTypes } from '../../valid/types.ts';
import { makeFront } from '../front.ts';
import type { FromWorker, InstanceMessage, ToWorker } from './messages.ts';
import { partIn } from './places.ts';
import { makeWorkerRunner } from './worker-runner.ts';
import { WorkerStore } from './worker-store.ts';

/** The worker's side: a compartment with the same instances over the same memories, and one context. */
interface Served {
  readonly home: Compartment;
  readonly store: WorkerStore;
  readonly context: Context;
}

/** Answers the messages of the thread that instantiates, in their order. */
export function serve(post: (message: FromWorker) => void): (message: ToWorker) => void {
  let served: Served | null = null;
  return (message) => {
    try {
      if (message.kind === 'open') served = open(message);
      else if (message.kind === 'instance') instantiate(known(served, 'compartment'), message);
      else post({ kind: 'ended', id: message.id, end: call(known(served, 'compartment'), message) });
    } catch (error) {
      post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };
}

function open({ name, readings, fuel, pages }: Extract<ToWorker, { kind: 'open' }>): Served {
  const store = new WorkerStore({ writeBack: false, pages });
  const home = makeCompartment({
    name,
    executor: makeExec({ readings, fuel }),
    store,
    front: makeFront(readings),
    runner: makeWorkerRunner({ readings, fuel }),
    limits: { requests: Infinity, pages: Infinity },
  });
  return { home, store, context: home.createContext() };
}

/** The same module after the same instances has the same addresses; what is shared is there already. */
function instantiate({ home, store }: Served, { bytes, imports, shared }: InstanceMessage): void {
  const valid = home.check(bytes);
  assert(valid.ok, 'the module was valid where it came from');
  const types = importTypes(valid.value.module);
  const parts = imports.map((place, k): ExternVal => {
    if (place !== null) return partIn(home.instances, place);
    const type = known(types[k], 'type of an import');
    assert(type.kind === 'func' && type.type.comp.kind === 'func', 'host functions are functions');
    const { params, results } = type.type.comp;
    const stays = (): never => {
      throw new HostTrap('host functions stay with the thread that made them');
    };
    const func = home.exactHostFunc('host', { params, results, shared: type.type.share === 'shared' }, stays);
    return { kind: 'func', func: func.inst };
  });
  const byName = new Map(valid.value.module.imports.map(({ module, name }, k) => [`${module}\0${name}`, parts[k]]));
  store.attach(shared);
  // What failed where it came from fails here alike.
  home.instantiateWith(valid.value, (module, name) => byName.get(`${module}\0${name}`) ?? null, null);
  store.attach(null);
}

function call({ home, context }: Served, { func, args }: Extract<ToWorker, { kind: 'call' }>): CallEnd {
  const found = partIn(home.instances, func);
  assert(found.kind === 'func', 'a function is called');
  return endOf(home.call(context, home.wrapFunc(found.func), args));
}

/** What can be said in a message: workers throw no exceptions that anybody else could catch. */
function endOf(result: CallResult): CallEnd {
  switch (result.kind) {
    case 'exception':
      return { kind: 'trap', reason: 'uncaught exception' };
    case 'refused':
      return { kind: 'trap', reason: result.message };
    default:
      return result;
  }
}
