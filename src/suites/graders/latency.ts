import * as l10n from '@vscode/l10n';
import { atMost } from '../grading/atMost.ts';

export const latency = atMost({
	type: 'latency',
	summary: 'The answer was complete within a time limit.',
	threshold: 'The maximum of milliseconds from the request to the end of the answer.',
	figure: ({ latencyMs }) => latencyMs,
	unknown: () => l10n.t('There is no latency: the answer is recorded, or its time was not measured'),
	show: (ms) => l10n.t('{0} ms', Math.round(ms)),
});
