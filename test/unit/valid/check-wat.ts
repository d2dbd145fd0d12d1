import type { Diagnostic } from '../../../src/base/diagnostic.ts';
import { Source } from '../../../src/base/span.ts';
import type { Module } from '../../../src/syntax/module.ts';
import { DEFAULT_READINGS, type Readings } from '../../../src/syntax/readings.ts';
import { parseModule } from '../../../src/text/parse-module.ts';
import { moduleErrors } from '../../../src/valid/check.ts';
import { type Premises, SHARING_PREMISES } from '../../../src/valid/premises.ts';

/** A module of a test: its fields as text, or a whole `(module …)`. */
export function parseWat(wat: string): Module {
  const text = wat.startsWith('(module') ? wat : `(module ${wat})`;
  const parsed = parseModule(new Source('test.wat', text));
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.map((d) => d.message).join('; ')}`);
  return parsed.value;
}

export function errorsOf(
  wat: string,
  readings: Partial<Readings> = {},
  premises: Premises = SHARING_PREMISES,
): readonly Diagnostic[] {
  return moduleErrors(parseWat(wat), { ...DEFAULT_READINGS, ...readings }, premises);
}
