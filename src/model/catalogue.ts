import { known } from '../base/assert.ts';
import { DEFINITIONS } from './definitions.ts';
import type { Model } from './model.ts';
import { nativeModel } from './native.ts';

/** The models that ship, the default first. */
export const MODELS: readonly Model[] = DEFINITIONS.map((base) => nativeModel({ base }));

/** The model of that name, or null. */
export function findModel(name: string): Model | null {
  return MODELS.find((model) => model.name === name) ?? null;
}

export const DEFAULT_MODEL: Model = known(MODELS[0], 'default model');
