import type { Diagnostic } from '../../base/diagnostic.ts';
import { decodeModule } from '../../binary/decode.ts';
import { loadScript, refusalsOf, warningsOf } from '../../litmus/load.ts';
import { checkJson, isOk } from '../../report/check-json.ts';
import type { CheckedFile, ReadingVerdict } from '../../report/check-json.ts';
import { diagnosticText } from '../../report/diagnostics.ts';
import { readingsText } from '../../report/readings-text.ts';
import { CODE_METADATA } from '../../syntax/code-metadata.ts';
import { DEFAULT_READINGS, SWITCHES } from '../../syntax/readings.ts';
import type { Readings } from '../../syntax/readings.ts';
import { annotationWarnings } from '../../valid/annotations.ts';
import { checkModule } from '../../valid/check.ts';
import { hasCustomSection } from '../../valid/stream/customs.ts';
import { validateBytes } from '../../valid/stream/validate.ts';
import { EXIT, UsageError } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { expandPaths, readInput } from '../input.ts';
import type { Input } from '../input.ts';
import { printJson, printText, textOptions } from '../output.ts';

interface CheckOptions {
  readonly json?: boolean;
  readonly reading?: Readings;
  readonly readings?: string;
}

/** Parses or decodes files and type-checks them; in a script, every module that is not asserted to be wrong. */
export function check(paths: readonly string[], options: CheckOptions): ExitCode {
  const everyReading = options.readings !== undefined;
  if (everyReading && options.readings !== 'all')
    throw new UsageError(`--readings takes all, not '${options.readings}'`);
  const readings = options.reading ?? DEFAULT_READINGS;
  const files = expandPaths(paths, ['.wat', '.wast', '.wasm']).map((path): CheckedFile => {
    const input = readInput(path);
    const file = { file: path, source: input.source, diagnostics: diagnosticsOf(input, readings) };
    return everyReading ? { ...file, readings: verdicts(input, readings) } : file;
  });
  if (options.json === true) printJson(checkJson(files));
  else printText(files.map(everyReading ? (file) => readingsText(file, textOptions()) : fileText).join('\n'));
  return files.every((file) => isOk(file.diagnostics)) ? EXIT.holds : EXIT.refuted;
}

function diagnosticsOf(input: Input, readings: Readings): readonly Diagnostic[] {
  if (input.kind === 'binary') {
    if (readings === DEFAULT_READINGS && hasNothingToSay(input.source.bytes)) return [];
    const module = decodeModule(input.source.bytes, { readings, bodies: 'lazy' });
    if (!module.ok) return module.error;
    const valid = checkModule(module.value, readings);
    return valid.ok ? annotationWarnings(module.value) : valid.error;
  }
  if (input.problem !== null) return [input.problem];
  const script = loadScript(input.source, readings);
  return script.ok ? [...refusalsOf(script.value), ...warningsOf(script.value)] : script.error;
}

/** Whether a binary module is valid under the default readings, and has no annotations that could be wrong: fast, and without reasons. */
function hasNothingToSay(bytes: Uint8Array): boolean {
  return validateBytes(bytes) && !hasCustomSection(bytes, CODE_METADATA);
}

/** The verdicts of every reading of every typing switch, the other switches as chosen. */
function verdicts(input: Input, chosen: Readings): readonly ReadingVerdict[] {
  return SWITCHES.filter((s) => s.decides === 'typing').flatMap((s) =>
    s.readings.map(({ value }, i): ReadingVerdict => {
      const readings = { ...chosen, [s.name]: value } as Readings;
      return { switch: s.name, reading: value, isDefault: i === 0, diagnostics: diagnosticsOf(input, readings) };
    }),
  );
}

function fileText(file: CheckedFile): string {
  if (file.diagnostics.length === 0) return `${file.file}: ok`;
  return file.diagnostics.map((diagnostic) => `${diagnosticText(diagnostic, file.source, textOptions())}\n`).join('\n');
}
