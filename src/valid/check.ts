import { known } from '../base/assert.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Module } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import { type Context, makeContext, type Thing, type Watch } from './context.ts';
import { attempt, diagnose, Enough } from './diagnose.ts';
import { checkSubType, groupEnds } from './definition-rules.ts';
import { checkData, checkElem, checkGlobal, checkTable } from './initialised-rules.ts';
import { checkExport, checkExportNames, checkFunc, checkImport, checkStart } from './module-rules.ts';
import { type Premises, SHARING_PREMISES } from './premises.ts';
import { checkMemType, checkTagType } from './type-rules.ts';
import type { ValidModule } from './valid-module.ts';

/** More are of no use to anybody, and would take more memory than the module. */
const MAX_ERRORS = 1000;

/**
 * Checks a module: the only maker of `ValidModule`. The errors are all that can be told apart, in the order of the text: after one
 * in a definition the next definition is checked, after a sharing error even the rest of the same one.
 */
export function checkModule(module: Module, readings: Readings): Result<ValidModule, readonly Diagnostic[]> {
  const diagnostics = moduleErrors(module, readings, SHARING_PREMISES);
  return diagnostics.length === 0 ? ok({ module, readings } as ValidModule) : err(diagnostics);
}

/**
 * @rule Module_ok
 *
 *     (C |- definition : ok)*    names of exports differ pairwise
 *     -----------------------------------------------------------
 *                    |- module definition* : ok
 *
 * `premises` is all of them but in mutation tests; `watch` is told of instructions on the way.
 * Source: core 3.0, Validation, Modules.
 */
export function moduleErrors(
  module: Module,
  readings: Readings,
  premises: Premises,
  watch: Watch | null = null,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    if (diagnostics.length === MAX_ERRORS) throw new Enough();
    diagnostics.push(diagnostic);
  };
  try {
    checkDefinitions(makeContext(module, readings, premises, report, watch));
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
    const rest = diagnose('Module_ok', module.at, `too many errors: only ${MAX_ERRORS} are reported`);
    return [...inTextOrder(diagnostics), rest];
  }
  return inTextOrder(diagnostics);
}

function inTextOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => a.at.start - b.at.start);
}

function checkDefinitions(C: Context): void {
  const { module } = C;
  const each = <T>(
    definitions: readonly T[],
    check: (C: Context, definition: T, index: number) => void,
    imported = 0,
  ): void => {
    definitions.forEach((d, i) => {
      attempt(C.report, () => {
        check(C, d, imported + i);
      });
    });
  };
  const ends = groupEnds(module.recs);
  each(module.types, (_, td, x) => checkSubType(C, td, x, ends[x] ?? x));
  const imports = importedThings(module);
  each(module.imports, (_, i, k) => checkImport(C, i, known(imports[k], 'import')));
  const count = (kind: Thing['kind']): number => imports.filter((thing) => thing.kind === kind).length;
  each(module.tables, checkTable, count('table'));
  each(module.memories, (_, m, x) => checkMemType(C, m.at, x, m.type), count('memory'));
  each(module.tags, (_, t, x) => checkTagType(C, t.at, x, t.type), count('tag'));
  each(module.globals, checkGlobal, count('global'));
  each(module.exports, checkExport);
  checkExportNames(C, module.exports);
  each(module.start === null ? [] : [module.start], checkStart);
  each(module.elems, checkElem);
  each(module.datas, checkData);
  each(module.funcs, checkFunc, count('func'));
}

/** What each import is in its index space. */
function importedThings(module: Module): readonly Thing[] {
  const next = { func: 0, table: 0, memory: 0, global: 0, tag: 0 };
  return module.imports.map(({ desc: { kind } }) => ({ kind, index: next[kind]++ }));
}
