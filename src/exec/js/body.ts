import { known } from '../../base/assert.ts';
import type { Kind } from './parts.ts';
import type { Slot } from './slots.ts';
import { slotName } from './slots.ts';

/** What evaluating an expression may do. */
export const READS = 1;
export const TRAPS = 2;
export const WRITES = 4;

/**
 * An operand of the stack as JavaScript that has not been evaluated yet: it is evaluated where it is used, or before anything that would
 * tell the difference. An expression that writes is never kept.
 */
export interface Operand {
  readonly kind: Kind;
  /** Integers' expressions yield int32s. */
  readonly parts: readonly string[];
  /** A boolean expression: whether the int is not 0; null if it has no shorter one. */
  readonly test: string | null;
  /** Variables that it reads. */
  readonly reads: readonly string[];
  readonly effects: number;
  /** Of floats: a NaN's bits are its own. Otherwise any NaN is the canonical one. */
  readonly exact: boolean;
  /** A shorter expression of a float, for where a NaN's bits do not matter. */
  readonly loose?: string;
  readonly weight: number;
}

export const NO_READS: readonly string[] = [];

/** Where an expression becomes so large that it gets a variable. */
const HEAVY = 40;

const SIMPLE = /^(?:[\w$]+|\(-\d+\))$/;

export function isSimple({ parts }: Operand): boolean {
  return parts.every((part) => SIMPLE.test(part));
}

/** The variables that hold an operand of this kind at a height of the stack. */
export function placesAt(height: number, kind: Kind): readonly string[] {
  if (kind === 'int') return [`s${height}`];
  return kind === 'long' ? [`s${height}`, `t${height}`] : [`q${height}`];
}

/** Statements being written, and the operand stack. A class because the stack and the statements change together. */
export class Body {
  readonly lines: string[] = [];
  readonly stack: Operand[] = [];
  /** Integer variables and floats to be declared. */
  readonly variables = new Set<string>();
  /** Support functions and link-time values that the text names. */
  readonly support = new Set<string>();
  readonly slots = new Map<string, Slot>();

  get height(): number {
    return this.stack.length;
  }

  emit(line: string): void {
    this.lines.push(line);
  }

  /** The name of a support function, which is thereby used. */
  use(name: string): string {
    this.support.add(name);
    return name;
  }

  /** The name of a link-time value. */
  slot(slot: Slot): string {
    this.slots.set(slotName(slot), slot);
    return slotName(slot);
  }

  variable(name: string): string {
    this.variables.add(name);
    return name;
  }

  push(operand: Operand): void {
    this.stack.push(operand);
    if (operand.weight > HEAVY) this.flush(this.height - 1);
  }

  pop(): Operand {
    return known(this.stack.pop(), 'operand');
  }

  /** The operand as one that may be named any number of times; `depth` 0 is the top. */
  simplify(depth: number): void {
    const at = this.height - 1 - depth;
    if (!isSimple(known(this.stack[at], 'operand'))) this.flush(at);
  }

  /** Evaluates now what would not be the same after an effect. */
  before(effects: number, end = this.height): void {
    for (let k = 0; k < end; k++) {
      const operand = known(this.stack[k], 'operand');
      const early =
        ((operand.effects & TRAPS) !== 0 && (effects & (TRAPS | WRITES)) !== 0) ||
        ((operand.effects & READS) !== 0 && (effects & WRITES) !== 0);
      if (early) this.#place(k);
    }
  }

  /** Evaluates an operand into its own variables. */
  flush(k: number): void {
    this.before(known(this.stack[k], 'operand').effects & TRAPS, k);
    this.#place(k);
  }

  /** Makes a variable free to be assigned: whoever still reads it is evaluated. */
  release(name: string): void {
    for (let k = 0; k < this.height; k++) {
      const operand = known(this.stack[k], 'operand');
      if (operand.reads.includes(name) && !placesAt(k, operand.kind).includes(name)) this.flush(k);
    }
  }

