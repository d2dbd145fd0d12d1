import { CAT_MODELS, findModel, MODELS } from '../../src/model/catalogue.ts';
import type { CatModel } from '../../src/model/cat/load.ts';
import { loadCat } from '../../src/model/cat/load.ts';
import { VIEWS } from '../../src/model/cat/views.ts';
import type { Result } from '../../src/base/result.ts';
import { Source } from '../../src/base/span.ts';
import type { CatDiagnostic } from '../../src/model/cat/ast.ts';
import type { Model } from '../../src/model/model.ts';
import { Refused } from './refused.ts';

const FILES = import.meta.glob<string>('../../models/{*.cat,lib/*.cat}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
/** The user’s own model: its name is that of its file. */
export const OWN = 'mine';
let own: string | null = null;
const loaded = new Map<string, CatModel>();

/** What the name `mine` stands for from now on. */
export function setOwnModel(text: string | null): void {
  if (text === own) return;
  own = text;
  loaded.delete(OWN);
}

export function modelNames(): readonly string[] {
  return [...MODELS.map(({ name }) => name), ...CAT_MODELS];
}

/** The model that ships under a name: natively if it can be had so, else as its file says. */
export function modelNamed(name: string): Model {
  return findModel(name) ?? catNamed(name);
}

/** The model that ships under a name as its file says. */
export function catNamed(name: string): CatModel {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const source = fileOf(`${name}.cat`);
  const model = loadModel(source);
  if (!model.ok) {
    const own = model.error.find((complaint) => complaint.source === source) ?? model.error[0];
    const place = own?.source === source ? source.position(own.at.start) : null;
    const where = place === null ? (own === undefined ? '' : `${own.source.name}: `) : `line ${place.line}: `;
    const more = model.error.length > 1 ? `, and ${model.error.length - 1} more` : '';
    throw new Refused(`it is no model: ${where}${own?.message ?? ''}${more}`, place);
  }
  loaded.set(name, model.value);
  return model.value;
}

/** A model from its text; it may include the library’s files. */
export function loadModel(source: Source): Result<CatModel, readonly CatDiagnostic[]> {
  return loadCat(source, sourceNamed, { views: VIEWS });
}

/** The text of a model that ships. */
export function modelText(name: string): string {
  return fileOf(`${name}.cat`).text;
}

function fileOf(file: string): Source {
  const source = sourceNamed(file);
  if (source === null) throw new Refused(`there is no model ${file}`);
  return source;
}

function sourceNamed(file: string): Source | null {
  if (file === `${OWN}.cat`) return own === null ? null : new Source(file, own);
  const text = FILES[`../../models/${file}`] ?? FILES[`../../models/lib/${file}`];
  return text === undefined ? null : new Source(file, text);
}
