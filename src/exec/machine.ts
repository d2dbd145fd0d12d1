/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import { Bug, known } from '../base/assert.ts';
import type { Request, Response } from '../event/request.ts';
import type { Linked } from './code.ts';
import { CALL_WORDS } from './code.ts';
import { end, exhausted, finish, stop } from './endings.ts';
import { askEvent, takeAnswer } from './events.ts';
import type { EventSite } from './events.ts';
import { takeHost } from './host.ts';
import {
  compareS64,
  compareU64,
  copy64,
  ctz32,
  div64,
  equal64,
  mul64,
  popcnt32,
  rot64,
  shl64,
  shrS64,
  shrU64,
} from './int64.ts';
import { PURE } from './pure/table.ts';
import { shuffle } from './pure/lanes.ts';
import { copy128 } from './pure/words.ts';
import { performSilent } from './silent.ts';
import type { DirectBytes } from './store.ts';
import type { Thread } from './thread.ts';
import { transfer } from './transfer.ts';
import { convert } from './truncate.ts';

/** A world that answers at once, for a thread that runs alone. */
export interface World {
  /** The answer; null if there is none now. */
  answer(request: Request): Response | null;
  /** Performs an event that needs no request, with the effects that its request and answer would have; false if it does not. */
  perform(thread: Thread, linked: Linked, event: EventSite, d: number, a: number, b: number, c: number): boolean;
  /** The bytes of the module's memory 0, if it has one. */
  memory(linked: Linked): DirectBytes | null;
}

const EVENT_WORDS = 7;
const CALL = 9;
const FIRST_TRANSFER = 187;

/**
 * Runs a thread in place until it asks what the world does not answer. `fuel` bounds its backward branches and calls; `answer` is what
 * its latest request was answered by.
 *
 * Case labels are literals, since only then does V8 jump through a table from the first instruction on (five times as fast before
 * optimisation); a test compares them with the table of operations.
 */
