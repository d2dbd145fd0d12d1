import type { Brand } from '../base/brand.ts';
import type { Module } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';

/** A module that `checkModule` accepted under these readings; nothing else makes one. */
export type ValidModule = Brand<{ readonly module: Module; readonly readings: Readings }, 'ValidModule'>;
