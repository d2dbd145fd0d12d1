import type { Event, Execution } from '../../../event/execution.ts';
import { fieldOf } from '../../../event/location.ts';
import type { Region } from '../../../event/location.ts';
import type { Units } from '../../../event/units.ts';
import type { Rows } from '../../../rel/rows.ts';
import { ACQREL, INIT, SEQCST, UNORDERED } from '../../accesses.ts';
import { MOST, Numbers, sameUnits } from '../../quick/numbers.ts';
import type { Frame } from '../view.ts';

const MOST_PIECES = 128;

/**
 * The cells of an execution (wasm-cells.ts) by numbers, in memory that is used again. A region is cut into pieces wherever an access starts or ends or a read goes on to another
 * write; a cell is an access and a piece of it. Sets and rows are of cells.
 */
export class SmallCells extends Numbers implements Frame {
  size = 0;
  readonly eventOf = new Int32Array(MOST);
  #execution: Execution | null = null;

  /** By range: its pieces, ascending. */
  readonly #firstPiece = new Int32Array(2 * MOST_PIECES);
  readonly #endPiece = new Int32Array(2 * MOST_PIECES);
  #pieces = 0;
  readonly #pieceStart = new Float64Array(MOST_PIECES);
  readonly #pieceEnd = new Float64Array(MOST_PIECES);
  /** Whether more than initial writes access it. */
  readonly #touched = new Int32Array(MOST_PIECES);
  readonly #points = new Float64Array(MOST_PIECES);

  /** By piece: its cells; by piece and event: the cell that writes it. */
  readonly #pieceCells = new Int32Array(MOST_PIECES);
  readonly #writing = new Int32Array(MOST_PIECES * MOST);
  /** By event, range, thread: its cells. By read and write: its cells, and the first of them. */
  readonly #eventCells = new Int32Array(MOST);
  readonly #rangeCells = new Int32Array(2 * MOST_PIECES);
  readonly #threadCells = new Int32Array(MOST);
  readonly #firstOfRead = new Int32Array(MOST_PIECES);

  /** By cell: its piece, range (-1 where it has none), the cells of its access, and the units it writes (reads, if it does not write) and reads (writes). */
  readonly #piece = new Int32Array(MOST);
  readonly #range = new Int32Array(MOST);
  readonly #access = new Int32Array(MOST);
  readonly #left: Units[] = [];
  readonly #right: Units[] = [];

  #reading = 0;
  #writingCells = 0;
  #updating = 0;
  #initial = 0;
  #fencing = 0;
  #unordered = 0;
  #acqrel = 0;
  #seqcst = 0;
  #tearFree = 0;
  #firsts = 0;

