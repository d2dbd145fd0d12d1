import { known } from '../../../../src/base/assert.ts';
import type { CompartmentOptions } from '../../../../src/embed/create-compartment.ts';
import { createCompartment } from '../../../../src/embed/create-compartment.ts';
import type { Compartment, Imports } from '../../../../src/runtime/embed/compartment.ts';
import type { Context } from '../../../../src/runtime/embed/context.ts';
import type { Func } from '../../../../src/runtime/embed/func.ts';
import type { Instance } from '../../../../src/runtime/embed/instance.ts';

export function compartment(options: CompartmentOptions<never> = {}): Compartment {
  return createCompartment({ requests: 100_000, fuel: 1_000_000, ...options });
}

/** Instantiates a text; throws if that fails. */
export function instance(home: Compartment, text: string, imports: Imports = {}, context?: Context): Instance {
  const made = home.instantiate(text, imports, context ?? home.createContext());
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

export function func(from: Instance, name: string): Func {
  return known(from.func(name), name);
}

/** What an instantiation fails with. */
export function failure(home: Compartment, text: string, imports: Imports = {}): { kind: string; message: string } {
  const made = home.instantiate(text, imports);
  if (made.ok) throw new Error('it was instantiated');
  return { kind: made.error.kind, message: made.error.message };
}
