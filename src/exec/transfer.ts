/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import { Bug, known } from '../base/assert.ts';
import type { Request } from '../event/request.ts';
import type { HostFuncInst } from '../runtime/instance.ts';
import { HostException } from '../runtime/instance.ts';
import type { Linked } from './code.ts';
import { CALL_WORDS } from './code.ts';
import { exhausted, siteAt, stop } from './endings.ts';
import { unwind } from './exceptions.ts';
import { callHost } from './host.ts';
import { calleeOf, targetOf } from './link.ts';
import { OP } from './ops.ts';
import type { Thread } from './thread.ts';
import { readValues } from './values.ts';

/**
 * Performs the call or throw at the thread's place: all but the commonest calls, those of functions of the module that have been called
 * before. Null: the thread goes on at its place. Else it has ended, or, if `thread.host` is set, it asks.
 */
export function transfer(thread: Thread): Request | null {
  const { frames, words: s, pc, fp } = thread;
  const linked = known(frames.at(-1), 'frame');
  const code = linked.code.words;
  switch (code[pc]) {
    case OP.call:
      return call(thread, linked, calleeOf(linked, code[pc + 1]!));
    case OP.call_ref: {
      const id = s[fp + code[pc + 1]!]!;
      if (id === 0) return stop(thread, linked, pc, fp, 'null function reference');
      return call(thread, linked, targetOf(linked, id));
    }
    case OP.return_call:
      return tailCall(thread, linked, calleeOf(linked, code[pc + 1]!));
    case OP.return_call_ref: {
      const id = s[fp + code[pc + 1]!]!;
      if (id === 0) return stop(thread, linked, pc, fp, 'null function reference');
      return tailCall(thread, linked, targetOf(linked, id));
    }
    case OP.throw: {
      const { refs, tags } = linked.module;
      const tag = known(tags[code[pc + 1]!], 'tag');
      const { id } = refs.exn(tag, readValues(s, fp + code[pc + 2]!, tag.params));
      return unwind(thread, refs, id, pc, siteAt(linked, pc));
    }
    case OP.throw_ref: {
      const id = s[fp + code[pc + 1]!]!;
      if (id === 0) return stop(thread, linked, pc, fp, 'null exception reference');
      return unwind(thread, linked.module.refs, id, pc, siteAt(linked, pc));
    }
    default:
      throw new Bug(`operation ${code[pc]}`);
  }
}

function call(thread: Thread, linked: Linked, callee: Linked | HostFuncInst): Request | null {
  const { frames, pc, fp } = thread;
  const base = fp + linked.code.words[pc + 2]!;
  if (!('code' in callee)) {
    thread.pc = pc + CALL_WORDS;
    return callOutside(thread, linked, callee, base, pc);
  }
  if (frames.length >= thread.maxFrames || !thread.reserve(base + callee.code.frameWords))
    return stop(thread, linked, pc, fp, 'call stack exhausted');
  if (--thread.fuel < 0) return exhausted(thread, linked, pc, fp);
  frames.push(callee);
  enter(thread, callee, base, pc + CALL_WORDS, fp);
  return null;
}

/** The arguments are where the callee's frame begins, for which there is room. */
function enter(thread: Thread, { code }: Linked, base: number, back: number, caller: number): void {
  const link = base + code.localWords;
  thread.words.fill(0, base + code.paramWords, link);
  thread.words[link] = back;
  thread.words[link + 1] = caller;
  thread.fp = base;
  thread.pc = 0;
}

/** The frame goes, and with it its handlers; then it is a call by its caller. */
function tailCall(thread: Thread, linked: Linked, callee: Linked | HostFuncInst): Request | null {
  const { frames, pc, fp } = thread;
  const code = linked.code.words;
  if ('code' in callee && !thread.reserve(fp + callee.code.frameWords))
    return stop(thread, linked, pc, fp, 'call stack exhausted');
  const { words } = thread;
  if (--thread.fuel < 0) return exhausted(thread, linked, pc, fp);
  const from = fp + code[pc + 2]!;
  const link = fp + linked.code.localWords;
  const back = words[link]!;
  const caller = words[link + 1]!;
  words.copyWithin(fp, from, from + code[pc + 3]!);
  if ('code' in callee) {
    frames[frames.length - 1] = callee;
    enter(thread, callee, fp, back, caller);
    return null;
  }
  frames.pop();
  thread.fp = frames.length === 0 ? 0 : caller;
  thread.pc = back;
  return callOutside(thread, linked, callee, fp, pc);
}

/** Calls a host function for the operation at `pc` of `linked`; the thread is where it goes on. */
function callOutside(thread: Thread, linked: Linked, func: HostFuncInst, base: number, pc: number): Request | null {
  const site = siteAt(linked, pc);
  const asked = callHost(thread, func, base, site);
  if (!(asked instanceof HostException)) return asked;
  const { refs } = linked.module;
  return unwind(thread, refs, refs.exn(asked.tag, asked.args).id, thread.pc - 1, site);
}
