import type {
  Data,
  Elem,
  Export,
  Expr,
  Func,
  Global,
  Import,
  Local,
  Memory,
  Module,
  Table,
  Tag,
} from '../../syntax/module.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { GlobalShare, Share, SubType } from '../../syntax/types.ts';
import { constantContext, type ModuleContext } from './context.ts';
import { okType, sub, type Judgement, type Rule } from './judgement.ts';
import {
  elemShare,
  functionContext,
  funcTypeOf,
  groups,
  moduleContexts,
  typeContexts,
  typeShare,
} from './module-context.ts';
import { unroll, type DefTerm } from './terms.ts';
import { isDefaultable } from './type-rules.ts';

/**
 * Rules of definitions and modules [core 3.0, Validation / Modules; shared-everything overview; Weft's module-level flag].
 *
 * Metavariables: M the module's part of the context, t value type, x index.
 */

interface Of<T> {
  readonly M: ModuleContext;
  readonly of: T;
}

/** @rule Types_ok — each group in the context of the types before it and its own. */
const types: Rule<Of<readonly (readonly SubType[])[]> & { readonly types: readonly DefTerm[] }> = ({
  M,
  of,
  types: dts,
}) => ({
  conclusion: { relation: 'Types_ok', M, of, types: dts },
  premises: typeContexts(M.readings, of).map((inside, i): Judgement => {
    const group = of[i] ?? [];
    return { relation: 'Rectype_ok', M: inside, of: group, at: inside.types.length - group.length };
  }),
});

interface Outside<T> extends Of<T> {
  readonly shared: boolean;
}

/** @rule Import_ok */
const imports: Rule<Outside<Import>> = ({ M, of, shared }) =>
  shared
    ? null
    : {
        conclusion: { relation: 'Import_ok', M, of, shared },
        premises: [{ relation: 'Externtype_ok', M, of: of.desc }],
      };

/** @rule Import_ok/shared — of a module with the flag: the import is shared or thread-local. */
const importsShared: Rule<Outside<Import>> = ({ M, of, shared }) => {
  const { desc } = of;
  const share = desc.kind === 'func' || desc.kind === 'tag' ? shareOf(M.types[desc.type]) : desc.type.share;
  if (!shared || share === 'unshared') return null;
  return {
    conclusion: { relation: 'Import_ok', M, of, shared },
    premises: [{ relation: 'Import_ok', M, of, shared: false }],
  };
};

function shareOf(dt: DefTerm | undefined): Share {
  return dt === undefined ? 'unshared' : unroll(dt).share;
}

/** @rule Tag_ok */
const tag: Rule<Of<Tag>> = ({ M, of }) => ({
  conclusion: { relation: 'Tag_ok', M, of },
  premises: [{ relation: 'Tagtype_ok', M, of: of.type }],
});

/** @rule Global_ok — the initialiser of a shared global names shared things only. */
const global: Rule<Of<Global>> = ({ M, of }) => {
  const { share, content } = of.type;
  if (share === 'thread_local') return null;
  return {
    conclusion: { relation: 'Global_ok', M, of },
    premises: [
      { relation: 'Globaltype_ok', M, of: of.type },
      { relation: 'Expr_ok_const', C: constantContext(M, share), of: of.init ?? [], type: content },
    ],
  };
};

/** @rule Global_ok/thread_local — the default value, or what the reading `thread-local-init` allows. */
const threadLocal: Rule<Of<Global>> = ({ M, of }) => {
  const { share, content } = of.type;
  if (share !== 'thread_local') return null;
  const conclusion = { relation: 'Global_ok', M, of } as const;
  const typeOk: Judgement = { relation: 'Globaltype_ok', M, of: of.type };
  if (of.init === null || of.init.length === 0) return { conclusion, premises: [typeOk] };
  const reading = M.readings['thread-local-init'];
  if (reading === 'default' && !isDefaultValue(of.init)) return null;
  if (reading === 'non-allocating' && of.init.some((i) => i.kind === 'plain' && i.op.includes('.new'))) return null;
  const C = constantContext(M, reading === 'default' ? 'unshared' : 'shared');
  return { conclusion, premises: [typeOk, { relation: 'Expr_ok_const', C, of: of.init, type: content }] };
};

/** Zero, or null. */
function isDefaultValue(expr: Expr): boolean {
  const [instr] = expr;
  if (expr.length !== 1 || instr?.kind !== 'plain') return false;
  const { imm } = instr;
  switch (imm.kind) {
    case 'i32':
    case 'i64':
      return instr.op.endsWith('.const') && Number(imm.value) === 0;
    case 'f32':
    case 'f64':
      return Number(imm.bits) === 0;
    case 'v128':
      return imm.bytes.every((byte) => byte === 0);
    default:
      return instr.op === 'ref.null';
  }
}

