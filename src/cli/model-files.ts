import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Bug } from '../base/assert.ts';
import type { Result } from '../base/result.ts';
import { Source } from '../base/span.ts';
import type { CatDiagnostic } from '../model/cat/ast.ts';
import type { CatModel } from '../model/cat/load.ts';
import { loadCat } from '../model/cat/load.ts';
import { VIEWS } from '../model/cat/views.ts';
import { diagnosticText } from '../report/diagnostics.ts';
import type { ExitCode } from './exit.ts';
import { EXIT, UsageError } from './exit.ts';
import { readSource } from './input.ts';

/** A model's file that is not a model, or cannot be read as one. Ends the command after its complaints have been printed. */
export class ModelFileError extends UsageError {
  readonly diagnostics: readonly CatDiagnostic[];

  constructor(path: string, diagnostics: readonly CatDiagnostic[]) {
    const complaints = diagnostics.map((diagnostic) => diagnosticText(diagnostic, diagnostic.source, { color: false }));
    super(`${path} is not a model\n${complaints.join('\n\n')}`, codeOf(diagnostics));
    this.diagnostics = diagnostics;
  }
}

/** A wrong name or type is a wrong model; what is no cat text at all, or names what is not there, cannot be read. */
function codeOf(diagnostics: readonly CatDiagnostic[]): ExitCode {
  return diagnostics.some(({ code }) => code === 'invalid') ? EXIT.refuted : EXIT.usage;
}

/** The folder of the models that ship: `models/` of the package. */
export function modelsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'models', 'lib', 'stdlib.cat'))) {
    const above = dirname(folder);
    if (above === folder) throw new Bug('the package has its models');
    folder = above;
  }
  return join(folder, 'models');
}

/** Reads a model from a file; what it includes is looked for beside the including file, then among the models that ship and their library. */
export function readModel(path: string, view?: string): Result<CatModel, readonly CatDiagnostic[]> {
  const folder = modelsFolder();
  const resolve = (name: string, from: string): Source | null => {
    const found = [dirname(from), join(folder, 'lib')]
      .map((place) => join(place, name))
      .find((file) => existsSync(file));
    return found === undefined ? null : readSource(found);
  };
  return loadCat(readSource(path), resolve, view === undefined ? { views: VIEWS } : { views: VIEWS, view });
}
