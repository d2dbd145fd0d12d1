import { join } from 'node:path';
import { CAT_MODELS, findModel, MODELS } from '../model/catalogue.ts';
import type { CatModel } from '../model/cat/load.ts';
import { VIEWS } from '../model/cat/views.ts';
import type { Model } from '../model/model.ts';
import { UsageError } from './exit.ts';
import { ModelFileError, modelsFolder, readModel } from './model-files.ts';

const read = new Map<string, CatModel>();

/**
 * The model that an option names: one that ships, natively if it can be had so; or a file, `FILE.cat` or a path, under the view of its header or under
 * another, `X86:FILE.cat`. A file is read once.
 */
export function modelNamed(name: string): Model {
  return findModel(name) ?? catModel(name);
}

/** The names of the models that ship. */
export function modelNames(): readonly string[] {
  return [...MODELS.map((model) => model.name), ...CAT_MODELS];
}

/** The file of a model that ships. */
export function shippedFile(name: string): string {
  return join(modelsFolder(), `${name}.cat`);
}

/** The model that an option names, as its file says it. */
export function catModel(name: string): CatModel {
  const before = read.get(name);
  if (before !== undefined) return before;
  const { path, view } = fileNamed(name);
  const model = view === null ? readModel(path) : readModel(path, view);
  if (!model.ok) throw new ModelFileError(path, model.error);
  read.set(name, model.value);
  return model.value;
}

function fileNamed(name: string): { readonly path: string; readonly view: string | null } {
  if (modelNames().includes(name)) return { path: shippedFile(name), view: null };
  const view = VIEWS.find((one) => name.startsWith(`${one.name}:`))?.name ?? null;
  const path = view === null ? name : name.slice(view.length + 1);
  if (path.endsWith('.cat') || path.includes('/')) return { path, view };
  throw new UsageError(
    `unknown model '${name}'; there are: ${modelNames().join(', ')}, and files (NAME.cat or a path)`,
  );
}
