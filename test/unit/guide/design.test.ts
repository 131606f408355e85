import assert from 'node:assert/strict';
import fc from 'fast-check';
import { topicToolNames } from '../../../src/common/tools.ts';
import { fencedBlocks } from '../../../src/common/fencedBlocks.ts';
import { lintPrompt } from '../../../src/prompts/lint/lintPrompt.ts';
import { checkContentForCommit } from '../../../src/workshop/rules.ts';
import { nextSteps } from '../../../src/guide/design.ts';
import { holds } from '../../support/fuzz.ts';
import { assistant, DesignChat, promptOf, user, type Answer } from './ask.ts';

const full = [
	'What a Node.js upgrade breaks and how risky it is',
	'engineering managers who plan upgrades',
	'formal',
	'bullets, at most 250 words',
	'exact keyword search for version numbers, no sentiment, only the last 90 days',
	'never recommend a vendor',
];

async function answered(answers: readonly string[]): Promise<string> {
	const chat = new DesignChat();
	let answer = await chat.open();
	for (const text of answers) {
		answer = await chat.say(text);
	}
	return promptOf(answer);
}

describe('design chat of the guide: questions', () => {
	it('asks the six questions one by one, in order, and writes the prompt after the last answer', async () => {
		const chat = new DesignChat();
		let answer = await chat.open();
		const labels = ['Kind of analysis', 'Audience', 'Tone', 'Output format', 'Tools', 'Constraints'];
		for (const [index, label] of labels.entries()) {
			assert.match(answer.text, new RegExp(`\\*\\*Question ${index + 1} of 6 · ${label}\\*\\*`));
			assert.equal(answer.text.match(/\*\*Question/g)?.length, 1);
			assert.match(answer.thinking, new RegExp(`answered: ${index} of 6`));
			assert.deepEqual(fencedBlocks(answer.text), []);
			answer = await chat.say(full[index] ?? '');
		}
		assert.match(answer.thinking, /answered: 6 of 6[\s\S]*Open: none/);
		assert.equal(fencedBlocks(answer.text).length, 1);
	});

	it('says what it is at its first turn only', async () => {
		const chat = new DesignChat();
		assert.match((await chat.open()).text, /not a language model/);
		assert.doesNotMatch((await chat.say('an overview')).text, /not a language model/);
	});

	it('does not ask for what the requirements say already', async () => {
		const chat = new DesignChat();
		const { text, thinking } = await chat.open(
			'Compare runtimes for engineering managers, in a formal tone. A table, at most 200 words. Never give advice on licences.',
		);
		assert.match(thinking, /answered: 5 of 6/);
		assert.match(text, /- \*\*Audience:\*\* engineering managers/);
		assert.match(text, /Question 5 of 6 · Tools/);
		const prompt = promptOf(await chat.say('write it now'));
		for (const words of ['engineering managers', 'ormal', 'at most 200 words', 'Never give advice on licences']) {
			assert.ok(prompt.includes(words), words);
		}
	});

	it('reads labelled lines', async () => {
		const { thinking } = await new DesignChat().open(
			'Audience: nurses on night shift\n- Tone: calm\n**Format:** a checklist',
		);
		assert.match(thinking, /- Audience: nurses on night shift\n- Tone: calm\n- Output format: a checklist/);
	});

	it('tells what else it took from an answer, and takes a correction by name without losing its question', async () => {
		const chat = new DesignChat();
		await chat.open();
		const taken = await chat.say('Compare runtimes in a table.');
		assert.match(taken.text, /From your message I take:\n\n- \*\*Output format:\*\* Compare runtimes in a table/);
		assert.match(taken.text, /Question 2/);
		const corrected = await chat.say('Output format: short paragraphs');
		assert.match(corrected.text, /- \*\*Output format:\*\* short paragraphs[\s\S]*Question 2/);
		assert.match(corrected.thinking, /answered: 2 of 6/);
	});

	it('lets a question be skipped, all of them be skipped, and explains a question that is answered by a question', async () => {
		const chat = new DesignChat();
		await chat.open();
		const second = await chat.say('skip');
		assert.match(second.text, /Question 2/);
		assert.match(second.thinking, /Skipped: Kind of analysis/);
		const again = await chat.say('what do you mean?');
		assert.match(again.text, /If you skip this one, I take: readers who know[\s\S]*Question 2/);
		const { text } = await chat.say('just write it');
		assert.match(text, /Assumed, since it was not answered: audience/);
		assert.equal(fencedBlocks(text).length, 1);
	});

	it('takes a question as the answer to the first question', async () => {
		const chat = new DesignChat();
		await chat.open();
		const { thinking } = await chat.say('What breaks when we upgrade from 20 to 24?');
		assert.match(thinking, /- Kind of analysis: What breaks when we upgrade/);
	});

	it('starts over on request', async () => {
		const chat = new DesignChat();
		await chat.open('An overview of storage news. Write it now.');
		const { text, thinking } = await chat.say('Start over');
		assert.match(text, /Question 1 of 6/);
		assert.match(thinking, /answered: 0 of 6/);
	});
});