/** @rule Globals_ok — each in the context of those before. */
const globals: Rule<Of<readonly Global[]>> = ({ M, of }) => ({
  conclusion: { relation: 'Globals_ok', M, of },
  premises: of.map((g, i): Judgement => {
    const before = of.slice(0, i).map((earlier) => earlier.type);
    return { relation: 'Global_ok', M: { ...M, globals: [...M.globals, ...before] }, of: g };
  }),
});

/** @rule Mem_ok */
const memory: Rule<Of<Memory>> = ({ M, of }) => ({
  conclusion: { relation: 'Mem_ok', M, of },
  premises: [{ relation: 'Memtype_ok', M, of: of.type }],
});

/** @rule Table_ok — without an initialiser the elements have a default. */
const table: Rule<Of<Table>> = ({ M, of }) => {
  const { elem, share } = of.type;
  const typeOk: Judgement = { relation: 'Tabletype_ok', M, of: of.type };
  const conclusion = { relation: 'Table_ok', M, of } as const;
  if (of.init === null) return isDefaultable(elem) ? { conclusion, premises: [typeOk] } : null;
  const init: Judgement = { relation: 'Expr_ok_const', C: constantContext(M, share), of: of.init, type: elem };
  return { conclusion, premises: [typeOk, init] };
};

interface LocalInstance extends Of<Local> {
  readonly share: Share;
}

/** @rule Local_ok/set */
const localSet: Rule<LocalInstance> = ({ M, of, share }) =>
  isDefaultable(of.type)
    ? {
        conclusion: { relation: 'Local_ok', M, of, set: true, share },
        premises: [okType('Valtype_ok', M, of.type, share)],
      }
    : null;

/** @rule Local_ok/unset */
const localUnset: Rule<LocalInstance> = ({ M, of, share }) =>
  isDefaultable(of.type)
    ? null
    : {
        conclusion: { relation: 'Local_ok', M, of, set: false, share },
        premises: [okType('Valtype_ok', M, of.type, share)],
      };

/** @rule Func_ok — the share of the type is the function's; that of its locals too, but under `unshared-locals=allow`. */
const func: Rule<Of<Func>> = ({ M, of }) => {
  const type = funcTypeOf(M, of);
  const C = functionContext(M, of);
  if (type === null || C === null) return null;
  const share = M.readings['unshared-locals'] === 'allow' ? 'unshared' : type.share;
  return {
    conclusion: { relation: 'Func_ok', M, of },
    premises: [
      ...of.locals.map(
        (local): Judgement => ({ relation: 'Local_ok', M, of: local, set: isDefaultable(local.type), share }),
      ),
      { relation: 'Expr_ok', C, of: of.body, type: type.comp.results },
    ],
  };
};

/** @rule Data_ok */
const data: Rule<Of<Data>> = ({ M, of }) =>
  of.mode.kind === 'passive' ? { conclusion: { relation: 'Data_ok', M, of }, premises: [] } : null;

/** @rule Datamode_ok/active */
const dataActive: Rule<Of<Data>> = ({ M, of }) => {
  if (of.mode.kind !== 'active') return null;
  const mt = M.mems[of.mode.memory];
  if (mt === undefined) return null;
  return {
    conclusion: { relation: 'Data_ok', M, of },
    premises: [{ relation: 'Expr_ok_const', C: constantContext(M, 'unshared'), of: of.mode.offset, type: mt.addr }],
  };
};

/**
 * The elements: ok, of a shared segment ok(shared). Their expressions validate as shared if the segment is, or if its type is
 * ok(shared): what shared references are made from is shared.
 */
function elements(M: ModuleContext, e: Elem): readonly Judgement[] {
  const share = elemShare(M, e);
  const C = constantContext(M, share === 'shared' ? share : typeShare(M, e));
  return [
    okType('Reftype_ok', M, e.type, share),
    ...e.items.map((of): Judgement => ({ relation: 'Expr_ok_const', C, of, type: e.type })),
  ];
}

/** @rule Elem_ok — passive and declarative ones. */
const elem: Rule<Of<Elem>> = ({ M, of }) =>
  of.mode.kind === 'active' ? null : { conclusion: { relation: 'Elem_ok', M, of }, premises: elements(M, of) };

