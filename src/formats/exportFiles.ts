import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { Findings } from './reading/findings.ts';
import { writers } from './writers/all.ts';
import { nameLostParts } from './writing/lostParts.ts';
import type { Exported, ExportedFiles } from './writing/writer.ts';

/** A prompt with its suites as files of another tool. Throws `validation` for a format that is not written, or that has nothing of it. */
export function exportFiles(exported: Exported, format: string): ExportedFiles {
	const writer = writers.find(({ id }) => id === format);
	if (!writer) {
		const known = writers.map(({ id }) => id).join(', ');
		throw new AppError('validation', l10n.t('A prompt cannot be written as "{0}". Use one of {1}', format, known), {
			info: { field: 'format' },
		});
	}
	const findings = new Findings();
	const files = writer.write(exported, findings);
	nameLostParts(writer, exported, findings);
	if (files.length === 0) {
		throw new AppError(
			'validation',
			l10n.t('There is nothing to write as {0}: it needs a suite with cases', writer.label),
			{ info: { field: 'format' } },
		);
	}
	return { files, report: findings.report() };
}
