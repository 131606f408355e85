import type { LibraryServices } from '../library/libraryServices.ts';

/** The services of the commands on versions, and on texts that are compared. */
export type VersionServices = LibraryServices;
