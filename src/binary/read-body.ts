import { MAX_EXPLAINED_BODY, MAX_LOCALS } from '../syntax/limits.ts';
import type { Expr, Local } from '../syntax/module.ts';
import type { ValType } from '../syntax/types.ts';
import { type Building, MAX_PROBLEMS, namesOf } from './building.ts';
import type { KeyedPart } from './keyed.ts';
import { Malformed } from './malformed.ts';
import { type FuncNotes, checkExpr, readExpr } from './read-code.ts';
import { readValType } from './read-types.ts';
import { Reader } from './reader.ts';

/** An entry of the code section [core 3.0, Binary Format, Code Section]. */

const ALL_LOCALS = 2 ** 32;

/** A problem in a body is noted, and the next body read. */
export function readBody(r: Reader, m: Building): void {
  const start = r.pos;
  const size = r.count('size of the body');
  const sectionEnd = r.end;
  const bodyEnd = r.pos + size;
  const id = m.nextId('func');
  r.end = bodyEnd;
  try {
    checkSize(r, m, start, size);
    readSizedBody(r, m, id, start);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    // The last one ends the section, which notes it.
    if (m.problems.length + 1 >= MAX_PROBLEMS) throw error;
    m.problems.push(error);
    r.pos = bodyEnd;
  }
  r.end = sectionEnd;
}

function checkSize(r: Reader, m: Building, start: number, size: number): void {
  if (!m.lazy || size <= MAX_EXPLAINED_BODY) return;
  const message = `function body of ${size} bytes: errors are explained in at most ${MAX_EXPLAINED_BODY}`;
  r.fail('Bound/body', message, 'size of the body', start, r.pos);
}

function readSizedBody(r: Reader, m: Building, id: string | null, start: number): void {
  const index = m.count('func') - 1;
  const bodyStart = r.pos;
  const declared = readLocalDeclarations(r, m);
  const names = m.localNames(index);
  const params = namesOf(names, paramsOf(m));
  const locals = expand(declared, names, params.length);
  const codeStart = r.pos;
  const notes = m.notesOf(index, bodyStart);
  const body = m.lazy ? null : readExpr(r, m, notes);
  if (body === null) checkExpr(r, m, notes);
  if (r.pos !== r.end) r.fail('Binary/section', 'section size mismatch', 'end of the body', r.pos, r.end);
  const part = { id, params, locals, at: { start, end: r.pos } };
  if (body !== null) m.bodies.push({ ...part, body });
  else
    m.bodies.push({
      ...part,
      get body() {
        return readAgain(r.bytes, codeStart, m, notes);
      },
    });
}

/** A body that was found to be well-formed. */
function readAgain(bytes: Uint8Array, start: number, m: Building, notes: FuncNotes | null): Expr {
  const r = new Reader(bytes);
  r.pos = start;
  return readExpr(r, m, notes);
}

/** How many parameters the next function's type has. */
function paramsOf(m: Building): number {
  const type = m.funcTypes[m.bodies.length];
  const comp = type === undefined ? undefined : m.types[type]?.type.comp;
  return comp?.kind === 'func' ? comp.params.length : 0;
}

interface Declaration {
  readonly count: number;
  readonly type: ValType;
}

function readLocalDeclarations(r: Reader, m: Building): readonly Declaration[] {
  const start = r.pos;
  const declarations = r.count('local declarations');
  const declared: Declaration[] = [];
  let all = 0;
  for (let i = 0; i < declarations; i++) {
    const count = r.u32('number of locals');
    all += count;
    if (all >= ALL_LOCALS) r.fail('Binary/locals', 'too many locals', 'locals', start, r.pos);
    declared.push({ count, type: readValType(r) });
  }
  if (all > MAX_LOCALS)
    r.fail(
      'Binary/locals',
      `too many locals: ${all} in one function, where ${MAX_LOCALS} are allowed`,
      'locals',
      start,
    );
  if (!m.takeLocals(all)) r.fail('Binary/locals', 'too many locals: in all functions together', 'locals', start);
  return declared;
}

/** The locals of one declaration without names are one object. */
function expand(declared: readonly Declaration[], names: KeyedPart | null, first: number): readonly Local[] {
  const locals: Local[] = [];
  for (const { count, type } of declared) {
    const unnamed: Local = { id: null, type };
    for (let i = 0; i < count; i++) {
      const id = names?.get(first + locals.length) ?? null;
      locals.push(id === null ? unnamed : { id, type });
    }
  }
  return locals;
}
