import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { importItems } from '../../../../src/formats/importing/importItems.ts';
import type { Imported } from '../../../../src/formats/imported.ts';
import { suiteText } from '../../../../src/formats/suiteText.ts';
import { draftNames, importRecords } from '../../../../src/host/exchange/importRecords.ts';
import type { ReadImport } from '../../../../src/host/exchange/readImports.ts';
import { checkDraftName } from '../../../../src/workshop/rules.ts';

const draft = (name: string): Imported['drafts'][number] => ({
	name,
	text: `You are ${name}.`,
	kind: 'assistant',
	variables: [],
	tools: [],
	promptRole: 'system',
});

function fileOf(index: number, content: Partial<Imported>): ReadImport {
	const imported: Imported = { format: 'json', drafts: [], suites: [], fixtures: [], report: [], ...content };
	return { path: 'a', format: 'JSON', formatId: 'json', items: importItems(index, imported), report: [], imported };
}

const everything = (files: readonly ReadImport[]) => new Set(files.flatMap(({ items }) => items.map(({ id }) => id)));
const plain = { taken: new Set<string>(), folder: '', ownSuites: true };

describe('the records of an import', () => {
	it('have names that are free and that a draft may have', () => {
		const files = [
			fileOf(0, { drafts: [draft('Sorter'), draft('a\nb'), draft('x'), draft('y'.repeat(200)), draft('')] }),
			fileOf(1, { drafts: [draft('Sorter'), draft('y'.repeat(200))] }),
		];
		const names = [...draftNames(files, new Set(['Sorter'])).values()];
		assert.deepEqual(names.slice(0, 3), ['Sorter (2)', 'a b', 'Prompt x']);
		assert.equal(names[5], 'Sorter (3)');
		assert.equal(new Set(names).size, names.length);
		names.forEach(checkDraftName);
	});

	it('give a suite to the first draft that it names, and name the others by their ids', () => {
		const text = suiteText({ prompt: ['draft:One', 'draft:Two'], cases: [{ query: 'Hi' }] });
		const files = [fileOf(0, { drafts: [draft('One'), draft('Two')], suites: [{ name: 'S', text }] })];
		const { drafts, suites } = importRecords(files, everything(files), { ...plain, taken: new Set(['One']) });
		assert.deepEqual(suites, []);
		assert.equal(drafts[1]?.suite, undefined);
		assert.match(drafts[0]?.suite?.([7, 9]) ?? '', /prompt:\n {2}- "draft:7"\n {2}- "draft:9"/);
	});

	it('leave the name out of a suite that tests only its own draft, whose name may change', () => {
		const text = suiteText({ prompt: 'draft:One', cases: [{ query: 'Hi' }] });
		const files = [fileOf(0, { drafts: [draft('One')], suites: [{ name: 'S', text }] })];
		const [one] = importRecords(files, everything(files), plain).drafts;
		assert.equal(one?.suite?.([1]), 'cases:\n  - query: Hi\n');
	});

	it('keep a suite whose draft was not chosen, without its name', () => {
		const text = suiteText({ prompt: 'draft:One', cases: [{ query: 'Hi' }] });
		const files = [fileOf(0, { drafts: [draft('One')], suites: [{ name: 'S', text }] })];
		const { drafts, suites } = importRecords(files, new Set(['0:suite:0']), plain);
		assert.deepEqual(drafts, []);
		assert.deepEqual(suites, [{ name: 'S', text: 'cases:\n  - query: Hi\n' }]);
		const held = importRecords(files, new Set(['0:suite:0']), { ...plain, ownSuites: false });
		assert.deepEqual(held.suites, []);
		assert.equal(held.drafts[0]?.draftContent, '');
		assert.equal(held.drafts[0].suite?.([1]), 'cases:\n  - query: Hi\n');
	});

	it('take only what was chosen, and file drafts in the folder', () => {
		const files = [
			fileOf(0, { drafts: [draft('One'), draft('Two')], fixtures: [{ name: 'F', text: '{"sections":[]}' }] }),
		];
		const records = importRecords(files, new Set(['0:draft:1']), { ...plain, folder: 'prompts' });
		assert.deepEqual(
			records.drafts.map(({ draftName }) => draftName),
			['Two'],
		);
		assert.equal(records.drafts[0]?.metadata['folder'], 'prompts');
		assert.deepEqual(records.fixtures, []);
	});

	it('keep model, parameters and unknown fields as notes that no run reads', () => {
		const noted = {
			...draft('One'),
			model: 'openai/gpt-5',
			parameters: { temperature: 0.2 },
			origin: { format: 'skill', fields: { license: 'MIT' } },
		};
		const files = [fileOf(0, { drafts: [noted] })];
		const { metadata } = importRecords(files, everything(files), plain).drafts[0] ?? assert.fail();
		assert.deepEqual(metadata['imported'], {
			model: 'openai/gpt-5',
			parameters: { temperature: 0.2 },
			origin: { format: 'skill', fields: { license: 'MIT' } },
		});
		assert.equal('model' in metadata, false);
	});

	it('give a run what its suite is stored with, and refuse one without its suite', () => {
		const text = suiteText({ prompt: 'draft:One', cases: [{ query: 'Hi' }] });
		const run = { name: 'S', suite: 0, label: 'm', status: 'complete', reason: '', trials: [] } as const;
		const runs = [{ ...run, trials: [] }];
		const files = [fileOf(0, { drafts: [draft('One')], suites: [{ name: 'S', text }], runs })];
		const all = importRecords(files, everything(files), plain);
		assert.equal(all.runs[0]?.owner, all.drafts[0]);
		const alone = importRecords(files, new Set(['0:suite:0', '0:run:0']), plain);
		assert.equal(alone.runs[0]?.owner, alone.suites[0]);
		const held = importRecords(files, new Set(['0:suite:0', '0:run:0']), { ...plain, ownSuites: false });
		assert.equal(held.runs[0]?.owner, held.drafts[0]);
		assert.deepEqual(importRecords(files, new Set(['0:suite:0']), plain).runs, []);
		assert.throws(
			() => importRecords(files, new Set(['0:draft:0', '0:run:0']), plain),
			(error) => isAppError(error, 'validation'),
		);
	});

	it('say of a run what it holds', () => {
		const trial = { case: 0, repeat: 1, score: 0, assertions: [], output: '', latencyMs: null, usage: null };
		const trials = (['pass', 'fail', 'error'] as const).map((verdict) => ({ ...trial, verdict }));
		const run = { name: 'S', suite: 0, label: 'm', status: 'stopped' as const, reason: 'It was cancelled', trials };
		const [item] = fileOf(0, { runs: [run] }).items;
		assert.deepEqual(
			[item?.kind, item?.facts],
			['run', ['3 results', '1 passed, 1 failed', '1 error', 'm', 'It was cancelled']],
		);
	});
});
