import { command } from './asking.ts';
import type { TimeCommand } from './calls.ts';
import { now } from './state.ts';

/** Keys of this room; they are told beside its buttons. */
export const KEYS: readonly (readonly [key: string, what: string])[] = [
  ['1 … 9', 'a step of that thread'],
  ['Shift+1 … 9', 'that thread to its next event'],
  ['→ ←', 'a step on, back'],
  ['↓ ↑', 'to the next event, the one before'],
  ['End Home', 'to the end, the start'],
];

const BY_KEY: Readonly<Record<string, TimeCommand>> = {
  ArrowRight: { kind: 'forward' },
  ArrowLeft: { kind: 'back' },
  ArrowDown: { kind: 'nextEvent' },
  ArrowUp: { kind: 'previousEvent' },
  End: { kind: 'end' },
  Home: { kind: 'start' },
};

export function onKey(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey || isField(event.target)) return;
  const it = commandOf(event);
  if (it === null) return;
  event.preventDefault();
  void command(it);
}

function commandOf({ key, code, shiftKey }: KeyboardEvent): TimeCommand | null {
  const digit = /^Digit([1-9])$/.exec(code)?.[1];
  if (digit !== undefined) {
    const thread = now.peek()?.moment.threads[Number(digit) - 1];
    if (thread === undefined) return null;
    return shiftKey ? { kind: 'event', thread: thread.id } : { kind: 'step', thread: thread.id, choice: null };
  }
  return BY_KEY[key] ?? null;
}

/** Where keys are for writing and choosing. */
function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
}