/** @rule Elemmode_ok/active */
const elemActive: Rule<Of<Elem>> = ({ M, of }) => {
  if (of.mode.kind !== 'active') return null;
  const tt = M.tables[of.mode.table];
  if (tt === undefined) return null;
  const offset: Judgement = {
    relation: 'Expr_ok_const',
    C: constantContext(M, 'unshared'),
    of: of.mode.offset,
    type: tt.addr,
  };
  return {
    conclusion: { relation: 'Elem_ok', M, of },
    premises: [...elements(M, of), sub('Reftype_sub', M, of.type, tt.elem), offset],
  };
};

/** @rule Start_ok */
const start: Rule<Of<number>> = ({ M, of: x }) => {
  const dt = M.funcs[x];
  if (dt === undefined) return null;
  const { comp } = unroll(dt);
  if (comp.kind !== 'func' || comp.params.length > 0 || comp.results.length > 0) return null;
  return { conclusion: { relation: 'Start_ok', M, of: x }, premises: [] };
};

/** The share of what is exported; null if it does not exist. */
function exportedShare(M: ModuleContext, { kind, index }: Export): GlobalShare | null {
  switch (kind) {
    case 'func':
    case 'tag': {
      const dt = kind === 'func' ? M.funcs[index] : M.tags[index];
      return dt === undefined ? null : unroll(dt).share;
    }
    case 'global':
      return M.globals[index]?.share ?? null;
    case 'memory':
      return M.mems[index]?.share ?? null;
    case 'table':
      return M.tables[index]?.share ?? null;
  }
}

/** @rule Export_ok */
const exports: Rule<Outside<Export>> = ({ M, of, shared }) =>
  shared || exportedShare(M, of) === null
    ? null
    : { conclusion: { relation: 'Export_ok', M, of, shared }, premises: [] };

/** @rule Export_ok/shared — of a module with the flag: the export is shared or thread-local. */
const exportsShared: Rule<Outside<Export>> = ({ M, of, shared }) =>
  !shared || exportedShare(M, of) === 'unshared'
    ? null
    : {
        conclusion: { relation: 'Export_ok', M, of, shared },
        premises: [{ relation: 'Export_ok', M, of, shared: false }],
      };

/** @rule Module_ok — the names of the exports differ pairwise. */
const moduleOk: Rule<{ readonly module: Module; readonly readings: Readings }> = ({ module, readings }) => {
  const contexts = moduleContexts(module, readings);
  if (contexts === null || new Set(module.exports.map((e) => e.name)).size < module.exports.length) return null;
  const { types: M0, early, whole } = contexts;
  const all = <T>(of: readonly T[], judge: (x: T) => Judgement): readonly Judgement[] => of.map(judge);
  return {
    conclusion: { relation: 'Module_ok', of: module },
    premises: [
      { relation: 'Types_ok', M: M0, of: groups(module), types: M0.types },
      ...all(module.imports, (of) => ({ relation: 'Import_ok', M: M0, of, shared: module.shared })),
      ...all(module.tags, (of) => ({ relation: 'Tag_ok', M: early, of })),
      { relation: 'Globals_ok', M: early, of: module.globals },
      ...all(module.memories, (of) => ({ relation: 'Mem_ok', M: early, of })),
      ...all(module.tables, (of) => ({ relation: 'Table_ok', M: early, of })),
      ...all(module.funcs, (of) => ({ relation: 'Func_ok', M: whole, of })),
      ...all(module.datas, (of) => ({ relation: 'Data_ok', M: whole, of })),
      ...all(module.elems, (of) => ({ relation: 'Elem_ok', M: whole, of })),
      ...(module.start === null ? [] : [{ relation: 'Start_ok', M: whole, of: module.start.func } as const]),
      ...all(module.exports, (of) => ({ relation: 'Export_ok', M: whole, of, shared: module.shared })),
    ],
  };
};

export const MODULE_RULES = {
  Types_ok: types,
  Import_ok: imports,
  'Import_ok/shared': importsShared,
  Tag_ok: tag,
  Global_ok: global,
  'Global_ok/thread_local': threadLocal,
  Globals_ok: globals,
  Mem_ok: memory,
  Table_ok: table,
  'Local_ok/set': localSet,
  'Local_ok/unset': localUnset,
  Func_ok: func,
  Data_ok: data,
  'Datamode_ok/active': dataActive,
  Elem_ok: elem,
  'Elemmode_ok/active': elemActive,
  Start_ok: start,
  Export_ok: exports,
  'Export_ok/shared': exportsShared,
  Module_ok: moduleOk,
} as const;
