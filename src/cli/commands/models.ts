import { relative } from 'node:path';
import { findModel } from '../../model/catalogue.ts';
import { DISTINCTIONS } from '../../model/distinctions.ts';
import { modelsJson, modelsText } from '../../report/models-text.ts';
import type { ListedModel } from '../../report/models-text.ts';
import { diagnosticJson } from '../../report/diagnostics.ts';
import { EXIT } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { ModelFileError } from '../model-files.ts';
import { catModel, modelNames, shippedFile } from '../models.ts';
import { printJson, printText, textOptions } from '../output.ts';

interface ModelsOptions {
  readonly json?: boolean;
  readonly path?: string;
}

/** Lists the models that ship, or those that are named: files are read and checked. With `path`, where a model's file is. */
export function models(names: readonly string[], options: ModelsOptions): ExitCode {
  if (options.path !== undefined) {
    catModel(options.path);
    printText(modelNames().includes(options.path) ? shippedFile(options.path) : options.path);
    return EXIT.holds;
  }
  try {
    const listed = (names.length === 0 ? modelNames() : names).map(list);
    if (options.json === true) printJson(modelsJson(listed));
    else printText(modelsText(listed, textOptions()));
    return EXIT.holds;
  } catch (error) {
    if (options.json !== true || !(error instanceof ModelFileError)) throw error;
    printJson({
      models: [],
      errors: error.diagnostics.map((diagnostic) => ({
        file: diagnostic.source.name,
        ...diagnosticJson(diagnostic, diagnostic.source),
      })),
    });
    return error.code;
  }
}

function list(name: string): ListedModel {
  const file = catModel(name);
  const native = findModel(name);
  return {
    model: native ?? file,
    file,
    path: modelNames().includes(name) ? `models/${name}.cat` : relative('.', name),
    native: native !== null,
    distinctions: DISTINCTIONS.filter(({ model }) => model === name),
  };
}
