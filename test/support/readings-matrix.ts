import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Source } from '../../src/base/span.ts';
import type { Command } from '../../src/syntax/script.ts';
import type { Readings } from '../../src/syntax/readings.ts';
import { DEFAULT_READINGS, SWITCHES } from '../../src/syntax/readings.ts';
import { parseModule } from '../../src/text/parse-module.ts';
import { parseScript } from '../../src/text/parse-script.ts';
import { checkModule } from '../../src/valid/check.ts';
import { RULE_CASES } from '../unit/valid/rule-cases.ts';
import { exploreProgram, program } from './explore-file.ts';

/**
 * The matrix of design switches and test modules: for every module whose validity some reading changes, and every script whose
 * outcomes some reading changes, what changes and why.
 */

export interface Matrix {
  /** How many modules and scripts were asked about under every reading. */
  readonly asked: { readonly modules: number; readonly scripts: number };
  /** module → its verdict by default, and under each reading that gives another one. A verdict is `valid` or the rule and the reason. */
  readonly typing: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** script → reading → the outcomes that it adds (`+`) and takes away (`-`), under the default model. */
  readonly execution: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export const MATRIX_FILE = new URL('../litmus/readings.golden.json', import.meta.url).pathname;
const models = new URL('../../models', import.meta.url).pathname;

type Reading = readonly [name: string, readings: Readings];

/** Every reading that is no default, with all others at their defaults. */
export function otherReadings(decides: 'typing' | 'execution'): Reading[] {
  return SWITCHES.filter((s) => s.decides === decides).flatMap((s) =>
    s.readings
      .slice(1)
      .map(({ value }): Reading => [`${s.name}=${value}`, { ...DEFAULT_READINGS, [s.name]: value } as Readings]),
  );
}

/** All of the matrix, which takes most of a minute. */
export function matrixNow(): Matrix {
  const executed = executedScripts();
  const rows = executed.map((script) => [script.file, executionRow(script)] as const);
  return {
    ...typingMatrix(executed.length),
    execution: Object.fromEntries(rows.filter(([, row]) => Object.keys(row).length > 0)),
  };
}

/** The part of the matrix that needs no execution, of so many scripts that are executed. */
export function typingMatrix(scripts: number): Pick<Matrix, 'asked' | 'typing'> {
  const modules = [...allScripts().flatMap(modulesOf), ...ruleModules()];
  return {
    asked: { modules: modules.length, scripts },
    typing: Object.fromEntries(modules.flatMap(([name, module]) => typingRow(name, module))),
  };
}

export interface Script {
  readonly file: string;
  readonly text: string;
}

function allScripts(): Script[] {
  const files = readdirSync(models, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.wast'));
  return files.sort().map((file) => ({ file, text: readFileSync(join(models, file), 'utf8') }));
}

/** Scripts of the library, and those that tell the readings of an execution switch apart. */
export function executedScripts(): Script[] {
  return allScripts().filter(isExecuted);
}

type Parsed = Parameters<typeof checkModule>[0];

function modulesOf({ file, text }: Script): (readonly [string, Parsed])[] {
  const script = parseScript(new Source(file, text));
  if (!script.ok) throw new Error(`${file}: ${script.error[0]?.message}`);
  return allModules(script.value.commands).map((module, i) => [`${file} #${i}`, module] as const);
}

/** The modules that typing rules accept and reject; `Instr_ok/call +0` is the first that it accepts, `-0` the first that it rejects. */
function ruleModules(): (readonly [string, Parsed])[] {
  const cases = Object.values(RULE_CASES)
    .flat()
    .flatMap(({ rule, accepts, rejects }) => [
      ...accepts.map((a, i) => [`${rule} +${i}`, typeof a === 'string' ? a : a.wat] as const),
      ...rejects.map(({ wat }, i) => [`${rule} -${i}`, wat] as const),
    ]);
  return cases.flatMap(([name, wat]): (readonly [string, Parsed])[] => {
    const module = parseModule(new Source(name, wat));
    return module.ok ? [[name, module.value]] : [];
  });
}

function allModules(commands: readonly Command[]): Parsed[] {
  return commands.flatMap((command) => {
    if (command.kind === 'thread') return allModules(command.commands);
    return command.kind === 'module' && command.module.parsed.ok ? [command.module.parsed.value] : [];
  });
}

function isExecuted({ file, text }: Script): boolean {
  const isTyping = SWITCHES.some((s) => s.decides === 'typing' && s.name === basename(file, '.wast'));
  return text.includes('(litmus') && !(file.startsWith('readings/') && isTyping);
}

function verdict(module: Parsed, readings: Readings): string {
  const checked = checkModule(module, readings);
  if (checked.ok) return 'valid';
  return checked.error.map((d) => `${d.rule}: ${d.message}`).join('; ');
}

function typingRow(name: string, module: Parsed): [string, Record<string, string>][] {
  const usual = verdict(module, DEFAULT_READINGS);
  const others = otherReadings('typing')
    .map(([reading, readings]) => [reading, verdict(module, readings)] as const)
    .filter(([, other]) => other !== usual);
  return others.length === 0 ? [] : [[name, { default: usual, ...Object.fromEntries(others) }]];
}

function outcomes({ file, text }: Script, readings: Readings): string[] {
  const result = exploreProgram(program(text, readings, file), 'wasm', { readings });
  if (result.bound !== null) return [`incomplete: ${result.bound}`];
  return result.outcomes.map(
    ({ values, deadlock }) =>
      `${[...values].map(([key, value]) => `${key} = ${value}`).join('; ')}${deadlock ? ' (deadlock)' : ''}`,
  );
}

/** What the other readings change in the outcomes of a script; nothing for those that change nothing. */
export function executionRow(script: Script): Record<string, string[]> {
  const usual = outcomes(script, DEFAULT_READINGS);
  const rows = otherReadings('execution').flatMap(([reading, readings]): [string, string[]][] => {
    const other = outcomes(script, readings);
    const changes = [
      ...other.filter((o) => !usual.includes(o)).map((o) => `+ ${o}`),
      ...usual.filter((o) => !other.includes(o)).map((o) => `- ${o}`),
    ];
    return changes.length === 0 ? [] : [[reading, changes.sort()]];
  });
  return Object.fromEntries(rows);
}
