/** Subsections of the name section [core 3.0, Name Section; extended name section proposal: label, table, memory, global, elem, data]. */
export const NAME_SECTION = 'name';

export const MODULE_NAME = 0;

/** Name maps, by index. */
export const NAME_MAPS = { func: 1, type: 4, table: 5, memory: 6, global: 7, elem: 8, data: 9, tag: 11 } as const;

/** Indirect name maps: of the parts of a function, or of a type. */
export const INDIRECT_NAME_MAPS = { local: 2, label: 3, field: 10 } as const;

export type NameSpace = keyof typeof NAME_MAPS;
export type InnerNameSpace = keyof typeof INDIRECT_NAME_MAPS;
