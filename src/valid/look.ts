import { assertNever } from '../base/assert.ts';
import type { Span } from '../base/span.ts';
import type { Instr, Module } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import type { Place } from '../syntax/written.ts';
import { moduleErrors } from './check.ts';
import type { Code } from './code.ts';
import { type Context, makeContext, type Thing } from './context.ts';
import { printId, printVal } from './describe.ts';
import { aboutThing, factsOf, nameOfInstr, ruleOf } from './look-facts.ts';
import { namedAt } from './look-names.ts';
import { type Operand, printOperands } from './operands.ts';
import { SHARING_PREMISES } from './premises.ts';

/** What there is to say of a place of a module's text, for who points at it. */
export interface Looked {
  readonly at: Span;
  /** `i32.store`, `memory $mem`. */
  readonly name: string;
  /** Of an instruction: the id of its typing rule; null of a definition. */
  readonly rule: string | null;
  /**
   * The operands of the innermost block before an instruction and after it, of a block its own type; `…` stands for any operands, where
   * the code is never reached. Null of a definition.
   */
  readonly stack: { readonly before: string; readonly after: string } | null;
  /** In words: what it mentions and whether that is shared, the type of a definition, the order of an access. */
  readonly facts: readonly string[];
}

/**
 * The instruction, the definition, or the parameter, local, field or name whose own words are at an offset of the text; null if there is none, and
 * of an instruction that is rejected. `place`: the word that is there, if the text is known.
 */
export function lookAt(module: Module, readings: Readings, offset: number, place: Place | null = null): Looked | null {
  // First, since instructions that nobody wrote stand where the names do that they are made of: `(elem $f)`.
  const named =
    place === null
      ? null
      : namedAt(
          makeContext(module, readings, SHARING_PREMISES, () => {}),
          place,
        );
  return named ?? instructionAt(module, readings, offset) ?? definitionAt(module, readings, offset);
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset < end;
}

function instructionAt(module: Module, readings: Readings, offset: number): Looked | null {
  let found: Looked | null = null;
  moduleErrors(module, readings, SHARING_PREMISES, (code, instr) => {
    if (!holds(instr.at, offset)) return null;
    const before = stackText(code);
    return () => {
      const [name, rule, facts] = [nameOfInstr(instr), ruleOf(instr), factsOf(code, instr)];
      found = { at: instr.at, name, rule, stack: typeText(code, instr, before), facts };
    };
  });
  return found;
}

/** An instruction's effect; of a block the type that its body was entered with. */
function typeText(code: Code, { kind }: Instr, before: string): NonNullable<Looked['stack']> {
  switch (kind) {
    case 'plain':
      return { before, after: stackText(code) };
    case 'block':
    case 'loop':
    case 'if':
    case 'try_table': {
      const params = stackText(code);
      return {
        before: kind === 'if' ? params.replace(/\]$/, params === '[]' ? 'i32]' : ' i32]') : params,
        after: printOperands(code.C, code.top.results),
      };
    }
    default:
      return assertNever(kind);
  }
}

function stackText({ C, operands, top }: Code): string {
  const own: readonly Operand[] = operands.slice(top.height);
  const text = printOperands(C, own);
  if (!top.unreachable) return text;
  return own.length === 0 ? '[…]' : `[… ${text.slice(1)}`;
}

function definitionAt(module: Module, readings: Readings, offset: number): Looked | null {
  const C = makeContext(module, readings, SHARING_PREMISES, () => {});
  const imported = importAt(module, offset);
  if (imported !== null) return definition(C, imported.at, imported.thing);
  const before = (kind: Thing['kind']): number => module.imports.filter(({ desc }) => desc.kind === kind).length;
  // Types last: one that a function implies stands where the function does.
  const lists: readonly (readonly [Thing['kind'], readonly { readonly at: Span }[], number])[] = [
    ['func', module.funcs, before('func')],
    ['table', module.tables, before('table')],
    ['memory', module.memories, before('memory')],
    ['global', module.globals, before('global')],
    ['tag', module.tags, before('tag')],
    ['elem', module.elems, 0],
    ['data', module.datas, 0],
    ['type', module.types, 0],
  ];
  for (const [kind, list, first] of lists) {
    const index = list.findIndex(({ at }) => holds(at, offset));
    const at = list[index]?.at;
    if (at !== undefined) return definition(C, at, { kind, index: first + index });
  }
  return null;
}

function importAt(module: Module, offset: number): { readonly at: Span; readonly thing: Thing } | null {
  const number = module.imports.findIndex(({ at }) => holds(at, offset));
  const it = module.imports[number];
  if (it === undefined) return null;
  const { kind } = it.desc;
  const index = module.imports.slice(0, number).filter(({ desc }) => desc.kind === kind).length;
  return { at: it.at, thing: { kind, index } };
}

function definition(C: Context, at: Span, thing: Thing): Looked {
  const { name, fact } = aboutThing(C, thing);
  return { at, name, rule: null, stack: null, facts: [fact, ...localsOf(C, thing)] };
}

/** `locals: 1 $p (ref null $pair)`: those of a function that are no parameters. */
function localsOf(C: Context, { kind, index }: Thing): readonly string[] {
  const own = kind === 'func' ? C.module.funcs[index - (C.funcs.length - C.module.funcs.length)] : undefined;
  if (own === undefined || own.locals.length === 0) return [];
  const names = own.locals.map(({ id, type }, i) => {
    const number = own.params.length + i;
    return `${number}${id === null ? '' : ` ${printId(id)}`} ${printVal(C, type)}`;
  });
  return [`locals: ${names.join(', ')}`];
}
