import { assertNever } from '../../base/assert.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { err, ok } from '../../base/result.ts';
import type { Span } from '../../base/span.ts';
import type { BexProgram, Comparison, Expr, Flat, Operand, Read, Statement } from './ast.ts';

/** A choice of values for the parameters that a program uses, in their order. */
export type Bindings = ReadonlyMap<string, number | Comparison>;

/** More instances of one program than anybody explores. */
const MAX_INSTANCES = 10_000;

/** All choices for the parameters that the program uses, as in EMME; the last parameter varies fastest. */
export function instancesOf(program: BexProgram): Result<readonly Bindings[], readonly Diagnostic[]> {
  const uses = usedIn(program);
  const unknown = uses.filter(({ name }) => !program.params.some((param) => param.name === name));
  if (unknown.length > 0) return err(unknown.map(({ name, at }) => invalid(at, `unknown parameter <${name}>`)));
  const used = program.params.filter(({ name }) => uses.some((use) => use.name === name));
  const twice = program.params.filter(({ name }, i) => program.params.findIndex((p) => p.name === name) < i);
  if (twice.length > 0) return err(twice.map(({ name, at }) => invalid(at, `a second parameter ${name}`)));
  const [first] = used;
  const total = used.reduce((product, { values }) => product * values.length, 1);
  if (first !== undefined && total > MAX_INSTANCES)
    return err([invalid(first.at, `more than ${MAX_INSTANCES} choices of the parameters`)]);
  let instances: Bindings[] = [new Map()];
  for (const { name, values } of used)
    instances = instances.flatMap((bindings) => values.map((value) => new Map(bindings).set(name, value)));
  return ok(instances);
}

/** As one writes them: `val_param1=0 op_param=<`; empty where there are none. */
export function printBindings(bindings: Bindings): string {
  return [...bindings].map(([name, value]) => `${name}=${value}`).join(' ');
}

interface Use {
  readonly name: string;
  readonly at: Span;
}

function usedIn({ main, threads }: BexProgram): readonly Use[] {
  return [...main, ...threads.flatMap(({ body }) => body)].flatMap(inStatement);
}

function inStatement(statement: Statement): readonly Use[] {
  switch (statement.kind) {
    case 'for':
      return statement.body.flatMap(inFlat);
    case 'if': {
      const { left, comparison, right } = statement;
      const own = typeof comparison === 'string' ? [] : [{ name: comparison.parameter, at: comparison.at }];
      const parts = [...statement.then, ...statement.else].flatMap(inFlat);
      return [...inOperand(left), ...own, ...inOperand(right), ...parts];
    }
    default:
      return inFlat(statement);
  }
}

function inFlat(statement: Flat): readonly Use[] {
  return statement.kind === 'read' ? inRead(statement.read) : [...inExpr(statement.index), ...inExpr(statement.value)];
}

function inOperand(operand: Operand): readonly Use[] {
  return operand.kind === 'read' ? inRead(operand.read) : inExpr(operand.expr);
}

function inRead(read: Read): readonly Use[] {
  return [...inExpr(read.index), ...(read.kind === 'update' ? inExpr(read.value) : [])];
}

function inExpr(expr: Expr): readonly Use[] {
  switch (expr.kind) {
    case 'number':
      return [];
    case 'name':
      return expr.parameter ? [expr] : [];
    case 'negative':
      return inExpr(expr.of);
    case 'binary':
      return [...inExpr(expr.left), ...inExpr(expr.right)];
    default:
      return assertNever(expr);
  }
}

export function invalid(at: Span, message: string): Diagnostic {
  return { code: 'invalid', rule: 'Bex/name', severity: 'error', message, at };
}
