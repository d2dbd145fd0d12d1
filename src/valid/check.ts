import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Module } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import { type Context, makeContext, type Thing } from './context.ts';
import { attempt } from './diagnose.ts';
import {
  checkData,
  checkExport,
  checkExportNames,
  checkFunc,
  checkGlobal,
  checkImport,
  checkStart,
  checkTable,
  checkTypeDef,
} from './module-rules.ts';
import { type Premises, SHARING_PREMISES } from './premises.ts';
import { checkMemType } from './type-rules.ts';
import type { ValidModule } from './valid-module.ts';

/**
 * Checks a module: the only maker of `ValidModule`. The errors are all that can be told apart, in the order of the text: after one
 * in a definition the next definition is checked, after a sharing error even the rest of the same one.
 */
export function checkModule(module: Module, readings: Readings): Result<ValidModule, readonly Diagnostic[]> {
  const diagnostics = moduleErrors(module, readings, SHARING_PREMISES);
  return diagnostics.length === 0 ? ok({ module } as ValidModule) : err(diagnostics);
}

/**
 * @rule Module_ok
 *
 *     (C |- definition : ok)*    names of exports differ pairwise
 *     -----------------------------------------------------------
 *                    |- module definition* : ok
 *
 * `premises` is all of them but in mutation tests.
 * Source: core 3.0, Validation, Modules.
 */
export function moduleErrors(module: Module, readings: Readings, premises: Premises): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const C = makeContext(module, readings, premises, (d) => diagnostics.push(d));
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
  each(module.types, checkTypeDef);
  const imports = importedThings(module);
  each(module.imports, (_, i, k) => {
    checkImport(C, i, imports[k] ?? { kind: i.desc.kind, index: 0 });
  });
  const count = (kind: Thing['kind']): number => imports.filter((thing) => thing.kind === kind).length;
  each(module.tables, checkTable, count('table'));
  each(module.memories, (_, m, x) => checkMemType(C, m.at, x, m.type), count('memory'));
  each(module.globals, checkGlobal, count('global'));
  each(module.exports, checkExport);
  checkExportNames(C, module.exports);
  each(module.start === null ? [] : [module.start], checkStart);
  each(module.datas, checkData);
  each(module.funcs, checkFunc, count('func'));
  return diagnostics.toSorted((a, b) => a.at.start - b.at.start);
}

/** What each import is in its index space. */
function importedThings(module: Module): readonly Thing[] {
  const next = { func: 0, table: 0, memory: 0, global: 0 };
  return module.imports.map(({ desc: { kind } }) => ({ kind, index: next[kind]++ }));
}
