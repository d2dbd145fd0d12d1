import { known } from '../base/assert.ts';
import { DEFINITIONS } from './definitions.ts';
import type { Model } from './model.ts';
import { nativeModel } from './native.ts';

/** The models that ship natively, the default first. Each is a file of its name in `models/` too, which says the same. */
export const MODELS: readonly Model[] = DEFINITIONS.map((base) => nativeModel({ base }));

/** The models that ship as files alone: `models/NAME.cat`. */
export const CAT_MODELS: readonly string[] = ['x86-tso', 'armv8', 'rc11', 'c11'];

/** The native model of that name, or null. */
export function findModel(name: string): Model | null {
  return MODELS.find((model) => model.name === name) ?? null;
}

export const DEFAULT_MODEL: Model = known(MODELS[0], 'default model');
