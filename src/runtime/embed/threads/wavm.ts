import { assert } from '../../../base/assert.ts';
import type { ThreadId } from '../../../event/location.ts';
import { plainType } from '../../../syntax/types.ts';
import type { RefType, Share } from '../../../syntax/types.ts';
import type { Value } from '../../../syntax/values.ts';
import { matchDefType } from '../../../valid/match.ts';
import { soleType } from '../../../valid/type-ids.ts';
import { callStart } from '../../call-start.ts';
import type { Compartment } from '../compartment.ts';
import type { Func } from '../func.ts';
import { asking, fork, threadIn, trap } from './fork.ts';

/**
 * WAVM's thread intrinsics, the exports of its module `threadTest` [WAVM]. A thread calls an entry point of type [i32] -> [i64] with a
 * context of its own, and its result, or what it gives to `exitThread`, is what `joinThread` returns. A thread that was joined or detached
 * is forgotten.
 */
export interface WavmThreads {
  /** (func (param funcref i32) (result i64)): the thread's number. */
  readonly createThread: Func;
  /** (func (param i64) (result i64)): waits for its end. */
  readonly joinThread: Func;
  /** (func (param i64)) */
  readonly detachThread: Func;
  /** (func (param i64)): ends the calling thread. A call from outside that it ends has the result `exit`. */
  readonly exitThread: Func;
}

/** `share`: of the functions, and of the entry points that they take; WAVM's own are unshared. */
export function wavmThreads(home: Compartment, share: Share = 'unshared'): WavmThreads {
  const shared = share === 'shared';
  const entryType = soleType(plainType({ kind: 'func', params: ['i32'], results: ['i64'] }, share));
  const funcref: RefType = { kind: 'ref', nullable: true, heap: { kind: 'abstract', share, name: 'func' } };
  return {
    createThread: home.askFunc(
      'threadTest.createThread',
      { params: [funcref, 'i32'], results: ['i64'], shared },
      {
        request([entry, argument], locals, site) {
          assert(entry?.type === 'ref' && argument !== undefined, 'createThread has two arguments');
          const found = entry.id === 0 ? null : home.refs.get(entry.id);
          if (found?.kind !== 'func' || !matchDefType(found.func.closed, entryType))
            return trap('indirect call type mismatch', site);
          return fork({ ...callStart(found.func, [argument], locals), tells: true }, site);
        },
        results(_, answer) {
          const thread = threadIn(answer);
          asking().calls.joinable.add(thread);
          return [{ type: 'i64', value: BigInt(thread) }];
        },
      },
    ),
    joinThread: home.askFunc(
      'threadTest.joinThread',
      { params: ['i64'], results: ['i64'], shared },
      {
        request([id], _, site) {
          const thread = joinable(id);
          return thread === null ? trap('invalid argument', site) : { kind: 'join', thread, site };
        },
        results([id], answer) {
          assert(answer.kind === 'joined', 'a join is answered with a code');
          const thread = joinable(id);
          if (thread !== null) asking().calls.joinable.delete(thread);
          return [{ type: 'i64', value: BigInt.asIntN(64, answer.code) }];
        },
      },
    ),
    detachThread: home.askFunc(
      'threadTest.detachThread',
      { params: ['i64'], results: [], shared },
      {
        request([id], _, site) {
          const thread = joinable(id);
          if (thread === null) return trap('invalid argument', site);
          asking().calls.joinable.delete(thread);
          return { kind: 'host', name: 'threadTest.detachThread', args: [`i64 ${thread}`], site };
        },
        results: () => [],
      },
    ),
    exitThread: home.askFunc(
      'threadTest.exitThread',
      { params: ['i64'], results: [], shared },
      {
        request([code]) {
          assert(code?.type === 'i64', 'a code is an i64');
          return { kind: 'done', code: code.value };
        },
        results: () => [],
      },
    ),
  };
}

/** The thread of that number that may still be joined. */
function joinable(id: Value | undefined): ThreadId | null {
  assert(id?.type === 'i64', 'a thread is an i64');
  const thread = Number(id.value) as ThreadId;
  return BigInt(thread) === id.value && asking().calls.joinable.has(thread) ? thread : null;
}
