import { foldParts } from '../../../src/common/foldParts.ts';
import type { CaseDetails, CaseRow, CaseRows, SuiteRequests, SuiteView } from '../../../src/common/suitePage.ts';
import { runFixture, trialFixture } from '../suites/runFixture.ts';
import type { WorkshopHost } from './workshopHost.ts';

type Params<K extends keyof SuiteRequests> = SuiteRequests[K]['params'];

/** A suite with its runs, and the host's answers to a page that shows it. Every third case fails, every tenth is an error. */
export class SuiteFixture {
	view: SuiteView;
	/** What was asked for, in order. */
	readonly asked: Params<'suiteRows'>[] = [];

	constructor(count: number, patch: Partial<SuiteView> = {}) {
		const passed = count - Math.ceil(count / 3) - Math.ceil(count / 10);
		this.view = {
			uri: 'prompt-suite:/store/draft/1.prompttest.yaml',
			cases: count,
			problems: [],
			problemCount: 0,
			models: [],
			runs: [
				runFixture({
					trials: count,
					done: count,
					passed,
					failed: Math.ceil(count / 3),
					errors: Math.ceil(count / 10),
				}),
			],
			hasBatch: true,
			here: [],
			revision: 1,
			...patch,
		};
	}

	row(index: number): CaseRow {
		const error = index % 10 === 0;
		const failed = !error && index % 3 === 0;
		const [passed, lost, errors] = error ? [0, 0, 1] : failed ? [0, 1, 0] : [1, 0, 0];
		return {
			index,
			name: `case ${index}`,
			tags: index % 2 === 0 ? ['billing'] : [],
			assertions: 2,
			results:
				this.view.runs.length === 0
					? []
					: [{ variant: 'claude-sonnet', passed, failed: lost, errors, planned: 1 }],
			reason: failed ? 'Expected the answer to contain "shipping"' : error ? 'Rate limit reached' : null,
		};
	}

	readonly answers = {
		suite: async (): Promise<SuiteView> => structuredClone(this.view),
		suiteRows: async (params: Params<'suiteRows'>): Promise<CaseRows> => {
			this.asked.push(params);
			const { text, verdict } = params.filter;
			const field = { pass: 'passed', fail: 'failed', error: 'errors', '': undefined }[verdict];
			const all = Array.from({ length: this.view.cases }, (_, index) => this.row(index));
			const rows = all.filter(
				(row) =>
					`${row.name} ${row.tags.join(' ')}`.includes(text) &&
					(field === undefined || row.results.some((result) => result[field as 'passed'] > 0)),
			);
			return {
				offset: params.offset,
				rows: rows.slice(params.offset, params.offset + params.count),
				matching: rows.length,
				total: all.length,
				revision: this.view.revision,
			};
		},
		suiteCase: async ({ index }: Params<'suiteCase'>): Promise<CaseDetails> => {
			const { name, tags, results } = this.row(index);
			const verdict = results[0]?.errors ? 'error' : results[0]?.failed ? 'fail' : 'pass';
			const output = 'Your parcel is with the **carrier** since Monday.';
			return {
				index,
				name,
				tags,
				query: 'Where is my parcel 7?',
				expected: 'shipping',
				trials: [
					{
						...trialFixture({ verdict, output }),
						query: 'Where is my parcel 7?',
						turn: foldParts([
							{ type: 'thinking', id: 't', text: 'The order number is known.', at: 10 },
							{ type: 'tool-call', id: 'c', name: 'get_order', input: { id: '7' }, at: 20 },
							{ type: 'tool-result', id: 'c', name: 'get_order', summary: 'shipped', at: 30 },
							{ type: 'text', id: 'a', text: output, at: 40 },
							{ type: 'done', stopReason: 'stop' },
						]),
						earlier: [],
						citations: [],
						hasRequest: true,
					},
				],
				revision: this.view.revision,
			};
		},
	};

	/** Changes the suite and tells the page, as the panel does. */
	change(host: WorkshopHost, patch: Partial<SuiteView>): void {
		this.view = { ...this.view, revision: this.view.revision + 1, ...patch };
		host.server.send('suite', structuredClone(this.view));
	}
}
