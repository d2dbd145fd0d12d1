import { instructionRow } from './instructions.ts';
import type { Expr, Module, SectionName } from './module.ts';
import { SECTIONS } from './module.ts';

/** Which sections a module has in its binary form: the ones with contents. Custom sections stand after one of these. */

/** The sections that a module has; `usesData`: its code names data segments, which only a data count section allows. */
export function sectionsOf(module: Module, usesData: boolean): ReadonlySet<SectionName> {
  return new Set(SECTIONS.filter((name) => has(module, name, usesData)));
}

function has(module: Module, name: SectionName, usesData: boolean): boolean {
  switch (name) {
    case 'type':
      return module.recs.length > 0;
    case 'import':
      return module.imports.length > 0;
    case 'func':
    case 'code':
      return module.funcs.length > 0;
    case 'table':
      return module.tables.length > 0;
    case 'memory':
      return module.memories.length > 0;
    case 'tag':
      return module.tags.length > 0;
    case 'global':
      return module.globals.length > 0;
    case 'export':
      return module.exports.length > 0;
    case 'start':
      return module.start !== null;
    case 'elem':
      return module.elems.length > 0;
    case 'datacount':
      return usesData;
    case 'data':
      return module.datas.length > 0;
  }
}

/** The section that a custom section stands after which is wanted after `wanted`: the last that the module has, up to that one. */
export function placeAfter(sections: ReadonlySet<SectionName>, wanted: SectionName | null): SectionName | null {
  if (wanted === null) return null;
  for (let i = SECTIONS.indexOf(wanted); i >= 0; i--) {
    const name = SECTIONS[i];
    if (name !== undefined && sections.has(name)) return name;
  }
  return null;
}

const DATA_SHAPES: ReadonlySet<string> = new Set(['data', 'memory-data', 'type-data']);
const dataOps = new Map<string, boolean>();

/** Whether an instruction names a data segment. */
export function namesData(op: string): boolean {
  let answer = dataOps.get(op);
  if (answer === undefined) {
    answer = DATA_SHAPES.has(instructionRow(op)?.immediates ?? '');
    dataOps.set(op, answer);
  }
  return answer;
}

/** Whether the code of a module names data segments. */
export function usesData(module: Module): boolean {
  const waiting: Expr[] = module.funcs.map(({ body }) => body);
  for (let body = waiting.pop(); body !== undefined; body = waiting.pop())
    for (const instr of body)
      if (instr.kind === 'plain') {
        if (namesData(instr.op)) return true;
      } else if (instr.kind === 'if') waiting.push(instr.then, instr.else);
      else waiting.push(instr.body);
  return false;
}
