import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Source, Span } from '../../base/span.ts';
import type { BexProgram, Comparison, Expr, Flat, Operand, Read, Statement, View } from './ast.ts';
import type { Bindings } from './instances.ts';
import { invalid } from './instances.ts';
import { LineWriter } from './line-writer.ts';
import { ELEMENTS, f32Bytes, f64Text, integerText, isFloat, loadText, storeText, updateText } from './views.ts';

/**
 * A program of EMME as a script: each buffer a shared memory, each thread a function that returns what it read. What stands on a line of the program
 * stands on the same line of the script, so that places in reports are the program's.
 *
 * An aligned f32 access of Wasm does not tear, one of JavaScript's Float32Array may: it is a bulk access of four bytes here (from a data segment, or
 * to a memory of its own), which may.
 */

/** One value of an outcome: result `result` of the only action of a thread, with EMME's name. */
export interface ShownRead {
  readonly name: string;
  readonly thread: string;
  readonly result: number;
  /** The result that is 1 where the read was executed; null if it always is. */
  readonly executed: number | null;
}

export interface BexScript {
  readonly text: string;
  readonly reads: readonly ShownRead[];
}

/** Accesses of all threads together, loops unrolled, beyond which a program is refused. */
const MAX_ACCESSES = 1_000;

export function translate(program: BexProgram, source: Source, bindings: Bindings): BexScript | readonly Diagnostic[] {
  return new Translation(program, source, bindings).script();
}

/** A function in the making. */
interface Code {
  readonly thread: string;
  readonly writer: LineWriter;
  readonly locals: string[];
  readonly results: { readonly type: string; readonly local: string }[];
  /** Inside `if`: which reads are executed depends. */
  conditional: boolean;
}

class Translation {
  readonly #program: BexProgram;
  readonly #source: Source;
  readonly #bindings: Bindings;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #reads: ShownRead[] = [];
  readonly #data: string[] = [];
  readonly #ends = new Map<string, number>();
  /** Bytes of the memory to which singles are copied; each read has four of its own. */
  #scratch = 0;
  #events = 0;
  #accesses = 0;
  /** The loop's variable, with its value. */
  #loop: { readonly name: string; readonly value: number } | null = null;

  constructor(program: BexProgram, source: Source, bindings: Bindings) {
    this.#program = program;
    this.#source = source;
    this.#bindings = bindings;
  }

  script(): BexScript | readonly Diagnostic[] {
    const { buffers, main, threads } = this.#program;
    for (const [i, { name, at }] of buffers.entries()) {
      if (buffers.findIndex((other) => other.name === name) < i) this.#complain(at, `a second buffer ${name}`);
      this.#ends.set(name, 0);
      this.#events++;
    }
    const writer = new LineWriter(this.#source);
    if (main.length > 0) this.#function('main', main, writer);
    for (const [i, thread] of threads.entries()) {
      const earlier = threads.findIndex((other) => other.name === thread.name);
      if (earlier < i || thread.name === 'main') this.#complain(thread.at, `a second thread ${thread.name}`);
      writer.goTo(thread.at.start);
      this.#function(thread.name, thread.body, writer);
    }
    if (this.#diagnostics.length > 0) return this.#diagnostics;
    writer.write(')', '(register "bex")');
    for (const { name } of threads) writer.write(`(thread $${name} (shared (module $bex)) (invoke $bex "${name}"))`);
    if (main.length > 0) writer.write('(invoke "main")');
    for (const { name } of threads) writer.write(`(wait $${name})`);
    return { text: `(module $bex shared ${this.#declarations()} ${writer.text()}\n`, reads: this.#reads };
  }

  #declarations(): string {
    const memories = [...this.#ends].map(([name, end]) => {
      const pages = Math.max(1, Math.ceil(end / 65536));
      return `(memory $${name} (export "${name}") ${pages} ${pages} shared)`;
    });
    const scratch = this.#scratch === 0 ? [] : ['(memory $-copies 1 1 shared)'];
    const data = this.#data.map((bytes, i) => `(data $-f${i} shared "${bytes}")`);
    return [...memories, ...scratch, ...data].join(' ');
  }

  #function(thread: string, body: readonly Statement[], writer: LineWriter): void {
    const code: Code = { thread, writer, locals: [], results: [], conditional: false };
    const head = writer.later();
    for (const statement of body) this.#statement(statement, code);
    const types = code.results.map(({ type }) => type).join(' ');
    const result = types === '' ? '' : ` (result ${types})`;
    head(`(func (export "${thread}") shared${result} ${code.locals.join(' ')}`);
    writer.write(...code.results.map(({ local }) => `(local.get ${local})`), ')');
  }

