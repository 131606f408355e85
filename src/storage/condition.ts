import type { StoreStatus } from './contract.ts';
import { failureReason, isPermissionError } from './failures.ts';
import type { DiskFiles } from '../disk/files.ts';
import type { FoundDamage } from './loadState.ts';
import { OwnerSilent } from './ownership.ts';
import { setAside } from './repairFiles.ts';
import type { WriteLog } from './storeOptions.ts';

type Shown = Pick<StoreStatus, 'mode' | 'reason' | 'ownerSilent' | 'refused'>;

/** What people learn about a store: its mode and why, and which files were found damaged. */
export class Condition {
	readonly #isNewer: () => boolean;
	readonly #log: WriteLog;
	readonly #onChange: () => void;
	readonly #damage: StoreStatus['damage'] = [];
	#shown: Shown = { mode: 'closed' };

	/** `isNewer`: the schema can be read but not changed. `onChange` is called when the mode or its reason changes. */
	constructor(isNewer: () => boolean, log: WriteLog, onChange: () => void) {
		this.#isNewer = isNewer;
		this.#log = log;
		this.#onChange = onChange;
	}

	get mode(): StoreStatus['mode'] {
		return this.#shown.mode;
	}

	get shown(): Shown & Pick<StoreStatus, 'damage'> {
		return { ...this.#shown, damage: this.#damage.map((damage) => ({ ...damage })) };
	}

	show(shown: Shown): void {
		const before = this.#shown;
		this.#shown = shown;
		const { mode, reason } = shown;
		if (before.mode !== mode || before.reason !== reason) {
			this.#log('info', `Store ${mode}${reason === undefined ? '' : `: ${reason}`}`);
			this.#onChange();
		}
	}

	/** Shows why nothing can be written. */
	block(error: unknown, shown: Pick<Shown, 'refused'> = {}): void {
		const reason = failureReason(error);
		if (error instanceof OwnerSilent) {
			this.show({ mode: error.elsewhere ? 'read-only' : 'following', reason, ownerSilent: true });
		} else {
			const isReadOnly = this.#isNewer() || isPermissionError(error);
			this.show({ mode: isReadOnly ? 'read-only' : 'not-saving', reason, ...shown });
		}
	}

	/** Records damage and logs it once per file. */
	noteDamage(found: readonly FoundDamage[]): void {
		for (const { file, lost } of found) {
			if (!this.#damage.some((known) => known.file === file)) {
				this.#log('error', `${file} is damaged; lost: ${lost}`);
				this.#damage.push({ file, setAsideAs: '', lost });
			}
		}
	}

	/** Keeps copies, under other names, of the damaged files that are still in the store's folder. */
	async setDamagedAside(files: DiskFiles, folder: string): Promise<void> {
		for (const damage of this.#damage) {
			if (damage.setAsideAs === '' && (await files.stat(`${folder}/${damage.file}`))) {
				damage.setAsideAs = await setAside(files, folder, damage.file);
			}
		}
	}
}
