import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ReportProtocol } from '../../../../../src/common/reportPage.ts';
import { isAppError } from '../../../../../src/common/errors.ts';
import { reportParsers } from '../../../../../src/host/suites/report/reportMessages.ts';

/** The command beside each button of a report; null for what is no button, or what VS Code's own commands do. */
const commandOf: Record<keyof ReportProtocol['requests'], string | null> = {
	snapshot: null,
	view: null,
	rows: null,
	case: null,
	trend: null,
	openReport: 'openReport',
	chooseRun: 'compareRuns',
	exportRun: 'exportRun',
	blessBaseline: 'blessBaseline',
	openSuite: 'openSuite',
	showTrialRequest: null,
	bisect: 'bisect',
	openText: null,
	openLink: null,
	copy: null,
};

describe('the buttons of a report', () => {
	it('are commands too', () => {
		const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
			contributes: { commands: { command: string }[] };
		};
		const known = contributes.commands.map(({ command }) => command);
		for (const id of [...Object.values(commandOf), 'openReport']) {
			assert.ok(id === null || known.includes(`promptWorkshop.${id}`), `${id}`);
		}
	});

	it('cannot ask for anything else', () => {
		const refused: [keyof ReportProtocol['requests'], unknown][] = [
			['view', {}],
			['view', { against: { kind: 'run', runId: 'x'.repeat(65) } }],
			['rows', { against: null, offset: 0, count: 201, filter: { text: '', show: '' } }],
			['rows', { against: null, offset: -1, count: 1, filter: { text: '', show: '' } }],
			['rows', { against: null, offset: 0, count: 1, filter: { text: '', show: 'all' } }],
			['case', { against: { kind: 'none', more: 1 }, index: 0, repeat: 1 }],
			['showTrialRequest', { trialId: 7, isOther: false }],
			['bisect', { trialId: 't', name: 'case' }],
			['exportRun', { format: 'json' }],
		];
		for (const [method, params] of refused) {
			assert.throws(
				() => reportParsers[method](params),
				(error) => isAppError(error, 'validation'),
				`${method} ${JSON.stringify(params)}`,
			);
		}
		assert.deepEqual(reportParsers.view({ against: { kind: 'variant', label: 'a' } }), {
			against: { kind: 'variant', label: 'a' },
		});
	});
});
