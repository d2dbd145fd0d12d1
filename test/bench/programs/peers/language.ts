/**
 * A language small enough to be printed as Wasm, as C and, without loops, as herd's C litmus, so that every tool is given the same program. Memory is words of
 * 32 bits: `shared` ones are accessed atomically and sequentially consistently, `plain` ones not atomically. A pointer is the number of a shared word; 0 is none.
 */
export type Expression =
  | number
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'shared'; readonly at: Expression }
  | { readonly kind: 'plain'; readonly at: Expression }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly a: Expression; readonly b: Expression }
  | { readonly kind: 'not'; readonly of: Expression }
  /** The second is evaluated only where the first does not decide. */
  | { readonly kind: 'both' | 'either'; readonly a: Expression; readonly b: Expression }
  | { readonly kind: 'exchange' | 'fetchAdd'; readonly at: Expression; readonly value: Expression }
  /** Gives what it finds; stores the value where that is as expected. */
  | {
      readonly kind: 'compareExchange';
      readonly at: Expression;
      readonly expected: Expression;
      readonly value: Expression;
    };

export type Operator = '+' | '-' | '*' | '%' | '&' | '==' | '!=' | '<' | '>=';

export type Statement =
  | { readonly kind: 'set'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'store'; readonly to: 'shared' | 'plain'; readonly at: Expression; readonly value: Expression }
  | { readonly kind: 'drop'; readonly value: Expression }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  /** For ever, but for `leave` and `again` with its name. */
  | { readonly kind: 'forever'; readonly label: string; readonly body: readonly Statement[] }
  | { readonly kind: 'leave' | 'again'; readonly label: string }
  | { readonly kind: 'while'; readonly condition: Expression }
  | { readonly kind: 'times'; readonly count: number; readonly index: string; readonly body: readonly Statement[] };

export interface Thread {
  /** Threads with the same function of the same argument are symmetric. */
  readonly run: string;
  /** The local `me` there. */
  readonly me: number;
}

export interface PeerProgram {
  readonly name: string;
  readonly functions: Readonly<Record<string, readonly Statement[]>>;
  readonly threads: readonly Thread[];
  /** Shared words that do not begin as 0. */
  readonly initial: Readonly<Record<number, number>>;
  /** True after all threads ended, if the algorithm is right. */
  readonly check: Expression | null;
}

export function local(name: string): Expression {
  return { kind: 'local', name };
}
export const ME = local('me');

export function load(at: Expression): Expression {
  return { kind: 'shared', at };
}
export function plain(at: Expression): Expression {
  return { kind: 'plain', at };
}
export function store(at: Expression, value: Expression): Statement {
  return { kind: 'store', to: 'shared', at, value };
}
export function storePlain(at: Expression, value: Expression): Statement {
  return { kind: 'store', to: 'plain', at, value };
}
export function binary(a: Expression, operator: Operator, b: Expression): Expression {
  return { kind: 'binary', operator, a, b };
}
export function not(of: Expression): Expression {
  return { kind: 'not', of };
}
export function both(a: Expression, b: Expression): Expression {
  return { kind: 'both', a, b };
}
export function either(a: Expression, b: Expression): Expression {
  return { kind: 'either', a, b };
}
export function exchange(at: Expression, value: Expression): Expression {
  return { kind: 'exchange', at, value };
}
export function fetchAdd(at: Expression, value: Expression): Expression {
  return { kind: 'fetchAdd', at, value };
}
export function compareExchange(at: Expression, expected: Expression, value: Expression): Expression {
  return { kind: 'compareExchange', at, expected, value };
}
export function set(name: string, value: Expression): Statement {
  return { kind: 'set', name, value };
}
export function drop(value: Expression): Statement {
  return { kind: 'drop', value };
}
export function when(
  condition: Expression,
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement {
  return { kind: 'if', condition, then, otherwise };
}
export function forever(label: string, body: readonly Statement[]): Statement {
  return { kind: 'forever', label, body };
}
export function leave(label: string): Statement {
  return { kind: 'leave', label };
}
export function again(label: string): Statement {
  return { kind: 'again', label };
}
/** An await: goes round while the condition holds. */
export function spinWhile(condition: Expression): Statement {
  return { kind: 'while', condition };
}
export function times(count: number, index: string, body: readonly Statement[]): Statement {
  return { kind: 'times', count, index, body };
}

/** The locals that statements set, `me` apart. */
export function localsOf(statements: readonly Statement[]): string[] {
  return [...new Set(statements.flatMap(localsOfOne))];
}

function localsOfOne(statement: Statement): string[] {
  switch (statement.kind) {
    case 'set':
      return [statement.name];
    case 'if':
      return [...localsOf(statement.then), ...localsOf(statement.otherwise)];
    case 'forever':
      return localsOf(statement.body);
    case 'times':
      return [statement.index, ...localsOf(statement.body)];
    default:
      return [];
  }
}
