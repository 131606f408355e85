import type { LibraryServices } from '../library/libraryServices.ts';
import type { TemplateFiles } from './templateFiles.ts';

/** The services of the commands on templates. */
export interface TemplateServices extends LibraryServices {
	templateFiles: TemplateFiles;
}