  /** Reads an execution; false if it has more cells than fit. */
  take(execution: Execution): boolean {
    if (!this.read(execution, 'acqrel') || this.reads > MOST_PIECES || this.ranges > 2 * MOST_PIECES) return false;
    this.#execution = execution;
    this.size = this.#pieces = 0;
    this.#reading = this.#writingCells = this.#updating = this.#initial = this.#fencing = this.#firsts = 0;
    this.#unordered = this.#acqrel = this.#seqcst = this.#tearFree = 0;
    for (let e = 0; e < this.count; e++) this.#eventCells[e] = 0;
    for (let t = 0; t < this.threads; t++) this.#threadCells[t] = 0;
    for (let g = 0; g < this.regions; g++) if (!this.#cut(g)) return false;
    for (let r = 0; r < this.reads; r++) if (!this.#cellsOfRead(r)) return false;
    for (let w = 0; w < this.writes; w++) if (this.updates[w] === 0 && !this.#cellsOfWrite(w)) return false;
    return this.#otherCells(execution);
  }

  /** Cuts a region; which pieces its ranges are. */
  #cut(region: number): boolean {
    let points = 0;
    for (let i = 0; i < this.ranges; i++) {
      if (this.rangeRegion[i] !== region) continue;
      if (this.rangeStart[i] === this.rangeEnd[i]) return false;
      points = this.#point(this.rangeStart[i] as number, points);
      points = this.#point(this.rangeEnd[i] as number, points);
      if (points > MOST_PIECES - 2) return false;
    }
    for (let r = 0; r < this.reads; r++) {
      if (this.readRegion[r] !== region) continue;
      const end = this.firstSource[r + 1] as number;
      for (let s = (this.firstSource[r] as number) + 1; s < end; s++) {
        points = this.#point(this.sourceFrom[s] as number, points);
        if (points > MOST_PIECES - 2) return false;
      }
    }
    const first = this.#pieces;
    if (first + points > MOST_PIECES) return false;
    for (let i = 0; i + 1 < points; i++) {
      const p = this.#pieces++;
      this.#pieceStart[p] = this.#points[i] as number;
      this.#pieceEnd[p] = this.#points[i + 1] as number;
      this.#touched[p] = this.#pieceCells[p] = 0;
    }
    for (let i = 0; i < this.ranges; i++) {
      if (this.rangeRegion[i] !== region) continue;
      let p = first;
      while (p < this.#pieces && (this.#pieceStart[p] as number) < (this.rangeStart[i] as number)) p++;
      this.#firstPiece[i] = p;
      while (p < this.#pieces && (this.#pieceStart[p] as number) < (this.rangeEnd[i] as number)) {
        if (this.rangeAccessed[i] === 1) this.#touched[p] = 1;
        p++;
      }
      this.#endPiece[i] = p;
      this.#rangeCells[i] = 0;
    }
    return true;
  }

  /** Puts a point among so many, which are ascending; how many there are then. */
  #point(at: number, count: number): number {
    const points = this.#points;
    let i = count;
    while (i > 0 && (points[i - 1] as number) > at) i--;
    if (i > 0 && points[i - 1] === at) return count;
    for (let j = count; j > i; j--) points[j] = points[j - 1] as number;
    points[i] = at;
    return count + 1;
  }

  #cellsOfRead(r: number): boolean {
    const range = this.readRange[r] as number;
    const w = this.update[r] as number;
    const first = this.size;
    this.#firstOfRead[r] = first;
    for (let p = this.#firstPiece[range] as number; p < (this.#endPiece[range] as number); p++) {
      const units = this.readUnits[r] as Units;
      if (!this.#cell(this.readEvent[r] as number, range, p, w < 0 ? units : (this.written[w] as Units), units))
        return false;
      if (w >= 0) this.#writing[p * MOST + (this.readEvent[r] as number)] = this.size - 1;
    }
    const cells = this.#since(first);
    this.#reading |= cells;
    if (w >= 0) {
      this.#writingCells |= cells;
      this.#updating |= cells;
    }
    this.#mark(first, cells, this.readStrength[r] as number, this.readTearFree[r] as number);
    return true;
  }

  #cellsOfWrite(w: number): boolean {
    const range = this.writeRange[w] as number;
    const event = this.writeEvent[w] as number;
    const isInitial = this.writeStrength[w] === INIT;
    const first = this.size;
    const units = this.written[w] as Units;
    for (let p = this.#firstPiece[range] as number; p < (this.#endPiece[range] as number); p++) {
      if (isInitial && this.#touched[p] === 0) continue;
      if (!this.#cell(event, range, p, units, units)) return false;
      this.#writing[p * MOST + event] = this.size - 1;
    }
    const cells = this.#since(first);
    this.#writingCells |= cells;
    this.#mark(first, cells, this.writeStrength[w] as number, this.writeTearFree[w] as number);
    return true;
  }

  #cell(event: number, range: number, p: number, left: Units, right: Units): boolean {
    if (this.size === MOST) return false;
    const i = this.size++;
    const bit = 1 << i;
    this.eventOf[i] = event;
    this.#piece[i] = p;
    this.#range[i] = range;
    this.#left[i] = left;
    this.#right[i] = right;
    this.#pieceCells[p] = (this.#pieceCells[p] as number) | bit;
    this.#rangeCells[range] = (this.#rangeCells[range] as number) | bit;
    this.#ofEvent(event, bit);
    return true;
  }

  #ofEvent(event: number, bit: number): void {
    const t = this.threadOf[event] as number;
    if (this.#eventCells[event] === 0) this.#firsts |= bit;
    this.#eventCells[event] = (this.#eventCells[event] as number) | bit;
    this.#threadCells[t] = (this.#threadCells[t] as number) | bit;
  }

  /** The cells from number `first` on. */
  #since(first: number): number {
    return first === MOST ? 0 : this.#all() & (-1 << first);
  }

  #all(): number {
    return this.size === MOST ? -1 : (1 << this.size) - 1;
  }

