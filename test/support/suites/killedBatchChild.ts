import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { createModels } from '../../../src/providers/models.ts';
import { openRunFiles } from '../../../src/suites/runFiles.ts';
import { runSuite } from '../../../src/suites/runSuite.ts';
import { silentLog } from '../wire/replay.ts';
import { suiteContext, suiteUri } from './suiteContext.ts';

// node killedBatchChild.ts <folder> <kind> <base URL> <suite in YAML>: runs a suite as a batch and tells its id; made to be killed.
const [folder = '', kind = '', baseUrl = '', text = ''] = process.argv.slice(2);
const models = createModels([{ id: kind, kind, baseUrl }], { getKey: async () => undefined, log: silentLog });
const context = suiteContext(models, {
	files: openRunFiles(folder, nodeFiles, { groupMs: 5 }),
	// The real pauses are longer than the test.
	wait: () => new Promise((resolve) => setImmediate(resolve)),
});
const source = { uri: suiteUri, name: 'killed', text, format: 'yaml' } as const;
for await (const event of runSuite(context, source, { batch: true })) {
	if (event.type === 'plan') {
		process.send?.({ runId: event.runId });
	} else if (event.type === 'trial') {
		process.send?.({ trialId: event.trial.trialId });
	}
}
process.disconnect?.();
