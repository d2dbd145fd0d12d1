import { Bug } from '../../../../src/base/assert.ts';
import type { Expression, PeerProgram, Statement } from './language.ts';

/**
 * The program as herd's C litmus; loops of a fixed number of rounds are unrolled, and other loops, choices and plain words it cannot say. Expressions keep
 * their nesting but for accesses, each of which is given a register in the order in which Wasm makes them.
 */
export function inHerd(program: PeerProgram): string {
  const { name, functions, threads, initial } = program;
  const bodies = threads.map(({ run, me }) => new Thread(me).body(functions[run] ?? []));
  const words = [...new Set(bodies.flatMap((body) => [...body.matchAll(/\bx\d+\b/g)].map(([word]) => word)))].sort();
  const params = words.map((word) => `atomic_int* ${word}`).join(', ');
  const inits = Object.entries(initial).map(([at, value]) => `[x${at}] = ${value};`);
  return `C ${name.replaceAll(/\W/g, '-')}
{ ${inits.join(' ')} }
${bodies.map((body, t) => `P${t} (${params}) {\n${body}\n}`).join('\n')}
forall (true)
`;
}

/** One thread as it runs, with the values of its locals where they are constants. */
class Thread {
  readonly #me: number;
  readonly #lines: string[] = [];
  readonly #constants = new Map<string, number>();
  #registers = 0;

  constructor(me: number) {
    this.#me = me;
  }

  body(statements: readonly Statement[]): string {
    this.#all(statements);
    return this.#lines.join('\n');
  }

  #all(statements: readonly Statement[]): void {
    for (const statement of statements) this.#one(statement);
  }

  #one(statement: Statement): void {
    switch (statement.kind) {
      case 'store': {
        if (statement.to === 'plain') throw new Bug('a plain word in herd');
        const value = this.#value(statement.value);
        this.#lines.push(`  atomic_store_explicit(${this.#address(statement.at)}, ${value}, memory_order_seq_cst);`);
        return;
      }
      case 'drop':
        this.#value(statement.value);
        return;
      case 'times':
        for (let i = 0; i < statement.count; i++) {
          this.#constants.set(statement.index, i);
          this.#all(statement.body);
        }
        return;
      default:
        throw new Bug(`${statement.kind} in herd`);
    }
  }

  #address(at: Expression): string {
    return `x${this.#constant(at)}`;
  }

  #constant(expression: Expression): number {
    if (typeof expression === 'number') return expression;
    if (expression.kind === 'local')
      return expression.name === 'me' ? this.#me : (this.#constants.get(expression.name) ?? Number.NaN);
    if (expression.kind !== 'binary') throw new Bug(`${expression.kind} in an address for herd`);
    const [a, b] = [this.#constant(expression.a), this.#constant(expression.b)];
    if (expression.operator === '+') return a + b;
    if (expression.operator === '%') return a % b;
    throw new Bug(`${expression.operator} in an address for herd`);
  }

  #value(expression: Expression): string {
    if (typeof expression === 'number') return String(expression);
    switch (expression.kind) {
      case 'local':
        return String(this.#constant(expression));
      case 'shared':
        return this.#register(`atomic_load_explicit(${this.#address(expression.at)}, memory_order_seq_cst)`);
      case 'fetchAdd':
        return this.#register(
          `atomic_fetch_add_explicit(${this.#address(expression.at)}, ${this.#value(expression.value)}, memory_order_seq_cst)`,
        );
      case 'binary': {
        const a = this.#value(expression.a);
        return `(${a} ${expression.operator} ${this.#value(expression.b)})`;
      }
      default:
        throw new Bug(`${expression.kind} in herd`);
    }
  }

  #register(value: string): string {
    const register = `r${this.#registers++}`;
    this.#lines.push(`  int ${register} = ${value};`);
    return register;
  }
}
