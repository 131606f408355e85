import type { Disposable } from '../../../common/lifecycle.ts';

/** Profiles of VS Code's Test Explorer, one for each model that was chosen for tests or that a suite names. */
export class ModelProfiles implements Disposable {
	readonly #create: (model: string) => Disposable;
	readonly #profiles = new Map<string, Disposable>();

	constructor(create: (model: string) => Disposable) {
		this.#create = create;
	}

	/** Profiles of models that are still there stay: VS Code remembers which of them the user has made a default. */
	set(models: Iterable<string>): void {
		const now = new Set(models);
		for (const [model, profile] of this.#profiles) {
			if (!now.has(model)) {
				profile.dispose();
				this.#profiles.delete(model);
			}
		}
		for (const model of now) {
			if (!this.#profiles.has(model)) {
				this.#profiles.set(model, this.#create(model));
			}
		}
	}

	dispose(): void {
		this.set([]);
	}
}
