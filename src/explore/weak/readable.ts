import type { Access } from '../../event/action.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Assumptions } from '../../model/model.ts';
import type { ThreadNames } from '../thread-names.ts';
import type { Progress, Shape } from './shapes.ts';
import { synchronises } from './synchronises.ts';

/** What a read takes no unit from in any consistent execution of a model with hb-consistent-1 and -3 (proofs-notes/enumeration.md, Lemma 3). */

/** Whether the program's structure lets the thread, having come so far, read this write of another thread. */
export function mayBeRead(shape: Shape, reader: ThreadId, progress: Progress, names: ThreadNames): boolean {
  if (shape.thread === reader || shape.joined.has(reader)) return false;
  const fromReader = names.childTowards(reader, shape.thread);
  if (fromReader !== null) return progress.forked.has(fromReader);
  const fromWriter = names.childTowards(shape.thread, reader);
  return fromWriter === null || shape.forked.has(fromWriter);
}

/** Whether the read takes from a write that synchronises with it, which is after the initial writes, and from an initial one all the same. */
export function hidesInit(access: Access, sources: readonly Shape[], assumes: Assumptions): boolean {
  if (access.order === 'unord') return false;
  return sources.some(({ order }) => order === 'init') && sources.some((s) => synchronises(s, access, assumes));
}