export function run(thread: Thread, world: World | null, fuel: number, answer: Response | null): Request {
  const { frames } = thread;
  let s = thread.words;
  let { view, pc, fp } = thread;
  let linked = known(frames.at(-1), 'frame');
  let code = linked.code.words;
  let memory = world === null ? null : world.memory(linked);

  if (answer !== null) {
    if (thread.host !== null) {
      takeHost(thread, answer);
      ({ words: s, view } = thread);
    } else {
      const event = linked.code.events[code[pc + 2]!]!;
      const [d, a, b] = [fp + code[pc + 1]!, fp + code[pc + 4]!, fp + code[pc + 5]!];
      const trapped = takeAnswer(thread, linked.module, event, d, a, b, answer);
      if (trapped !== null) return end(thread, pc, fp, trapped);
      pc += EVENT_WORDS;
    }
  }

  for (;;) {
    // biome-ignore format: one operation a line
    switch (code[pc]) {
      // Control.
      case 0: /* unreachable */ return stop(thread, linked, pc, fp, 'unreachable');
      case 1: /* loop */
        if (--fuel < 0) return exhausted(thread, linked, pc, fp);
        pc += 1; continue;
      case 2: /* br */ pc = code[pc + 1]!; continue;
      case 3: /* br_unless */ pc = s[fp + code[pc + 1]!] === 0 ? code[pc + 2]! : pc + 3; continue;
      case 4: /* br_if */ pc = s[fp + code[pc + 1]!] !== 0 ? code[pc + 2]! : pc + 3; continue;
      case 5: /* br_table */ {
        const last = code[pc + 2]!;
        const i = s[fp + code[pc + 1]!]! >>> 0;
        pc = code[pc + 3 + (i < last ? i : last)]!; continue;
      }
      case 6: /* return */ case 7: /* return32 */ case 8: /* return64 */ {
        const from = fp + code[pc + 1]!;
        const words = code[pc] === 7 ? 1 : code[pc] === 8 ? 2 : code[pc + 2]!;
        const link = fp + linked.code.localWords;
        const back = s[link]!;
        const caller = s[link + 1]!;
        if (words <= 2) {
          const low = s[from]!;
          if (words === 2) s[fp + 1] = s[from + 1]!;
          if (words !== 0) s[fp] = low;
        } else s.copyWithin(fp, from, from + words);
        frames.pop();
        if (frames.length === 0) { thread.fuel = fuel; return finish(thread, words); }
        fp = caller;
        pc = back;
        const callee = linked;
        linked = frames[frames.length - 1]!;
        code = linked.code.words;
        if (world !== null && linked.module !== callee.module) memory = world.memory(linked);
        continue;
      }
      case 9: /* call */ {
        const callee = linked.callees[code[pc + 1]!];
        if (callee === undefined) break;
        const base = fp + code[pc + 2]!;
        if (frames.length >= thread.maxFrames) return stop(thread, linked, pc, fp, 'call stack exhausted');
        if (!thread.reserve(base + callee.code.frameWords)) return stop(thread, linked, pc, fp, 'call stack exhausted');
        if (--fuel < 0) return exhausted(thread, linked, pc, fp);
        ({ words: s, view } = thread);
        const link = base + callee.code.localWords;
        for (let local = base + callee.code.paramWords; local < link; local++) s[local] = 0;
        s[link] = pc + CALL_WORDS;
        s[link + 1] = fp;
        if (world !== null && linked.module !== callee.module) memory = world.memory(callee);
        frames.push(callee);
        linked = callee;
        code = callee.code.words;
        fp = base;
        pc = 0; continue;
      }
      case 10: /* event */ break;
      // Moves.
      case 11: /* move32 */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]!; pc += 3; continue;
      case 12: /* move64 */ copy64(s, fp + code[pc + 1]!, fp + code[pc + 2]!); pc += 3; continue;
      case 13: /* const32 */ s[fp + code[pc + 1]!] = code[pc + 2]!; pc += 3; continue;
      case 14: /* const64 */ s[fp + code[pc + 1]!] = code[pc + 2]!; s[fp + code[pc + 1]! + 1] = code[pc + 3]!; pc += 4; continue;
      case 15: /* select32 */ s[fp + code[pc + 1]!] = s[fp + code[pc + 4]!] !== 0 ? s[fp + code[pc + 2]!]! : s[fp + code[pc + 3]!]!; pc += 5; continue;
      case 16: /* select64 */ copy64(s, fp + code[pc + 1]!, fp + (s[fp + code[pc + 4]!] !== 0 ? code[pc + 2]! : code[pc + 3]!)); pc += 5; continue;
      // Fused comparisons and branches.
      case 17: /* br_if i32.eq */ pc = s[fp + code[pc + 1]!]! === s[fp + code[pc + 2]!]! ? code[pc + 3]! : pc + 4; continue;
      case 18: /* br_if i32.ne */ pc = s[fp + code[pc + 1]!]! !== s[fp + code[pc + 2]!]! ? code[pc + 3]! : pc + 4; continue;
      case 19: /* br_if i32.lt_s */ pc = s[fp + code[pc + 1]!]! < s[fp + code[pc + 2]!]! ? code[pc + 3]! : pc + 4; continue;
      case 20: /* br_if i32.lt_u */ pc = (s[fp + code[pc + 1]!]! >>> 0) < (s[fp + code[pc + 2]!]! >>> 0) ? code[pc + 3]! : pc + 4; continue;
      case 21: /* br_if i32.gt_s */ pc = s[fp + code[pc + 1]!]! > s[fp + code[pc + 2]!]! ? code[pc + 3]! : pc + 4; continue;
      case 22: /* br_if i32.gt_u */ pc = (s[fp + code[pc + 1]!]! >>> 0) > (s[fp + code[pc + 2]!]! >>> 0) ? code[pc + 3]! : pc + 4; continue;
      case 23: /* br_if i32.le_s */ pc = s[fp + code[pc + 1]!]! <= s[fp + code[pc + 2]!]! ? code[pc + 3]! : pc + 4; continue;
      case 24: /* br_if i32.le_u */ pc = (s[fp + code[pc + 1]!]! >>> 0) <= (s[fp + code[pc + 2]!]! >>> 0) ? code[pc + 3]! : pc + 4; continue;
      case 25: /* br_if i32.ge_s */ pc = s[fp + code[pc + 1]!]! >= s[fp + code[pc + 2]!]! ? code[pc + 3]! : pc + 4; continue;
      case 26: /* br_if i32.ge_u */ pc = (s[fp + code[pc + 1]!]! >>> 0) >= (s[fp + code[pc + 2]!]! >>> 0) ? code[pc + 3]! : pc + 4; continue;
      case 27: /* br_if i32.eq# */ pc = s[fp + code[pc + 1]!]! === code[pc + 2]! ? code[pc + 3]! : pc + 4; continue;
      case 28: /* br_if i32.ne# */ pc = s[fp + code[pc + 1]!]! !== code[pc + 2]! ? code[pc + 3]! : pc + 4; continue;
      case 29: /* br_if i32.lt_s# */ pc = s[fp + code[pc + 1]!]! < code[pc + 2]! ? code[pc + 3]! : pc + 4; continue;
      case 30: /* br_if i32.lt_u# */ pc = (s[fp + code[pc + 1]!]! >>> 0) < (code[pc + 2]! >>> 0) ? code[pc + 3]! : pc + 4; continue;
      case 31: /* br_if i32.gt_s# */ pc = s[fp + code[pc + 1]!]! > code[pc + 2]! ? code[pc + 3]! : pc + 4; continue;
      case 32: /* br_if i32.gt_u# */ pc = (s[fp + code[pc + 1]!]! >>> 0) > (code[pc + 2]! >>> 0) ? code[pc + 3]! : pc + 4; continue;
      case 33: /* br_if i32.le_s# */ pc = s[fp + code[pc + 1]!]! <= code[pc + 2]! ? code[pc + 3]! : pc + 4; continue;
      case 34: /* br_if i32.le_u# */ pc = (s[fp + code[pc + 1]!]! >>> 0) <= (code[pc + 2]! >>> 0) ? code[pc + 3]! : pc + 4; continue;
      case 35: /* br_if i32.ge_s# */ pc = s[fp + code[pc + 1]!]! >= code[pc + 2]! ? code[pc + 3]! : pc + 4; continue;
      case 36: /* br_if i32.ge_u# */ pc = (s[fp + code[pc + 1]!]! >>> 0) >= (code[pc + 2]! >>> 0) ? code[pc + 3]! : pc + 4; continue;
      // Accesses of memory 0 without a request, where the world lets it and they are in bounds.
      case 37: /* load32 */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 4 <= memory.bytes.length) { s[fp + code[pc + 1]!] = memory.view.getInt32(at, true); pc += 7; continue; }
        }
        break;
      case 38: /* load8_s */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 1 <= memory.bytes.length) { s[fp + code[pc + 1]!] = memory.view.getInt8(at); pc += 7; continue; }
        }
        break;
      case 39: /* load8_u */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 1 <= memory.bytes.length) { s[fp + code[pc + 1]!] = memory.view.getUint8(at); pc += 7; continue; }
        }
        break;
      case 40: /* load16_s */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 2 <= memory.bytes.length) { s[fp + code[pc + 1]!] = memory.view.getInt16(at, true); pc += 7; continue; }
        }
        break;
      case 41: /* load16_u */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 2 <= memory.bytes.length) { s[fp + code[pc + 1]!] = memory.view.getUint16(at, true); pc += 7; continue; }
        }
        break;
      case 42: /* load64 */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 8 <= memory.bytes.length) {
            const low = memory.view.getInt32(at, true);
            s[fp + code[pc + 1]!] = low; s[fp + code[pc + 1]! + 1] = memory.view.getInt32(at + 4, true); pc += 7; continue;
          }
        }
        break;
      case 43: /* load64_8_s */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 1 <= memory.bytes.length) {
            const low = memory.view.getInt8(at);
            s[fp + code[pc + 1]!] = low; s[fp + code[pc + 1]! + 1] = low >> 31; pc += 7; continue;
          }
        }
        break;
      case 44: /* load64_8_u */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 1 <= memory.bytes.length) {
            const low = memory.view.getUint8(at);
            s[fp + code[pc + 1]!] = low; s[fp + code[pc + 1]! + 1] = 0; pc += 7; continue;
          }
        }
        break;
      case 45: /* load64_16_s */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 2 <= memory.bytes.length) {
            const low = memory.view.getInt16(at, true);
            s[fp + code[pc + 1]!] = low; s[fp + code[pc + 1]! + 1] = low >> 31; pc += 7; continue;
          }
        }
        break;
      case 46: /* load64_16_u */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 2 <= memory.bytes.length) {
            const low = memory.view.getUint16(at, true);
            s[fp + code[pc + 1]!] = low; s[fp + code[pc + 1]! + 1] = 0; pc += 7; continue;
          }
        }
        break;
      case 47: /* load64_32_s */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 4 <= memory.bytes.length) {
            const low = memory.view.getInt32(at, true);
            s[fp + code[pc + 1]!] = low; s[fp + code[pc + 1]! + 1] = low >> 31; pc += 7; continue;
          }
        }
        break;
      case 48: /* load64_32_u */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 4 <= memory.bytes.length) {
            const low = memory.view.getInt32(at, true);
            s[fp + code[pc + 1]!] = low; s[fp + code[pc + 1]! + 1] = 0; pc += 7; continue;
          }
        }
        break;
      case 49: /* store8 */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 1 <= memory.bytes.length) { memory.view.setInt8(at, s[fp + code[pc + 5]!]!); pc += 7; continue; }
        }
        break;
      case 50: /* store16 */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 2 <= memory.bytes.length) { memory.view.setInt16(at, s[fp + code[pc + 5]!]!, true); pc += 7; continue; }
        }
        break;
      case 51: /* store32 */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 4 <= memory.bytes.length) { memory.view.setInt32(at, s[fp + code[pc + 5]!]!, true); pc += 7; continue; }
        }
        break;
      case 52: /* store64 */ if (memory !== null) {
          const at = (s[fp + code[pc + 4]!]! >>> 0) + (code[pc + 6]! >>> 0);
          if (at + 8 <= memory.bytes.length) { memory.view.setInt32(at, s[fp + code[pc + 5]!]!, true); memory.view.setInt32(at + 4, s[fp + code[pc + 5]! + 1]!, true); pc += 7; continue; }
        }
        break;
      // 32-bit integers.
      case 53: /* i32.eqz */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! === 0 ? 1 : 0; pc += 3; continue;
      case 54: /* i32.clz */ s[fp + code[pc + 1]!] = Math.clz32(s[fp + code[pc + 2]!]!); pc += 3; continue;
      case 55: /* i32.ctz */ s[fp + code[pc + 1]!] = ctz32(s[fp + code[pc + 2]!]!); pc += 3; continue;
      case 56: /* i32.popcnt */ s[fp + code[pc + 1]!] = popcnt32(s[fp + code[pc + 2]!]!); pc += 3; continue;
      case 57: /* i32.extend8_s */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! << 24) >> 24; pc += 3; continue;
      case 58: /* i32.extend16_s */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! << 16) >> 16; pc += 3; continue;
      case 59: /* i32.add */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! + s[fp + code[pc + 3]!]!) | 0; pc += 4; continue;
      case 60: /* i32.sub */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! - s[fp + code[pc + 3]!]!) | 0; pc += 4; continue;
      case 61: /* i32.mul */ s[fp + code[pc + 1]!] = Math.imul(s[fp + code[pc + 2]!]!, s[fp + code[pc + 3]!]!); pc += 4; continue;
      case 66: /* i32.and */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! & s[fp + code[pc + 3]!]!; pc += 4; continue;
      case 67: /* i32.or */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! | s[fp + code[pc + 3]!]!; pc += 4; continue;
      case 68: /* i32.xor */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! ^ s[fp + code[pc + 3]!]!; pc += 4; continue;
      case 69: /* i32.shl */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! << s[fp + code[pc + 3]!]!; pc += 4; continue;
      case 70: /* i32.shr_s */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! >> s[fp + code[pc + 3]!]!; pc += 4; continue;
      case 71: /* i32.shr_u */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! >>> s[fp + code[pc + 3]!]!; pc += 4; continue;
      case 72: /* i32.rotl */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! << s[fp + code[pc + 3]!]!) | (s[fp + code[pc + 2]!]! >>> -s[fp + code[pc + 3]!]!); pc += 4; continue;
      case 73: /* i32.rotr */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! >>> s[fp + code[pc + 3]!]!) | (s[fp + code[pc + 2]!]! << -s[fp + code[pc + 3]!]!); pc += 4; continue;
      case 62: /* i32.div_s */ {
        const x = s[fp + code[pc + 2]!]!;
        const y = s[fp + code[pc + 3]!]!;
        if (y === 0) return stop(thread, linked, pc, fp, 'integer divide by zero');
        if (y === -1 && x === -0x80000000) return stop(thread, linked, pc, fp, 'integer overflow');
        s[fp + code[pc + 1]!] = (x / y) | 0; pc += 4; continue;
      }
      case 63: /* i32.div_u */ {
        const x = s[fp + code[pc + 2]!]! >>> 0;
        const y = s[fp + code[pc + 3]!]! >>> 0;
        if (y === 0) return stop(thread, linked, pc, fp, 'integer divide by zero');
        s[fp + code[pc + 1]!] = (x / y) | 0; pc += 4; continue;
      }
      case 64: /* i32.rem_s */ {
        const x = s[fp + code[pc + 2]!]!;
        const y = s[fp + code[pc + 3]!]!;
        if (y === 0) return stop(thread, linked, pc, fp, 'integer divide by zero');
        s[fp + code[pc + 1]!] = (x % y) | 0; pc += 4; continue;
      }
      case 65: /* i32.rem_u */ {
        const x = s[fp + code[pc + 2]!]! >>> 0;
        const y = s[fp + code[pc + 3]!]! >>> 0;
        if (y === 0) return stop(thread, linked, pc, fp, 'integer divide by zero');
        s[fp + code[pc + 1]!] = (x % y) | 0; pc += 4; continue;
      }
      case 74: /* i32.eq */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! === s[fp + code[pc + 3]!]! ? 1 : 0; pc += 4; continue;
      case 75: /* i32.ne */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! !== s[fp + code[pc + 3]!]! ? 1 : 0; pc += 4; continue;
      case 76: /* i32.lt_s */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! < s[fp + code[pc + 3]!]! ? 1 : 0; pc += 4; continue;
      case 77: /* i32.lt_u */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! >>> 0) < (s[fp + code[pc + 3]!]! >>> 0) ? 1 : 0; pc += 4; continue;
      case 78: /* i32.gt_s */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! > s[fp + code[pc + 3]!]! ? 1 : 0; pc += 4; continue;
      case 79: /* i32.gt_u */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! >>> 0) > (s[fp + code[pc + 3]!]! >>> 0) ? 1 : 0; pc += 4; continue;
      case 80: /* i32.le_s */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! <= s[fp + code[pc + 3]!]! ? 1 : 0; pc += 4; continue;
      case 81: /* i32.le_u */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! >>> 0) <= (s[fp + code[pc + 3]!]! >>> 0) ? 1 : 0; pc += 4; continue;
      case 82: /* i32.ge_s */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! >= s[fp + code[pc + 3]!]! ? 1 : 0; pc += 4; continue;
      case 83: /* i32.ge_u */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! >>> 0) >= (s[fp + code[pc + 3]!]! >>> 0) ? 1 : 0; pc += 4; continue;
      case 84: /* i32.add# */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! + code[pc + 3]!) | 0; pc += 4; continue;
      case 85: /* i32.mul# */ s[fp + code[pc + 1]!] = Math.imul(s[fp + code[pc + 2]!]!, code[pc + 3]!); pc += 4; continue;
      case 86: /* i32.and# */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! & code[pc + 3]!; pc += 4; continue;
      case 87: /* i32.or# */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! | code[pc + 3]!; pc += 4; continue;
      case 88: /* i32.xor# */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! ^ code[pc + 3]!; pc += 4; continue;
      case 89: /* i32.shl# */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! << code[pc + 3]!; pc += 4; continue;
      case 90: /* i32.shr_s# */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! >> code[pc + 3]!; pc += 4; continue;
      case 91: /* i32.shr_u# */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! >>> code[pc + 3]!; pc += 4; continue;
      case 92: /* i32.eq# */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! === code[pc + 3]! ? 1 : 0; pc += 4; continue;
      case 93: /* i32.ne# */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! !== code[pc + 3]! ? 1 : 0; pc += 4; continue;
      case 94: /* i32.lt_s# */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! < code[pc + 3]! ? 1 : 0; pc += 4; continue;
      case 95: /* i32.lt_u# */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! >>> 0) < (code[pc + 3]! >>> 0) ? 1 : 0; pc += 4; continue;
      case 96: /* i32.gt_s# */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! > code[pc + 3]! ? 1 : 0; pc += 4; continue;
      case 97: /* i32.gt_u# */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! >>> 0) > (code[pc + 3]! >>> 0) ? 1 : 0; pc += 4; continue;
      case 98: /* i32.le_s# */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! <= code[pc + 3]! ? 1 : 0; pc += 4; continue;
      case 99: /* i32.le_u# */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! >>> 0) <= (code[pc + 3]! >>> 0) ? 1 : 0; pc += 4; continue;
      case 100: /* i32.ge_s# */ s[fp + code[pc + 1]!] = s[fp + code[pc + 2]!]! >= code[pc + 3]! ? 1 : 0; pc += 4; continue;
      case 101: /* i32.ge_u# */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! >>> 0) >= (code[pc + 3]! >>> 0) ? 1 : 0; pc += 4; continue;
      // 64-bit integers.
      case 102: /* i64.eqz */ s[fp + code[pc + 1]!] = (s[fp + code[pc + 2]!]! | s[fp + code[pc + 2]! + 1]!) === 0 ? 1 : 0; pc += 3; continue;
      case 103: /* i64.clz */ {
        const a = fp + code[pc + 2]!;
        const d = fp + code[pc + 1]!;
        s[d] = s[a + 1] === 0 ? 32 + Math.clz32(s[a]!) : Math.clz32(s[a + 1]!); s[d + 1] = 0;
        pc += 3; continue;
      }
      case 104: /* i64.ctz */ {
        const a = fp + code[pc + 2]!;
        const d = fp + code[pc + 1]!;
        s[d] = s[a] === 0 ? 32 + ctz32(s[a + 1]!) : ctz32(s[a]!); s[d + 1] = 0;
        pc += 3; continue;
      }
      case 105: /* i64.popcnt */ {
        const a = fp + code[pc + 2]!;
        const d = fp + code[pc + 1]!;
        s[d] = popcnt32(s[a]!) + popcnt32(s[a + 1]!); s[d + 1] = 0;
        pc += 3; continue;
      }
      case 106: /* i64.extend8_s */ {
        const a = fp + code[pc + 2]!;
        const d = fp + code[pc + 1]!;
        s[d] = (s[a]! << 24) >> 24; s[d + 1] = s[d]! >> 31;
        pc += 3; continue;
      }
      case 107: /* i64.extend16_s */ {
        const a = fp + code[pc + 2]!;
        const d = fp + code[pc + 1]!;
        s[d] = (s[a]! << 16) >> 16; s[d + 1] = s[d]! >> 31;
        pc += 3; continue;
      }
      case 108: /* i64.extend32_s */ {
        const a = fp + code[pc + 2]!;
        const d = fp + code[pc + 1]!;
        s[d] = s[a]!; s[d + 1] = s[d]! >> 31;
        pc += 3; continue;
      }
      case 134: /* i64.extend_i32_s */ {
        const a = fp + code[pc + 2]!;
        const d = fp + code[pc + 1]!;
        s[d] = s[a]!; s[d + 1] = s[d]! >> 31;
        pc += 3; continue;
      }
      case 135: /* i64.extend_i32_u */ {
        const a = fp + code[pc + 2]!;
        const d = fp + code[pc + 1]!;
        s[d] = s[a]!; s[d + 1] = 0;
        pc += 3; continue;
      }
      case 109: /* i64.add */ {
        const a = fp + code[pc + 2]!;
        const b = fp + code[pc + 3]!;
        const d = fp + code[pc + 1]!;
        const low = (s[a]! + s[b]!) | 0;
        const carry = low >>> 0 < s[a]! >>> 0 ? 1 : 0;
        s[d + 1] = s[a + 1]! + s[b + 1]! + carry; s[d] = low;
        pc += 4; continue;
      }
      case 110: /* i64.sub */ {
        const a = fp + code[pc + 2]!;
        const b = fp + code[pc + 3]!;
        const d = fp + code[pc + 1]!;
        const borrow = s[a]! >>> 0 < s[b]! >>> 0 ? 1 : 0;
        const low = s[a]! - s[b]!;
        s[d + 1] = s[a + 1]! - s[b + 1]! - borrow; s[d] = low;
        pc += 4; continue;
      }
      case 116: /* i64.and */ {
        const a = fp + code[pc + 2]!;
        const b = fp + code[pc + 3]!;
        const d = fp + code[pc + 1]!;
        const low = s[a]! & s[b]!;
        s[d + 1] = s[a + 1]! & s[b + 1]!; s[d] = low;
        pc += 4; continue;
      }
      case 117: /* i64.or */ {
        const a = fp + code[pc + 2]!;
        const b = fp + code[pc + 3]!;
        const d = fp + code[pc + 1]!;
        const low = s[a]! | s[b]!;
        s[d + 1] = s[a + 1]! | s[b + 1]!; s[d] = low;
        pc += 4; continue;
      }
      case 118: /* i64.xor */ {
        const a = fp + code[pc + 2]!;
        const b = fp + code[pc + 3]!;
        const d = fp + code[pc + 1]!;
        const low = s[a]! ^ s[b]!;
        s[d + 1] = s[a + 1]! ^ s[b + 1]!; s[d] = low;
        pc += 4; continue;
      }
      case 111: /* i64.mul */ mul64(s, fp + code[pc + 1]!, fp + code[pc + 2]!, fp + code[pc + 3]!); pc += 4; continue;
      case 119: /* i64.shl */ shl64(s, fp + code[pc + 1]!, fp + code[pc + 2]!, fp + code[pc + 3]!); pc += 4; continue;
      case 120: /* i64.shr_s */ shrS64(s, fp + code[pc + 1]!, fp + code[pc + 2]!, fp + code[pc + 3]!); pc += 4; continue;
      case 121: /* i64.shr_u */ shrU64(s, fp + code[pc + 1]!, fp + code[pc + 2]!, fp + code[pc + 3]!); pc += 4; continue;
      case 122: /* i64.rotl */ rot64(s, fp + code[pc + 1]!, fp + code[pc + 2]!, fp + code[pc + 3]!, 1); pc += 4; continue;
      case 123: /* i64.rotr */ rot64(s, fp + code[pc + 1]!, fp + code[pc + 2]!, fp + code[pc + 3]!, -1); pc += 4; continue;
      case 112: /* i64.div_s */ {
        const outcome = div64(s, fp + code[pc + 1]!, fp + code[pc + 2]!, fp + code[pc + 3]!, true, false);
        if (outcome !== 0) return stop(thread, linked, pc, fp, outcome === 1 ? 'integer divide by zero' : 'integer overflow');
        pc += 4; continue;
      }
      case 113: /* i64.div_u */ {
        const outcome = div64(s, fp + code[pc + 1]!, fp + code[pc + 2]!, fp + code[pc + 3]!, false, false);
        if (outcome !== 0) return stop(thread, linked, pc, fp, outcome === 1 ? 'integer divide by zero' : 'integer overflow');
        pc += 4; continue;
      }
      case 114: /* i64.rem_s */ {
        const outcome = div64(s, fp + code[pc + 1]!, fp + code[pc + 2]!, fp + code[pc + 3]!, true, true);
        if (outcome !== 0) return stop(thread, linked, pc, fp, outcome === 1 ? 'integer divide by zero' : 'integer overflow');
        pc += 4; continue;
      }
      case 115: /* i64.rem_u */ {
        const outcome = div64(s, fp + code[pc + 1]!, fp + code[pc + 2]!, fp + code[pc + 3]!, false, true);
        if (outcome !== 0) return stop(thread, linked, pc, fp, outcome === 1 ? 'integer divide by zero' : 'integer overflow');
        pc += 4; continue;
      }
      case 124: /* i64.eq */ s[fp + code[pc + 1]!] = equal64(s, fp + code[pc + 2]!, fp + code[pc + 3]!) ? 1 : 0; pc += 4; continue;
      case 125: /* i64.ne */ s[fp + code[pc + 1]!] = equal64(s, fp + code[pc + 2]!, fp + code[pc + 3]!) ? 0 : 1; pc += 4; continue;
      case 126: /* i64.lt_s */ s[fp + code[pc + 1]!] = compareS64(s, fp + code[pc + 2]!, fp + code[pc + 3]!) < 0 ? 1 : 0; pc += 4; continue;
      case 127: /* i64.lt_u */ s[fp + code[pc + 1]!] = compareU64(s, fp + code[pc + 2]!, fp + code[pc + 3]!) < 0 ? 1 : 0; pc += 4; continue;
      case 128: /* i64.gt_s */ s[fp + code[pc + 1]!] = compareS64(s, fp + code[pc + 2]!, fp + code[pc + 3]!) > 0 ? 1 : 0; pc += 4; continue;
      case 129: /* i64.gt_u */ s[fp + code[pc + 1]!] = compareU64(s, fp + code[pc + 2]!, fp + code[pc + 3]!) > 0 ? 1 : 0; pc += 4; continue;
      case 130: /* i64.le_s */ s[fp + code[pc + 1]!] = compareS64(s, fp + code[pc + 2]!, fp + code[pc + 3]!) <= 0 ? 1 : 0; pc += 4; continue;
      case 131: /* i64.le_u */ s[fp + code[pc + 1]!] = compareU64(s, fp + code[pc + 2]!, fp + code[pc + 3]!) <= 0 ? 1 : 0; pc += 4; continue;
      case 132: /* i64.ge_s */ s[fp + code[pc + 1]!] = compareS64(s, fp + code[pc + 2]!, fp + code[pc + 3]!) >= 0 ? 1 : 0; pc += 4; continue;
      case 133: /* i64.ge_u */ s[fp + code[pc + 1]!] = compareU64(s, fp + code[pc + 2]!, fp + code[pc + 3]!) >= 0 ? 1 : 0; pc += 4; continue;
      // Floats to integers.
      case 136: /* i32.trunc_f32_s */ case 137: /* i32.trunc_f32_u */ case 138: /* i32.trunc_f64_s */ case 139: /* i32.trunc_f64_u */
      case 140: /* i64.trunc_f32_s */ case 141: /* i64.trunc_f32_u */ case 142: /* i64.trunc_f64_s */ case 143: /* i64.trunc_f64_u */
      case 144: /* i32.trunc_sat_f32_s */ case 145: /* i32.trunc_sat_f32_u */ case 146: /* i32.trunc_sat_f64_s */ case 147: /* i32.trunc_sat_f64_u */
      case 148: /* i64.trunc_sat_f32_s */ case 149: /* i64.trunc_sat_f32_u */ case 150: /* i64.trunc_sat_f64_s */ case 151: /* i64.trunc_sat_f64_u */
      {
        const reason = convert(s, fp + code[pc + 1]!, fp + code[pc + 2]!, code[pc]! - 136);
        if (reason !== null) return stop(thread, linked, pc, fp, reason);
        pc += 3; continue;
      }
      // Moves of four words.
      case 152: /* move128 */ copy128(s, fp + code[pc + 1]!, fp + code[pc + 2]!); pc += 3; continue;
      case 153: /* const128 */ {
        const d = fp + code[pc + 1]!;
        s[d] = code[pc + 2]!; s[d + 1] = code[pc + 3]!; s[d + 2] = code[pc + 4]!; s[d + 3] = code[pc + 5]!;
        pc += 6; continue;
      }
      case 154: /* select128 */ copy128(s, fp + code[pc + 1]!, fp + (s[fp + code[pc + 4]!] !== 0 ? code[pc + 2]! : code[pc + 3]!)); pc += 5; continue;
      // Floats. A NaN that is made is the canonical one.
      case 155: /* f32.add */ {
        const x = view.getFloat32((fp + code[pc + 2]!) << 2, true) + view.getFloat32((fp + code[pc + 3]!) << 2, true);
        if (!Number.isNaN(x)) view.setFloat32((fp + code[pc + 1]!) << 2, x, true);
        else s[fp + code[pc + 1]!] = 0x7fc00000;
        pc += 4; continue;
      }
      case 156: /* f32.sub */ {
        const x = view.getFloat32((fp + code[pc + 2]!) << 2, true) - view.getFloat32((fp + code[pc + 3]!) << 2, true);
        if (!Number.isNaN(x)) view.setFloat32((fp + code[pc + 1]!) << 2, x, true);
        else s[fp + code[pc + 1]!] = 0x7fc00000;
        pc += 4; continue;
      }
      case 157: /* f32.mul */ {
        const x = view.getFloat32((fp + code[pc + 2]!) << 2, true) * view.getFloat32((fp + code[pc + 3]!) << 2, true);
        if (!Number.isNaN(x)) view.setFloat32((fp + code[pc + 1]!) << 2, x, true);
        else s[fp + code[pc + 1]!] = 0x7fc00000;
        pc += 4; continue;
      }
      case 158: /* f32.div */ {
        const x = view.getFloat32((fp + code[pc + 2]!) << 2, true) / view.getFloat32((fp + code[pc + 3]!) << 2, true);
        if (!Number.isNaN(x)) view.setFloat32((fp + code[pc + 1]!) << 2, x, true);
        else s[fp + code[pc + 1]!] = 0x7fc00000;
        pc += 4; continue;
      }
      case 159: /* f32.eq */ s[fp + code[pc + 1]!] = view.getFloat32((fp + code[pc + 2]!) << 2, true) === view.getFloat32((fp + code[pc + 3]!) << 2, true) ? 1 : 0; pc += 4; continue;
      case 160: /* f32.ne */ s[fp + code[pc + 1]!] = view.getFloat32((fp + code[pc + 2]!) << 2, true) !== view.getFloat32((fp + code[pc + 3]!) << 2, true) ? 1 : 0; pc += 4; continue;
      case 161: /* f32.lt */ s[fp + code[pc + 1]!] = view.getFloat32((fp + code[pc + 2]!) << 2, true) < view.getFloat32((fp + code[pc + 3]!) << 2, true) ? 1 : 0; pc += 4; continue;
      case 162: /* f32.gt */ s[fp + code[pc + 1]!] = view.getFloat32((fp + code[pc + 2]!) << 2, true) > view.getFloat32((fp + code[pc + 3]!) << 2, true) ? 1 : 0; pc += 4; continue;
      case 163: /* f32.le */ s[fp + code[pc + 1]!] = view.getFloat32((fp + code[pc + 2]!) << 2, true) <= view.getFloat32((fp + code[pc + 3]!) << 2, true) ? 1 : 0; pc += 4; continue;
      case 164: /* f32.ge */ s[fp + code[pc + 1]!] = view.getFloat32((fp + code[pc + 2]!) << 2, true) >= view.getFloat32((fp + code[pc + 3]!) << 2, true) ? 1 : 0; pc += 4; continue;
      case 165: /* f64.add */ {
        const x = view.getFloat64((fp + code[pc + 2]!) << 2, true) + view.getFloat64((fp + code[pc + 3]!) << 2, true);
        if (!Number.isNaN(x)) view.setFloat64((fp + code[pc + 1]!) << 2, x, true);
        else { s[fp + code[pc + 1]!] = 0; s[fp + code[pc + 1]! + 1] = 0x7ff80000; }
        pc += 4; continue;
      }
      case 166: /* f64.sub */ {
        const x = view.getFloat64((fp + code[pc + 2]!) << 2, true) - view.getFloat64((fp + code[pc + 3]!) << 2, true);
        if (!Number.isNaN(x)) view.setFloat64((fp + code[pc + 1]!) << 2, x, true);
        else { s[fp + code[pc + 1]!] = 0; s[fp + code[pc + 1]! + 1] = 0x7ff80000; }
        pc += 4; continue;
      }
      case 167: /* f64.mul */ {
        const x = view.getFloat64((fp + code[pc + 2]!) << 2, true) * view.getFloat64((fp + code[pc + 3]!) << 2, true);
        if (!Number.isNaN(x)) view.setFloat64((fp + code[pc + 1]!) << 2, x, true);
        else { s[fp + code[pc + 1]!] = 0; s[fp + code[pc + 1]! + 1] = 0x7ff80000; }
        pc += 4; continue;
      }
      case 168: /* f64.div */ {
        const x = view.getFloat64((fp + code[pc + 2]!) << 2, true) / view.getFloat64((fp + code[pc + 3]!) << 2, true);
        if (!Number.isNaN(x)) view.setFloat64((fp + code[pc + 1]!) << 2, x, true);
        else { s[fp + code[pc + 1]!] = 0; s[fp + code[pc + 1]! + 1] = 0x7ff80000; }
        pc += 4; continue;
      }
      case 169: /* f64.eq */ s[fp + code[pc + 1]!] = view.getFloat64((fp + code[pc + 2]!) << 2, true) === view.getFloat64((fp + code[pc + 3]!) << 2, true) ? 1 : 0; pc += 4; continue;
      case 170: /* f64.ne */ s[fp + code[pc + 1]!] = view.getFloat64((fp + code[pc + 2]!) << 2, true) !== view.getFloat64((fp + code[pc + 3]!) << 2, true) ? 1 : 0; pc += 4; continue;
      case 171: /* f64.lt */ s[fp + code[pc + 1]!] = view.getFloat64((fp + code[pc + 2]!) << 2, true) < view.getFloat64((fp + code[pc + 3]!) << 2, true) ? 1 : 0; pc += 4; continue;
      case 172: /* f64.gt */ s[fp + code[pc + 1]!] = view.getFloat64((fp + code[pc + 2]!) << 2, true) > view.getFloat64((fp + code[pc + 3]!) << 2, true) ? 1 : 0; pc += 4; continue;
      case 173: /* f64.le */ s[fp + code[pc + 1]!] = view.getFloat64((fp + code[pc + 2]!) << 2, true) <= view.getFloat64((fp + code[pc + 3]!) << 2, true) ? 1 : 0; pc += 4; continue;
      case 174: /* f64.ge */ s[fp + code[pc + 1]!] = view.getFloat64((fp + code[pc + 2]!) << 2, true) >= view.getFloat64((fp + code[pc + 3]!) << 2, true) ? 1 : 0; pc += 4; continue;
      case 175: /* f64.sqrt */ {
        const x = Math.sqrt(view.getFloat64((fp + code[pc + 2]!) << 2, true));
        if (!Number.isNaN(x)) view.setFloat64((fp + code[pc + 1]!) << 2, x, true);
        else { s[fp + code[pc + 1]!] = 0; s[fp + code[pc + 1]! + 1] = 0x7ff80000; }
        pc += 3; continue;
      }
      case 176: /* f64.convert_i32_s */ view.setFloat64((fp + code[pc + 1]!) << 2, s[fp + code[pc + 2]!]!, true); pc += 3; continue;
      case 177: /* f64.convert_i32_u */ view.setFloat64((fp + code[pc + 1]!) << 2, s[fp + code[pc + 2]!]! >>> 0, true); pc += 3; continue;
      case 178: /* f64.promote_f32 */ {
        const x = view.getFloat32((fp + code[pc + 2]!) << 2, true);
        if (!Number.isNaN(x)) view.setFloat64((fp + code[pc + 1]!) << 2, x, true);
        else { s[fp + code[pc + 1]!] = 0; s[fp + code[pc + 1]! + 1] = 0x7ff80000; }
        pc += 3; continue;
      }
      case 179: /* f32.demote_f64 */ {
        const x = view.getFloat64((fp + code[pc + 2]!) << 2, true);
        if (!Number.isNaN(x)) view.setFloat32((fp + code[pc + 1]!) << 2, x, true);
        else s[fp + code[pc + 1]!] = 0x7fc00000;
        pc += 3; continue;
      }
      // All others on numbers and vectors.
      case 180: /* pure1 */ PURE[code[pc + 2]!]!(s, fp + code[pc + 1]!, fp + code[pc + 3]!, 0, 0); pc += 4; continue;
      case 181: /* pure2 */ PURE[code[pc + 2]!]!(s, fp + code[pc + 1]!, fp + code[pc + 3]!, fp + code[pc + 4]!, 0); pc += 5; continue;
      case 182: /* pure3 */ PURE[code[pc + 2]!]!(s, fp + code[pc + 1]!, fp + code[pc + 3]!, fp + code[pc + 4]!, fp + code[pc + 5]!); pc += 6; continue;
      case 183: /* pure1# */ PURE[code[pc + 2]!]!(s, fp + code[pc + 1]!, fp + code[pc + 3]!, code[pc + 4]!, 0); pc += 5; continue;
      case 184: /* pure2# */ PURE[code[pc + 2]!]!(s, fp + code[pc + 1]!, fp + code[pc + 3]!, fp + code[pc + 4]!, code[pc + 5]!); pc += 6; continue;
      case 185: /* shuffle */ shuffle(s, fp + code[pc + 1]!, fp + code[pc + 2]!, fp + code[pc + 3]!, code, pc + 4); pc += 8; continue;
      case 186: /* silent */ {
        const silent = linked.code.silents[code[pc + 2]!]!;
        const trapped = performSilent(s, linked.module, silent, fp + code[pc + 1]!, fp + code[pc + 3]!, fp + code[pc + 4]!, fp + code[pc + 5]!);
        if (trapped !== null) return end(thread, pc, fp, trapped);
        pc += 6; continue;
      }
      case 187: /* call_ref */ case 188: /* return_call */ case 189: /* return_call_ref */ case 190: /* throw */ case 191: /* throw_ref */ break;
      default: throw new Bug(`operation ${code[pc]}`);
    }

    // Reached by calls and throws.
    if (code[pc] === CALL || code[pc]! >= FIRST_TRANSFER) {
      thread.pc = pc;
      thread.fp = fp;
      thread.fuel = fuel;
      const request = transfer(thread);
      if (request !== null) {
        const answered = world === null || thread.host === null ? null : world.answer(request);
        if (answered === null) return request;
        takeHost(thread, answered);
        if (frames.length === 0) return finish(thread, thread.live);
      }
      ({ words: s, view, pc, fp, fuel } = thread);
      linked = frames[frames.length - 1]!;
      code = linked.code.words;
      memory = world === null ? null : world.memory(linked);
      continue;
    }

    // Reached by events, and by accesses of memory 0 that need a request.
    const event = linked.code.events[code[pc + 2]!]!;
    const d = fp + code[pc + 1]!;
    const a = fp + code[pc + 4]!;
    const b = fp + code[pc + 5]!;
    const c = fp + code[pc + 6]!;
    if (world === null || !world.perform(thread, linked, event, d, a, b, c)) {
      const request = askEvent(thread, linked.module, event, d, a, b, c);
      if (request !== null) {
        if (request.kind === 'trap') return end(thread, pc, fp, request);
        const answered = world === null ? null : world.answer(request);
        if (answered === null) {
          thread.pc = pc;
          thread.fp = fp;
          thread.live = fp + code[pc + 3]!;
          thread.fuel = fuel;
          return request;
        }
        const trapped = takeAnswer(thread, linked.module, event, d, a, b, answered);
        if (trapped !== null) return end(thread, pc, fp, trapped);
      }
    }
    pc += EVENT_WORDS;
  }
}
