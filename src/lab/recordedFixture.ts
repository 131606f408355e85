import { captureText } from './capture/all.ts';
import { fixtureFileText } from './capture/toFixtureFile.ts';
import { nameOfFile } from './normaliseFixture.ts';

const namedLosses = 3;

/**
 * A file of recorded conversations, one a line or in a list, in the form of a fixture file. What of them is not kept stands in
 * its description. Throws `validation` that says what was seen instead of conversations.
 */
export function recordedFixture(text: string, id: string): unknown {
	const { format, conversations, report } = captureText(text);
	const losses = report
		.slice(0, namedLosses)
		.map(({ line, what, note }) => `${line === undefined ? '' : `line ${line}: `}${what}: ${note}`);
	const more = report.length > namedLosses ? ` and ${report.length - namedLosses} more` : '';
	const description =
		report.length === 0
			? `Recorded conversations (${format})`
			: `Recorded conversations (${format}). Not kept as they were: ${losses.join('; ')}${more}`;
	return JSON.parse(fixtureFileText({ name: nameOfFile(id), description, conversations })) as unknown;
}
