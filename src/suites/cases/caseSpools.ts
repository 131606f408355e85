import { ScratchFile } from '../../disk/scratchFile.ts';
import type { SuiteCase } from '../suite.ts';
import { CaseSpool } from './caseSpool.ts';
import { SharedParts } from './sharedParts.ts';

/** The spools of one run, which are closed together. */
export class CaseSpools {
	readonly shared = new SharedParts();
	readonly #folder: string;
	readonly #openFile: (folder: string) => ScratchFile;
	readonly #spools: CaseSpool<SuiteCase>[] = [];

	constructor(folder: string, openFile = (path: string) => new ScratchFile(path)) {
		this.#folder = folder;
		this.#openFile = openFile;
	}

	create<Case extends SuiteCase>(): CaseSpool<Case> {
		const spool = new CaseSpool<Case>(this.#folder, () => this.#openFile(this.#folder), this.shared);
		this.#spools.push(spool);
		return spool;
	}

	close(): void {
		for (const spool of this.#spools) {
			spool.close();
		}
	}
}
