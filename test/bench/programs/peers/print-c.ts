import { assertNever } from '../../../../src/base/assert.ts';
import type { Expression, PeerProgram, Statement } from './language.ts';
import { localsOf } from './language.ts';

const SHARED = 512;
const PLAIN = 16;

/** The program in C, for GenMC: pthreads, joined by main, which asserts the check. */
export function inC(program: PeerProgram): string {
  const { name, functions, threads, initial, check } = program;
  const starts = [...new Map(threads.map((thread) => [startName(thread), thread])).values()];
  const values = Object.entries(initial).map(([at, value]) => `[${at}] = ${value}`);
  return `/* ${name} */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

static atomic_int shared[${SHARED}]${values.length === 0 ? '' : ` = {${values.join(', ')}}`};
static int plain[${PLAIN}];

static int compare_exchange(atomic_int *at, int expected, int value) {
  atomic_compare_exchange_strong(at, &expected, value);
  return expected;
}

${Object.entries(functions)
  .map(([run, body]) => functionText(run, body))
  .join('\n')}
${starts.map((t) => `static void *start_${startName(t)}(void *unused) { ${t.run}(${t.me}); return 0; }`).join('\n')}

int main(void) {
  pthread_t threads[${threads.length}];
${threads.map((thread, i) => `  pthread_create(&threads[${i}], 0, start_${startName(thread)}, 0);`).join('\n')}
${threads.map((_, i) => `  pthread_join(threads[${i}], 0);`).join('\n')}
${check === null ? '' : `  assert(${value(check)});\n`}  return 0;
}
`;
}

function startName({ run, me }: { readonly run: string; readonly me: number }): string {
  return `${run}${me}`;
}

function functionText(run: string, body: readonly Statement[]): string {
  const locals = localsOf(body);
  const declared = locals.length === 0 ? '' : `  int ${locals.map((name) => `${name} = 0`).join(', ')};\n`;
  return `static void ${run}(int me) {\n${declared}${block(body, '  ')}\n}`;
}

function block(statements: readonly Statement[], indent: string): string {
  return statements.map((statement) => indent + line(statement, indent)).join('\n');
}

function line(statement: Statement, indent: string): string {
  const inner = `${indent}  `;
  switch (statement.kind) {
    case 'set':
      return `${statement.name} = ${value(statement.value)};`;
    case 'store':
      return statement.to === 'shared'
        ? `atomic_store(&shared[${value(statement.at)}], ${value(statement.value)});`
        : `plain[${value(statement.at)}] = ${value(statement.value)};`;
    case 'drop':
      return `(void)${value(statement.value)};`;
    case 'if': {
      const otherwise =
        statement.otherwise.length === 0 ? '' : ` else {\n${block(statement.otherwise, inner)}\n${indent}}`;
      return `if (${value(statement.condition)}) {\n${block(statement.then, inner)}\n${indent}}${otherwise}`;
    }
    case 'forever': {
      const { label } = statement;
      const again = mentions(statement.body, 'again', label) ? `${indent}${label}_again:;\n` : '';
      const leave = mentions(statement.body, 'leave', label) ? `\n${indent}${label}_leave:;` : '';
      return `for (;;) {\n${again}${block(statement.body, inner)}\n${indent}}${leave}`;
    }
    case 'leave':
    case 'again':
      return `goto ${statement.label}_${statement.kind};`;
    case 'while':
      return `while (${value(statement.condition)}) {}`;
    case 'times': {
      const { index, count } = statement;
      return `for (${index} = 0; ${index} < ${count}; ${index}++) {\n${block(statement.body, inner)}\n${indent}}`;
    }
    default:
      return assertNever(statement);
  }
}

function mentions(statements: readonly Statement[], kind: 'leave' | 'again', label: string): boolean {
  return statements.some((statement) => {
    if (statement.kind === kind) return statement.label === label;
    if (statement.kind === 'if') return mentions([...statement.then, ...statement.otherwise], kind, label);
    if (statement.kind === 'forever' || statement.kind === 'times') return mentions(statement.body, kind, label);
    return false;
  });
}

function value(expression: Expression): string {
  if (typeof expression === 'number') return String(expression);
  switch (expression.kind) {
    case 'local':
      return expression.name;
    case 'shared':
      return `atomic_load(&shared[${value(expression.at)}])`;
    case 'plain':
      return `plain[${value(expression.at)}]`;
    case 'binary':
      return `(${value(expression.a)} ${expression.operator} ${value(expression.b)})`;
    case 'not':
      return `!${value(expression.of)}`;
    case 'both':
      return `(${value(expression.a)} && ${value(expression.b)})`;
    case 'either':
      return `(${value(expression.a)} || ${value(expression.b)})`;
    case 'exchange':
      return `atomic_exchange(&shared[${value(expression.at)}], ${value(expression.value)})`;
    case 'fetchAdd':
      return `atomic_fetch_add(&shared[${value(expression.at)}], ${value(expression.value)})`;
    case 'compareExchange':
      return `compare_exchange(&shared[${value(expression.at)}], ${value(expression.expected)}, ${value(expression.value)})`;
    default:
      return assertNever(expression);
  }
}
