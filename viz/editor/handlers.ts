import { Source } from '../../src/base/span.ts';
import { loadScript, refusalsOf, warningsOf } from '../../src/litmus/load.ts';
import { checkLitmus } from '../../src/litmus/check-litmus.ts';
import { DISTINCTIONS } from '../../src/model/distinctions.ts';
import { diagnosticJson } from '../../src/report/diagnostics.ts';
import type { DiagnosticJson } from '../../src/report/diagnostics.ts';
import type { Handler } from '../work/calls.ts';
import { lookAt } from '../../src/valid/look.ts';
import { parseScript } from '../../src/text/parse-script.ts';
import type { Command } from '../../src/syntax/script.ts';
import type { Module } from '../../src/syntax/module.ts';
import { modelNamed, modelNames } from '../work/models.ts';
import { readingsOf } from '../work/readings.ts';
import type { CheckRequest, EditorCalls, ListedModel, LookAnswer, LookRequest } from './calls.ts';

export const editorHandlers: { readonly [N in keyof EditorCalls]: Handler<N> } = {
  check,
  look,
  listModels: () => modelNames().map(listed),
};

/** Complaints about a script or a module, in the order of the text. */
function check({ name, text, readings }: CheckRequest): readonly DiagnosticJson[] {
  const source = new Source(name, text);
  const script = loadScript(source, readingsOf(readings));
  const complaints = script.ok
    ? [...refusalsOf(script.value), ...checkLitmus(script.value), ...warningsOf(script.value)]
    : script.error;
  return complaints.toSorted((a, b) => a.at.start - b.at.start).map((diagnostic) => diagnosticJson(diagnostic, source));
}

/** What there is to say of an instruction or a definition. */
function look({ name, text, readings, offset }: LookRequest): LookAnswer | null {
  const chosen = readingsOf(readings);
  const script = parseScript(new Source(name, text), { readings: chosen });
  if (!script.ok) return null;
  const module = modulesOf(script.value.commands).find(({ at }) => at.start <= offset && offset < at.end);
  const looked = module === undefined ? null : lookAt(module, chosen, offset);
  if (looked === null) return null;
  const { at, ...rest } = looked;
  return { from: at.start, to: at.end, ...rest };
}

/** The modules that are written out as text, those of threads and of assertions among them. */
function modulesOf(commands: readonly Command[]): readonly Module[] {
  return commands.flatMap((command): readonly Module[] => {
    if (command.kind === 'thread') return modulesOf(command.commands);
    if (!('module' in command) || typeof command.module !== 'object' || command.module === null) return [];
    const { form, parsed } = command.module;
    return form === 'text' && parsed.ok ? [parsed.value] : [];
  });
}

function listed(name: string): ListedModel {
  const { title, source, about, axioms } = modelNamed(name);
  return {
    name,
    title,
    source,
    about,
    axioms: axioms.map((axiom) => ({ name: axiom.name, statement: axiom.statement, source: axiom.source })),
    distinctions: DISTINCTIONS.filter(({ model }) => model === name).map(({ test, allows, beside }) => ({
      test,
      allows,
      beside,
    })),
  };
}
