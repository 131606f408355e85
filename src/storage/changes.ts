import type { StoreChange } from './contract.ts';
import type { Touched } from './logFormat.ts';

/** Collects the ids that one transaction touches. */
export class Changes {
	readonly drafts = new Set<number>();
	readonly chats = new Set<number>();
	readonly prompts = new Set<string>();
	readonly results = new Set<string>();
	readonly suites = new Set<string>();
	readonly runs = new Set<string>();
	all = false;

	toTouched(): Touched {
		const touched: Touched = {};
		if (this.drafts.size > 0) {
			touched.drafts = [...this.drafts];
		}
		if (this.chats.size > 0) {
			touched.chats = [...this.chats];
		}
		if (this.prompts.size > 0) {
			touched.prompts = [...this.prompts];
		}
		if (this.results.size > 0) {
			touched.results = [...this.results];
		}
		if (this.suites.size > 0) {
			touched.suites = [...this.suites];
		}
		if (this.runs.size > 0) {
			touched.runs = [...this.runs];
		}
		if (this.all) {
			touched.all = true;
		}
		return touched;
	}
}

/** What several transactions touched in total. */
export function storeChange(touched: readonly Touched[]): StoreChange {
	return {
		drafts: [...new Set(touched.flatMap((one) => one.drafts ?? []))],
		chats: [...new Set(touched.flatMap((one) => one.chats ?? []))],
		prompts: [...new Set(touched.flatMap((one) => one.prompts ?? []))],
		results: [...new Set(touched.flatMap((one) => one.results ?? []))],
		suites: [...new Set(touched.flatMap((one) => one.suites ?? []))],
		runs: [...new Set(touched.flatMap((one) => one.runs ?? []))],
		all: touched.some((one) => one.all === true),
	};
}

export const everythingChanged: StoreChange = {
	drafts: [],
	chats: [],
	prompts: [],
	results: [],
	suites: [],
	runs: [],
	all: true,
};
