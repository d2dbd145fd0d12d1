/**
 * Every compiled function is given its caller's place in the stack and adds its own frame: in the low bits the number of frames, above them an
 * estimate of the bytes that they take of JavaScript's stack. Beyond a budget calls go on in the machine, whose stack is on the heap, so that the
 * depth at which calls trap does not depend on who runs them.
 */
const DEPTH_BITS = 14;
const UNIT_BYTES = 64;

/** Bytes that compiled code may take of V8's stack, of which Node gives about a megabyte. */
const BUDGET_BYTES = 400_000;

/** Places from which on calls go on in the machine. */
export const LAST_PLACE = Math.floor(BUDGET_BYTES / UNIT_BYTES) << DEPTH_BITS;

/** What a frame adds to a place, from the number of its variables and arguments: an interpreter's frame holds each in a word. */
export function frameOf(variables: number): number {
  const bytes = 8 * (variables + 32);
  return (Math.ceil(bytes / UNIT_BYTES) << DEPTH_BITS) + 1;
}

/** Frames at a place. */
export function depthAt(place: number): number {
  return place & ((1 << DEPTH_BITS) - 1);
}

/** What a host function's own frames may take. */
const HOST_FRAME = Math.ceil(8_000 / UNIT_BYTES) << DEPTH_BITS;

/** The place from which a host function that is called from there may call back: its depth begins anew, the stack does not. */
export function placeInHost(place: number): number {
  return Math.min((place >> DEPTH_BITS) << DEPTH_BITS, LAST_PLACE - HOST_FRAME) + HOST_FRAME;
}
