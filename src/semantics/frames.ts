import { current, isDraft } from 'immer';
import type { Config, Frame, FrameState, State } from './config.ts';
import { Callers } from './config.ts';

/** Entering and leaving activations. */

/** The current activation, if there is one, waits until this one is left. */
export function enterFrame(z: Config, frame: Frame): void {
  if (z.frame !== null) z.callers = new Callers(suspended(z.frame), z.callers);
  z.frame = frame;
}

export function leaveFrame(z: Config): void {
  z.frame = z.callers === null ? null : ownFrame(z.callers.frame);
  z.callers = z.callers?.rest ?? null;
}

/** How many activations there are. */
export function depthOf({ frame, callers }: State): number {
  return frame === null ? 0 : 1 + (callers?.depth ?? 0);
}

/** The frame as it is now. */
function suspended(frame: Frame): FrameState {
  return isDraft(frame) ? (current(frame as object) as FrameState) : frame;
}

/** A frame to go on with; what may be changed of it is its own. */
export function ownFrame({ func, locals, labels }: FrameState): Frame {
  return { func, locals: [...locals], labels: labels.map((label) => ({ ...label, values: [...label.values] })) };
}
