import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { createModels } from '../../../src/providers/models.ts';
import { openRunFiles } from '../../../src/suites/runFiles.ts';
import { runSuite } from '../../../src/suites/runSuite.ts';
import { silentLog } from '../wire/replay.ts';
import { suiteContext, suiteUri } from './suiteContext.ts';

// node killedChild.ts <folder> <base URL> <suite in YAML>: runs a suite and tells its id and each trial; made to be killed.
const [folder = '', baseUrl = '', text = ''] = process.argv.slice(2);
const models = createModels([{ id: 'local', kind: 'openai-compatible', baseUrl }], {
	getKey: async () => undefined,
	log: silentLog,
});
const context = suiteContext(models, { files: openRunFiles(folder, nodeFiles, { groupMs: 20 }) });
for await (const event of runSuite(context, { uri: suiteUri, name: 'killed', text, format: 'yaml' })) {
	if (event.type === 'plan') {
		process.send?.({ runId: event.runId });
	} else if (event.type === 'trial') {
		process.send?.({ trialId: event.trial.trialId });
	}
}
process.disconnect?.();
