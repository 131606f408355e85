import { removeClaim } from '../disk/claims.ts';
import type { DiskFiles } from '../disk/files.ts';
import { claimOf, tryClaim } from '../disk/lock.ts';
import type { Listener, OwnerPort } from '../disk/ownerPort.ts';
import type { Claims } from './contract.ts';
import { notSaved } from './failures.ts';

export interface WindowClaimsOptions {
	files: DiskFiles;
	/** The store's folder. */
	folder: string;
	owners: OwnerPort;
	/** Identifies this window. */
	token: string;
}

/** Claims, in the folder `claims`, to work that only one window may do at a time; removed when the work is done. */
export class WindowClaims implements Claims {
	readonly #options: WindowClaimsOptions;
	#listener: Promise<Listener> | undefined;

	constructor(options: WindowClaimsOptions) {
		this.#options = options;
	}

	async take(name: string): Promise<(() => Promise<void>) | undefined> {
		const { files, folder, owners, token } = this.#options;
		const place = { files, folder: `${folder}/claims`, name };
		try {
			await files.createFolder(place.folder);
			this.#listener ??= this.#listen();
			const taken = await tryClaim(place, owners, claimOf(token, await this.#listener, owners));
			return typeof taken === 'number' ? () => removeClaim(place, taken) : undefined;
		} catch (error) {
			throw notSaved(error);
		}
	}

	/** Answers as long as this process lives, which is all the others need to know. */
	async #listen(): Promise<Listener> {
		try {
			return await this.#options.owners.listen(() => Promise.resolve(false));
		} catch (error) {
			this.#listener = undefined;
			throw error;
		}
	}

	/** Also frees what is still claimed. */
	async close(): Promise<void> {
		const listener = await this.#listener?.catch(() => undefined);
		await listener?.close();
	}
}
