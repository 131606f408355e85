import * as vscode from 'vscode';
import type { TestResult } from '../../common/model.ts';
import type { Store } from '../../storage/contract.ts';
import { exportTarget } from '../kit/exportTarget.ts';
import { slugOf } from '../kit/slugOf.ts';
import { plural } from '../kit/plural.ts';
import { writeAtomically } from '../kit/writeAtomically.ts';
import { showInformation } from '../kit/notify.ts';

/**
 * Writes the results of a draft as JSON with the names of the database columns, to `place`, which must not exist, or to
 * a file that the user picks. Returns its path.
 */
export async function exportResults(store: Store, draftId: number, place?: unknown): Promise<string> {
	const { draft, results } = await store.read((repositories) => ({
		draft: repositories.drafts.get(draftId),
		results: repositories.results.list(draftId),
	}));
	const target = await exportTarget(place, `${slugOf(draft.draftName, draftId)}-results.json`, {
		filters: { JSON: ['json'] },
		title: vscode.l10n.t('Export Test Results'),
	});
	const content = {
		draft_name: draft.draftName,
		draft_content: draft.draftContent,
		test_results: results.map(toExported),
	};
	await writeAtomically(target, `${JSON.stringify(content, undefined, 2)}\n`);
	void showInformation(
		plural(
			results.length,
			vscode.l10n.t('1 test result exported to {0}', target.fsPath),
			vscode.l10n.t('{0} test results exported to {1}', results.length, target.fsPath),
		),
	);
	return target.fsPath;
}

function snakeCase(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function toExported(result: TestResult): Record<string, unknown> {
	return Object.fromEntries(Object.entries(result).map(([name, value]) => [snakeCase(name), value]));
}