  /**
   * Before control: everything is in its own variables or a constant, and the topmost `exact` operands are in their variables in any
   * case. What is evaluated afterwards may be evaluated on some paths only.
   */
  settle(exact: number): void {
    for (let k = 0; k < this.height; k++) {
      const operand = known(this.stack[k], 'operand');
      if (k >= this.height - exact || operand.reads.length > 0 || operand.effects !== 0) this.flush(k);
    }
  }

  /** Pushes a result that the statements made by `write`, which is given its variables, leave there. */
  result(kind: Kind, effects: number, write: (...places: string[]) => void): void {
    this.before(effects);
    const places = this.placesFor(kind);
    write(...places);
    this.pushPlaces(kind);
  }

  /** The variables of the next operand, free to be assigned. */
  placesFor(kind: Kind): readonly string[] {
    const places = placesAt(this.height, kind);
    for (const place of places) this.release(this.variable(place));
    return places;
  }

  pushPlaces(kind: Kind): void {
    const places = placesAt(this.height, kind);
    for (const place of places) this.variable(place);
    this.stack.push({ kind, parts: places, test: null, reads: places, effects: 0, exact: true, weight: 1 });
  }

  /** Assigns an operand that is no longer on the stack. */
  assign(names: readonly string[], operand: Operand): void {
    const [low = '', high] = names;
    const [part = '', highPart] = operand.parts;
    if (high !== undefined && highPart !== undefined) {
      if (part === low && highPart === high) return;
      if (operand.reads.includes(low)) {
        const scratch = this.variable('x');
        this.emit(`${scratch}=${part};${high}=${highPart};${low}=${scratch};`);
      } else this.emit(`${low}=${part};${high}=${highPart};`);
      return;
    }
    if (part !== low) this.emit(`${low}=${part};`);
    if (!operand.exact) this.emit(`if(${low}!==${low})${low}=${this.use('NUMBERS')}[0];`);
  }

  #place(k: number): void {
    const operand = known(this.stack[k], 'operand');
    const places = placesAt(k, operand.kind);
    for (const place of places) {
      this.variable(place);
      for (let j = 0; j < k; j++) if (known(this.stack[j], 'operand').reads.includes(place)) this.flush(j);
    }
    this.assign(places, operand);
    this.stack[k] = {
      kind: operand.kind,
      parts: places,
      test: null,
      reads: places,
      effects: 0,
      exact: true,
      weight: 1,
    };
  }
}

/** A float's expression with its NaN made canonical where it is not known to be its own. */
export function exactly(body: Body, { kind, parts, exact }: Operand): string {
  const [part = ''] = parts;
  if (exact || kind === 'int' || kind === 'long') return part;
  const scratch = body.variable('u');
  return `(${scratch}=${part},${scratch}===${scratch}?${scratch}:${body.use('NUMBERS')}[0])`;
}

/** A float where its NaN's bits do not matter. */
export function looseOf({ parts, loose }: Operand): string {
  return loose ?? parts[0] ?? '';
}

export function testOf({ parts, test }: Operand): string {
  return test ?? `${parts[0]}!==0`;
}

/** An operand made of others, evaluated in their order. */
export function compose(
  kind: Kind,
  parts: readonly string[],
  operands: readonly Operand[],
  more: { readonly test?: string; readonly effects?: number; readonly exact?: boolean; readonly loose?: string } = {},
): Operand {
  let effects = more.effects ?? 0;
  let weight = 1;
  for (const operand of operands) {
    effects |= operand.effects;
    weight += operand.weight;
  }
  const [first] = operands;
  const reads =
    operands.length === 1 && first !== undefined
      ? first.reads
      : operands.length === 0
        ? NO_READS
        : [...new Set(operands.flatMap((operand) => operand.reads))];
  return {
    kind,
    parts,
    test: more.test ?? null,
    reads,
    effects,
    exact: more.exact ?? true,
    weight,
    ...(more.loose !== undefined && { loose: more.loose }),
  };
}
