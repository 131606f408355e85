import * as l10n from '@vscode/l10n';
import { captureText } from '../formats/capture/all.ts';
import { fixtureFileText } from '../formats/capture/toFixtureFile.ts';
import { nameOfFile } from './normaliseFixture.ts';

const namedLosses = 3;

/**
 * Converts a file of recorded conversations, one per line or in a list, to the JSON of a fixture file. The description
 * says what was changed or dropped. Throws a `validation` error that says what was found instead of conversations.
 */
export function recordedFixture(text: string, id: string): unknown {
	const { format, conversations, report } = captureText(text);
	const losses = report
		.slice(0, namedLosses)
		.map(({ line, what, note }) => `${line === undefined ? '' : `${l10n.t('line {0}', line)}: `}${what}: ${note}`);
	const more = report.length - namedLosses;
	const named = [...losses, ...(more > 0 ? [l10n.t('{0} more', more)] : [])].join('; ');
	const description =
		report.length === 0
			? l10n.t('Recorded conversations ({0})', format)
			: l10n.t('Recorded conversations ({0}). Changed or dropped: {1}', format, named);
	return JSON.parse(fixtureFileText({ name: nameOfFile(id), description, conversations })) as unknown;
}
