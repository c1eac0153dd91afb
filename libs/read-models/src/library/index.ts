export { listMaterials } from './materials.ts';
export type { Material, MaterialFile, MaterialsFilter } from './materials.ts';
export { processFigures } from './process-figures.ts';
export type { ProcessFigures } from './process-figures.ts';
