import assert from 'node:assert/strict';
import { longestFirst } from '../../support/longestFirst.ts';
import { testFiles } from '../../support/testProcesses.ts';

describe('the order of the ui tests', () => {
	it('begins with the long ones, which all exist, and leaves none out', () => {
		const files = testFiles('test/ui/*.test.ts');
		const sorted = longestFirst(files);
		assert.deepEqual(sorted.toSorted(), files);
		assert.deepEqual(
			sorted.slice(0, 12).map((file) => /(\w+)\.test\.ts$/.exec(file)?.[1]),
			[
				...['storageFaults', 'windows', 'otherStores', 'providers', 'library', 'restricted', 'topics'],
				...['modelQuestion', 'workshopDialogs', 'windowsOfBothKinds', 'firstPrompt', 'badInput'],
			],
		);
	});
});
