import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { readPromptMetadata, type PromptVariable } from '../../../src/prompts/promptMetadata.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const template =
	'You support the customers of {{company}}. Answer {{#orders}}about order {{id}} {{/orders}}in {{count}} lines.';
const variables: PromptVariable[] = [
	{ name: 'company', type: 'text' },
	{ name: 'count', type: 'number', default: '3' },
	{ name: 'orders', type: 'json', default: '[]' },
];
const question = { testQuery: 'Where is my parcel?', topic: 'General' };

describe('variables of a draft', () => {
	let t: TestWorkshop;
	let draftId: number;
	beforeEach(async () => {
		t = await testWorkshop();
		draftId = await draftOf(template);
		await t.workshop.setVariables(draftId, variables);
	});
	afterEach(() => t.dispose());

	async function draftOf(startingPrompt: string): Promise<number> {
		t.models.says('Hello');
		const { draft, run } = await t.workshop.start({ draftName: 'Support', startingPrompt });
		await run.finished;
		return draft.id;
	}

	async function test(options: Parameters<TestWorkshop['workshop']['test']>[1]) {
		t.models.says('Soon.');
		const run = await t.workshop.test(draftId, options);
		await run.finished;
		const result = await t.store.read(({ results }) => results.get(run.key));
		return { result, sent: t.models.requests.at(-1), stored: await t.workshop.response(run.key) };
	}

	const metadata = async () => readPromptMetadata((await t.store.read(({ drafts }) => drafts.get(draftId))).metadata);

	it('are filled in for a test; the result keeps the values, and what was typed beside what was sent', async () => {
		const vars = { company: 'Ada & Co', orders: [{ id: 7 }] };
		const { result, sent, stored } = await test({
			testQuery: 'What does {{company}} say of {{anyone}}?',
			topic: 'General',
			vars,
		});
		const prompt = 'You support the customers of Ada & Co. Answer about order 7 in 3 lines.';
		const query = 'What does Ada & Co say of {{anyone}}?';
		assert.equal(sent?.system, prompt);
		assert.deepEqual(sent.messages, [{ role: 'user', content: [{ type: 'text', text: query }] }]);
		assert.equal(result.query, 'What does {{company}} say of {{anyone}}?');
		assert.deepEqual(result.parameters, {
			limit: 50,
			maxTokens: 4096,
			vars: { ...vars, count: 3 },
			renderedQuery: query,
		});
		assert.deepEqual([stored?.systemPrompt, stored?.query], [prompt, query]);
		const versions = await t.store.read((store) => store.versions.list('draft', draftId));
		const tested = versions.find(({ id }) => id === result.versionId);
		assert.deepEqual(tested?.metadata['variables'], variables);
	});

	it('change nothing of a text and a question without tags', async () => {
		const plain = 'Answer in JSON such as {"a":{"b":1}} and LaTeX such as \\frac{{a}+{b}}{2}, ${{ x }}.';
		draftId = await draftOf(plain);
		const { result, sent } = await test({ ...question, testQuery: 'What is {{x}} in \\{{y}}?' });
		assert.equal(sent?.system, plain);
		assert.deepEqual(result.parameters, { limit: 50, maxTokens: 4096 });
		assert.equal(result.query, 'What is {{x}} in \\{{y}}?');
		assert.deepEqual(sent.messages[0]?.content, [{ type: 'text', text: result.query }]);
	});

	for (const [name, vars, field, message] of [
		['no value', {}, 'vars.company', /^These variables have no value: company\. Fill them in/],
		[
			'an unknown name',
			{ company: 'A', nobody: 1 },
			'vars.nobody',
			/no variable "nobody"\. Its variables are company/,
		],
		['a wrong type', { company: 'A', count: 'many' }, 'vars.count', /"count" must be a number/],
		['a list for a text', { company: ['A'] }, 'vars.company', /its value is a list/],
		['too much', { company: 'x'.repeat(1_000_001) }, 'vars', /at most 1000000 are allowed/],
	] as const) {
		it(`refuse a test with ${name}, before anything is stored or sent`, async () => {
			const requests = t.models.requests.length;
			await assert.rejects(
				t.workshop.test(draftId, { ...question, vars }),
				(error) => isAppError(error, 'validation') && error.info.field === field && message.test(error.message),
			);
			assert.equal(t.models.requests.length, requests);
			assert.deepEqual(await t.store.read(({ results }) => results.list(draftId)), []);
		});
	}

	for (const [text, message] of [
		[
			'{{a}} and {{b}}',
			/^The prompt has variables that are not declared: a, b\. Declare them, or write \\\{\{a\}\} to keep one as text$/,
		],
		['\n{{#company}} is open', /^The prompt cannot be sent\. Line 2: The section "company" is not closed/],
		['{{> header}}', /Line 1: Partials such as \{\{> header\}\} are not supported/],
	] as const) {
		it(`block the test of ${JSON.stringify(text)}`, async () => {
			await t.workshop.update(draftId, { draftContent: text.padEnd(60, '.') });
			await assert.rejects(
				t.workshop.test(draftId, { ...question, vars: { company: 'A' } }),
				(error) =>
					isAppError(error, 'validation') &&
					error.info.field === 'draftContent' &&
					message.test(error.message),
			);
		});
	}

	it('that are many are counted', async () => {
		const draftContent = Array.from({ length: 10_000 }, (_, index) => `{{v${index}}}`).join(' ');
		await t.workshop.update(draftId, { draftContent });
		await assert.rejects(
			t.workshop.test(draftId, question),
			/^AppError: The prompt has variables that are not declared: v0, v1, .*v9 and 9990 more\. Declare them/,
		);
	});

	it('that leave nothing to send are refused', async () => {
		await t.workshop.update(draftId, {
			draftContent: '{{company}}{{! a comment that makes the text long enough }}',
		});
		await assert.rejects(
			t.workshop.test(draftId, { ...question, vars: { company: ' ' } }),
			(error) => isAppError(error, 'validation') && /is empty/.test(error.message),
		);
	});

	it('are declared as a whole; a fault changes nothing and names its field', async () => {
		await assert.rejects(
			t.workshop.setVariables(draftId, [
				{ name: 'a', type: 'text' },
				{ name: 'a b', type: 'text' },
			]),
			(error) => isAppError(error, 'validation') && error.info.field === 'variables.1.name',
		);
		assert.deepEqual((await metadata()).variables, variables);
	});

	it('that two callers declare at the same time are all kept', async () => {
		await Promise.all([
			t.workshop.declareVariables(draftId, ['first']),
			t.workshop.declareVariables(draftId, ['second']),
			t.workshop.setVariables(draftId, (current) => [...current, { name: 'third', type: 'text' }]),
		]);
		const names = (await metadata()).variables.map(({ name }) => name);
		assert.deepEqual(names.slice(variables.length).sort(), ['first', 'second', 'third']);
	});

	it('are declared with a text, in one version', async () => {
		const declared = [{ name: 'a', type: 'text' as const, default: 'A' }];
		const draftContent = 'A text that names {{a}} and is long enough to be tested with it.';
		await t.workshop.update(draftId, { draftContent, variables: declared });
		assert.deepEqual((await metadata()).variables, declared);
		const [latest] = await t.store.read((store) => store.versions.list('draft', draftId));
		assert.deepEqual(latest?.metadata['variables'], declared);
		assert.equal((await test(question)).sent?.system, draftContent.replace('{{a}}', 'A'));
		await assert.rejects(
			t.workshop.update(draftId, { draftContent: 'Changed', variables: [...declared, ...declared] }),
			(error) => isAppError(error, 'validation') && error.info.field === 'variables.1.name',
		);
		assert.equal((await t.store.read(({ drafts }) => drafts.get(draftId))).draftContent, draftContent);
	});

	it('lose their values in the test form when they are removed, and keep them when they are renamed', async () => {
		await t.store.write(({ drafts }) => {
			const before = drafts.get(draftId).metadata;
			const testForm = { topic: 'General', vars: { company: 'Ada', count: '5' } };
			drafts.update(draftId, { metadata: { ...before, testForm } }, new Date().toISOString());
		});
		await t.workshop.renameVariable(draftId, 'company', 'firm');
		assert.deepEqual((await metadata()).testForm, { topic: 'General', vars: { firm: 'Ada', count: '5' } });
		assert.deepEqual((await metadata()).variables[0], { name: 'firm', type: 'text' });
		await t.workshop.setVariables(draftId, [{ name: 'firm', type: 'text' }]);
		assert.deepEqual((await metadata()).testForm.vars, { firm: 'Ada' });
	});

	it('are renamed to free names only', async () => {
		for (const [from, to, code] of [
			['company', 'count', 'validation'],
			['company', 'no name', 'validation'],
			['nobody', 'x', 'not-found'],
		] as const) {
			await assert.rejects(t.workshop.renameVariable(draftId, from, to), (error) => isAppError(error, code));
		}
		assert.deepEqual((await metadata()).variables, variables);
	});
});
