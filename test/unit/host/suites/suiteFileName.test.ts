import assert from 'node:assert/strict';
import { suiteFileName } from '../../../../src/host/suites/suiteFileName.ts';

describe('the name of the document of a suite', () => {
	const cases: [string, string, string][] = [
		['is that of its draft', 'Refund triage', 'Refund triage.prompttest.yaml'],
		['keeps other scripts', 'Über 退款', 'Über 退款.prompttest.yaml'],
		['leads to no other folder', '../../draft/2/a', '-..-draft-2-a.prompttest.yaml'],
		['keeps what is no folder', 'a: "b"? %2F', 'a: "b"? %2F.prompttest.yaml'],
		['leads to no folder of Windows', '..\\a', '-a.prompttest.yaml'],
		['shows what is hidden', 'a\u202egpj.exe', 'a<U+202E>gpj.exe.prompttest.yaml'],
		['is one line', 'a\n\tb\u0007', 'a b<U+0007>.prompttest.yaml'],
		['is there also without a name', ' .. ', 'suite.prompttest.yaml'],
		['is there also for half a character', '\ud800', '<U+D800>.prompttest.yaml'],
	];
	for (const [title, name, expected] of cases) {
		it(title, () => assert.equal(suiteFileName(name), expected));
	}

	it('is short, and cuts no character', () => {
		assert.equal(suiteFileName('x'.repeat(500)).length, 80 + '.prompttest.yaml'.length);
		assert.ok(suiteFileName(`${'x'.repeat(79)}😀`).startsWith(`${'x'.repeat(79)}.`));
		assert.ok(suiteFileName('\u202e'.repeat(500)).length < 100);
	});
});
