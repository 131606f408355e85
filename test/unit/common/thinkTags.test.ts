import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ThinkTags } from '../../../src/common/thinkTags.ts';
import { holds } from '../../support/fuzz.ts';
import { processorTime } from '../../support/processorTime.ts';

/** Reads an answer in pieces and applies what is reclassified, as the fold does. */
function read(pieces: readonly string[], opensItself = false, finished = true) {
	const tags = new ThinkTags(opensItself);
	let thinking = '';
	let text = '';
	let reclassified = 0;
	for (const piece of [...pieces.flatMap((given) => tags.push(given)), ...tags.end(finished)]) {
		if (piece.type === 'reclassify') {
			reclassified++;
			assert.equal(piece.as === 'thinking' ? thinking : text, '', 'all so far was of the other kind');
			[thinking, text] = [text, thinking];
		} else if (piece.type === 'text') {
			text += piece.text;
		} else {
			thinking += piece.text;
		}
	}
	assert.ok(reclassified <= 1);
	return { thinking, text, opensItself: tags.opensItself };
}

/** However it is cut in two, and character by character. */
function readEveryWay(answer: string, opensItself: boolean, expected: ReturnType<typeof read>): void {
	for (let cut = 0; cut <= answer.length; cut++) {
		assert.deepEqual(read([answer.slice(0, cut), answer.slice(cut)], opensItself), expected, `cut at ${cut}`);
	}
	assert.deepEqual(read([...answer], opensItself), expected, 'by character');
}

