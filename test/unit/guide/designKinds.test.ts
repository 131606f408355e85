import assert from 'node:assert/strict';
import { workOf } from '../../../src/guide/work.ts';
import { tasks } from '../../../src/guide/tasks.ts';
import { nextSteps } from '../../../src/guide/design.ts';
import { checkContentForCommit } from '../../../src/workshop/rules.ts';
import { assistant, DesignChat, promptOf, user } from './ask.ts';

const labels = {
	assistant: ['Task', 'Audience', 'Tone', 'Output format', 'Material', 'Constraints'],
	agent: ['Task', 'Audience', 'Tone', 'Output format', 'Tools', 'Constraints'],
};

const answers = {
	assistant: [
		'Review pull requests and find what will break',
		'developers who merge the change',
		'direct',
		'at most five bullets',
		'the diff of one pull request',
		'never rewrite the whole file',
	],
	agent: [
		'Settle questions of customers about their orders',
		'customers of a parcel service',
		'friendly',
		'two to five sentences',
		'get_order before any statement, cancel_order only after a yes',
		'never promise a refund',
	],
};

const headings = {
	assistant: ['Role', 'Task', 'Material', 'Output format', 'Constraints', 'Edge cases', 'Quality check'],
	agent: ['Role', 'Goal', 'Tools', 'Consent', 'Failures', 'Output format', 'Constraints', 'Quality check'],
};

for (const kind of ['assistant', 'agent'] as const) {
	describe(`design chat of the guide for an ${kind}`, () => {
		it('asks its own six questions and composes a prompt with every part and every answer', async () => {
			const chat = new DesignChat({ kind });
			let answer = await chat.open();
			for (const [index, label] of labels[kind].entries()) {
				assert.match(answer.text, new RegExp(`\\*\\*Question ${index + 1} of 6 · ${label}\\*\\*`));
				assert.deepEqual(nextSteps([user('x'), assistant(answer.text)]), ['Skip', 'Write it now']);
				answer = await chat.say(answers[kind][index] ?? '');
			}
			const prompt = promptOf(answer);
			assert.deepEqual(
				Array.from(prompt.matchAll(/^# (.+)$/gm), ([, heading]) => heading),
				headings[kind],
			);
			for (const words of answers[kind]) {
				assert.ok(prompt.toLowerCase().includes(words.toLowerCase()), words);
			}
			assert.doesNotMatch(`${answer.text}${prompt}`, /Auspex|article|citation|\blinks?\b/i);
			checkContentForCommit(prompt);
		});

		it('writes at once from one sentence, and takes corrections by name', async () => {
			const chat = new DesignChat({ kind });
			const first = await chat.open('Triage support tickets into billing, bug and other. Write it now.');
			assert.match(promptOf(first), /exactly one class/);
			assert.match(first.text, /charged twice/);
			const changed = await chat.say('Tone: formal');
			assert.match(promptOf(changed), /no contractions/);
		});

		it('leaves a wish against citations alone: such a prompt has none', async () => {
			const answer = await new DesignChat({ kind }).open('Answer questions. Never cite anything. Write it now.');
			assert.doesNotMatch(answer.text, /Not taken/);
			assert.match(promptOf(answer), /Never cite anything/);
		});

		it('says what it does not find in a text of others', async () => {
			const { text } = await new DesignChat({ kind, draft: 'You are helpful. Be brief.' }).open();
			assert.match(text, /I find no words in it about/);
			assert.doesNotMatch(text, /citations|evidence/);
		});
	});
}

describe('kinds of work', () => {
	for (const [request, names] of [
		['Review my pull requests', ['review']],
		['Turn invoices into JSON', ['extraction']],
		['Translate our help pages', ['rewriting']],
		['Tutor for school mathematics', ['explanation']],
		['SQL from questions in plain English', ['code', 'questions and answers']],
		['Be nice', ['questions and answers']],
	] as const) {
		it(`“${request}” is ${names.join(' and ')}`, () => {
			assert.deepEqual(
				workOf(request, tasks).map(({ name }) => name),
				names,
			);
		});
	}

	it('has a test question that can be asked for each', () => {
		for (const { name, testQuestion } of tasks) {
			assert.ok(testQuestion.length >= 10 && testQuestion.length <= 1000, name);
		}
	});
});
