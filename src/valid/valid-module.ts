import type { Brand } from '../base/brand.ts';
import type { Module } from '../syntax/module.ts';

/** A module that `checkModule` accepted; nothing else makes one. */
export type ValidModule = Brand<{ readonly module: Module }, 'ValidModule'>;
