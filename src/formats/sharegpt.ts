import type { Format } from './imported.ts';
import { captureText } from './capture/all.ts';
import { fixturesOf } from './messages/fixtureText.ts';
import { recordedDrafts } from './messages/recordedDrafts.ts';
import { Findings } from './reading/findings.ts';
import { isRecord, recordsOf } from './reading/values.ts';

function isShared(value: unknown): boolean {
	return isRecord(value) && recordsOf(value['conversations']).some(({ from }) => typeof from === 'string');
}

/** Conversations of ShareGPT, as JSON or JSON Lines. */
export const sharegpt: Format = {
	id: 'sharegpt',
	label: 'ShareGPT conversations',
	detect: ({ json, firstLine }) =>
		isShared(json) || isShared(firstLine) || (Array.isArray(json) && isShared(json[0])) ? 0.95 : 0,
	read(file) {
		const findings = new Findings();
		const { conversations, report } = captureText(file.text);
		findings.addAll(report);
		const labelled = conversations.map((conversation, index) => ({ ...conversation, label: String(index + 1) }));
		return {
			format: 'sharegpt',
			drafts: recordedDrafts(file.stem, labelled, findings),
			suites: [],
			fixtures: fixturesOf(file.stem, 'ShareGPT', labelled),
			report: findings.report(),
		};
	},
};
