import type {
  Annotation,
  Data,
  Elem,
  Export,
  Expr,
  Global,
  Import,
  Local,
  Memory,
  Table,
  Tag,
  TypeDef,
} from '../syntax/module.ts';
import type { Span } from '../base/span.ts';
import { MAX_ALL_LOCALS } from '../syntax/limits.ts';
import { type Keyed, KeyedPart, pairsOf } from './keyed.ts';
import type { Malformed } from './malformed.ts';
import type { NameSpace } from './name-codes.ts';
import type { CodeContext, FuncNotes } from './read-code.ts';
import type { OrderReading } from './read-immediates.ts';
import type { Metadata } from './read-metadata.ts';
import type { Names } from './read-names.ts';

/** A module while its sections are read, with what its custom sections say about what is to come. */

/** A function's part of the code section. */
export interface Body {
  readonly id: string | null;
  readonly params: readonly (string | null)[];
  readonly locals: readonly Local[];
  readonly body: Expr;
  readonly at: Span;
}

/** Complaints after which no more are looked for. */
export const MAX_PROBLEMS = 100;

export class Building implements CodeContext {
  readonly orders: OrderReading;
  /** For constant expressions, which may name data segments without a data count section. */
  readonly constant: CodeContext;
  /** Bodies are checked only, and read again whenever they are asked for. */
  readonly lazy: boolean;
  names: Names | null = null;
  /** The code metadata of each function. */
  metadata: ReadonlyMap<number, readonly Metadata[]> = new Map();
  dataUse: Span | null = null;
  /** At most {@link MAX_PROBLEMS}. What is wrong with sections and function bodies, which are read whatever is wrong with others. */
  readonly problems: Malformed[] = [];

  readonly types: TypeDef[] = [];
  readonly recs: number[] = [];
  readonly imports: Import[] = [];
  /** Type indices of the defined functions. */
  readonly funcTypes: number[] = [];
  readonly tables: Table[] = [];
  readonly memories: Memory[] = [];
  readonly tags: Tag[] = [];
  readonly globals: Global[] = [];
  readonly exports: Export[] = [];
  start: { readonly func: number; readonly at: Span } | null = null;
  readonly elems: Elem[] = [];
  dataCount: { readonly count: number; readonly at: Span } | null = null;
  readonly bodies: Body[] = [];
  readonly datas: Data[] = [];

  /** How many things every index space has so far. */
  readonly #counts: Record<NameSpace, number> = {
    func: 0,
    type: 0,
    table: 0,
    memory: 0,
    global: 0,
    elem: 0,
    data: 0,
    tag: 0,
  };
  readonly #funcElements = new Map<number, Expr>();
  #localsLeft = MAX_ALL_LOCALS;

  constructor(orders: OrderReading, lazy: boolean) {
    this.orders = orders;
    this.constant = { orders, dataUse: null };
    this.lazy = lazy;
  }

  /**
   * The element of a segment that is a function, one object for each function: an index takes a byte and a constant expression over a
   * hundred. Its place is where it is first mentioned.
   */
  funcElement(x: number, at: Span): Expr {
    let element = this.#funcElements.get(x);
    if (element === undefined) {
      element = [{ kind: 'plain', op: 'ref.func', imm: { kind: 'index', x }, at }];
      this.#funcElements.set(x, element);
    }
    return element;
  }

  /** The name of the next thing of an index space. */
  nextId(space: NameSpace): string | null {
    const index = this.#counts[space]++;
    return this.names?.spaces[space].get(index) ?? null;
  }

  count(space: NameSpace): number {
    return this.#counts[space];
  }

  /** Whether the functions may have `count` locals more. */
  takeLocals(count: number): boolean {
    if (count > this.#localsLeft) return false;
    this.#localsLeft -= count;
    return true;
  }

  /** The names of a struct's fields. */
  fieldNames(type: number, count: number): readonly (string | null)[] {
    const names = this.names === null ? null : KeyedPart.of(this.names.spaces.field, type);
    return namesOf(names, count);
  }

  localNames(func: number): KeyedPart | null {
    return this.names === null ? null : KeyedPart.of(this.names.spaces.local, func);
  }

  /** The labels and annotations of the function whose body begins at `start`; null if there are none. */
  notesOf(func: number, start: number): FuncNotes | null {
    const labels = this.names === null ? null : KeyedPart.of(this.names.spaces.label, func);
    const metadata = this.metadata.get(func);
    if (labels === null && metadata === undefined) return null;
    const byOffset = metadata === undefined ? null : noted(func, metadata);
    return {
      label: (index) => labels?.get(index) ?? null,
      at(position) {
        const found = byOffset?.get(position - start);
        if (found === undefined) return null;
        for (const { entries } of found) entries.use();
        return found.map(({ id, text }) => ({ id, text }));
      },
    };
  }
}

interface Noted extends Annotation {
  readonly entries: Keyed;
}

/** The annotations of a function's instructions, by their offsets. */
function noted(func: number, metadata: readonly Metadata[]): ReadonlyMap<number, readonly Noted[]> {
  const byOffset = new Map<number, Noted[]>();
  for (const { id, entries } of metadata)
    for (const [offset, text] of pairsOf(entries, func)) {
      const others = byOffset.get(offset);
      if (others === undefined) byOffset.set(offset, [{ id, text, entries }]);
      else others.push({ id, text, entries });
    }
  return byOffset;
}

/** Names of the first `count` numbers. */
export function namesOf(
  names: { get(index: number): string | null } | null,
  count: number,
): readonly (string | null)[] {
  if (names === null) return unnamed(count);
  const all: (string | null)[] = [];
  for (let i = 0; i < count; i++) all.push(names.get(i));
  return all;
}

const UNNAMED: (readonly null[])[] = [];
const KEPT_UNNAMED = 256;

/** Lists of null, one object for each short length. */
export function unnamed(count: number): readonly null[] {
  if (count >= KEPT_UNNAMED) return new Array<null>(count).fill(null);
  return (UNNAMED[count] ??= new Array<null>(count).fill(null));
}
