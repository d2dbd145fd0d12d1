import * as ohm from 'ohm-js';
import type { Node } from 'ohm-js';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { err, ok } from '../../base/result.ts';
import type { Source, Span } from '../../base/span.ts';
import { lazy } from '../../text/grammars.ts';
import type {
  BexProgram,
  BexThread,
  Comparison,
  Element,
  Expr,
  Flat,
  Named,
  Operand,
  Param,
  Read,
  Statement,
  UpdateOp,
  View,
} from './ast.ts';
import { BEX_RECIPE } from './generated/recipe.ts';

/** What ohm's typings leave out; its own generated bundles call it. */
const { makeRecipe } = ohm as unknown as { makeRecipe(recipe: readonly unknown[]): ohm.Grammar };

export const bexGrammar = lazy(() => makeRecipe(JSON.parse(BEX_RECIPE) as unknown[]));
const bexSemantics = lazy(() => bexGrammar().createSemantics().addOperation('ast', actions()));

/** Reads a program; its names are not looked at. */
export function parseBex({ text }: Source): Result<BexProgram, readonly Diagnostic[]> {
  const match = bexGrammar().match(text, 'Program');
  if (match.succeeded()) return ok(bexSemantics()(match)['ast']() as BexProgram);
  // ohm's typings leave these public methods out.
  const failed = match as unknown as { getRightmostFailurePosition(): number; getExpectedText(): string };
  const start = failed.getRightmostFailurePosition();
  const message = `unexpected ${start < text.length ? JSON.stringify(text[start]) : 'end of file'}, expected ${failed.getExpectedText()}`;
  return err([{ code: 'malformed', rule: 'Bex/syntax', severity: 'error', message, at: { start, end: start + 1 } }]);
}

function ast<T>(node: Node): T {
  return node['ast']() as T;
}

function all<T>(list: Node): T[] {
  return list.children.map((child) => ast<T>(child));
}

function spanOf({ source }: Node): Span {
  return { start: source.startIdx, end: source.endIdx };
}

function binary(op: '+' | '-' | '*' | '/', left: Node, right: Node): Expr {
  return { kind: 'binary', op, left: ast(left), right: ast(right) };
}

function list(of: Node): string[] {
  return of.asIteration().children.map((child) => child.sourceString);
}

function actions(): ohm.ActionDict<unknown> {
  return {
    Program: (buffers, main, threads, params): BexProgram => ({
      buffers: all(buffers),
      main: all(main),
      threads: all(threads),
      params: params.children.flatMap((child) => ast<Param[]>(child)),
    }),
    Buffer: (_var, name, _is, _new, _class, _open, _close, _end): Named => ({
      name: name.sourceString,
      at: spanOf(name),
    }),
    Thread(_thread, name, body): BexThread {
      return { name: name.sourceString, body: ast(body), at: spanOf(this) };
    },
    Block: (_open, statements, _close) => all(statements),
    Statement: (statement) => ast(statement),
    Statement_simple: (statement, _end) => ast(statement),
    Flat: (statement, _end) => ast(statement),
    Simple(statement): Flat {
      if (statement.ctorName !== 'Update') return ast(statement);
      return { kind: 'read', read: ast(statement), at: spanOf(this) };
    },
    Print(_print, _open, read, _close): Flat {
      return { kind: 'read', read: ast(read), at: spanOf(this) };
    },
    Store_plain(view, _open, index, _close, _is, value): Flat {
      return { kind: 'store', view: ast(view), index: ast(index), value: ast(value), atomic: false, at: spanOf(this) };
    },
    Store_atomic(_store, _open, view, _comma, index, _comma2, value, _close): Flat {
      return { kind: 'store', view: ast(view), index: ast(index), value: ast(value), atomic: true, at: spanOf(this) };
    },
    Read_plain(view, _open, index, _close): Read {
      return { kind: 'load', view: ast(view), index: ast(index), atomic: false, at: spanOf(this) };
    },
    Read_atomic(_load, _open, view, _comma, index, _close): Read {
      return { kind: 'load', view: ast(view), index: ast(index), atomic: true, at: spanOf(this) };
    },
    Update(op, _open, view, _comma, index, _comma2, value, _close): Read {
      const name = op.sourceString.replace('Atomics.', '') as UpdateOp;
      return { kind: 'update', op: name, view: ast(view), index: ast(index), value: ast(value), at: spanOf(this) };
    },
    View(buffer, _minus, element): View {
      return { buffer: buffer.sourceString, element: element.sourceString as Element, at: spanOf(this) };
    },
    For(_for, _open, name, _is, from, _dots, to, _close, _begin, body, _end): Statement {
      const [first, last] = [Number(from.sourceString), Number(to.sourceString)];
      return { kind: 'for', name: name.sourceString, from: first, to: last, body: all(body), at: spanOf(this) };
    },
    If(_if, _open, left, comparison, right, _close, _begin, then, end, otherwise): Statement {
      return {
        kind: 'if',
        left: ast(left),
        comparison: ast(comparison),
        right: ast(right),
        then: all(then),
        else: otherwise.children.flatMap((child) => ast<Flat[]>(child)),
        elseAt: spanOf(end),
        at: spanOf(this),
      };
    },
    Else: (_else, _open, body, _close) => all(body),
    Operand: (operand): Operand =>
      operand.ctorName === 'Read' ? { kind: 'read', read: ast(operand) } : { kind: 'expr', expr: ast(operand) },
    Comparison_operator: (operator) => operator.sourceString,
    Comparison_parameter: (parameter) => ({ parameter: parameter.sourceString.slice(1, -1), at: spanOf(parameter) }),
    Expr_plus: (left, _op, right) => binary('+', left, right),
    Expr_minus: (left, _op, right) => binary('-', left, right),
    Product_times: (left, _op, right) => binary('*', left, right),
    Product_over: (left, _op, right) => binary('/', left, right),
    Factor_plus: (_op, factor) => ast(factor),
    Factor_minus: (_op, factor): Expr => ({ kind: 'negative', of: ast(factor) }),
    Factor_group: (_open, expr, _close) => ast(expr),
    Factor_number: (number): Expr => ({ kind: 'number', value: Number(number.sourceString) }),
    Factor_parameter: (parameter): Expr => ({
      kind: 'name',
      name: parameter.sourceString.slice(1, -1),
      parameter: true,
      at: spanOf(parameter),
    }),
    Factor_name: (name): Expr => ({ kind: 'name', name: name.sourceString, parameter: false, at: spanOf(name) }),
    Params: (_params, _open, params, _close) => all(params),
    Param: (name, _is, domain, _end): Param => ({ name: name.sourceString, values: ast(domain), at: spanOf(name) }),
    Domain_interval: (from, _dots, to) => range(Number(from.sourceString), Number(to.sourceString), 1),
    Domain_range: (from, _comma, to, _comma2, step) =>
      range(Number(from.sourceString), Number(to.sourceString), Number(step.sourceString)),
    Domain_operators: (_open, operators, _close) => list(operators) as Comparison[],
    Domain_numbers: (_open, numbers, _close) => list(numbers).map(Number),
  };
}

/** What a range reaches beyond its end for want of exact decimals. */
const SLACK = 1e-9;

/** `from`, `from + step`, … up to `to`. */
function range(from: number, to: number, step: number): number[] {
  if (step <= 0) return [from];
  const values: number[] = [];
  for (let k = 0; from + k * step <= to + SLACK * step; k++) values.push(from + k * step);
  return values;
}
