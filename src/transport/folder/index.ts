/** A transport by a folder. Needs Node. */
export { type Disk, type FileMark, nodeDisk } from './disk.js';
export { folderTransport } from './folder.js';
export { type GroupedName, type Grouping, groupByName, type SetFile } from './grouping.js';
export type { FolderOptions, LeftFile, LeftReason } from './places.js';
