import * as l10n from '@vscode/l10n';
import { atMost } from '../grading/atMost.ts';

export const firstToken = atMost({
	type: 'first-token',
	summary: 'The first thinking, text or tool call came within a time limit.',
	threshold: 'The maximum of milliseconds from the request to the first part of the answer.',
	figure: ({ firstTokenMs }) => firstTokenMs,
	unknown: () => l10n.t('There is no time to the first token: the answer is recorded, or its time was not measured'),
	show: (ms) => l10n.t('{0} ms', Math.round(ms)),
});
