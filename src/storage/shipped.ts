/**
 * What the extension loads of this room when the store is first used: one entry of the bundle (`dist/storage.js`), which
 * the kill tests run exactly as it ships.
 */
export { nodeFiles } from '../disk/nodeFiles.ts';
export { openStore } from './openStore.ts';
export { findOrphanedStores } from './orphanedStores.ts';
export { ownerEndpoint } from '../disk/ownerEndpoint.ts';
export { snapshotWorker } from './startSnapshotWorker.ts';
export { placeFile } from '../disk/placeFile.ts';
export { notePlace } from './storePlace.ts';
export { storeFolder } from './storeFolder.ts';