  /** What the cells of an access are. */
  #mark(first: number, cells: number, strength: number, tearFree: number): void {
    for (let i = first; i < this.size; i++) this.#access[i] = cells;
    if (strength === INIT) this.#initial |= cells;
    else if (strength === UNORDERED) this.#unordered |= cells;
    else if (strength === ACQREL) this.#acqrel |= cells;
    else if (strength === SEQCST) this.#seqcst |= cells;
    if (tearFree === 1) this.#tearFree |= cells;
  }

  /** An event without accesses is one cell; what fences are. */
  #otherCells({ events }: Execution): boolean {
    for (let e = 0; e < this.count; e++) {
      const { fence } = events[e] as Event;
      if (this.#eventCells[e] === 0) {
        if (this.size === MOST) return false;
        const i = this.size++;
        this.eventOf[i] = e;
        this.#piece[i] = this.#range[i] = -1;
        this.#access[i] = 0;
        this.#ofEvent(e, 1 << i);
        if (fence === 'unord') this.#unordered |= 1 << i;
        else if (fence === 'acqrel') this.#acqrel |= 1 << i;
        else if (fence === 'seqcst') this.#seqcst |= 1 << i;
      }
      if (fence !== null) this.#fencing |= this.#eventCells[e] as number;
    }
    return true;
  }

  write(base: string, out: Rows, within?: Rows): void {
    const { size } = this;
    switch (base) {
      case 'E':
        out[0] = this.#all();
        return;
      case 'EV':
        out[0] = this.#firsts;
        return;
      case 'R':
        out[0] = this.#reading;
        return;
      case 'W':
        out[0] = this.#writingCells;
        return;
      case 'M':
        out[0] = this.#reading | this.#writingCells;
        return;
      case 'RMW':
        out[0] = this.#updating;
        return;
      case 'IW':
        out[0] = this.#initial;
        return;
      case 'F':
        out[0] = this.#fencing;
        return;
      case 'UN':
        out[0] = this.#unordered;
        return;
      case 'ACQREL':
        out[0] = this.#acqrel;
        return;
      case 'SC':
        out[0] = this.#seqcst;
        return;
      case 'TF':
        out[0] = this.#tearFree;
        return;
      case 'LEN':
        out[0] = this.#lengths();
        return;
      case 'po':
        this.#programOrder(out);
        return;
      case 'si':
        for (let i = 0; i < size; i++) out[i] = this.#eventCells[this.eventOf[i] as number] as number;
        return;
      case 'sa':
        for (let i = 0; i < size; i++) out[i] = this.#access[i] as number;
        return;
      case 'loc':
        for (let i = 0; i < size; i++)
          if ((this.#piece[i] as number) >= 0) out[i] = this.#pieceCells[this.#piece[i] as number] as number;
        return;
      case 'same-range':
        for (let i = 0; i < size; i++)
          if ((this.#range[i] as number) >= 0) out[i] = this.#rangeCells[this.#range[i] as number] as number;
        return;
      case 'int':
        for (let i = 0; i < size; i++) out[i] = this.#sameThread(i);
        return;
      case 'ext':
        for (let i = 0; i < size; i++) out[i] = this.#all() & ~this.#sameThread(i);
        return;
      case 'rf':
        this.#readsFrom(out);
        return;
      case 'same-value':
        this.#sameValue(out, within);
        return;
      case 'asw':
        for (const [from, to] of (this.#execution as Execution).asw)
          this.#addEvent(out, from, this.#eventCells[to] as number);
        return;
      case 'iw':
        this.#allocation(out);
        return;
    }
  }

  #lengths(): number {
    let lengths = 0;
    for (let i = 0; i < this.size; i++) {
      const range = this.#range[i] as number;
      if (range < 0) continue;
      const region = this.regionName[this.rangeRegion[range] as number] as Region;
      if (fieldOf(region) === 'length') lengths |= 1 << i;
    }
    return lengths;
  }

  #sameThread(i: number): number {
    return this.#threadCells[this.threadOf[this.eventOf[i] as number] as number] as number;
  }

  #addEvent(out: Rows, event: number, row: number): void {
    for (let left = this.#eventCells[event] as number; left !== 0; left &= left - 1) {
      const i = 31 - Math.clz32(left & -left);
      out[i] = (out[i] as number) | row;
    }
  }

  #programOrder(out: Rows): void {
    for (let e = 0; e < this.count; e++) {
      let later = 0;
      const thread = (this.threadEvents[this.threadOf[e] as number] as number) & ~((2 << e) - 1);
      for (let left = thread; left !== 0; left &= left - 1) {
        later |= this.#eventCells[31 - Math.clz32(left & -left)] as number;
      }
      if (later !== 0) this.#addEvent(out, e, later);
    }
  }

  #readsFrom(out: Rows): void {
    for (let r = 0; r < this.reads; r++) {
      const first = this.#firstPiece[this.readRange[r] as number] as number;
      const end = this.#endPiece[this.readRange[r] as number] as number;
      let s = this.firstSource[r] as number;
      for (let p = first; p < end; p++) {
        while ((this.sourceTo[s] as number) <= (this.#pieceStart[p] as number)) s++;
        const writer = this.writeEvent[this.sourceWrite[s] as number] as number;
        const i = this.#writing[p * MOST + writer] as number;
        out[i] = (out[i] as number) | (1 << ((this.#firstOfRead[r] as number) + p - first));
      }
    }
  }

  #sameValue(out: Rows, within: Rows | undefined): void {
    for (let i = 0; i < this.size; i++) {
      const p = this.#piece[i] as number;
      if (p < 0) continue;
      const among = this.#pieceCells[p] as number;
      const size = (this.#pieceEnd[p] as number) - (this.#pieceStart[p] as number);
      let row = 0;
      for (let left = within === undefined ? among : among & (within[i] as number); left !== 0; left &= left - 1) {
        const j = 31 - Math.clz32(left & -left);
        if (this.#equal(i, j, p, size)) row |= 1 << j;
      }
      out[i] = row;
    }
  }

  #equal(i: number, j: number, p: number, size: number): boolean {
    const start = this.#pieceStart[p] as number;
    const a = this.#left[i] as Units;
    const b = this.#right[j] as Units;
    const from = start - (this.rangeStart[this.#range[i] as number] as number);
    const to = start - (this.rangeStart[this.#range[j] as number] as number);
    return sameUnits(a, from, b, to, size);
  }

  #allocation(out: Rows): void {
    for (let o = 0; o < this.objects; o++) {
      const initialisers = this.initialisers[o] as number;
      if (initialisers === 0) continue;
      let accessing = 0;
      for (let left = this.accessors[o] as number; left !== 0; left &= left - 1) {
        accessing |= this.#eventCells[31 - Math.clz32(left & -left)] as number;
      }
      for (let left = initialisers; left !== 0; left &= left - 1) {
        const e = 31 - Math.clz32(left & -left);
        this.#addEvent(out, e, accessing & ~(this.#eventCells[e] as number));
      }
    }
  }
}
