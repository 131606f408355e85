import assert from 'node:assert/strict';
import { planText } from '../../../src/suites/planText.ts';
import type { AskedVariant, PlannedVariant } from '../../../src/suites/plannedRun.ts';

const asked = (model: string, editorTools: string[] = []) =>
	({ kind: 'asked', model, editorTools }) as unknown as AskedVariant;
const recorded: PlannedVariant = { kind: 'recorded', label: 'recorded', output: null };
const estimate = { trials: 12, calls: 24, inputTokens: 1_000 };

describe('the plan of a run as it is shown for consent', () => {
	it('names models, the judge, tools of the editor, what it takes and where it ends', () => {
		const text = planText(
			{
				variants: [asked('a/one', ['shout']), asked('a/one', ['shout']), asked('b/two'), recorded],
				judgeModel: 'c/judge',
				estimate: { ...estimate, costUsd: 1.234, priceDate: '2026-11-01' },
			},
			{ maxCostUsd: 2.5 },
		);
		assert.deepEqual(text.split('\n'), [
			'Models: a/one, b/two',
			'Judge: c/judge',
			'Tools of the editor, each call of which is asked about: shout',
			'12 answers with at least 24 requests and about 1,000 input tokens. About $1.23, with prices of 2026-11-01. The run stops when it has cost $2.50.',
		]);
	});

	it('says what a batch would cost, and how many answers cannot be part of it', () => {
		const batch = { isChosen: false, trials: 9, live: 3, hours: 24, costUsd: 0.7, liveCostUsd: 1.2 };
		const shown = (changes: object) =>
			planText(
				{
					variants: [asked('a/one')],
					judgeModel: null,
					estimate: { ...estimate, costUsd: 1.2, batch: { ...batch, ...changes } },
				},
				{ maxCostUsd: 2 },
			);
		assert.match(
			shown({}),
			/It could run as a batch: about \$0\.70 instead of \$1\.20, up to 24 hours\. 9 answers .* 3 need/,
		);
		assert.match(
			shown({ isChosen: true, live: 0 }),
			/As a batch: about \$0\.70 instead of \$1\.20, up to 24 hours\.$/,
		);
		assert.doesNotMatch(shown({ trials: 0 }), /batch/);
	});

	it('says that a price is unknown, and limits requests instead', () => {
		const text = planText({ variants: [asked('a/one')], judgeModel: null, estimate }, { maxCalls: 72 });
		assert.match(text, /price of a model is unknown.*stops after 72 requests/);
		assert.doesNotMatch(text, /Judge|Tools/);
	});
});