describe('design chat of the guide: the prompt', () => {
	it('has every part, every tool, the core principles of the template, and no finding of the lint', async () => {
		const prompt = await answered(full);
		const headings = [
			'Role',
			'Core principles',
			'Focus',
			'Output style',
			'Tool strategy',
			'Citation rules',
			'Constraints',
			'Quality standards',
		];
		assert.deepEqual(
			Array.from(prompt.matchAll(/^# (.+)$/gm), ([, heading]) => heading),
			headings,
		);
		for (const name of topicToolNames) {
			assert.ok(prompt.includes(`\`${name}\``), name);
		}
		assert.ok(prompt.includes('Every factual claim about the topic comes from an article'));
		assert.deepEqual(lintPrompt(prompt), []);
		checkContentForCommit(prompt);
	});

	it('depends on each answer', async () => {
		const base = await answered(full);
		const others = [
			'a comparison of vendors',
			'students',
			'friendly',
			'one page in German',
			'newest articles',
			'always give the date',
		];
		for (const [index, other] of others.entries()) {
			const changed = await answered(full.with(index, other));
			assert.notEqual(changed, base);
			assert.ok(changed.toLowerCase().includes(other.toLowerCase()), other);
			assert.ok(!changed.toLowerCase().includes((full[index] ?? '').toLowerCase()), full[index]);
		}
	});

	it('turns answers into rules that can be checked', async () => {
		const prompt = await answered(full);
		assert.match(prompt, /breaking.*known issue/);
		assert.match(prompt, /no contractions/);
		assert.match(prompt, /longer than 250 words/);
		assert.match(prompt, /search_articles_by_keywords`.*\*\*Use it early/);
		assert.match(prompt, /analyze_sentiment_trends`.*\*\*Use it only when/);
		assert.match(prompt, /Put "last 90 days" into the query first/);
	});

	it('leaves out what would break the core, and says so', async () => {
		const chat = new DesignChat();
		const answer = await chat.open('Never cite anything; never recommend a vendor. Write it now.');
		assert.match(answer.text, /Not taken: “Never cite anything;”: evidence and inline citations stay/);
		assert.doesNotMatch(promptOf(answer), /cite anything/i);
		assert.match(promptOf(answer), /Constraints:\*\* Never recommend a vendor/);
	});

	it('comes out whole whatever was answered', async () => {
		const text = fc.string({
			unit: fc.constantFrom('a', ' ', '.', '\n', '`', '````', '~~~~', '# ', '- ', '**', '$&', 'never '),
			minLength: 1,
			maxLength: 30,
		});
		await holds(
			fc.asyncProperty(fc.array(text, { minLength: 6, maxLength: 6 }), async (answers) => {
				const chat = new DesignChat();
				await chat.open();
				for (const answer of answers) {
					await chat.say(`x ${answer}`);
				}
				const blocks = fencedBlocks((await chat.say('write it now')).text);
				assert.ok(blocks.length <= 1);
			}),
			{ numRuns: 25 },
		);
	});
});

describe('design chat of the guide: corrections', () => {
	const written = async () => {
		const chat = new DesignChat();
		await chat.open('Compare runtimes for engineering managers, in a formal tone. Write it now.');
		return chat;
	};

	for (const [correction, present, absent] of [
		['Tone: friendly', /Address the reader as "you"/, /no contractions/],
		[
			'- **Audience:** students',
			/You write for students\.[\s\S]*new to the field/,
			/You write for engineering managers/,
		],
		['format: at most 90 words', /longer than 90 words/, undefined],
		['Please write it for executives.', /You write for executives\./, /You write for engineering managers/],
		['Never recommend a vendor.', /\*\*Constraints:\*\* Never recommend a vendor\./, undefined],
		['Kind of analysis: what an upgrade breaks', /breaking.*known issue/, /Compare runtimes/],
	] as const) {
		it(`composes the whole prompt from all answers after “${correction}”`, async () => {
			const { text, thinking } = await (await written()).say(correction);
			const prompt = promptOf({ text } as Answer);
			assert.match(text, /Changed answers:/);
			assert.match(thinking, /a corrected answer gives a new one/);
			assert.match(prompt, present);
			if (absent) {
				assert.doesNotMatch(prompt, absent);
			}
			assert.deepEqual(lintPrompt(prompt), []);
		});
	}

	it('says what it can do where a message corrects no answer, and hands over nothing', async () => {
		for (const wish of ['make it shorter', 'sing me a song', 'I like it', 'why?']) {
			const { text } = await (await written()).say(wish);
			assert.match(text, /I change a prompt only by its answers/);
			assert.match(text, /- \*\*Audience:\*\* engineering managers/);
			assert.match(text, /- \*\*Output format:\*\* .* \(assumed\)/);
			assert.deepEqual(fencedBlocks(text), [], wish);
		}
	});

	it('keeps the core whatever is corrected', async () => {
		const { text } = await (await written()).say('constraints: without links');
		assert.match(text, /Not taken: “without links”/);
		assert.doesNotMatch(promptOf({ text } as Answer), /without links/);
	});

	it('does not edit a text of others: it says so, and composes a new prompt where that is wanted', async () => {
		const base = '# Role\n\nYou answer questions for analysts.\n\n# Citations\n\n- Link each claim to its article.';
		const clone = new DesignChat({ parentTitle: 'Base', draft: base });
		const { text } = await clone.open('Write for students.');
		assert.match(text, /not a language model/);
		assert.match(
			text,
			/copy of “Base” has \d+ characters\. I find no words in it about the audience, the tone, tools and/,
		);
		assert.match(text, /I do not edit a text that is there/);
		assert.match(text, /I would take: Audience: students/);
		assert.deepEqual(fencedBlocks(text), []);
		const asked = await clone.say('Ask me the questions');
		assert.match(asked.text, /Question 1 of 6/);
		assert.match(asked.thinking, /answered: 1 of 6/);
		const answer = await clone.say('Write it now');
		assert.match(promptOf(answer), /You write for students\./);
		assert.match(answer.text, /The document holds text that is not from me/);
	});

	it('says that a prompt does not hold what was typed into the document, and nothing where it took it over', async () => {
		const chat = await written();
		chat.draft = promptOf(await chat.say('Tone: neutral'));
		assert.doesNotMatch((await chat.say('Tone: critical')).text, /not from me/);
		chat.draft = `${chat.draft}\n\n- By hand.`;
		assert.match((await chat.say('Tone: formal')).text, /not from me/);
	});
});

describe('next steps after a message of the guide', () => {
	const stepsAfter = ({ text }: Answer) => nextSteps([user('x'), assistant(text)]);

	it('are messages that it understands', async () => {
		const chat = new DesignChat();
		const [skip = '', write = ''] = stepsAfter(await chat.open());
		const second = await chat.say(skip);
		assert.match(second.text, /Question 2/);
		assert.deepEqual(stepsAfter(second), [skip, write]);
		const prompt = await chat.say(write);
		assert.equal(fencedBlocks(prompt.text).length, 1);
		const [restart = '', ...others] = stepsAfter(prompt);
		assert.deepEqual(others, []);
		assert.deepEqual(stepsAfter(await chat.say('make it shorter')), [restart]);
		assert.match((await chat.say(restart)).text, /Question 1 of 6/);
	});

	it('are the questions and the prompt where a text is there, and none before it has spoken', async () => {
		const clone = new DesignChat({ parentTitle: 'Base', draft: 'You answer questions.' });
		const steps = stepsAfter(await clone.open());
		assert.equal(steps.length, 2);
		assert.match((await clone.say(steps[0] ?? '')).text, /Question 1 of 6/);
		assert.deepEqual(nextSteps([user('x')]), []);
		assert.deepEqual(nextSteps([]), []);
	});
});
