import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { GraderContext } from '../graders/grader.ts';

/** What a `transform` makes of the output: a text as it is, anything else as JSON. Rejects as the sandbox does. */
export async function transformOutput(transform: string, { answer, sandbox, signal }: GraderContext): Promise<string> {
	const { output, vars, prompt } = answer;
	const value = await sandbox.evaluate(transform, { output, context: { vars, prompt } }, signal);
	const text = typeof value === 'string' ? value : (JSON.stringify(value) as string | undefined);
	if (text === undefined) {
		throw new AppError('validation', l10n.t('The transform gives no value: {0}', transform));
	}
	return text;
}