describe('ThinkTags', () => {
	const table: [string, { thinking: string; text: string }][] = [
		['No tags at all.', { thinking: '', text: 'No tags at all.' }],
		['<think>\nHm.\n</think>\n\nYes.', { thinking: 'Hm.\n', text: 'Yes.' }],
		['  \n<think>Hm.</think>Yes.', { thinking: 'Hm.', text: 'Yes.' }],
		['<think>Never closed', { thinking: 'Never closed', text: '' }],
		['<think>Cut </thi', { thinking: 'Cut </thi', text: '' }],
		['<think></think>Yes.', { thinking: '', text: 'Yes.' }],
		['<think>\n\n</think>\n\nYes.', { thinking: '', text: 'Yes.' }],
		['<thin', { thinking: '', text: '<thin' }],
		['<thinker> is no tag', { thinking: '', text: '<thinker> is no tag' }],
		['Use <think>x\n</think> like this: a < b', { thinking: '', text: 'Use <think>x\n</think> like this: a < b' }],
		['<think>a</think>Then ```\n<think>b</think>\n```', { thinking: 'a', text: 'Then ```\n<think>b</think>\n```' }],
		['```xml\n<think>b</think>\n```\nEnd', { thinking: '', text: '```xml\n<think>b</think>\n```\nEnd' }],
		['', { thinking: '', text: '' }],
		['[THINK]Two tides.[/THINK]Yes.', { thinking: 'Two tides.', text: 'Yes.' }],
		['<thought>\nTwo tides.\n</thought>\n\nYes.', { thinking: 'Two tides.\n', text: 'Yes.' }],
		['<thinking>Not </think> yet.</thinking>Yes.', { thinking: 'Not </think> yet.', text: 'Yes.' }],
		[' <reasoning>Hm.</reasoning> Yes.', { thinking: 'Hm.', text: 'Yes.' }],
		['<think> Hm.</think>Yes.', { thinking: 'Hm.', text: 'Yes.' }],
		// A sentence about the tag, and other things that begin like one.
		['[THINK] is what opens it', { thinking: '', text: '[THINK] is what opens it' }],
		['<reasoning>, <thought> are tags', { thinking: '', text: '<reasoning>, <thought> are tags' }],
		['[THINKING] aloud', { thinking: '', text: '[THINKING] aloud' }],
		['[Think](https://example.com)', { thinking: '', text: '[Think](https://example.com)' }],
		['Use [THINK]x[/THINK] here', { thinking: '', text: 'Use [THINK]x[/THINK] here' }],
	];
	for (const [answer, expected] of table) {
		it(`${JSON.stringify(answer)} however it is cut`, () => {
			readEveryWay(answer, false, { ...expected, opensItself: false });
		});
	}

	describe('a closing tag without an opening one', () => {
		const ends: [answer: string, thinking: string, text: string][] = [
			// DeepSeek R1, QwQ, Qwen3.
			['Okay, so.\n</think>\n\nYes.', 'Okay, so.\n', 'Yes.'],
			['Okay, so.\r\n</think>\r\n\r\nYes.', 'Okay, so.\r\n', 'Yes.'],
			['Okay, so.\n</think>Yes.', 'Okay, so.\n', 'Yes.'],
			// DeepSeek V3.1.
			['Okay, so.</think>Yes.', 'Okay, so.', 'Yes.'],
			['Okay, so.</think>**Yes.**', 'Okay, so.', '**Yes.**'],
			['好的。</think>是。', '好的。', '是。'],
			['Two paths\n\n1. one\n2. two</think>\n\nYes.', 'Two paths\n\n1. one\n2. two', 'Yes.'],
			['Okay, so.\n[/THINK]\n\nYes.', 'Okay, so.\n', 'Yes.'],
			['Okay, so.\n</thought>\nYes.', 'Okay, so.\n', 'Yes.'],
			// Nothing was thought, or nothing follows.
			['</think>\n\nYes.', '', 'Yes.'],
			['\n\n</think>\n\nYes.', '', 'Yes.'],
			['Okay, so.\n</think>', 'Okay, so.\n', ''],
			['</think>', '', ''],
			// Thinking with code in it, that is closed.
			['Try `x`:\n```js\na < b\n```\nGood.\n</think>\n\nYes.', 'Try `x`:\n```js\na < b\n```\nGood.\n', 'Yes.'],
			// Only the first one counts.
			['So.\n</think>\n\nThe tag:\n</think>\nEnd', 'So.\n', 'The tag:\n</think>\nEnd'],
		];
		for (const [answer, thinking, text] of ends) {
			it(`${JSON.stringify(answer)} ends thinking, and the next answer begins in it`, () => {
				readEveryWay(answer, false, { thinking, text, opensItself: true });
				const next = read([answer], true);
				assert.deepEqual([next.thinking.trim(), next.text, next.opensItself], [thinking.trim(), text, true]);
			});
		}

		it('may be preceded by one that is mentioned', () => {
			const thinking = 'I close with `</think>` here, that is </think>, or:\n```\n</think>\n```\n';
			readEveryWay(`${thinking}</think>\n\nYes.`, false, { thinking, text: 'Yes.', opensItself: true });
		});

		const mentions = [
			'It ends with </think>, says the manual',
			'It ends with </think>',
			'</think> is the closing tag',
			'"</think>" is the closing tag',
			'The tag (</think>) closes',
			'The tag **</think>** closes',
			'The tag `</think>` closes',
			'The tag `foo</think>` closes',
			'A list:\n\n- </think>\n- more',
			'> </think>\n',
			'| </think> |\n',
			'Indented:\n\n    </think>\n\nEnd',
			'```\nthoughts\n</think>\nanswer\n```\nEnd',
			'~~~\nthoughts.</think>answer\n~~~\nEnd',
			'```\nnever closed\n</think>\n',
			'The model writes <think>, thoughts\n</think>\nand answers',
			'One line\n</think> and on',
			'</thin',
			'A </thinker>\n</thinker>\n',
			'Ask for <reasoning>, then\n</reasoning>\nand an answer',
			'It ends with [/THINK], says the manual',
		];
		for (const answer of mentions) {
			it(`${JSON.stringify(answer)} is an answer about tags`, () => {
				readEveryWay(answer, false, { thinking: '', text: answer, opensItself: false });
			});
		}

		it('is not looked for without end', () => {
			const about = 'so </think> '.repeat(20);
			assert.equal(read([`${about}x\n</think>\n\nYes.`]).thinking, '');
			const broken = 'so </think> '.repeat(200_000);
			assert.equal(read([broken]).text, broken);
		});

		it('takes time in proportion to the answer, also before it has begun [attack 20]', () => {
			const blanks = Array.from({ length: 250_000 }, () => ' \n\t ');
			const used = processorTime();
			assert.deepEqual(read([...blanks, '<think>Hm.</think>', ...blanks, 'Yes.']), {
				thinking: 'Hm.',
				text: 'Yes.',
				opensItself: false,
			});
			assert.equal(read([...blanks, 'Yes.']).text.length, 1_000_004, 'part of an answer without tags');
			const took = used();
			assert.ok(took < 5000, `${took} ms`);
		});

		it('gives the text at once, and holds back no more than could be the tag', () => {
			const tags = new ThinkTags(false);
			assert.deepEqual(tags.push('Okay, so.'), [{ type: 'text', text: 'Okay, so.' }]);
			assert.deepEqual(tags.push('\n</think>'), [{ type: 'text', text: '\n' }]);
			assert.deepEqual(tags.push('\n'), [{ type: 'reclassify', as: 'thinking' }]);
			assert.deepEqual(tags.push('\nYes.'), [{ type: 'text', text: 'Yes.' }]);
		});
	});

	describe('a model whose template opens the block', () => {
		it('thinks from the first word on', () => {
			const tags = new ThinkTags(true);
			assert.deepEqual(tags.push('Okay'), [{ type: 'thinking', text: 'Okay' }]);
			readEveryWay('\n\n</think>\n\nYes.', true, { thinking: '', text: 'Yes.', opensItself: true });
		});

		it('did not think when its answer ends without the tag', () => {
			readEveryWay('Plain answer.', true, { thinking: '', text: 'Plain answer.', opensItself: false });
		});

		it('still thinks when the limit ends the answer', () => {
			const expected = { thinking: 'Long thought', text: '', opensItself: true };
			assert.deepEqual(read(['Long thought'], true, false), expected);
		});

		it('may open it a second time', () => {
			readEveryWay('<think>Hm.</think>Yes.', true, { thinking: 'Hm.', text: 'Yes.', opensItself: false });
			readEveryWay('<think>Hm.', true, { thinking: 'Hm.', text: '', opensItself: false });
		});
	});

	it('gives the same for every chunking, and loses nothing but tags and the white space around them', () => {
		const fragments = [
			'<think>',
			'</think>',
			'[THINK]',
			'[/THINK]',
			'<thought>',
			'</thought>',
			' is',
			'<',
			'think>',
			'```',
			'`',
			'\n',
			' ',
			'a',
			'.',
			'</',
			'<thi',
		];
		holds(
			fc.property(
				fc.array(fc.constantFrom(...fragments), { maxLength: 14 }),
				fc.boolean(),
				fc.boolean(),
				(pieces, opensItself, finished) => {
					const answer = pieces.join('');
					const whole = read([answer], opensItself, finished);
					assert.deepEqual(read(pieces, opensItself, finished), whole);
					assert.deepEqual(read([...answer], opensItself, finished), whole);
					const bare = (text: string) => text.replaceAll(/<\/?(?:think|thought)>|\[\/?THINK\]|\s/g, '');
					assert.equal(bare(whole.thinking) + bare(whole.text), bare(answer));
				},
			),
			{ numRuns: 300 },
		);
	});
});
