import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAppError } from '../../../src/common/errors.ts';
import { cutText } from '../../../src/common/cutText.ts';
import {
	checkContentForCommit,
	checkContentForTest,
	checkDescription,
	checkDraftName,
	checkLimit,
	checkNotes,
	checkPromptName,
	checkPromptTitle,
	checkRating,
	checkStatus,
	checkTestQuery,
	previewOf,
	proposeName,
} from '../../../src/workshop/rules.ts';
import { holds } from '../../support/fuzz.ts';

function refusal(check: (value: unknown) => void, value: unknown): { field: string | undefined; message: string } {
	try {
		check(value);
	} catch (error) {
		assert.ok(isAppError(error, 'validation'), String(error));
		return { field: error.info.field, message: error.message };
	}
	throw new assert.AssertionError({ message: `${JSON.stringify(value)} was accepted` });
}

describe('text rules', () => {
	const rules: [string, (value: unknown) => void, string, number, number][] = [
		['draft name', checkDraftName, 'draftName', 3, 100],
		['description', checkDescription, 'description', 0, 500],
		['notes', checkNotes, 'notes', 0, 500],
		['test question', checkTestQuery, 'testQuery', 10, 1000],
		['prompt name', checkPromptName, 'name', 3, 50],
		['prompt title', checkPromptTitle, 'title', 5, 100],
	];
	for (const [label, check, field, minimum, maximum] of rules) {
		it(`takes a ${label} of ${minimum} to ${maximum} characters and names field, rule and length otherwise`, () => {
			check('a'.repeat(minimum));
			check('a'.repeat(maximum));
			for (const length of [minimum - 1, maximum + 1].filter((wrong) => wrong >= 0)) {
				const { field: named, message } = refusal(check, 'a'.repeat(length));
				assert.equal(named, field);
				assert.match(message, new RegExp(`${label} must have .*${maximum} characters, and has ${length}$`));
			}
			assert.match(refusal(check, 5).message, /must be text, and is 5/);
			assert.match(refusal(check, undefined).message, /undefined/);
		});
	}

	it('counts UTF-16 code units', () => {
		checkDraftName('😀'.repeat(50));
		assert.match(refusal(checkDraftName, '😀'.repeat(51)).message, /has 102/);
	});

	it('refuses control characters and line breaks in a name and a title, not in longer texts', () => {
		for (const character of ['\n', '\t', '\0', '\u001b', '\u007f', '\u2028']) {
			const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
			for (const [check, field] of [
				[checkDraftName, 'draftName'],
				[checkPromptTitle, 'title'],
			] as const) {
				const { field: named, message } = refusal(check, `Release${character}analyst`);
				assert.equal(named, field);
				assert.match(message, new RegExp(`on one line.*U\\+${code}$`));
			}
			checkNotes(`two${character}parts`);
			checkDescription(`two${character}parts`);
		}
		checkDraftName('Zusammenfassung für 研究 👩‍🔬');
	});

	it('refuses a name, title or query of spaces only', () => {
		for (const check of [checkDraftName, checkPromptTitle, checkTestQuery]) {
			assert.match(refusal(check, ' '.repeat(20)).message, /all spaces/);
		}
		checkNotes('   ');
	});

	it('shows which characters of a prompt name are wrong, and a name that would do', () => {
		const { message } = refusal(checkPromptName, 'Release-Analyst');
		assert.match(message, /"R", "-", "A"/);
		assert.match(message, /Try "release_analyst"/);
		checkPromptName('release_analyst_2');
	});

	it('asks for 50 characters for a test and 100 for a commit', () => {
		checkContentForTest('x'.repeat(50));
		checkContentForCommit('x'.repeat(100));
		assert.match(refusal(checkContentForTest, 'x'.repeat(49)).message, /at least 50 .*tested.*has 49/);
		assert.match(refusal(checkContentForCommit, 'x'.repeat(99)).message, /at least 100 .*committed.*has 99/);
		assert.equal(refusal(checkContentForCommit, ' '.repeat(200)).field, 'draftContent');
	});
});

describe('number and status rules', () => {
	it('takes whole ratings from 1 to 5', () => {
		checkRating(1);
		checkRating(5);
		for (const wrong of [0, 6, 2.5, Number.NaN, '3', null]) {
			const { field, message } = refusal(checkRating, wrong);
			assert.equal(field, 'userRating');
			assert.match(message, /whole number from 1 to 5/);
		}
	});

	it('takes article limits from 5 to 200', () => {
		checkLimit(5);
		checkLimit(200);
		assert.match(refusal(checkLimit, 4).message, /from 5 to 200, and is 4/);
		assert.equal(refusal(checkLimit, 201).field, 'limit');
	});

	it('names the statuses that exist', () => {
		checkStatus('ready');
		assert.match(refusal(checkStatus, 'done').message, /"done".*draft, testing, ready, committed/);
	});
});

describe('proposeName', () => {
	it('makes a slug of a name', () => {
		assert.equal(proposeName('Release Analyst (v2)'), 'release_analyst_v2');
		assert.equal(proposeName('  Müllers  Prüfung!'), 'mullers_prufung');
		assert.equal(proposeName('AI'), 'ai_prompt');
		assert.equal(proposeName('日本語'), 'prompt');
	});

	it('numbers a name that is taken', () => {
		const taken = new Set(['triage', 'triage_2']);
		assert.equal(
			proposeName('Triage', (name) => taken.has(name)),
			'triage_3',
		);
	});

	it('always proposes a name that the rules take', () => {
		holds(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.nat(12), (name, busy) => {
				let asked = 0;
				checkPromptName(proposeName(name, () => asked++ < busy));
			}),
			{ numRuns: 200 },
		);
	});
});

describe('previewOf', () => {
	it('keeps 500 code units and never half a surrogate pair', () => {
		assert.equal(previewOf('a'.repeat(600)), 'a'.repeat(500));
		assert.equal(previewOf(`${'a'.repeat(499)}😀b`), 'a'.repeat(499));
		assert.equal(previewOf(`${'a'.repeat(498)}😀b`), `${'a'.repeat(498)}😀`);
		assert.equal(previewOf('short'), 'short');
	});

	it('cuts well-formed text into well-formed text, one unit short at most', () => {
		holds(
			fc.property(
				fc.string({ unit: fc.constantFrom('a', 'é', '😀', '👩‍💻'), maxLength: 40 }),
				fc.nat(30),
				(text, maximum) => {
					const cut = cutText(text, maximum);
					assert.doesNotMatch(cut, /\p{Surrogate}/u);
					assert.ok(text.startsWith(cut));
					assert.ok(cut.length >= Math.min(text.length, maximum) - 1 && cut.length <= maximum);
				},
			),
			{ numRuns: 300 },
		);
	});
});
