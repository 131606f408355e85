import assert from 'node:assert/strict';
import { storedPrompt } from '../../../src/suites/storedPrompt.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const now = '2026-01-01T00:00:00.000Z';

describe('a version of the store as the prompt of a run', () => {
	let workshop: TestWorkshop;

	before(async () => {
		workshop = await testWorkshop();
	});

	after(() => workshop.dispose());

	it('is called by its number among the versions of its draft, or by its own label', async () => {
		const ids = await workshop.store.write(({ drafts, versions }) =>
			['Glazes', 'Kilns'].flatMap((draftName) => {
				const ownerId = drafts.create({ draftName, draftContent: 'Be brief.', now }).id;
				return ['Be brief.', 'Be kind.'].map(
					(content) =>
						versions.record({ ownerKind: 'draft', ownerId, content, reason: 'save', author: 'user', now })
							.id,
				);
			}),
		);
		const labelOf = (id = 0) =>
			workshop.store.read((repositories) => storedPrompt(repositories, `version:${id}`).label);
		assert.deepEqual(await Promise.all(ids.map(labelOf)), ['version 1', 'version 2', 'version 1', 'version 2']);
		await workshop.store.write(({ versions }) => versions.setLabel(ids[3] ?? 0, 'Kind'));
		assert.equal(await labelOf(ids[3]), 'Kind');
	});
});
