import { assertNever } from '../../../../src/base/assert.ts';
import type { Expression, Operator, PeerProgram, Statement } from './language.ts';
import { localsOf } from './language.ts';

/** Plain words begin here, after all shared ones. */
const PLAIN = 4096;

const OPERATORS: Readonly<Record<Operator, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '%': 'rem_s',
  '&': 'and',
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt_s',
  '>=': 'ge_s',
};

/** The program as a script: a shared module, the threads, the waits, and the check as an assertion. */
export function inWasm(program: PeerProgram): string {
  const { name, functions, threads, initial, check } = program;
  const starts = [...new Map(threads.map((thread) => [startName(thread), thread])).values()];
  return `;; ${name}
(module $M shared
  (memory (export "mem") 1 1 shared)
${Object.entries(initial)
  .map(([at, value]) => `  (data (i32.const ${Number(at) * 4}) "${bytes(value)}")\n`)
  .join('')}${Object.entries(functions)
  .map(([run, body]) => functionText(run, body))
  .join('\n')}
${starts.map((t) => `  (func (export "${startName(t)}") shared (call $${t.run} (i32.const ${t.me})))`).join('\n')}${
  check === null ? '' : `\n  (func (export "check") shared (result i32) ${value(check)})`
})
(register "M")
${threads.map((thread, i) => `(thread $T${i} (shared (module $M)) (invoke $M "${startName(thread)}"))`).join('\n')}
${threads.map((_, i) => `(wait $T${i})`).join('\n')}
${check === null ? '' : '(assert_return (invoke $M "check") (i32.const 1))\n'}`;
}

function startName({ run, me }: { readonly run: string; readonly me: number }): string {
  return `${run}${me}`;
}

function functionText(run: string, body: readonly Statement[]): string {
  const locals = localsOf(body).map((name) => ` (local $${name} i32)`);
  return `  (func $${run} shared (param $me i32)${locals.join('')}\n${block(body, '    ')})`;
}

function bytes(value: number): string {
  return [0, 8, 16, 24].map((shift) => `\\${((value >> shift) & 255).toString(16).padStart(2, '0')}`).join('');
}

function block(statements: readonly Statement[], indent: string): string {
  return statements.map((statement) => indent + line(statement, indent)).join('\n');
}

function line(statement: Statement, indent: string): string {
  const inner = `${indent}  `;
  switch (statement.kind) {
    case 'set':
      return `(local.set $${statement.name} ${value(statement.value)})`;
    case 'store':
      return statement.to === 'shared'
        ? `(i32.atomic.store ${address(statement.at, 0)} ${value(statement.value)})`
        : `(i32.store ${address(statement.at, PLAIN)} ${value(statement.value)})`;
    case 'drop':
      return `(drop ${value(statement.value)})`;
    case 'if': {
      const otherwise =
        statement.otherwise.length === 0 ? '' : `\n${inner}(else\n${block(statement.otherwise, `${inner}  `)})`;
      return `(if ${value(statement.condition)}\n${inner}(then\n${block(statement.then, `${inner}  `)})${otherwise})`;
    }
    case 'forever':
      return `(block $leave-${statement.label} (loop $${statement.label}\n${block(statement.body, inner)}\n${inner}(br $${statement.label})))`;
    case 'leave':
      return `(br $leave-${statement.label})`;
    case 'again':
      return `(br $${statement.label})`;
    case 'while':
      return `(loop $spin (br_if $spin ${value(statement.condition)}))`;
    case 'times': {
      const index = `(local.get $${statement.index})`;
      return `(local.set $${statement.index} (i32.const 0))
${indent}(loop $${statement.index}
${block(statement.body, inner)}
${inner}(br_if $${statement.index} (i32.lt_s (local.tee $${statement.index} (i32.add ${index} (i32.const 1))) (i32.const ${statement.count}))))`;
    }
    default:
      return assertNever(statement);
  }
}

function address(at: Expression, base: number): string {
  if (typeof at === 'number') return `(i32.const ${base + at * 4})`;
  return base === 0
    ? `(i32.shl ${value(at)} (i32.const 2))`
    : `(i32.add (i32.const ${base}) (i32.shl ${value(at)} (i32.const 2)))`;
}

function value(expression: Expression): string {
  if (typeof expression === 'number') return `(i32.const ${expression})`;
  switch (expression.kind) {
    case 'local':
      return `(local.get $${expression.name})`;
    case 'shared':
      return `(i32.atomic.load ${address(expression.at, 0)})`;
    case 'plain':
      return `(i32.load ${address(expression.at, PLAIN)})`;
    case 'binary':
      return `(i32.${OPERATORS[expression.operator]} ${value(expression.a)} ${value(expression.b)})`;
    case 'not':
      return `(i32.eqz ${value(expression.of)})`;
    case 'both':
      return `(if (result i32) ${value(expression.a)} (then ${value(expression.b)}) (else (i32.const 0)))`;
    case 'either':
      return `(if (result i32) ${value(expression.a)} (then (i32.const 1)) (else ${value(expression.b)}))`;
    case 'exchange':
      return `(i32.atomic.rmw.xchg ${address(expression.at, 0)} ${value(expression.value)})`;
    case 'fetchAdd':
      return `(i32.atomic.rmw.add ${address(expression.at, 0)} ${value(expression.value)})`;
    case 'compareExchange':
      return `(i32.atomic.rmw.cmpxchg ${address(expression.at, 0)} ${value(expression.expected)} ${value(expression.value)})`;
    default:
      return assertNever(expression);
  }
}
