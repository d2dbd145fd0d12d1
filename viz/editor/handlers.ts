import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { Span } from '../../src/base/span.ts';
import { NOWHERE, Source } from '../../src/base/span.ts';
import { loadScript, refusalsOf, warningsOf } from '../../src/litmus/load.ts';
import { checkLitmus } from '../../src/litmus/check-litmus.ts';
import { DISTINCTIONS } from '../../src/model/distinctions.ts';
import { diagnosticJson } from '../../src/report/diagnostics.ts';
import type { DiagnosticJson } from '../../src/report/diagnostics.ts';
import type { Handler } from '../work/calls.ts';
import { lookAt } from '../../src/valid/look.ts';
import type { Looked } from '../../src/valid/look.ts';
import { lookAtScript } from '../../src/valid/look-script.ts';
import type { ProgramCommand } from '../../src/runtime/program.ts';
import { placeAt } from '../../src/text/place.ts';
import { parseScript } from '../../src/text/parse-script.ts';
import type { Command, ModelVerdict, Script, ScriptModule } from '../../src/syntax/script.ts';
import { isBex } from '../work/bex.ts';
import { loadWritten } from '../work/load.ts';
import { loadModel, modelNamed, modelNames, modelText } from '../work/models.ts';
import { readingsOf } from '../work/readings.ts';
import type { CheckRequest, EditorCalls, ListedModel, LookAnswer, LookRequest, ModelRequest } from './calls.ts';

export const editorHandlers: { readonly [N in keyof EditorCalls]: Handler<N> } = {
  check,
  look,
  checkModel,
  modelText,
  listModels: () => modelNames().map(listed),
};

/** Complaints about a script or a module, in the order of the text. */
function check({ name, text, readings }: CheckRequest): readonly DiagnosticJson[] {
  const source = new Source(name, text);
  if (isBex(name)) {
    const loaded = loadWritten({ name, text, instance: 0 }, readingsOf(readings));
    return loaded.ok ? [] : loaded.error.map((diagnostic) => diagnosticJson(diagnostic, source));
  }
  const script = loadScript(source, readingsOf(readings));
  const complaints = script.ok
    ? [
        ...refusalsOf(script.value),
        ...failuresIn(script.value.commands),
        ...checkLitmus(script.value),
        ...warningsOf(script.value),
      ]
    : script.error;
  return complaints.toSorted((a, b) => a.at.start - b.at.start).map((diagnostic) => diagnosticJson(diagnostic, source));
}

/** The script’s static assertions that do not hold; each is complained of at its first word. */
function failuresIn(commands: readonly ProgramCommand[]): readonly Diagnostic[] {
  return commands.flatMap((command): readonly Diagnostic[] => {
    if (command.kind === 'thread') return failuresIn(command.commands);
    const verdict =
      command.kind === 'assert_static'
        ? command.verdict
        : command.kind === 'assert_unlinkable'
          ? command.byTypes
          : { ok: true as const };
    if (verdict.ok) return [];
    const what = command.kind === 'assert_static' ? command.assertion : command.kind;
    const { start } = command.at;
    const at = { start, end: start + 1 + what.length };
    return [{ code: 'invalid', rule: `Script/${what}`, severity: 'error', message: verdict.error, at }];
  });
}

/** Complaints about the user’s own model; those about a file that it includes stand at the including text’s begin. */
function checkModel({ text }: ModelRequest): readonly DiagnosticJson[] {
  const source = new Source('mine.cat', text);
  const model = loadModel(source);
  if (model.ok) return [];
  return model.error.map((complaint) =>
    diagnosticJson(complaint.source === source ? complaint : { ...complaint, at: NOWHERE }, source),
  );
}

/** What there is to say of an instruction or a definition. */
function look({ name, text, readings, offset }: LookRequest): LookAnswer | null {
  if (isBex(name)) return null;
  const chosen = readingsOf(readings);
  const script = parseScript(new Source(name, text), { readings: chosen });
  if (!script.ok) return null;
  const holds = ({ at }: { readonly at: Span }): boolean => at.start <= offset && offset < at.end;
  const place = placeAt(text, offset);
  const module = modulesOf(script.value.commands).find(holds)?.parsed;
  const looked =
    (module?.ok === true ? lookAt(module.value, chosen, offset, place) : null) ??
    (place === null ? null : lookAtScript(script.value, chosen, place)) ??
    verdictIn(script.value, holds);
  if (looked === null) return null;
  const { at, ...rest } = looked;
  return { from: at.start, to: at.end, ...rest };
}

/** What the author says of a verdict. */
function verdictIn({ litmus }: Script, holds: (it: ModelVerdict) => boolean): Looked | null {
  const it = litmus.flatMap(({ verdicts }) => verdicts).find(holds);
  if (it === undefined) return null;
  const { model, verdict, source, reason, at } = it;
  const facts = [source === null ? 'no source is given' : `source: ${source}`, ...(reason === null ? [] : [reason])];
  return { at, name: `${model}: ${verdict}`, rule: null, stack: null, facts };
}

/** The modules that are written out as text, those of threads and of assertions among them. */
function modulesOf(commands: readonly Command[]): readonly ScriptModule[] {
  return commands.flatMap((command): readonly ScriptModule[] => {
    if (command.kind === 'thread') return modulesOf(command.commands);
    if (!('module' in command) || typeof command.module !== 'object' || command.module === null) return [];
    return command.module.form === 'text' ? [command.module] : [];
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
