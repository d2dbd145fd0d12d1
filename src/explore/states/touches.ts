import type { Order } from '../../event/action.ts';
import { lengthRead } from '../../event/answer.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Request } from '../../event/request.ts';

/** A set of small numbers, as bits; missing words are zero. */
export type Bits = Uint32Array;

export function intersects(a: Bits, b: Bits): boolean {
  const words = Math.min(a.length, b.length);
  for (let w = 0; w < words; w++) if (((a[w] as number) & (b[w] as number)) !== 0) return true;
  return false;
}

/** Something that steps may touch: a range of a region, a wait queue, the fate of a group. */
export interface Touch {
  /** Touches of different spaces never meet. */
  readonly space: string;
  readonly start: number;
  readonly end: number;
  readonly writes: boolean;
  /** How it accesses data, if it does: for races. */
  readonly order: Order | null;
}

/** All queues at once: a trap that ends threads takes them out of theirs. */
const QUEUES = 'queues';

/**
 * What a thread's next step may touch, whatever it reads. More than it does is allowed, less is not.
 * A step of a group reads the group's fate, which a trap decides. Growth touches its new units only through the length, which all who reach them read.
 */
export function touchesOf(request: Request, group: ThreadId, groupOf: (id: ThreadId) => ThreadId): Touch[] {
  const touches: Touch[] = [point(`group ${group}`, request.kind === 'trap')];
  switch (request.kind) {
    case 'access':
      for (const { kind, region, offset, size, order } of request.actions) {
        const writes = kind !== 'rd';
        touches.push({ space: `region ${region}`, start: offset, end: offset + size, writes, order });
      }
      break;
    case 'wait': {
      const { region, offset, size, order } = request.read;
      touches.push({ space: `region ${region}`, start: offset, end: offset + size, writes: false, order });
      touches.push(queueTouch(request.queue.region, request.queue.offset), point(QUEUES, false));
      break;
    }
    case 'notify':
      touches.push(queueTouch(request.region, request.offset), point(QUEUES, false));
      break;
    case 'join':
      touches.push(point(`group ${groupOf(request.thread)}`, false));
      break;
    case 'trap':
      touches.push(point(QUEUES, true));
      break;
    default:
  }
  const length = 'bounds' in request || request.kind === 'grow' ? lengthRead(request) : null;
  if (length !== null) {
    const writes = request.kind === 'grow';
    touches.push({ space: `region ${length.region}`, start: 0, end: 1, writes, order: length.order });
  }
  return touches;
}

function point(space: string, writes: boolean): Touch {
  return { space, start: 0, end: 1, writes, order: null };
}

function queueTouch(region: number, offset: number): Touch {
  return point(`queue ${region}+${offset}`, true);
}

/** Touches by number, and which of them conflict. A class because the tables are hidden. */
export class Touches {
  readonly #touches: Touch[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #bySpace = new Map<string, number[]>();
  readonly #conflicts: Bits[] = [];
  readonly #races: Bits[] = [];

  get count(): number {
    return this.#touches.length;
  }

  number(touch: Touch): number {
    const key = `${touch.space} ${touch.start} ${touch.end} ${touch.writes} ${touch.order}`;
    const old = this.#numbers.get(key);
    if (old !== undefined) return old;
    const id = this.#touches.length;
    this.#touches.push(touch);
    this.#numbers.set(key, id);
    this.#conflicts.push(new Uint32Array(1));
    this.#races.push(new Uint32Array(1));
    const others = this.#bySpace.get(touch.space) ?? [];
    this.#bySpace.set(touch.space, others);
    others.push(id);
    for (const other of others) {
      const b = this.#touches[other] as Touch;
      if (!meet(touch, b)) continue;
      this.#pair(this.#conflicts, id, other);
      if (mayRace(touch, b)) this.#pair(this.#races, id, other);
    }
    return id;
  }

  /** What conflicts with some of the touches. */
  conflictsOf(touches: readonly number[]): Bits {
    return this.#union(this.#conflicts, touches);
  }

  /** What may race with some of the touches. */
  racesOf(touches: readonly number[]): Bits {
    return this.#union(this.#races, touches);
  }

  #pair(rows: Bits[], a: number, b: number): void {
    rows[a] = withBit(rows[a] as Bits, b);
    rows[b] = withBit(rows[b] as Bits, a);
  }

  #union(rows: readonly Bits[], touches: readonly number[]): Bits {
    const union = new Uint32Array(Math.ceil(this.count / 32));
    for (const touch of touches) (rows[touch] as Bits).forEach((word, w) => (union[w] = (union[w] as number) | word));
    return union;
  }
}

export function withBit(bits: Bits, bit: number): Bits {
  const word = bit >>> 5;
  let grown = bits;
  if (word >= bits.length) {
    grown = new Uint32Array(word + 1);
    grown.set(bits);
  }
  grown[word] = (grown[word] as number) | (1 << (bit & 31));
  return grown;
}

function meet(a: Touch, b: Touch): boolean {
  return (a.writes || b.writes) && a.start < b.end && b.start < a.end;
}

/** Two accesses of which the order matters, and which are not both sequentially consistent on one range. */
function mayRace(a: Touch, b: Touch): boolean {
  if (a.order === null || b.order === null) return false;
  return !(a.order === 'seqcst' && b.order === 'seqcst' && a.start === b.start && a.end === b.end);
}