  #statement(statement: Statement, code: Code): void {
    code.writer.goTo(statement.at.start);
    switch (statement.kind) {
      case 'for': {
        const first = this.#events;
        for (let value = statement.from; value <= statement.to && this.#diagnostics.length === 0; value++) {
          this.#loop = { name: statement.name, value };
          // An event in a loop has one number, and the loop's variable as suffix.
          this.#events = first;
          for (const inner of statement.body) this.#flat(inner, code);
        }
        this.#events = first + statement.body.length;
        this.#loop = null;
        return;
      }
      case 'if': {
        const left = this.#operand(statement.left, code);
        const right = this.#operand(statement.right, code);
        const { comparison } = statement;
        const given = typeof comparison === 'string' ? comparison : this.#bindings.get(comparison.parameter);
        if (typeof given !== 'string' && typeof comparison !== 'string')
          return this.#complain(comparison.at, `parameter <${comparison.parameter}> is no comparison`);
        code.writer.write(`(if ${compareText(left, given as Comparison, right)} (then`);
        code.conditional = true;
        for (const inner of statement.then) this.#flat(inner, code);
        code.writer.goTo(statement.elseAt.start);
        code.writer.write(') (else');
        for (const inner of statement.else) this.#flat(inner, code);
        code.writer.write('))');
        code.conditional = false;
        return;
      }
      default:
        return this.#flat(statement, code);
    }
  }

  #flat(statement: Flat, code: Code): void {
    code.writer.goTo(statement.at.start);
    if (statement.kind === 'read') {
      this.#read(statement.read, code);
      return;
    }
    const { view, index, value, atomic } = statement;
    const address = this.#access(view, index, atomic);
    this.#events++;
    const { element } = view;
    const number = this.#value(value);
    if (element === 'F32') {
      const segment = `$-f${this.#data.push(f32Bytes(number)) - 1}`;
      code.writer.write(`(memory.init $${view.buffer} ${segment} ${address} (i32.const 0) (i32.const 4))`);
    } else {
      const constant = element === 'F64' ? f64Text(number) : integerText(element, number);
      code.writer.write(storeText(element, `$${view.buffer}`, address, constant, atomic));
    }
  }

  /** Reads into a new local, which is shown. */
  #read(read: Read, code: Code): string {
    const { view, index } = read;
    const { element, buffer } = view;
    const isUpdate = read.kind === 'update';
    const address = this.#access(view, index, isUpdate || read.atomic);
    const name = `id${++this.#events}_${isUpdate ? 'M' : 'R'}_${code.thread}${this.#loop === null ? '' : `_${this.#loop.value}`}`;
    const { type } = ELEMENTS[element];
    const local = addResult(code, type);
    const executed = code.conditional ? addResult(code, 'i32') : null;
    this.#reads.push({
      name,
      thread: code.thread,
      result: code.results.findIndex((result) => result.local === local),
      executed: executed === null ? null : code.results.length - 1,
    });
    if (executed !== null) code.writer.write(`(local.set ${executed} (i32.const 1))`);
    const memory = `$${buffer}`;
    if (element === 'F32') {
      const aside = `(i32.const ${this.#scratch})`;
      this.#scratch += 4;
      code.writer.write(`(memory.copy $-copies ${memory} ${aside} ${address} (i32.const 4))`);
      code.writer.write(`(local.set ${local} (f32.load $-copies ${aside}))`);
      return local;
    }
    const text = isUpdate
      ? updateText(element, read.op, memory, address, integerText(element, this.#value(read.value)))
      : loadText(element, memory, address, read.atomic);
    code.writer.write(`(local.set ${local} ${text})`);
    return local;
  }

  /** The address of an access, whose buffer is made to have it. */
  #access({ buffer, element, at }: View, index: Expr, atomic: boolean): string {
    const end = this.#ends.get(buffer);
    if (end === undefined) this.#complain(at, `unknown buffer ${buffer}`);
    if (atomic && isFloat(element)) this.#complain(at, 'Atomics takes integers only');
    if (++this.#accesses === MAX_ACCESSES) this.#complain(at, `more than ${MAX_ACCESSES} accesses, loops unrolled`);
    const i = this.#value(index);
    const { bytes } = ELEMENTS[element];
    if (!Number.isInteger(i) || i < 0 || i >= 65536) {
      this.#complain(at, `index ${i} is none of an element`);
      return '(i32.const 0)';
    }
    this.#ends.set(buffer, Math.max(end ?? 0, (i + 1) * bytes));
    return `(i32.const ${i * bytes})`;
  }

  #operand(operand: Operand, code: Code): Compared {
    if (operand.kind === 'expr') return { kind: 'number', value: this.#value(operand.expr) };
    const { type } = ELEMENTS[operand.read.view.element];
    return { kind: 'local', local: this.#read(operand.read, code), type };
  }

  #value(expr: Expr): number {
    switch (expr.kind) {
      case 'number':
        return expr.value;
      case 'name': {
        const value = expr.parameter ? this.#bindings.get(expr.name) : this.#loopValue(expr.name);
        if (typeof value === 'number') return value;
        const what = expr.parameter ? `parameter <${expr.name}> is no number` : `unknown name ${expr.name}`;
        this.#complain(expr.at, what);
        return 0;
      }
      case 'negative':
        return -this.#value(expr.of);
      case 'binary':
        return calculate(expr.op, this.#value(expr.left), this.#value(expr.right));
    }
  }

  #loopValue(name: string): number | null {
    return this.#loop?.name === name ? this.#loop.value : null;
  }

  #complain(at: Span, message: string): void {
    this.#diagnostics.push(invalid(at, message));
  }
}

function addResult({ locals, results }: Code, type: string): string {
  const local = `$${results.length}`;
  locals.push(`(local ${local} ${type})`);
  results.push({ type, local });
  return local;
}

function calculate(op: '+' | '-' | '*' | '/', a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
  }
}

type Compared =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'local'; readonly local: string; readonly type: 'i32' | 'f32' | 'f64' };

const COMPARISONS: Readonly<Record<Comparison, string>> = { '==': 'eq', '<': 'lt', '>': 'gt', '<=': 'le', '>=': 'ge' };

/** A comparison of JavaScript's numbers. */
function compareText(left: Compared, comparison: Comparison, right: Compared): string {
  return `(f64.${COMPARISONS[comparison]} ${numberText(left)} ${numberText(right)})`;
}

function numberText(operand: Compared): string {
  if (operand.kind === 'number') return f64Text(operand.value);
  const get = `(local.get ${operand.local})`;
  if (operand.type === 'f64') return get;
  return operand.type === 'f32' ? `(f64.promote_f32 ${get})` : `(f64.convert_i32_s ${get})`;
}
