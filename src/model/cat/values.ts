import type { CatDiagnostic, Exp, Instruction, Pattern } from './ast.ts';
import type { Node } from './nodes.ts';
import type { Runtime } from './runtime-values.ts';

/**
 * What is known of a value before there is an execution: its type, and the node that computes it or what it is. A set `{}` or `_` takes the type
 * that its place asks for; of an `unknown` nothing is known, it stands for a recursive call.
 */
export type Value =
  | { readonly kind: 'set' | 'relation' | 'event' | 'pair'; readonly node: Node }
  | { readonly kind: 'empty' }
  | { readonly kind: 'universe' }
  | { readonly kind: 'unknown' }
  /** A tag; null is one that only the execution knows. */
  | { readonly kind: 'tag'; readonly type: string; readonly tag: string | null; readonly node: Node | null }
  /** A set of values other than events and pairs; `items` where they are known. */
  | { readonly kind: 'values'; readonly of: Type; readonly items: readonly Value[] | null; readonly node: Node | null }
  | { readonly kind: 'tuple'; readonly items: readonly Value[] }
  | Closure
  | { readonly kind: 'primitive'; readonly name: string }
  | Procedure
  /** Its definition does not hold: null if that has been said already, else it is said where the name is used. */
  | { readonly kind: 'poison'; readonly why: CatDiagnostic | null };

export interface Closure {
  readonly kind: 'closure';
  readonly fun: Exp & { readonly kind: 'fun' };
  scope: Scope;
  /** Bound by `let rec`. */
  readonly recursive: boolean;
}

export interface Procedure {
  readonly kind: 'procedure';
  readonly name: string;
  readonly parameters: Pattern;
  readonly body: readonly Instruction[];
  scope: Scope;
}

export type Type =
  | {
      readonly kind:
        | 'set'
        | 'relation'
        | 'event'
        | 'pair'
        | 'empty'
        | 'universe'
        | 'unknown'
        | 'function'
        | 'procedure';
    }
  | { readonly kind: 'tag'; readonly type: string }
  | { readonly kind: 'values'; readonly of: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[] };

/** The names in force at a place of a file: later definitions hide earlier ones. At run time, values of the execution too. */
export class Scope {
  readonly names: ReadonlyMap<string, Value | Runtime>;
  readonly parent: Scope | null;

  constructor(names: ReadonlyMap<string, Value | Runtime>, parent: Scope | null) {
    this.names = names;
    this.parent = parent;
  }

  get(name: string): Value | Runtime | undefined {
    return this.names.get(name) ?? this.parent?.get(name);
  }

  /** All names in force. */
  known(): Set<string> {
    return new Set([...this.names.keys(), ...(this.parent?.known() ?? [])]);
  }
}

export function typeOf(value: Value): Type {
  switch (value.kind) {
    case 'set':
    case 'relation':
    case 'event':
    case 'pair':
    case 'empty':
    case 'universe':
    case 'unknown':
    case 'procedure':
      return { kind: value.kind };
    case 'tag':
      return { kind: 'tag', type: value.type };
    case 'values':
      return { kind: 'values', of: value.of };
    case 'tuple':
      return { kind: 'tuple', items: value.items.map(typeOf) };
    case 'closure':
    case 'primitive':
      return { kind: 'function' };
    case 'poison':
      return { kind: 'unknown' };
  }
}

/** The type of what may be of either type; null if there is none. */
export function join(a: Type, b: Type): Type | null {
  if (a.kind === 'unknown') return b;
  if (b.kind === 'unknown') return a;
  if (a.kind === 'empty' || a.kind === 'universe') return isCollection(b) ? b : null;
  if (b.kind === 'empty' || b.kind === 'universe') return isCollection(a) ? a : null;
  if (a.kind === 'values' && b.kind === 'values') {
    const of = join(a.of, b.of);
    return of === null ? null : { kind: 'values', of };
  }
  if (a.kind === 'tuple' && b.kind === 'tuple') {
    if (a.items.length !== b.items.length) return null;
    const items = a.items.map((item, i) => join(item, b.items[i] as Type));
    return items.includes(null) ? null : { kind: 'tuple', items: items as Type[] };
  }
  if (a.kind === 'tag' && b.kind === 'tag') return a.type === b.type ? a : null;
  return a.kind === b.kind ? a : null;
}

function isCollection(type: Type): boolean {
  return ['set', 'relation', 'values', 'empty', 'universe'].includes(type.kind);
}

/** A type as messages say it. */
export function describeType(type: Type): string {
  switch (type.kind) {
    case 'set':
      return 'a set of events';
    case 'relation':
      return 'a relation';
    case 'event':
      return 'an event';
    case 'pair':
      return 'a pair of events';
    case 'empty':
      return '{}';
    case 'universe':
      return '_';
    case 'unknown':
      return 'a value';
    case 'function':
      return 'a function';
    case 'procedure':
      return 'a procedure';
    case 'tag':
      return `a tag of ${type.type}`;
    case 'values':
      return `a set whose elements are each ${describeType(type.of)}`;
    case 'tuple':
      return type.items.length === 0 ? '()' : `a tuple of ${type.items.length}`;
  }
}
