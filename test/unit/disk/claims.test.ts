import assert from 'node:assert/strict';
import { holdsClaim, makeClaim } from '../../../src/disk/claims.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';

const folder = '/store';

describe('a claim to the ownership', () => {
	it('to a number that was cleared away does not count', async () => {
		const files = new SimulatedFiles();
		assert.equal(await makeClaim({ files, folder, name: 'owner' }, 5, { token: 'a' }), true);
		assert.equal(await makeClaim({ files, folder, name: 'owner' }, 3, { token: 'b' }), false);
		assert.equal(await makeClaim({ files, folder, name: 'owner' }, 5, { token: 'b' }), false);
		assert.equal(await makeClaim({ files, folder, name: 'owner' }, 6, { token: 'b' }), true);
		assert.deepEqual(files.paths, [`${folder}/owner.6`]);
	});

	it('is lost from the moment in which a newer one is made, wherever their makers are killed', async () => {
		const looks = { held: 0, lost: 0 };
		for (let killedAt = 1, killed = true; killed; killedAt++) {
			const files = new SimulatedFiles();
			await makeClaim({ files, folder, name: 'owner' }, 4, { token: 'owner' });
			let highest = 4;
			let left = killedAt;
			let looking = false;
			killed = false;
			files.onOperation = () => {
				if (looking) {
					return;
				}
				looking = true;
				highest = Math.max(highest, ...files.paths.map((path) => Number(/owner\.(\d+)$/.exec(path)?.[1] ?? 0)));
				const holds = holdsClaim({ files, folder, name: 'owner' }, 4);
				looking = false;
				assert.equal(holds, highest === 4, `${files.paths.join(' ')}, killed at ${killedAt}`);
				looks[holds ? 'held' : 'lost']++;
				if (--left === 0) {
					killed = true;
					throw new Error('killed');
				}
			};
			for (const [number, token] of [[5, 'b'] as const, [6, 'c'] as const, [7, 'd'] as const]) {
				await makeClaim({ files, folder, name: 'owner' }, number, { token }).catch((error: unknown) =>
					assert.equal(String(error), 'Error: killed'),
				);
			}
		}
		assert.ok(looks.held > 50 && looks.lost > 50, JSON.stringify(looks));
	});
});
