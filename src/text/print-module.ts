import { assertNever } from '../base/assert.ts';
import type {
  Data,
  Export,
  Expr,
  Func,
  Global,
  Import,
  ImportType,
  Memory,
  Module,
  Table,
  TypeDef,
} from '../syntax/module.ts';
import { printDefType, printGlobalType, printMemType, printTableType, printValType } from '../syntax/print-types.ts';
import type { ValType } from '../syntax/types.ts';
import { printInstrs } from './print-instrs.ts';
import { type IndexNames, indexNames, nameByIndex, printBytes, printId, printName } from './print-names.ts';

/**
 * A module as text in canonical form: every type explicit, instructions flat and indented, imports and exports fields
 * of their own. What is printed parses to the same module.
 */
export function printModule(module: Module): string {
  const names = indexNames(module);
  const head = words('(module', id(module.id), module.shared ? 'shared' : '');
  const fields = [
    ...module.types.map((type) => printType(type, names)),
    ...module.imports.map((item) => printImport(item, module, names)),
    ...module.tables.map((table) => printTable(table, names)),
    ...module.memories.map(printMemory),
    ...module.globals.map((global) => printGlobal(global, names)),
    ...module.exports.map((item) => printExport(item, names)),
    ...(module.start === null ? [] : [`(start ${names.func(module.start.func)})`]),
    ...module.datas.map((data) => printData(data, names)),
    ...module.funcs.map((func) => printFunc(func, module, names)),
  ];
  return fields.length === 0 ? `${head})\n` : `${head}\n${fields.map((field) => `${indent(field)}\n`).join('')})\n`;
}

function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function id(name: string | null): string {
  return name === null ? '' : printId(name);
}

function indent(text: string): string {
  return `  ${text.replaceAll('\n', '\n  ')}`;
}

function printType(def: TypeDef, names: IndexNames): string {
  return `${words('(type', id(def.id), printDefType(def.type, names.type))})`;
}

function printImport(item: Import, module: Module, names: IndexNames): string {
  return `(import ${printName(item.module)} ${printName(item.name)} ${printImportType(item, item.desc, module, names)})`;
}

function printImportType(item: Import, desc: ImportType, module: Module, names: IndexNames): string {
  switch (desc.kind) {
    case 'func':
      return `${words('(func', id(item.id), printTypeUse(desc.type, [], module, names))})`;
    case 'global':
      return `${words('(global', id(item.id), printGlobalType(desc.type, names.type))})`;
    case 'table':
      return `${words('(table', id(item.id), printTableType(desc.type, names.type))})`;
    case 'memory':
      return `${words('(memory', id(item.id), printMemType(desc.type))})`;
    default:
      return assertNever(desc);
  }
}

/** `(type $t) (param $x i32) (param i64 i64) (result i32)`; the type alone where the module has no such type. */
function printTypeUse(type: number, params: readonly (string | null)[], module: Module, names: IndexNames): string {
  const def = module.types[type]?.type;
  const use = `(type ${names.type(type)})`;
  if (def === undefined) return use;
  const variables = def.comp.params.map((t, i) => ({ id: params[i] ?? null, type: t }));
  const results = def.comp.results.map((t) => printValType(t, names.type));
  return words(
    use,
    printVariables('param', variables, names),
    results.length === 0 ? '' : `(result ${results.join(' ')})`,
  );
}

/** Each named variable in parentheses of its own, unnamed neighbours together. */
function printVariables(
  word: string,
  variables: readonly { readonly id: string | null; readonly type: ValType }[],
  names: IndexNames,
): string {
  const groups: string[] = [];
  let unnamed: string[] = [];
  const flush = (): void => {
    if (unnamed.length > 0) groups.push(`(${word} ${unnamed.join(' ')})`);
    unnamed = [];
  };
  for (const variable of variables) {
    const type = printValType(variable.type, names.type);
    if (variable.id === null) unnamed.push(type);
    else {
      flush();
      groups.push(`(${word} ${printId(variable.id)} ${type})`);
    }
  }
  flush();
  return groups.join(' ');
}

function printTable(table: Table, names: IndexNames): string {
  return `${words('(table', id(table.id), printTableType(table.type, names.type))})`;
}

function printMemory(memory: Memory): string {
  return `${words('(memory', id(memory.id), printMemType(memory.type))})`;
}

function printGlobal(global: Global, names: IndexNames): string {
  const init = global.init === null ? '' : printExpr(global.init, names);
  return `${words('(global', id(global.id), printGlobalType(global.type, names.type), init)})`;
}

function isSingle(expr: Expr): boolean {
  return expr.length === 1 && expr[0]?.kind === 'plain';
}

/** A constant expression on one line. */
function printExpr(expr: Expr, names: IndexNames): string {
  const text = printInstrs(expr, { ...names, local: String })
    .map((line) => line.text)
    .join(' ');
  return isSingle(expr) ? `(${text})` : text;
}

function printExport(item: Export, names: IndexNames): string {
  return `(export ${printName(item.name)} (${item.kind} ${names[item.kind](item.index)}))`;
}

function printData(data: Data, names: IndexNames): string {
  const { mode } = data;
  if (mode.kind === 'passive') return `${words('(data', id(data.id), printBytes(data.bytes))})`;
  const memory = mode.memory === 0 ? '' : `(memory ${names.memory(mode.memory)})`;
  const expr = printExpr(mode.offset, names);
  const offset = isSingle(mode.offset) ? expr : `${words('(offset', expr)})`;
  return `${words('(data', id(data.id), memory, offset, printBytes(data.bytes))})`;
}

function printFunc(func: Func, module: Module, names: IndexNames): string {
  const head = words('(func', id(func.id), printTypeUse(func.type, func.params, module, names));
  const locals = printVariables('local', func.locals, names);
  const ids = [...func.params, ...func.locals.map((local) => local.id)];
  const body = printInstrs(func.body, { ...names, local: nameByIndex(ids) }).map(
    ({ depth, text }) => `${'  '.repeat(depth)}${text}`,
  );
  const lines = [...(locals === '' ? [] : [locals]), ...body];
  return lines.length === 0 ? `${head})` : `${head}\n${lines.map((line) => `  ${line}\n`).join('')})`;
}
